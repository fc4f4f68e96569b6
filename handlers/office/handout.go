package office

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showHandout is the counter: a number typed or scanned leads to its
// application; below stands what is ready to be collected.
func (p *Pages) showHandout(v *visit.Visit) error {
	query := v.R.URL.Query()
	data := templates.OfficeHandout{Page: v.Page(), Use: v.RoleIs(reissue.RoleReviewer), Number: query.Get("number"), City: query.Get("city")}
	if data.Number != "" {
		id, ok := reissue.ParseNumber(data.Number)
		if ok {
			_, err := p.Store.Application(v.Staff, id)
			if err == nil {
				return v.Redirect(handoutURL(id))
			}
			if !errors.Is(err, reissue.ErrNotFound) {
				return err
			}
		}
		v.Status = http.StatusNotFound
		data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: "number", Message: sayNoSuchNumber(ok)})
	}
	filter := store.Filter{Status: reissue.Ready, City: data.City}
	page, err := p.Store.Queue(v.Staff, filter, query.Get("page"), queueRows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		row := p.queueRow(a)
		row.URL = handoutURL(a.ID)
		data.Rows = append(data.Rows, row)
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

func handoutURL(id uint64) string { return fmt.Sprintf("/office/handout/%d", id) }
