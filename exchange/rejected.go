package exchange

import (
	"slices"
	"strconv"

	"certreissue/sheet"
	"certreissue/spool"
	"certreissue/store"
)

// rejectedColumns are added to rejected lines.
var rejectedColumns = []string{"行号", "列", "原因"}

func isAdded(column string) bool { return slices.Contains(rejectedColumns, column) }

// isRejected tells the header of a file of rejected lines. One of the names
// alone may be an office's own.
func isRejected(header []string) bool {
	for _, column := range rejectedColumns {
		if !slices.Contains(header, column) {
			return false
		}
	}
	return true
}

// IsRejected tells whether a file holds lines that an import has rejected.
func IsRejected(path string, spooled spool.Folder) bool {
	file, err := sheet.Open(path, spooled)
	if err != nil {
		return false
	}
	defer file.Close()
	return isRejected(file.Header)
}

// writeRejected reads the file once more for the cells of the rejected lines:
// keeping them would cost as much memory as the file is large. What an earlier
// rejection added to them does not come along.
func (job *Job) writeRejected(file *sheet.Sheet, faults map[int]store.Reject) error {
	if len(faults) == 0 || job.Rejected == nil {
		return nil
	}
	again := isRejected(file.Header)
	own := func(cells []string) (kept []string) {
		for i, cell := range cells {
			if !again || !isAdded(file.Header[i]) {
				kept = append(kept, cell)
			}
		}
		return kept
	}
	w := sheet.NewCSV(job.Rejected)
	if job.Workbook {
		var err error
		if w, err = sheet.NewXLSX(job.Rejected, sheetRejected, job.Spool); err != nil {
			return err
		}
	}
	if err := w.WriteRow(append(own(file.Header), rejectedColumns...)); err != nil {
		return err
	}
	for row, err := range file.Rows() {
		if err != nil {
			return err
		}
		fault, ok := faults[row.Line]
		if !ok {
			continue
		}
		if err := w.WriteRow(append(own(row.Cells), strconv.Itoa(row.Line), fault.Column, fault.Reason)); err != nil {
			return err
		}
	}
	return w.Close()
}
