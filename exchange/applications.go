package exchange

import (
	"errors"
	"io"
	"strconv"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// ApplicationsSheet is the name of the sheet in a workbook of applications.
const ApplicationsSheet = sheetName

// Applications writes the applications that pass the filter as a workbook.
func Applications(st *store.Store, staff *reissue.Staff, filter store.Filter, to io.Writer) error {
	w, err := sheet.NewXLSX(to, ApplicationsSheet, st.Spool())
	if err != nil {
		return err
	}
	return WriteApplications(st, staff, filter, w)
}

// WriteApplications writes the applications of a staff member's cities that pass the
// filter as a table, in the order of the queue, and closes it. ID and certificate
// numbers are text cells. Which and how many they are is noted in the log: nobody may
// be given what was written before.
func WriteApplications(st *store.Store, staff *reissue.Staff, filter store.Filter, w sheet.Writer) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	chosen, err := chosenApplications(st, staff, &filter)
	if err != nil {
		return err
	}
	header := []string{"申请编号", "状态"}
	header = append(header, "证件类型", reissue.Label(reissue.FieldIDNumber))
	for _, field := range reissue.FieldNames {
		header = append(header, reissue.Label(field))
	}
	if err := w.WriteRow(append(header, "来源", "提交时间", "更新时间", "原因", "说明")); err != nil {
		return err
	}
	count := 0
	err = st.EachApplication(staff, filter, func(a *reissue.Application) error {
		count++
		cells := []string{strconv.FormatUint(a.ID, 10), a.Status.Word(), string(a.Person.Paper), a.Person.Number.Full()}
		for _, field := range reissue.FieldNames {
			cells = append(cells, a.Fields.Get(field))
		}
		source := sayFromRegister
		if a.Certificate == 0 {
			source = sayByHand
		}
		reasons, note := "", ""
		if decision := a.LastDecision(); decision != nil {
			for i, reason := range decision.Reasons {
				if i > 0 {
					reasons += "；"
				}
				reasons += reason.Label
			}
			note = decision.Note
		}
		return w.WriteRow(append(cells, source, a.Submitted.String(), a.Updated.String(), reasons, note))
	})
	if err != nil {
		return err
	}
	return st.Exported(staff.Actor(), "applications", chosen, count)
}
