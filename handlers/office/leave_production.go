package office

import (
	"errors"
	"slices"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// postLeaveProduction takes one application out of production, and shows it as it is
// now.
func (p *Pages) postLeaveProduction(v *visit.Visit) error {
	to, note := reissue.Status(v.Value(reissue.FieldTo)), note(v)
	return p.backAfter(v, flashLeft, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.LeaveProduction(by, now, to, on.Settings.Reasons, v.Posted[reissue.FieldReason], note)
	})
}

// postUndoLeave puts it back into its batch.
func (p *Pages) postUndoLeave(v *visit.Visit) error {
	return p.backAfter(v, flashRejoined, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.UndoLeave(by, now, reissue.Clean(v.Value("note")))
	})
}

// leavePanel offers the ways out of production, or back into it, and tells which
// numbers are void.
func (p *Pages) leavePanel(v *visit.Visit, a *reissue.Application, data *templates.OfficeApplication) error {
	data.Void = a.Voided()
	if !v.RoleIs(reissue.RoleReviewer) || a.ByProof() {
		return nil
	}
	acting := ""
	if v.Posted != nil {
		acting = lastPart(v.R.URL.Path)
	}
	switch {
	case a.MayLeaveProduction():
		data.Leave = p.leaveForm(a, acting == "leave-production")
		if data.Leave.Open {
			nameProblems(&data.Form, "leave")
		}
	case handoutUndo[a.Status] != nil:
		data.CorrectFirst = handoutUndo[a.Status].Title
	case a.Left() != nil:
		b, err := p.Store.LeftBatch(a)
		if errors.Is(err, reissue.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		undo := undoLeave
		undo.Explain = sayUndoLeave(b.Name)
		data.UndoLeave = &undo
		if acting == undo.Act {
			data.Act = acting
		}
		nameProblems(&data.Form, undo.Act, reissue.FieldNote)
	}
	return nil
}

// leaveForm is the form of the ways out.
func (p *Pages) leaveForm(a *reissue.Application, posted bool) *templates.LeaveProduction {
	form := &templates.LeaveProduction{Open: posted}
	for _, to := range reissue.WaysOut() {
		form.Ways = append(form.Ways, templates.Pair{Label: leaveWords[to], Value: string(to)})
	}
	for _, class := range []struct {
		of   reissue.Class
		list *[]templates.ReasonOption
	}{{reissue.Correctable, &form.ReturnReasons}, {reissue.Final, &form.RefuseReasons}} {
		for _, reason := range p.Store.Settings().Reasons {
			if reason.In(class.of) && (class.of == reissue.Final || a.CanCorrect(reason.Field)) {
				*class.list = append(*class.list, templates.ReasonOption{Code: reason.Code, Text: reason.Label})
			}
		}
	}
	return form
}

// leftRows are the applications that have left a batch's production, as far as the
// staff member may see them.
func (p *Pages) leftRows(v *visit.Visit, b *reissue.Batch) (left templates.Visible, err error) {
	for _, id := range slices.Backward(b.Left()) {
		a, err := p.Store.Application(v.Staff, id)
		if errors.Is(err, reissue.ErrNotFound) { // the office keeps it no longer
			continue
		}
		if err != nil {
			return left, err
		}
		if left.Rows = append(left.Rows, p.queueRow(a)); len(left.Rows) == memberRows {
			break
		}
	}
	return left, nil
}
