package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// task is one thing to be done with the data file by a command. It is carried
// out by the running service, if there is one, and else by the command itself:
// the same function, on the same kind of store.
type task struct {
	Do    string // import, export, backup, doctor or staff …
	Kind  string // of an import: one of imports; of an export: kindXLSX or kindCSV
	Name  string // of the file that is imported, or of a staff member
	Blank string // what a blank 领取状态 means
	// Status limits an export.
	Status reissue.Status
	// Staff is the staff member to add, its password hashed.
	Staff reissue.Staff
	// Hashed and MustChange are a staff member's new password.
	Hashed     string
	MustChange bool
}

// imports are what can be imported. check judges a file as a whole, before
// there is a store.
var imports = map[string]struct {
	check func(exchange.Job) error
	take  func(context.Context, *store.Store, exchange.Job) (exchange.Outcome, error)
}{
	"certificates": {exchange.CheckCertificates, exchange.Certificates},
	"accounts":     {exchange.CheckAccounts, exchange.Accounts},
}

// The kinds of an exported table, by the ending of its name.
const (
	kindXLSX = "xlsx"
	kindCSV  = "csv"
)

// hands are what a task works with beside the store.
type hands struct {
	alone    bool
	serving  *serving                // how the service runs that carries the task out; nil: none does
	input    string                  // path of the file to read
	output   io.Writer               // the file to write: a backup, a workbook, rejected lines
	say      io.Writer               // lines for people
	progress func(done, total int64) // nil: nobody looks
}

// perform carries out a task. Its error speaks Chinese where it is for people.
func perform(ctx context.Context, st *store.Store, t task, h hands) error {
	switch t.Do {
	case "import":
		return performImport(ctx, st, t, h)
	case "export":
		return performExport(st, t, h)
	case "backup":
		row, hash, err := st.ChainHead()
		if err != nil {
			return err
		}
		fmt.Fprintln(h.say, sayChainHead(row, hash))
		return st.Backup(h.output)
	case "doctor":
		return examine(st, h)
	case "staff add":
		_, err := st.AddStaff(reissue.System(), t.Staff)
		return err
	case "staff list":
		return listStaff(st, h.say)
	case "staff password":
		return withStaff(st, t.Name, func(s *reissue.Staff) error {
			factor, err := st.RescueStaff(s.ID, t.Hashed, t.MustChange)
			if err == nil && factor {
				fmt.Fprintln(h.say, sayFactorRemoved(s.Name))
			}
			return err
		})
	case "staff unlock":
		return withStaff(st, t.Name, func(s *reissue.Staff) error { return st.UnlockStaff(reissue.System(), s.ID) })
	}
	return fmt.Errorf("unknown task %q", t.Do)
}

func performExport(st *store.Store, t task, h hands) error {
	filter := store.Filter{Status: t.Status}
	if t.Kind == kindCSV {
		return exchange.WriteApplications(st, reissue.System(), filter, sheet.NewCSV(h.output))
	}
	return exchange.Applications(st, reissue.System(), filter, h.output)
}

func performImport(ctx context.Context, st *store.Store, t task, h hands) error {
	job := exchange.Job{Path: h.input, Name: t.Name, By: reissue.System(), Alone: h.alone, BlankCollected: reissue.BlankCollected(t.Blank),
		Progress: h.progress, Rejected: h.output}
	kind, ok := imports[t.Kind]
	if !ok {
		return fmt.Errorf("unknown import %q", t.Kind)
	}
	out, err := kind.take(ctx, st, job)
	if err != nil {
		return err
	}
	if len(out.Unknown) > 0 {
		fmt.Fprintln(h.say, out.Unknown.Sentence())
	}
	for _, sentence := range exchange.Learned(out.Exams, out.Cities) {
		fmt.Fprintln(h.say, sentence)
	}
	for _, doubt := range out.Doubts {
		fmt.Fprintln(h.say, sayDoubt(doubt))
	}
	if more := out.Doubted - len(out.Doubts); more > 0 {
		fmt.Fprintln(h.say, sayMoreDoubts(more))
	}
	fmt.Fprintf(h.say, "added=%d changed=%d unchanged=%d rejected=%d\n", out.Added, out.Changed, out.Unchanged, out.Rejected)
	if out.Rejected > 0 {
		return exitError(exitPartial)
	}
	return nil
}

func listStaff(st *store.Store, say io.Writer) error {
	list, err := st.AllStaff()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(say, sayNoStaff)
	}
	for _, s := range list {
		fmt.Fprintln(say, describeStaff(s))
	}
	return nil
}

// withStaff does something for the staff member of a name.
func withStaff(st *store.Store, name string, do func(*reissue.Staff) error) error {
	s, err := st.StaffByName(name)
	if errors.Is(err, reissue.ErrNotFound) {
		return plain(sayUnknownStaff(name))
	}
	if err != nil {
		return err
	}
	return do(s)
}

// plain is an error that is a Chinese sentence and nothing else.
type plain string

func (e plain) Error() string    { return "refused" }
func (e plain) Sentence() string { return string(e) }

// problemsSentence puts a refused form's problems into a sentence for the
// console.
func problemsSentence(err error) error {
	var problems reissue.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		return plain(problems[0].Message)
	}
	return err
}

func validRole(role string) bool { return slices.Contains(reissue.StaffRoles, reissue.Role(role)) }
