package exchange

import (
	"context"
	"errors"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// certificateColumns are the register's, the starred ones first. Where a blank
// 领取状态 has a meaning, lists without a state need not have the column either.
func certificateColumns(blank reissue.BlankCollected) []sheet.Column {
	return []sheet.Column{
		{Name: reissue.ColumnExamYear, Starred: true}, {Name: reissue.ColumnExamName, Starred: true}, {Name: reissue.ColumnName, Starred: true},
		{Name: reissue.ColumnIDNumber, Starred: true}, {Name: reissue.ColumnCollected, Starred: blank == ""}, {Name: reissue.ColumnLevel},
		{Name: reissue.ColumnSpecialty}, {Name: reissue.ColumnSex}, {Name: reissue.ColumnBirthMonth}, {Name: reissue.ColumnNumber},
		{Name: reissue.ColumnApproval}, {Name: reissue.ColumnCity}, {Name: reissue.ColumnPaper},
	}
}

// CheckCertificates tells what keeps a register from being taken in as a
// whole, before there is a store to take it.
func CheckCertificates(job Job) error {
	return usable(job, certificateColumns(job.BlankCollected))
}

// Certificates takes in a register. Its errors are those of package sheet for
// the file, and of the store.
func Certificates(ctx context.Context, st *store.Store, job Job) (out Outcome, err error) {
	today := reissue.Today(st.Now())
	rows, err := st.CertificateRows()
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	timed := map[string]int{} // column → in how many good lines a time of day was dropped
	out, err = take(ctx, st, job, certificateColumns(job.BlankCollected), func(line int, cell func(string) string) (reissue.Problems, error) {
		c, problems := reissue.ParseCertificate(cell, job.BlankCollected, sheet.Spoilt, today)
		if len(problems) > 0 {
			return problems, nil
		}
		countTimes(timed, cell)
		return nil, rows.Add(line, &c)
	}, func(load store.Load) (store.Counts, error) {
		return st.ImportCertificates(ctx, rows, load)
	})
	out.Notes = append(out.Notes, sayTimesDropped(timed)...)
	return out, err
}

// countTimes counts a line's dates with a time of day that is not midnight.
func countTimes(timed map[string]int, cell func(string) string) {
	for _, column := range reissue.DateColumns {
		if _, dropped := reissue.CutTime(cell(column)); dropped {
			timed[column]++
		}
	}
}

// accountColumns are those of 证书邮寄系统.
var accountColumns = []sheet.Column{
	{Name: reissue.ColumnName, Starred: true}, {Name: store.ColumnAccountNumber, Starred: true}, {Name: store.ColumnAccountEmail},
	{Name: store.ColumnDigest, Starred: true},
}

// CheckAccounts is CheckCertificates for accounts.
func CheckAccounts(job Job) error { return usable(job, accountColumns) }

// Accounts takes in the accounts of 证书邮寄系统.
func Accounts(ctx context.Context, st *store.Store, job Job) (Outcome, error) {
	today := reissue.Today(st.Now())
	return takeAll(ctx, st, job, accountColumns, func(line int, cell func(string) string) (store.AccountRow, reissue.Problems) {
		return parseAccount(line, cell, today)
	}, func(rows []store.AccountRow, load store.Load) (store.Counts, error) {
		return st.ImportAccounts(ctx, rows, load)
	})
}

// parseAccount reads one line of the accounts. The digest is judged when it is
// stored, since that is slow.
func parseAccount(line int, cell func(string) string, today string) (store.AccountRow, reissue.Problems) {
	row := store.AccountRow{Line: line, Name: reissue.CleanName(cell(reissue.ColumnName)), Digest: cell(store.ColumnDigest)}
	var problems reissue.Problems
	if !reissue.ValidName(row.Name) {
		problems.Add(reissue.ColumnName, sayBadName)
	}
	number := cell(store.ColumnAccountNumber)
	var err error
	if row.Person, err = reissue.ParsePerson("", number, today); err != nil {
		if sheet.Spoilt(number) {
			problems.Add(store.ColumnAccountNumber, sheet.SpoiltSentence(number))
		} else {
			problems.AddFault(store.ColumnAccountNumber, err)
		}
	}
	if email := cell(store.ColumnAccountEmail); email != "" {
		row.Email, err = mail.ParseAddress(email)
		problems.AddFault(store.ColumnAccountEmail, err)
	}
	if row.Digest == "" {
		problems.Add(store.ColumnDigest, sayBlank)
	}
	return row, problems
}
