package office

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// deskRows is how many of those who have waited longest the desk shows.
const deskRows = 8

// cityStates are the states whose numbers the desk tells by city: what is open.
var cityStates = []reissue.Status{reissue.Pending, reissue.Returned, reissue.Approved, reissue.InProduction, reissue.Ready}

// showDesk is what the office sees first: how much waits, since when, and what
// was done.
func (p *Pages) showDesk(v *visit.Visit) error {
	desk, err := p.Store.Desk(v.Staff)
	if err != nil {
		return err
	}
	now := p.Store.Now()
	data := templates.OfficeDesk{Page: v.Page(), Today: reissue.ShowDate(reissue.Today(now))}
	for _, status := range reissue.Statuses {
		count := templates.Count{State: status.Word(), URL: statusURL(status, "")}
		for _, n := range desk.Tally[status] {
			count.N += n
		}
		data.Counts = append(data.Counts, count)
	}
	settings := p.Store.Settings()
	data.Changes, data.MayPutAway = p.changes(settings), v.RoleIs(reissue.RoleAdmin)
	if damage := p.Store.KnownDamage(); len(damage) > 0 {
		alert := templates.Alert{Urgent: sayDamageMark, Text: sayDamage(damage)}
		if v.RoleIs(reissue.RoleAdmin) {
			alert.Text += sayMendDamage(store.NewestCopy(p.Store.CopiesFolder(), p.Mirror().Folder))
			alert.Link = templates.Link{Text: sayToBackup, URL: "/office/backup"}
		} else {
			alert.Text += sayDamageToAdmin
		}
		data.Alerts = append(data.Alerts, alert)
	}
	data.Alerts = append(data.Alerts, lateAlerts(desk, settings, reissue.At(now))...)
	if desk.Held > 0 {
		data.Alerts = append(data.Alerts, templates.Alert{Text: sayPutOff(desk.Held), Link: templates.Link{Text: sayToHeld, URL: heldURL}})
	}
	if desk.Proofs > 0 {
		data.Alerts = append(data.Alerts, templates.Alert{Text: sayProofsWaiting(desk.Proofs), Link: templates.Link{Text: sayToProofs, URL: "/office/proofs/waiting"}})
	}
	calls, err := p.callAlert(v)
	if err != nil {
		return err
	}
	data.Alerts = append(data.Alerts, calls...)
	data.Recent = []templates.Pair{
		{Label: saySubmittedToday, Value: strconv.Itoa(desk.Today.Acts[reissue.ActSubmit])},
		{Label: sayDecidedToday, Value: sayDecidedAs(desk.Today)},
	}
	if left := desk.Today.Left(); left > 0 {
		data.Recent = append(data.Recent, templates.Pair{Label: sayLeftToday, Value: strconv.Itoa(left)})
	}
	if v.Staff.Limited() {
		data.Scope = sayAllCities
	}
	pending := pendingTrail()
	if desk.Oldest != 0 && v.RoleIs(reissue.RoleReviewer) {
		data.StartURL = address("/office/applications/next", pending)
	}
	p.deskCities(desk, &data)
	for _, month := range desk.Months {
		at, _ := time.Parse("200601", month.Month)
		data.Months = append(data.Months, templates.MonthRow{Title: at.Format("2006 年 1 月"), Decided: month.Decided,
			Bar: templates.Bar{Label: at.Format("1 月"), N: month.Submitted}})
	}
	for _, label := range slices.Sorted(maps.Keys(desk.Reasons)) {
		data.Reasons = append(data.Reasons, templates.Bar{Label: label, N: desk.Reasons[label]})
	}
	slices.SortStableFunc(data.Reasons, func(a, b templates.Bar) int { return cmp.Compare(b.N, a.N) })
	if v.RoleIs(reissue.RoleAdmin) {
		copies, unread := p.Store.Copies()
		alerts, err := p.adminAlerts(copies, unread)
		if err != nil {
			return err
		}
		data.Alerts = append(data.Alerts, alerts...)
		if data.Steps, err = p.firstSteps(copies); err != nil {
			return err
		}
		if len(copies) > 0 {
			data.Recent = append(data.Recent, templates.Pair{Label: sayLastCopy, Value: copies[0].Made.String()})
		}
		if mirror, now := p.Mirror(), time.Now(); mirror.Folder != "" && !mirror.Wrong(now) {
			data.Recent = append(data.Recent, templates.Pair{Label: sayMirrorAge, Value: mirror.Sentence(now)})
		}
	}
	page, err := p.Store.Queue(v.Staff, store.Filter{Status: reissue.Pending}, "", deskRows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		data.Oldest = append(data.Oldest, p.trailRow(a, pending))
	}
	return v.Render(data)
}

// deskCities tells what is open in each city.
func (p *Pages) deskCities(desk *store.Desk, data *templates.OfficeDesk) {
	for _, status := range cityStates {
		data.CityStates = append(data.CityStates, status.Word())
	}
	for _, city := range desk.Cities {
		row := templates.CityLoad{Name: cmp.Or(city.Name, sayNoCity), Oldest: city.Oldest.String(), Overdue: city.Overdue}
		for _, status := range cityStates {
			row.Counts = append(row.Counts, templates.Count{State: status.Word(), N: city.Counts[status], URL: statusURL(status, city.Name)})
		}
		data.Cities = append(data.Cities, row)
	}
}

// lateAlerts tell what does not go on, each with its list.
func lateAlerts(desk *store.Desk, settings *reissue.Settings, now reissue.Moment) (alerts []templates.Alert) {
	add := func(count int, sentence string, link templates.Link) {
		if count > 0 {
			alerts = append(alerts, templates.Alert{Urgent: sayOverdueMark, Text: sentence, Link: link})
		}
	}
	add(desk.Overdue, sayOverdue(desk.Overdue, reissue.DaysBetween(desk.Oldest, now), settings.TargetDays), templates.Link{Text: sayToPending, URL: overdueURL(reissue.Pending)})
	reminders := settings.Reminders
	add(desk.Returned, sayLateReturned(desk.Returned, reminders.ReturnedDays()), templates.Link{Text: sayToOverdue, URL: overdueURL(reissue.Returned)})
	add(desk.Batches, sayLateBatches(desk.Batches, reminders.BatchDays()), templates.Link{Text: sayToLateBatches, URL: lateBatchesURL})
	add(desk.Uncollected, sayUncollected(desk.Uncollected, reminders.CollectDays()), templates.Link{Text: sayToOverdue, URL: overdueURL(reissue.Ready)})
	return alerts
}

// heldURL is the queue of what was put off.
const heldURL = "/office/applications?held=1"

// overdueURL is the queue of what waits in a state for too long.
func overdueURL(status reissue.Status) string {
	return address("/office/applications", url.Values{"status": {status.Word()}, "overdue": {"1"}})
}

// statusURL is the queue of a state, in one city or (city "") in all.
func statusURL(status reissue.Status, city string) string {
	query := url.Values{"status": {status.Word()}}
	if city != "" {
		query.Set("city", city)
	}
	return address("/office/applications", query)
}
