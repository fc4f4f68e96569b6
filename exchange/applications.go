package exchange

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// ApplicationsSheet is the name of the sheet in a workbook of applications.
const ApplicationsSheet = sheetName

// applicationRow is an application with what its columns say of it.
type applicationRow struct {
	*reissue.Application
	course         reissue.Course
	decision       *reissue.Event // the last one that stands; an empty one without
	decider, batch string         // names
	filer          string         // of who filed it at the counter
	exam           *reissue.Exam  // of what is not decided yet; nil where the office does not know it
}

// leadsTo is what is or will be handed out, "" where nothing is.
func (r *applicationRow) leadsTo() string {
	switch {
	case r.Status == reissue.Refused || r.Status == reissue.Withdrawn:
		return ""
	case r.LeadsTo(r.exam) == reissue.RouteProof:
		return sayProof
	}
	return sayNewCertificate
}

func (r *applicationRow) proofNumber() string {
	if r.Proof == 0 {
		return ""
	}
	return reissue.ShowProofNumber(r.Proof)
}

// applicationColumn is a column of the list of applications. Its cells are texts as
// package sheet reads them for its kind.
type applicationColumn struct {
	name string
	kind sheet.Kind
	cell func(*applicationRow) string
}

var applicationColumns = func() []applicationColumn {
	list := []applicationColumn{
		{name: "申请编号", cell: func(r *applicationRow) string { return strconv.FormatUint(r.ID, 10) }},
		{name: "状态", cell: func(r *applicationRow) string { return r.Status.Word() }},
		{name: "证件类型", cell: func(r *applicationRow) string { return string(r.Person.Paper) }},
		{name: reissue.Label(reissue.FieldIDNumber), cell: func(r *applicationRow) string { return r.Person.Number.Full() }},
	}
	for _, field := range reissue.FieldNames {
		column := applicationColumn{name: reissue.Label(field), cell: func(r *applicationRow) string { return r.Fields.Get(field) }}
		if field == reissue.FieldApprovalDate {
			column.kind = sheet.Date
		}
		list = append(list, column)
	}
	return append(list, []applicationColumn{
		{name: "来源", cell: func(r *applicationRow) string {
			if r.Certificate == 0 {
				return sayByHand
			}
			return sayFromRegister
		}},
		{name: "窗口代办", cell: func(r *applicationRow) string { return r.filer }},
		{name: "提交时间", kind: sheet.Time, cell: func(r *applicationRow) string { return r.Submitted.String() }},
		{name: "更新时间", kind: sheet.Time, cell: func(r *applicationRow) string { return r.Updated.String() }},
		{name: "原因", cell: func(r *applicationRow) string {
			var reasons []string
			for _, reason := range r.decision.Reasons {
				reasons = append(reasons, reason.Label)
			}
			return strings.Join(reasons, sayBetween)
		}},
		{name: "说明", cell: func(r *applicationRow) string { return r.decision.Note }},
		{name: "审核人", cell: func(r *applicationRow) string { return r.decider }},
		{name: "审核时间", kind: sheet.Time, cell: func(r *applicationRow) string { return r.decision.At.String() }},
		{name: "退回次数", kind: sheet.Number, cell: func(r *applicationRow) string { return strconv.Itoa(r.course.Returned) }},
		{name: "批次", cell: func(r *applicationRow) string { return r.batch }},
		{name: "到证时间", kind: sheet.Time, cell: func(r *applicationRow) string { return r.course.Arrived.String() }},
		{name: "发放内容", cell: (*applicationRow).leadsTo},
		{name: "发放方式", cell: func(r *applicationRow) string { return wayWords[r.Status] }},
		{name: "领取人", cell: func(r *applicationRow) string {
			switch c := r.Collected(); {
			case c == nil:
				return ""
			case c.Agent != "":
				return c.Agent
			}
			return r.Fields.Name
		}},
		{name: "领取/寄出时间", kind: sheet.Time, cell: func(r *applicationRow) string { return r.course.Left.String() }},
		{name: "快递单号", cell: func(r *applicationRow) string { return r.Tracking() }},
		{name: "新证书管理号", cell: func(r *applicationRow) string { return r.NewNumber() }},
		{name: sayProofNumber, cell: (*applicationRow).proofNumber},
		{name: "审核天数", kind: sheet.Number, cell: func(r *applicationRow) string { return daysBetween(r.course.Came, r.course.Reviewed) }},
		{name: "制证天数", kind: sheet.Number, cell: func(r *applicationRow) string { return daysBetween(r.course.Locked, r.course.Arrived) }},
		{name: "待领天数", kind: sheet.Number, cell: func(r *applicationRow) string { return daysBetween(r.course.Arrived, r.course.Left) }},
	}...)
}()

// ApplicationKinds are the columns of a list of applications that are not text.
var ApplicationKinds = func() sheet.Kinds {
	kinds := sheet.Kinds{}
	for _, column := range applicationColumns {
		kinds[column.name] = column.kind
	}
	return kinds
}()

// daysBetween are the days that a stage took, "" while it is not over.
func daysBetween(from, to reissue.Moment) string {
	if from == 0 || to == 0 {
		return ""
	}
	return strconv.Itoa(reissue.DaysBetween(from, to))
}

// Applications writes the applications that pass the filter as a workbook.
func Applications(st *store.Store, staff *reissue.Staff, filter store.Filter, to io.Writer) error {
	w, err := sheet.NewXLSX(to, ApplicationsSheet, st.Spool(), ApplicationKinds)
	if err != nil {
		return err
	}
	return WriteApplications(st, staff, filter, w)
}

// WriteApplications writes the applications of a staff member's cities that pass the
// filter as a table, in the order of the list, and closes it. Which and how many they
// are is noted in the log: nobody may be given what was written before.
func WriteApplications(st *store.Store, staff *reissue.Staff, filter store.Filter, w sheet.Writer) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	chosen, err := chosenApplications(st, staff, &filter)
	if err != nil {
		return err
	}
	list, err := st.AllStaff()
	if err != nil {
		return err
	}
	names, batches, exams := map[uint64]string{}, map[uint64]string{}, map[string]*reissue.Exam{}
	for _, one := range list {
		names[one.ID] = one.Name
	}
	cells := make([]string, len(applicationColumns))
	for i, column := range applicationColumns {
		cells[i] = column.name
	}
	if err := w.WriteRow(cells); err != nil {
		return err
	}
	count := 0
	err = st.EachApplication(staff, filter, func(a *reissue.Application) error {
		count++
		row := applicationRow{Application: a, course: a.Course(), decision: &reissue.Event{}}
		if decision := a.LastDecision(); decision != nil {
			row.decision, row.decider = decision, names[decision.By]
			if decision.By == 0 {
				row.decider = decision.Role.Word() // the end of a term
			}
		}
		if filing := a.Filing(); filing != nil {
			row.filer = names[filing.By]
		}
		if _, known := batches[a.Batch]; !known && a.Batch != 0 {
			if batches[a.Batch], err = st.BatchName(a.Batch); err != nil {
				return err
			}
		}
		row.batch = batches[a.Batch]
		if a.Status.Editable() {
			exam := reissue.Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
			title := exam.Title()
			if _, known := exams[title]; !known {
				if exams[title], err = st.ExamOf(a); err != nil {
					return err
				}
			}
			row.exam = exams[title]
		}
		for i, column := range applicationColumns {
			cells[i] = column.cell(&row)
		}
		return w.WriteRow(cells)
	})
	if err != nil {
		return err
	}
	return st.Exported(staff.Actor(), "applications", chosen, count)
}
