package office

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// scanLife is how long it counts at the counter whose ID card was scanned.
const scanLife = 15 * time.Minute

// postCounter finds what the box was given: the number of an ID card, any other number, or
// a name. One result opens at once. The number of a person gets into no address: the page
// that it leads to knows from p.scans whose card was scanned.
func (p *Pages) postCounter(v *visit.Visit) error {
	typed := reissue.Clean(v.Value("q"))
	if typed == "" {
		return reissue.Problems{{Field: "q", Message: sayBoxEmpty}}
	}
	number, found, err := p.find(v.Staff, typed)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		return p.foundNothing(v, typed, number)
	case slices.ContainsFunc(found, func(a *reissue.Application) bool { return a.Person != found[0].Person }):
		slices.SortStableFunc(found, func(a, b *reissue.Application) int { return waits(b) - waits(a) })
		return p.counterPage(v, found)
	}
	to, err := p.opens(v.Staff, found, number == "" && len(reissue.SearchKeys(typed)) > 0)
	if err != nil {
		return err
	}
	return v.Redirect(p.scannedURL(v, to, number))
}

// waits is 1 for what can be handed out.
func waits(a *reissue.Application) int {
	if a.Status == reissue.Ready {
		return 1
	}
	return 0
}

// opens is where to go with what was found of one person: to the one application that is
// meant, or to all that is ready of them. A number means one (exact).
func (p *Pages) opens(staff *reissue.Staff, found []*reissue.Application, exact bool) (string, error) {
	first := found[0]
	_, ready, err := p.Store.ReadyBeside(staff, first.ID)
	others := len(ready.List) - waits(first)
	switch {
	case err != nil:
		return "", err
	case len(found) == 1 && (others == 0 || exact && first.Status == reissue.Ready):
		return handoutURL(first.ID), nil
	case !exact && len(ready.List) == 1:
		return handoutURL(ready.List[0].ID), nil
	}
	return personURL(first.ID), nil
}

// find are the applications that are meant by what was typed, at most a page of them, and
// the number of a person, where it is one.
func (p *Pages) find(staff *reissue.Staff, typed string) (number idcard.Number, found []*reissue.Application, err error) {
	look := func(filter store.Filter) []*reissue.Application {
		filter.Newest = true
		page, fault := p.Store.Queue(staff, filter, "", queueRows)
		err = errors.Join(err, fault)
		return page.Rows
	}
	number, fault := idcard.ParseRegister(typed, reissue.Today(p.Store.Now()))
	if fault == nil {
		if found = look(store.Filter{Number: number}); len(found) > 0 {
			return number, found, err
		}
	}
	isNumber := len(reissue.SearchKeys(typed)) > 0
	if isNumber {
		if found = look(store.Filter{Query: typed}); len(found) > 0 {
			return "", found, err
		}
	}
	if normal := idcard.Normalise(typed); fault != nil && reissue.ValidPaperNumber(normal) && strings.ContainsAny(normal, "0123456789") {
		if found = look(store.Filter{Number: idcard.Number(normal)}); len(found) > 0 {
			return idcard.Number(normal), found, err
		}
	}
	if isNumber {
		return number, nil, err
	}
	found = look(store.Filter{Query: typed, Status: reissue.Ready})
	for _, a := range look(store.Filter{Query: typed}) {
		if a.Status != reissue.Ready {
			found = append(found, a)
		}
	}
	return "", found, err
}

// foundNothing says what to do next. Who scans the card of somebody else beside an
// application that is ready may mean its agent.
func (p *Pages) foundNothing(v *visit.Visit, typed string, number idcard.Number) error {
	v.Status = http.StatusNotFound
	problem := reissue.Problem{Field: "q", Message: sayFoundNothing}
	switch {
	case number != "":
		problem.Message = sayNobody
		cities, err := p.Store.ServedBy(v.Staff, number)
		if err != nil {
			return err
		}
		if len(cities) > 0 {
			problem.Message = cities.Sentence()
		}
	case visit.LooksLikeIDNumber(idcard.Normalise(typed)):
		_, fault := idcard.ParseRegister(typed, reissue.Today(p.Store.Now()))
		if sentence, is := reissue.Sentence(fault); is {
			problem.Message = sentence + sayOrNumber
		}
	}
	v.Problems = reissue.Problems{problem}
	if from, ok := reissue.ParseNumber(v.Value("from")); ok && number != "" {
		if a, err := p.Store.Application(v.Staff, from); err == nil && a.Status == reissue.Ready {
			v.Way = &templates.Link{Text: sayAsAgent(a), URL: p.scannedURL(v, handoutURL(a.ID), number)}
		}
	}
	return p.counterPage(v, nil)
}

// scannedURL is an address of the counter with the number of a person that was scanned; the
// address says no more than that there was one.
func (p *Pages) scannedURL(v *visit.Visit, path string, number idcard.Number) string {
	if number == "" {
		return path
	}
	return path + "?scan=" + p.scans.Keep(number, v.Staff.ID)
}

// collecting is who collects what is a person's: as it was chosen in a form that was
// refused, else by whose card was scanned.
func (p *Pages) collecting(v *visit.Visit, holder reissue.Person) templates.Collecting {
	c := templates.Collecting{Collector: reissue.CollectorHolder, Scanned: cmp.Or(v.R.URL.Query().Get("scan"), v.Value("scan"))}
	if number, scanned := p.scans.Find(c.Scanned, v.Staff.ID); scanned {
		c.Scan = &templates.Scan{Holder: number == holder.Number, Says: sayScanned[number == holder.Number]}
		if !c.Scan.Holder {
			c.Collector, c.AgentNumber = reissue.CollectorAgent, number.Full()
		}
	}
	if v.Posted.Has(reissue.FieldAgentNumber) {
		c.Collector, c.AgentNumber = v.Value(reissue.FieldCollector), v.Value(reissue.FieldAgentNumber)
	}
	return c
}

// again is another page of the counter, which knows the same scan.
func (p *Pages) again(v *visit.Visit, path string) string {
	number, _ := p.scans.Find(v.R.URL.Query().Get("scan"), v.Staff.ID)
	return p.scannedURL(v, path, number)
}
