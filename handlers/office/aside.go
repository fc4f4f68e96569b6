package office

import (
	"maps"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// postNote keeps what a reviewer notes for colleagues, and shows the application with it.
func (p *Pages) postNote(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.Note(v.Staff, id, reissue.Clean(v.Value(reissue.FieldNote))); err != nil {
		return err
	}
	v.FlashAbout(flashNoted, id)
	return v.Redirect(address(applicationURL(id), trailOf(v)))
}

// postHold puts an application off, and leads on to the next one, as a decision does.
func (p *Pages) postHold(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.Hold(v.Staff, id, asShown(v), v.Value(reissue.FieldUntil), reissue.Clean(v.Value(reissue.FieldReason))); err != nil {
		return err
	}
	p.presence.leave(id, v.Staff.ID)
	v.FlashAbout(flashHeld, id)
	return p.goOn(v, id)
}

// postUnhold ends that, and shows the application, which waits again.
func (p *Pages) postUnhold(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.Unhold(v.Staff, id, asShown(v)); err != nil {
		return err
	}
	v.FlashAbout(flashUnheld, id)
	trail := maps.Clone(trailOf(v))
	trail.Del("held") // it is not in that list any more
	return v.Redirect(address(applicationURL(id), trail))
}

// asShown is what the form's page showed.
func asShown(v *visit.Visit) store.Shown {
	return store.Shown{Revision: v.Revision(), Held: v.Value("held")}
}

// asidePanel tells colleagues what was noted last, and whether the application is held;
// a reviewer may note more, and put off what waits.
func (p *Pages) asidePanel(v *visit.Visit, a *reissue.Application, names map[uint64]string, data *templates.OfficeApplication) {
	data.Held = a.HeldUntil
	if hold := a.Hold(); hold != nil {
		data.Asides = append(data.Asides, templates.Pair{Label: sayHeldUntil(hold.Until), Value: sayAside(hold.Text, names[hold.By], hold.At)})
	}
	if note := a.LastNote(); note != nil {
		data.Asides = append(data.Asides, templates.Pair{Label: reissue.ActNote.Word(), Value: sayAside(note.Text, names[note.By], note.At)})
	}
	data.MayNote = v.RoleIs(reissue.RoleReviewer)
	data.MayHold = data.MayNote && a.Status == reissue.Pending
	if v.Posted == nil {
		return
	}
	switch acting := lastPart(v.R.URL.Path); acting {
	case "hold":
		data.Held = v.Value("held")
		data.Revision = v.Revision()
		fallthrough
	case "note":
		data.Act = acting
		nameProblems(&data.Form, acting)
	}
}
