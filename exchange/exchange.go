// Package exchange carries records between the store and spreadsheets: the
// office's register and the accounts of 证书邮寄系统 come in, applications go
// out. Commands and pages share it.
package exchange

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/spool"
	"certreissue/store"
)

// Job is an import of one spreadsheet file.
type Job struct {
	Path string // of the file
	// Spool is where what it is inflated to lies meanwhile. Where there is a store it
	// is the store's.
	Spool spool.Folder
	Name  string // as it is kept with the import
	By    reissue.Actor
	// Alone is set where no service runs on the data file.
	Alone bool
	// Dry tells what the import would do, and keeps nothing.
	Dry bool
	// Correct are the lines that are carried out as corrections of stored ones.
	Correct []int
	// BlankCollected says what a blank 领取状态 means.
	BlankCollected reissue.BlankCollected
	// Progress hears how far reading (first half) and storing (second half) are.
	Progress func(done, total int64)
	// Rejected takes the lines that were not taken: the original columns, then
	// 行号, 列, 原因. It is only written to when there are some. It is CSV, or a
	// Workbook with text cells, where no program spoils the numbers again.
	Rejected io.Writer
	Workbook bool
	// Kept takes the same rows, behind their header even where there are none; nil for
	// nobody. Lines is how many the file may have then.
	Kept  *[][]string
	Lines int
	// Began hears the number under which the import is kept; nil for nobody.
	Began func(number uint64)
}

// firstLines is how many rejected and changed lines an Outcome shows, mostCorrectable how
// many of those that may be corrections.
const (
	firstLines      = 50
	mostCorrectable = 500
)

// Change is a line of the file that changes what is stored.
type Change struct {
	Line   int
	Fields []string
}

// Outcome is what became of a file.
type Outcome struct {
	store.Counts
	Taken bool     // the good lines have come in, whatever became of the others
	Notes []string // sentences about the header, and about what nobody reads
	// The first of the rejected and of the changed lines, and of those that were
	// taken and should be looked at, in the file's order.
	Rejects []store.Reject
	Changes []Change
	Doubts  []store.Reject
	Doubted int // how many doubts there are
	// Correctable are the first lines that may be carried out as corrections.
	Correctable []store.Reject
	// Exams and Cities are those that the office did not know.
	Exams, Cities []string
}

// take reads a whole file, hands every line to add, and then has the good ones loaded.
// columns are those that add reads; it answers what is wrong with a line, by column, or
// keeps it. Nothing is stored before the last line has been read.
func take(ctx context.Context, st *store.Store, job Job, columns []sheet.Column,
	add func(line int, cell func(string) string) (reissue.Problems, error),
	load func(store.Load) (store.Counts, error)) (out Outcome, err error) {
	job.Spool = st.Spool()
	file, at, unknown, err := open(job, columns)
	if err != nil {
		return out, err
	}
	defer file.Close()
	place := map[string]int{}
	for i, column := range columns {
		place[column.Name] = at[i]
	}
	rejects, err := newRejects(job.Spool)
	if err != nil {
		return out, err
	}
	defer rejects.close()
	progress, lines := newProgress(job.Progress), 0
	for row, err := range file.Rows() {
		if err != nil {
			return out, err
		}
		if err := ctx.Err(); err != nil {
			return out, err
		}
		progress.read(file.Progress())
		if lines++; job.Lines > 0 && lines > job.Lines {
			return out, reissue.Problems{{Field: "file", Message: sayTooManyLines(job.Lines)}}
		}
		if row.Fault != nil {
			rejects.add(store.Reject{Line: row.Line, Column: row.Fault.Column, Reason: row.Fault.Sentence()})
			continue
		}
		problems, err := add(row.Line, func(column string) string {
			if i := place[column]; i >= 0 {
				return row.Cells[i]
			}
			return ""
		})
		if err != nil {
			return out, err
		}
		if len(problems) > 0 {
			rejects.add(firstOf(row.Line, problems))
		}
	}
	if rejects.err != nil { // nothing is stored of a file of which not all can be told
		return out, rejects.err
	}
	out.Notes = file.Taken(unknown)
	out.Counts, err = load(store.Load{File: job.Name, By: job.By, Alone: job.Alone, Dry: job.Dry, Correct: job.Correct, Broken: rejects.count(), Began: job.Began,
		Progress: progress.stored, Reject: rejects.add, Changed: func(line int, fields []string) {
			out.Changes = firstOfFile(append(out.Changes, Change{line, fields}), firstLines, func(c Change) int { return c.Line })
		}, Doubt: func(r store.Reject) {
			out.Doubted++
			out.Doubts = firstOfFile(append(out.Doubts, r), firstLines, func(r store.Reject) int { return r.Line })
			if r.Correctable {
				out.Correctable = firstOfFile(append(out.Correctable, r), mostCorrectable, func(r store.Reject) int { return r.Line })
			}
		}, Learned: func(exams, cities []string) { out.Exams, out.Cities = exams, cities }})
	if err != nil {
		return out, err
	}
	out.Taken = true
	out.Rejects, err = job.writeRejected(file, rejects)
	return out, err
}

// takeAll is take for files of which all lines may lie in memory.
func takeAll[T any](ctx context.Context, st *store.Store, job Job, columns []sheet.Column,
	parse func(line int, cell func(string) string) (T, reissue.Problems),
	load func([]T, store.Load) (store.Counts, error)) (Outcome, error) {
	var rows []T
	return take(ctx, st, job, columns, func(line int, cell func(string) string) (reissue.Problems, error) {
		row, problems := parse(line, cell)
		if len(problems) == 0 {
			rows = append(rows, row)
		}
		return problems, nil
	}, func(to store.Load) (store.Counts, error) { return load(rows, to) })
}

// firstOfFile keeps the first lines in the file's order: the store has one of
// its own.
func firstOfFile[T any](list []T, most int, line func(T) int) []T {
	slices.SortFunc(list, func(a, b T) int { return line(a) - line(b) })
	return list[:min(len(list), most)]
}

// open opens a spreadsheet file and finds the columns in it.
func open(job Job, columns []sheet.Column) (file *sheet.Sheet, at []int, unknown sheet.Unknown, err error) {
	if file, err = sheet.Open(job.Path, job.Spool); err != nil {
		return nil, nil, nil, err
	}
	if at, unknown, err = file.Columns(columns); err != nil {
		return nil, nil, nil, errors.Join(err, file.Close())
	}
	if isRejected(file.Header) {
		unknown = slices.DeleteFunc(unknown, isAdded)
	}
	return file, at, unknown, nil
}

// usable tells what keeps a whole file from being taken in: it cannot be
// opened, lacks a column, or holds no line.
func usable(job Job, columns []sheet.Column) error {
	file, _, _, err := open(job, columns)
	if err != nil {
		return err
	}
	defer file.Close()
	first, stop := iter.Pull2(file.Rows())
	defer stop()
	_, err, _ = first()
	return err
}

// firstOf puts all that is wrong with a line into one reject: columns and
// reasons in the same order.
func firstOf(line int, problems reissue.Problems) store.Reject {
	r := store.Reject{Line: line, Column: problems[0].Field, Reason: problems[0].Message}
	for _, problem := range problems[1:] {
		r.Column += "；" + problem.Field
		r.Reason += "；" + problem.Message
	}
	return r
}

// progress tells one figure for both halves of an import, in thousandths, and
// not more often than people can see.
type progress struct {
	tell func(done, total int64)
	last time.Time
}

func newProgress(tell func(done, total int64)) *progress { return &progress{tell: tell} }

const progressTotal = 1000

func (p *progress) read(done, total int64) { p.say(done, total, 0) }

func (p *progress) stored(done, total int) { p.say(int64(done), int64(total), progressTotal/2) }

func (p *progress) say(done, total, base int64) {
	if p.tell == nil || total == 0 || done < total && time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last = time.Now()
	p.tell(base+done*progressTotal/2/total, progressTotal)
}
