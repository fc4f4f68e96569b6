package office

import (
	"net/url"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

// What one page to print holds; the next page has the rest.
const (
	paperForms    = 50
	paperSignings = 100
)

// printed is a page of applications to be put on paper: those that the address
// names one by one, those of a batch, or else what is ready, of a city or of
// all. scope names them in words.
type printed struct {
	list          []*reissue.Application
	scope         string
	back, nextURL string
}

func (p *Pages) printed(v *visit.Visit, size int) (out printed, err error) {
	query := v.R.URL.Query()
	var page store.Page[reissue.Application]
	switch {
	case query.Has("application"):
		out.back = counterPath
		for _, value := range query["application"] {
			number, _ := strconv.ParseUint(value, 10, 64)
			a, err := p.Store.Application(v.Staff, number)
			if err != nil {
				return out, err
			}
			out.back = applicationURL(a.ID)
			if page.Rows = append(page.Rows, a); len(page.Rows) == size {
				break
			}
		}
	case query.Has("batch"):
		number, _ := strconv.ParseUint(query.Get("batch"), 10, 64)
		var b *reissue.Batch
		if b, page, err = p.Store.BatchPage(v.Staff, number, query.Get("page"), size); err != nil {
			return out, err
		}
		out.scope, out.back = b.Name, batchURL(number)
	default:
		city := query.Get("city")
		filter := store.Filter{Status: reissue.Ready, City: city}
		if page, err = p.Store.Queue(v.Staff, filter, query.Get("page"), size); err != nil {
			return out, err
		}
		out.scope, out.back = city, counterPath+"?"+url.Values{"city": {city}}.Encode()
	}
	out.list = page.Rows
	if page.Next != "" {
		query.Set("page", page.Next)
		out.nextURL = v.R.URL.Path + "?" + query.Encode()
	}
	return out, nil
}
