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

// showHandout is the counter: a number typed or scanned leads to its
// application; below stands what is ready to be collected, or what several have the number.
func (p *Pages) showHandout(v *visit.Visit) error {
	query := v.R.URL.Query()
	data := templates.OfficeHandout{Page: v.Page(), Use: v.RoleIs(reissue.RoleReviewer), Number: query.Get("number"), City: query.Get("city")}
	if data.Number != "" {
		found, err := p.numbered(v.Staff, data.Number)
		if err != nil {
			return err
		}
		switch len(found) {
		case 0:
			v.Status = http.StatusNotFound
			data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: "number", Message: sayNoSuchNumber})
		case 1:
			return v.Redirect(handoutURL(found[0].ID))
		}
		for _, a := range found {
			data.Found = append(data.Found, p.handoutRow(a))
		}
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
		data.FirstURL = "/office/handout?" + city.Encode()
	}
	if page.Next != "" {
		city.Set("page", page.Next)
		data.NextURL = "/office/handout?" + city.Encode()
	}
	return v.Render(data)
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

func handoutURL(id uint64) string { return fmt.Sprintf("/office/handout/%d", id) }
