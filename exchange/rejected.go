package exchange

import (
	"cmp"
	"encoding/binary"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

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

// rejects are the lines that were not taken, found in any order and wanted in the file's:
// there may be as many as the file has.
type rejects struct {
	sorter *spool.Sorter
	err    error // why they are not all there
}

func newRejects(spooled spool.Folder) (*rejects, error) {
	sorter, err := spooled.Sorter()
	return &rejects{sorter: sorter}, err
}

func (r *rejects) close() { r.sorter.Close() }

func (r *rejects) count() int { return r.sorter.Len }

const columnEnd = "\x00"

func (r *rejects) add(reject store.Reject) {
	if r.err == nil {
		line := binary.BigEndian.AppendUint32(nil, uint32(reject.Line))
		r.err = r.sorter.Add(string(line) + reject.Column + columnEnd + reject.Reason)
	}
}

// all are the rejects in the file's order.
func (r *rejects) all() iter.Seq2[store.Reject, error] {
	return func(yield func(store.Reject, error) bool) {
		if r.err != nil {
			yield(store.Reject{}, r.err)
			return
		}
		for text, err := range r.sorter.Sorted() {
			if err != nil {
				yield(store.Reject{}, err)
				return
			}
			column, reason, _ := strings.Cut(text[4:], columnEnd)
			if !yield(store.Reject{Line: int(binary.BigEndian.Uint32([]byte(text[:4]))), Column: column, Reason: reason}, nil) {
				return
			}
		}
	}
}

// writeRejected writes the rejected lines where the job wants them, and answers the
// first ones.
func (job *Job) writeRejected(file *sheet.Sheet, rejects *rejects) (first []store.Reject, err error) {
	write := func(store.Reject) error { return nil }
	if rejects.count() > 0 && job.Rejected != nil || job.Kept != nil {
		to, fault := job.rejectedFile(file)
		if fault != nil {
			return nil, fault
		}
		defer to.stop()
		defer func() {
			if err == nil {
				err = to.Close()
			}
		}()
		write = to.write
	}
	for reject, err := range rejects.all() {
		if err == nil {
			err = write(reject)
		}
		if err != nil {
			return first, err
		}
		if len(first) < firstLines {
			first = append(first, reject)
		}
	}
	return first, nil
}

// rejectedFile takes rejected lines with the cells that they have in the file. That is
// read once more: keeping them would cost as much memory as the file is large.
type rejectedFile struct {
	sheet.Writer
	own  func(cells []string) []string
	next func() (sheet.Row, error, bool)
	stop func()
}

// rejectedFile begins one with its header. What an earlier rejection added to the file
// does not come along.
func (job *Job) rejectedFile(file *sheet.Sheet) (*rejectedFile, error) {
	to := &rejectedFile{}
	switch {
	case job.Kept != nil:
		to.Writer = keptRows{job.Kept}
	case job.Workbook:
		var err error
		if to.Writer, err = sheet.NewXLSX(job.Rejected, sheetRejected, job.Spool); err != nil {
			return nil, err
		}
	default:
		to.Writer = sheet.NewCSV(job.Rejected)
	}
	again := isRejected(file.Header)
	to.own = func(cells []string) (kept []string) {
		for i, cell := range cells {
			if !again || !isAdded(file.Header[i]) {
				kept = append(kept, cell)
			}
		}
		return kept
	}
	to.next, to.stop = iter.Pull2(file.Rows())
	return to, to.WriteRow(append(to.own(file.Header), rejectedColumns...))
}

// write takes the next one, in the file's order.
func (f *rejectedFile) write(r store.Reject) error {
	for {
		row, err, more := f.next()
		if err != nil || !more {
			return cmp.Or(err, io.ErrUnexpectedEOF)
		}
		if row.Line == r.Line {
			return f.WriteRow(append(f.own(row.Cells), strconv.Itoa(r.Line), r.Column, r.Reason))
		}
	}
}

// keptRows keeps rows in memory.
type keptRows struct{ rows *[][]string }

func (k keptRows) WriteRow(cells []string) error {
	*k.rows = append(*k.rows, cells)
	return nil
}

func (keptRows) Close() error { return nil }
