package office

import (
	"fmt"
	"net/http"
	"net/url"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showCounter is the counter's first page: the box, and what is ready. A number in the
// address leads to its application, as codes that were printed do.
func (p *Pages) showCounter(v *visit.Visit) error {
	typed := v.R.URL.Query().Get("number")
	if typed == "" {
		return p.counterPage(v, nil)
	}
	found, err := p.numbered(v.Staff, typed)
	if err != nil {
		return err
	}
	switch len(found) {
	case 0:
		v.Status, v.Problems = http.StatusNotFound, reissue.Problems{{Field: "q", Message: sayNoSuchNumber}}
	case 1:
		return v.Redirect(handoutURL(found[0].ID))
	}
	return p.counterPage(v, found)
}

// counterPage lists what was found, and below it what is ready.
func (p *Pages) counterPage(v *visit.Visit, found []*reissue.Application) error {
	query := v.R.URL.Query()
	data := templates.OfficeCounter{Page: v.Page(), Use: v.RoleIs(reissue.RoleReviewer), City: query.Get("city"), FoundAs: sayFoundByNumber}
	data.Box = counterBox(&data.Page, 0)
	if v.Posted != nil {
		data.FoundAs = sayFoundSeveral
	}
	for _, a := range found {
		data.Found = append(data.Found, p.handoutRow(a))
	}
	if err := p.collectedRows(v, query["application"], &data); err != nil {
		return err
	}
	filter := store.Filter{Status: reissue.Ready, City: data.City}
	page, err := p.Store.Queue(v.Staff, filter, query.Get("page"), queueRows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		data.Rows = append(data.Rows, p.handoutRow(a))
	}
	if data.Cities, err = p.citiesOf(v.Staff); err != nil {
		return err
	}
	city := url.Values{}
	if data.City != "" {
		city.Set("city", data.City)
	}
	data.SheetURL, data.FormsURL = "/office/handout/sheet?"+city.Encode(), "/office/forms?"+city.Encode()
	if query.Get("page") != "" {
		data.FirstURL = counterPath + "?" + city.Encode()
	}
	if page.Next != "" {
		city.Set("page", page.Next)
		data.NextURL = counterPath + "?" + city.Encode()
	}
	return v.Render(data)
}

// counterBox is the box of a page about an application, 0 for none. The page begins with
// it, unless a form was refused: then with what is wrong in that.
func counterBox(page *templates.Page, from uint64) templates.CounterBox {
	box := templates.CounterBox{CSRF: page.CSRF, Fault: page.Form.Error("q")}
	box.Focus = len(page.Form.Problems) == 0 || box.Fault != ""
	if from != 0 {
		box.From = visit.Number(from)
	}
	return box
}

// numbered are the applications that have a number: their own, or one by which the queue
// finds them.
func (p *Pages) numbered(staff *reissue.Staff, typed string) ([]*reissue.Application, error) {
	if len(reissue.SearchKeys(typed)) == 0 { // a name finds nobody here
		return nil, nil
	}
	page, err := p.Store.Queue(staff, store.Filter{Query: typed, Newest: true}, "", queueRows)
	return page.Rows, err
}

// handoutRow is an application that leads to the counter.
func (p *Pages) handoutRow(a *reissue.Application) templates.QueueRow {
	row := p.queueRow(a)
	row.URL = handoutURL(a.ID)
	return row
}

const counterPath = "/office/counter"

func handoutURL(id uint64) string { return fmt.Sprintf("/office/handout/%d", id) }

// personURL is what is ready of the holder of an application.
func personURL(id uint64) string { return fmt.Sprintf("%s/%d", counterPath, id) }
