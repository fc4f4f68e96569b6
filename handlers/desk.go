package handlers

import (
	"net/url"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showDesk is what the office sees first: how much waits, and since when.
func (s *Server) showDesk(v *visit) error {
	counts, oldest, err := s.store.Waiting()
	if err != nil {
		return err
	}
	now := s.store.Now()
	data := templates.Desk{Page: v.page(), Today: reissue.ShowDate(reissue.Today(now))}
	for _, status := range reissue.Statuses {
		data.Counts = append(data.Counts, templates.Count{State: status.Word(), N: counts[status],
			URL: "/office/applications?status=" + url.QueryEscape(status.Word())})
	}
	settings := s.store.Settings()
	if oldest != 0 && settings.Overdue(oldest, now) {
		data.Alerts = append(data.Alerts, templates.Alert{Urgent: true, Text: sayOverdue(reissue.DaysBetween(oldest, reissue.At(now)), settings.TargetDays),
			Link: templates.Link{Text: sayToPending, URL: "/office/applications?status=" + url.QueryEscape(reissue.Pending.Word())}})
	}
	if v.roleIs(reissue.RoleAdmin) {
		alerts, err := s.adminAlerts()
		if err != nil {
			return err
		}
		data.Alerts = append(data.Alerts, alerts...)
	}
	page, err := s.store.Queue(store.Filter{Status: reissue.Pending, For: v.staff}, "", deskRows)
	if err != nil {
		return err
	}
	for _, a := range page.Applications {
		data.Oldest = append(data.Oldest, s.queueRow(a))
	}
	return v.render("office.html", data)
}

// deskRows is how many of those who have waited longest the desk shows.
const deskRows = 8
