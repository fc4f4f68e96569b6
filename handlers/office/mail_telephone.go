package office

import (
	"net/url"
	"strconv"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
	"certreissue/templates"
)

// How many calls a page lists, and of those that were made.
const (
	callRows = 50
	toldRows = 20
)

const callsPage = "/office/mail/telephone"

// showMailTelephone is 需电话通知: what is to be told, the longest waiting first, and
// what was told lately.
func (p *Pages) showMailTelephone(v *visit.Visit) error {
	cursor := v.R.URL.Query().Get("page")
	open, err := p.Store.Calls(v.Staff, false, cursor, callRows)
	if err != nil {
		return err
	}
	data := templates.OfficeMailTelephone{Page: v.Page(), Continue: open.More}
	for _, call := range open.Rows {
		row := p.callRow(call)
		row.Picked = data.Form.Checked("mail", row.ID)
		data.Rows = append(data.Rows, row)
	}
	if cursor != "" {
		data.FirstURL = callsPage
	}
	if open.Next != "" {
		data.NextURL = callsPage + "?" + url.Values{"page": {open.Next}}.Encode()
	}
	told, err := p.Store.Calls(v.Staff, true, "", toldRows)
	if err != nil {
		return err
	}
	for _, call := range told.Rows {
		data.Told = append(data.Told, p.callRow(call))
	}
	return v.Render(data)
}

func (p *Pages) callRow(call *store.Call) templates.CallRow {
	row := templates.CallRow{ID: visit.Number(call.ID), Number: visit.Number(call.Application.ID), URL: applicationURL(call.Application.ID),
		Name: call.Application.Fields.Name, Phone: call.Application.Fields.Phone, Exam: visit.ExamTitle(&call.Application.Fields),
		Text: call.Application.Call(call.Event, p.Store.Settings(), reissue.Today(p.Store.Now())), Since: call.Undelivered.String(), Why: sayNoAddress, By: call.By}
	if reissue.PhoneKey(row.Phone) == "" {
		row.Phone, row.Letter = "", letterLink(call.Application.Status, call.Application)
	}
	if call.To != "" {
		row.Why = sayAttempts(reissue.MaskEmail(call.To), call.Failure)
	}
	if call.Told != 0 {
		row.Told = call.Told.String()
	}
	return row
}

// postMailTelephone ticks off the calls that were made.
func (p *Pages) postMailTelephone(v *visit.Visit) error {
	var made []uint64
	for _, value := range v.Posted["mail"] {
		number, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		made = append(made, number)
	}
	if len(made) == 0 {
		return reissue.Problems{{Message: sayNoCall}}
	}
	if err := p.Store.Tell(v.Staff, made); err != nil {
		return err
	}
	v.Flash(flashTold + "." + strconv.Itoa(len(made)))
	return v.Redirect(callsPage)
}

// postMailTelephoneUndo takes a tick back.
func (p *Pages) postMailTelephoneUndo(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.Untell(v.Staff, id); err != nil {
		return err
	}
	return p.mailsWait(v, flashUntold, callsPage)
}

// exportMailTelephone sends what is to be told as a workbook that the office's
// platform for short messages takes.
func (p *Pages) exportMailTelephone(v *visit.Visit) error {
	return sendTable(v, workbook, exchange.CallsSheet+"-"+reissue.Today(p.Store.Now()), exchange.CallsSheet, func(table sheet.Writer) error {
		return exchange.WriteCalls(p.Store, v.Staff, table)
	})
}

// callAlert is for the desk of those who telephone.
func (p *Pages) callAlert(v *visit.Visit) (alerts []templates.Alert, err error) {
	if !v.RoleIs(reissue.RoleReviewer) && !v.RoleIs(reissue.RoleAdmin) {
		return nil, nil
	}
	n, err := p.Store.OpenCalls(v.Staff)
	if n > 0 {
		alerts = append(alerts, templates.Alert{Text: sayCalls(n), Link: templates.Link{Text: sayToCalls, URL: callsPage}})
	}
	return alerts, err
}
