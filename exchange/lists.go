package exchange

import (
	"context"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// mailingColumns are those of the list of what 证书邮寄系统 has sent, numberColumns
// those of a producer's list of new numbers, which names an application or a person.
var (
	mailingColumns = []sheet.Column{{Name: store.ColumnApplication, Starred: true}, {Name: reissue.ColumnName, Starred: true}, {Name: store.ColumnTracking, Starred: true}}
	numberColumns  = []sheet.Column{{Name: store.ColumnApplication}, {Name: reissue.ColumnIDNumber}, {Name: reissue.ColumnName, Starred: true},
		{Name: store.ColumnNewNumber, Starred: true}}
)

// CheckMailings checks a list of tracking numbers and keeps it. Its errors are those of
// package sheet for the file, a reissue.Problems of the field file for one with too many
// lines, and those of the store.
func CheckMailings(ctx context.Context, st *store.Store, staff *reissue.Staff, job Job) (*store.List, error) {
	return checkList(ctx, st, staff, &store.List{Kind: store.ListMailings}, job, mailingColumns, parseMailing)
}

// CheckNumbers checks a list of the new numbers of a batch and keeps it, with errors as
// CheckMailings has them.
func CheckNumbers(ctx context.Context, st *store.Store, staff *reissue.Staff, batch uint64, job Job) (*store.List, error) {
	return checkList(ctx, st, staff, &store.List{Kind: store.ListNumbers, Batch: batch}, job, numberColumns, parseNumber)
}

func checkList(ctx context.Context, st *store.Store, staff *reissue.Staff, l *store.List, job Job, columns []sheet.Column,
	parse func(line int, cell func(string) string) (store.ListLine, reissue.Problems)) (*store.List, error) {
	l.File, job.Lines, job.Kept = job.Name, store.MaxList, &l.Rejected
	out, err := takeAll(ctx, st, job, columns, parse, func(lines []store.ListLine, load store.Load) (store.Counts, error) {
		return st.CheckList(staff, l, lines, load)
	})
	if err != nil {
		return nil, err
	}
	l.Notes = out.Notes
	return l, st.KeepList(staff, l)
}

func parseMailing(line int, cell func(string) string) (read store.ListLine, problems reissue.Problems) {
	read.Line, read.Name = line, parseName(cell, &problems)
	read.Application = parseApplication(cell, &problems)
	tracking, ok := cell(store.ColumnTracking), false
	if read.Value, ok = reissue.ParseTracking(tracking); !ok {
		problems.Add(store.ColumnTracking, sayUnread(tracking, sayBadTracking))
	}
	return read, problems
}

func parseNumber(line int, cell func(string) string) (read store.ListLine, problems reissue.Problems) {
	read.Line, read.Name, read.Paper = line, parseName(cell, &problems), cell(reissue.ColumnIDNumber)
	switch {
	case cell(store.ColumnApplication) != "":
		read.Application = parseApplication(cell, &problems)
	case read.Paper == "":
		problems.Add(store.ColumnApplication, sayNobodyNamed)
	}
	if sheet.Spoilt(read.Paper) {
		problems.Add(reissue.ColumnIDNumber, sheet.SpoiltSentence(read.Paper))
	}
	number, ok := cell(store.ColumnNewNumber), false
	if read.Value, ok = reissue.ParseCertificateNumber(number); !ok || sheet.Spoilt(number) {
		problems.Add(store.ColumnNewNumber, sayUnread(number, sayBadNewNumber))
	}
	return read, problems
}

func parseName(cell func(string) string, problems *reissue.Problems) string {
	name := cell(reissue.ColumnName)
	if name == "" {
		problems.Add(reissue.ColumnName, sayBlank)
	}
	return name
}

func parseApplication(cell func(string) string, problems *reissue.Problems) uint64 {
	typed := cell(store.ColumnApplication)
	number, ok := reissue.ParseNumber(typed)
	if !ok {
		problems.Add(store.ColumnApplication, sayUnread(typed, sayBadNumber(typed)))
	}
	return number
}

// sayUnread is what is wrong with a cell that does not read: nothing stands there,
// a spreadsheet has spoilt it, or what is said of others.
func sayUnread(value, otherwise string) string {
	switch {
	case value == "":
		return sayBlank
	case sheet.Spoilt(value):
		return sheet.SpoiltSentence(value)
	default:
		return otherwise
	}
}
