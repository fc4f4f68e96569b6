package office

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// pick is a row of the list as its box posts it: the application and the
// revision that the list showed.
func pick(a *reissue.Application) string { return visit.Number(a.ID) + "." + visit.Number(a.Revision) }

// mostPicked is more than a page of the queue shows.
const mostPicked = 500

// postMany approves or returns what was picked in the queue. One that has moved
// meanwhile holds up no other: what became of each is kept as a list with a page of its
// own, which can be loaded again without deciding anything.
func (p *Pages) postMany(v *visit.Visit) error {
	picked, name, note := v.Posted["application"], v.Value("act"), note(v)
	act, problems := p.manyAct(name, v.Posted[reissue.FieldReason], note)
	if len(picked) == 0 || len(picked) > mostPicked {
		problems = append(reissue.Problems{{Field: "pick-all", Message: sayNothingPicked}}, problems...)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	l := store.List{Kind: store.ListDecisions, Act: reissue.Act(name), Note: note}
	for _, value := range picked { // all, before the first is decided
		first, second, _ := strings.Cut(value, ".")
		id, ok := reissue.ParseNumber(first)
		revision, err := strconv.ParseUint(second, 10, 64)
		if !ok || err != nil {
			return reissue.ErrNotFound
		}
		l.Rows = append(l.Rows, store.ListRow{Application: id, Revision: revision})
	}
	if err := p.Store.Decide(v.Staff, &l, store.AsShown("", act)); err != nil {
		return err
	}
	for _, row := range l.Of(store.RowDone) {
		p.presence.leave(row.Application, v.Staff.ID)
	}
	p.MailWaits()
	return v.Redirect(manyURL(visit.Number(l.ID), v.Value("queue")))
}

// manyURL shows what became of many decisions, and leads back to the list that they were
// picked from.
func manyURL(result, queue string) string {
	query := url.Values{"result": {result}}
	if queue != "" {
		query.Set("queue", queue)
	}
	return "/office/applications/many?" + query.Encode()
}

// manyAct is the act to run on each, or what is wrong with the form as a whole:
// a reason that is missing is missed once and not fifty times.
func (p *Pages) manyAct(name string, codes []string, note string) (store.Act, reissue.Problems) {
	switch reissue.Act(name) {
	case reissue.ActApprove:
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.ApproveAmong(by, now, note, on)
		}, nil
	case reissue.ActReturn:
		_, problems := reissue.PickReasons(p.Store.Settings().Reasons, reissue.Correctable, codes, note)
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.Return(by, now, on.Settings.Reasons, codes, note)
		}, problems
	}
	return nil, reissue.Problems{{Message: sayNoAct}}
}

// showMany lists what was done and what was not, and why.
func (p *Pages) showMany(v *visit.Visit) error { return p.renderMany(v, nil) }

func (p *Pages) renderMany(v *visit.Visit, moved []store.ListRow) error {
	query := v.R.URL.Query()
	l, err := p.listAt(v, store.ListDecisions, cmp.Or(v.R.PathValue("key"), query.Get("result")))
	if err != nil {
		return err
	}
	data := templates.OfficeMany{Page: v.Page(), Act: l.Act.Word(), Result: visit.Number(l.ID)}
	if data.ListState, err = p.listState(v, l, moved, "/office/applications/many/"+visit.Number(l.ID)); err != nil {
		return err
	}
	data.Queue = cmp.Or(query.Get("queue"), v.Value("queue"))
	data.BackURL = "/office/applications?" + data.Queue
	if data.Done, err = p.listRows(v, l.Of(store.RowDone), len(l.Rows)); err != nil {
		return err
	}
	if data.Skipped, err = p.listRows(v, l.Of(store.RowSkipped), len(l.Rows)); err != nil {
		return err
	}
	if err := p.confirms(v, l.List, &data); err != nil {
		return err
	}
	if n := len(data.Confirmed); n > 0 && data.TakeBackURL != "" {
		data.TakeBack += sayConfirmedStay(n)
	}
	refusedAt(v, &data.Form, manyURL(data.Result, data.Queue))
	return v.Render(data)
}

// postManyTakeBack takes many decisions back at once.
func (p *Pages) postManyTakeBack(v *visit.Visit) error {
	l, err := p.listAt(v, store.ListDecisions, v.R.PathValue("key"))
	if err != nil {
		return err
	}
	return p.takeBackList(v, l, manyURL(visit.Number(l.ID), v.Value("queue")), func(moved []store.ListRow) error { return p.renderMany(v, moved) })
}
