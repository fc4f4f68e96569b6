package visit

import (
	"errors"

	"certreissue/reissue"
	"certreissue/templates"
)

// changes tells what became of the application in the address since the screen
// that posted a revision, value by value; nothing on other pages.
func (v *Visit) changes() []templates.Change {
	id, err := v.ID()
	if err != nil || v.Posted == nil {
		return nil
	}
	var a *reissue.Application
	switch {
	case v.Staff != nil:
		a, err = v.S.Store.Application(v.Staff, id)
	case v.Account != nil:
		a, err = v.S.Store.Holder(v.Account.ID).Application(id)
	default:
		err = errors.New("nobody is signed in")
	}
	seen := v.Revision()
	if err != nil || seen == 0 || seen >= uint64(len(a.History)) {
		return nil
	}
	since := a.History[seen:]
	changes := []templates.Change{{Label: SayState, Was: a.History[seen-1].Status.Word(), Now: a.Status.Word()}}
	for _, change := range reissue.Changes(a, since) {
		row := templates.Change{Label: reissue.Label(change.Field), Was: reissue.ShowField(change.Field, change.Was), Now: reissue.ShowField(change.Field, change.Now)}
		if change.Field == reissue.FieldPhoto {
			row.Was, row.Now = sayOldPhoto, sayNewPhoto
		}
		changes = append(changes, row)
	}
	if decision := a.LastDecision(); decision != nil && Labels(decision)+decision.Note != "" {
		changes = append(changes, templates.Change{Label: sayOpinion, Now: Join(Labels(decision), decision.Note)})
	}
	last := since[len(since)-1]
	who := last.Role.Word()
	if v.Staff != nil && last.Role != reissue.RoleCandidate {
		if colleague, err := v.S.Store.Staff(last.By); err == nil {
			who = colleague.Name
		}
	}
	return append(changes, templates.Change{Label: sayLastChange, Was: a.History[seen-1].At.String(), Now: last.At.String() + "　" + who})
}
