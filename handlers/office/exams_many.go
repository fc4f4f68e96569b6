package office

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

const examsManyURL = "/office/exams/many"

// pickExam is an exam as its box posts it: with the revision that the list showed.
func pickExam(exam *reissue.Exam) string { return fmt.Sprintf("%d.%d", exam.ID, exam.Revision) }

// pickedExams are the boxes that were ticked; a script may leave the revision out.
func pickedExams(v *visit.Visit) (picked []store.PickedExam, err error) {
	for _, value := range v.Posted["exam"] {
		first, second, _ := strings.Cut(value, ".")
		id, err := strconv.ParseUint(first, 10, 64)
		revision, revisionErr := strconv.ParseUint(cmp.Or(second, "0"), 10, 64)
		if err != nil || revisionErr != nil {
			return nil, reissue.ErrNotFound
		}
		picked = append(picked, store.PickedExam{ID: id, Revision: revision})
	}
	if len(picked) == 0 {
		return nil, reissue.Problems{{Field: "pick-all", Message: sayNoExamPicked}}
	}
	return picked, nil
}

// postManyExams sets for many exams what one form says.
func (p *Pages) postManyExams(v *visit.Visit) error {
	picked, err := pickedExams(v)
	if err != nil {
		return err
	}
	form, err := examForm(v).ForMany(v.Posted["clear"])
	if err != nil {
		return err
	}
	rows, err := p.Store.ChangeExams(v.Staff.Actor(), picked, form)
	if err != nil {
		return err
	}
	if rows.First == 0 {
		return reissue.Problems{{Message: sayExamsAlready}}
	}
	return v.Redirect(examRowsURL(rows))
}

// examRowsURL shows what was changed, and leads back.
func examRowsURL(rows store.ExamRows) string {
	return fmt.Sprintf("%s?rows=%d-%d", examsManyURL, rows.First, rows.Last)
}

// examRows reads which rows of the log are meant.
func examRows(value string) (rows store.ExamRows, err error) {
	first, last, _ := strings.Cut(value, "-")
	if rows.First, err = strconv.ParseUint(first, 10, 64); err == nil {
		rows.Last, err = strconv.ParseUint(last, 10, 64)
	}
	if err != nil {
		return rows, reissue.ErrNotFound
	}
	return rows, nil
}

// showManyExams tells of each exam what was changed at once, before and after.
func (p *Pages) showManyExams(v *visit.Visit) error {
	value := cmp.Or(v.R.URL.Query().Get("rows"), v.Value("rows"))
	rows, err := examRows(value)
	if err != nil {
		return err
	}
	list, name, err := p.Store.ExamChanges(rows)
	if err != nil {
		return err
	}
	data := templates.OfficeExamsMany{Page: v.Page(), Rows: value, When: list[0].At.String(), Who: name, MayUndo: true}
	exams := map[uint64]bool{}
	for _, change := range list {
		exams[change.Exam.ID] = true
		data.MayUndo = data.MayUndo && change.Stands()
		data.Changes = append(data.Changes, templates.ExamChange{Exam: change.Exam.Title(), URL: examURL(change.Exam.ID),
			Field: reissue.ExamLabel(change.Fields[0]), Old: cmp.Or(change.Old, sayNothing), New: cmp.Or(change.New, sayNothing)})
	}
	data.Exams = len(exams)
	return v.Render(data)
}

// postUndoExams brings back what they had before.
func (p *Pages) postUndoExams(v *visit.Visit) error {
	rows, err := examRows(v.Value("rows"))
	if err != nil {
		return err
	}
	undone, err := p.Store.UndoExams(v.Staff.Actor(), rows)
	if err != nil {
		return err
	}
	v.Flash(flashExamsUndone)
	return v.Redirect(examRowsURL(undone))
}
