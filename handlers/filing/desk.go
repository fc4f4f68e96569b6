// Package filing has what the forms of an application share, whoever fills them in: step 1 and
// step 2, 申请信息维护, and the photo. Candidates fill in their own, the counter those of who
// comes there.
package filing

import (
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/store"
	"certreissue/templates"
)

// Desk is where forms are filled in. How many photos it works on at once is for both sides.
type Desk struct {
	*visit.Server
	decoding *visit.Slots // of photos
	mending  *visit.Slots
	turns    *visit.Turns // of each person with the photos
}

// How many photos are decoded at once, 24 megapixels take about 100 MB each, and
// how many may wait, of one person and of all. One at a time is mended: that may take
// 390 MB.
const (
	decodingSlots = 2
	mendingSlots  = 1
	ownLine       = 4
	decodingLine  = 64
)

// New adds the forms to a server.
func New(s *visit.Server) *Desk {
	return &Desk{Server: s, decoding: visit.NewSlots(decodingSlots, decodingLine), mending: visit.NewSlots(mendingSlots, decodingLine), turns: visit.NewTurns(ownLine)}
}

// PhotoRules are the photo's limits as pages tell them.
func (d *Desk) PhotoRules() templates.PhotoRules {
	l := d.Store.Settings().Photo
	return templates.PhotoRules{Width: l.Width, Height: l.Height, MinKB: l.MinKB, MaxKB: l.MaxKB}
}

// At is somebody at the desk.
type At struct {
	By   store.Filer
	Base string // before the addresses of all pages of the forms
	Who  uint64 // whose turn it is; staff have other numbers than accounts
}

// Holder is the candidate of a visit.
func Holder(v *visit.Visit) At {
	return At{By: v.S.Store.Holder(v.Account.ID), Who: v.Account.ID}
}

// AtCounter is the staff member of a visit, for an account whose page is at base.
func AtCounter(v *visit.Visit, account uint64, base string) At {
	return At{By: v.S.Store.AtCounter(v.Staff, account), Base: base, Who: ^v.Staff.ID}
}

// ApplicationURL is the address below which an application's own pages are.
func (at At) ApplicationURL(id uint64) string { return fmt.Sprintf("%s/applications/%d", at.Base, id) }

// FormURL is the address of a form; what is kept of its photo is below it.
func (at At) FormURL(form store.Form) string {
	switch form.Kind {
	case store.FormCertificate:
		return fmt.Sprintf("%s/apply/certificates/%d", at.Base, form.Record)
	case store.FormEdit:
		return at.ApplicationURL(form.Record) + "/edit"
	}
	return at.Base + "/apply/self"
}

// CertificateURL is the address of step 2 for a line of the register.
func (at At) CertificateURL(id uint64) string {
	return at.FormURL(store.Form{Kind: store.FormCertificate, Record: id})
}
