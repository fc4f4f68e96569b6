package exchange

import (
	"errors"
	"strconv"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// RegisterSheet is the name of the sheet in a workbook of the register.
const RegisterSheet = sheetRegister

// RegisterKinds are the columns of the register that are not text.
var RegisterKinds = sheet.Kinds{reissue.ColumnApproval: sheet.Date}

// WriteCertificates writes the certificates of a staff member's cities that pass the
// filter as a table, and closes it: the columns are those that Certificates takes in.
// The log is told as by WriteApplications.
func WriteCertificates(st *store.Store, staff *reissue.Staff, filter store.RegisterFilter, w sheet.Writer) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	chosen, err := chosenCertificates(st, staff, &filter)
	if err != nil {
		return err
	}
	var header []string
	for _, column := range certificateColumns("") {
		header = append(header, column.Name)
	}
	if err := w.WriteRow(header); err != nil {
		return err
	}
	count := 0
	err = st.EachCertificate(staff, filter, func(c *reissue.Certificate) error {
		if c.Withdrawn != 0 { // it is no certificate any more, and shall not come back by an import
			return nil
		}
		count++
		cells := certificateCells(c)
		row := make([]string, len(header))
		for i, column := range header {
			row[i] = cells[column]
		}
		return w.WriteRow(row)
	})
	if err != nil {
		return err
	}
	return st.Exported(staff.Actor(), "certificates", chosen, count)
}

func certificateCells(c *reissue.Certificate) map[string]string {
	return map[string]string{
		reissue.ColumnExamYear: strconv.Itoa(c.ExamYear), reissue.ColumnExamName: c.ExamName, reissue.ColumnName: c.Name,
		reissue.ColumnIDNumber: c.Person.Number.Full(), reissue.ColumnPaper: string(c.Person.Paper), reissue.ColumnCollected: c.CollectedWord(),
		reissue.ColumnLevel: c.Level, reissue.ColumnSpecialty: c.Specialty, reissue.ColumnSex: c.Sex, reissue.ColumnBirthMonth: c.BirthMonth,
		reissue.ColumnNumber: c.Number, reissue.ColumnApproval: c.ApprovalDate, reissue.ColumnCity: c.City,
	}
}
