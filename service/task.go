package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"

	"certreissue/exchange"
	"certreissue/handlers"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// What a task came to that is no failure of its own, and of which everything has
// been said.
var (
	ErrPartial = errors.New("done in part")
	ErrUnwell  = errors.New("something must be mended")
)

// Task is one thing to be done with the data file by a command. It is carried
// out by the running service, if there is one, and else by the command itself:
// the same function, on the same kind of store.
type Task struct {
	Do    string // import, export, backup, doctor or staff …
	Kind  string // of an import: one of Imports; of an export: KindXLSX, KindCSV or KindArchive
	Name  string // of the file that is imported, or of a staff member
	Blank string // what a blank 领取状态 means
	// Status limits an export of applications, Year is that of an archive.
	Status reissue.Status
	Year   int
	// Staff is the staff member to add, its password hashed.
	Staff reissue.Staff
	// Hashed and MustChange are a staff member's new password.
	Hashed     string
	MustChange bool
}

// reads tells what can be done with a file that cannot be written, too: the rest
// leaves its row in the log.
func (t Task) reads() bool { return t.Do == "backup" || t.Do == "doctor" }

// Imports are what can be imported. Check judges a file as a whole, before
// there is a store.
var Imports = map[string]struct {
	Check func(exchange.Job) error
	take  func(context.Context, *store.Store, exchange.Job) (exchange.Outcome, error)
}{
	"certificates": {exchange.CheckCertificates, exchange.Certificates},
	"accounts":     {exchange.CheckAccounts, exchange.Accounts},
}

// The kinds of an export, by the ending of its file's name.
const (
	KindXLSX    = "xlsx"
	KindCSV     = "csv"
	KindArchive = "zip"
)

// Hands are what a task works with beside the store.
type Hands struct {
	alone    bool                    // nobody waits for this process to answer
	config   *Config                 // how the service runs that carries the task out; nil: none does
	Input    string                  // path of the file to read
	Output   io.Writer               // the file to write: a backup, a workbook, rejected lines
	Say      io.Writer               // lines for people
	Progress func(done, total int64) // nil: nobody looks
	Places   []string                // where a data file lies that nobody has given a place
	Copied   func(store.State)       // hears of which state a backup is; nil: nobody does
}

// perform carries out a task. Its error speaks Chinese where it is for people.
func perform(ctx context.Context, st *store.Store, t Task, h Hands) error {
	switch t.Do {
	case "import":
		return performImport(ctx, st, t, h)
	case "export":
		return performExport(ctx, st, t, h)
	case "backup":
		of, err := st.Backup(h.Output)
		if err != nil {
			return err
		}
		fmt.Fprintln(h.Say, sayChainHead(of.Row, of.Hash))
		if h.Copied != nil {
			h.Copied(of)
		}
		return nil
	case "doctor":
		return examine(ctx, st, h)
	case "staff add":
		_, err := st.AddStaff(reissue.System(), t.Staff)
		return err
	case "staff list":
		return listStaff(st, h.Say)
	case "staff password":
		return withStaff(st, t.Name, func(s *reissue.Staff) error {
			factor, err := st.RescueStaff(s.ID, t.Hashed, t.MustChange)
			if err == nil && factor {
				fmt.Fprintln(h.Say, sayFactorRemoved(s.Name))
			}
			return err
		})
	case "staff unlock":
		return withStaff(st, t.Name, func(s *reissue.Staff) error { return st.UnlockStaff(reissue.System(), s.ID, "") })
	}
	return fmt.Errorf("unknown task %q", t.Do)
}

func performExport(ctx context.Context, st *store.Store, t Task, h Hands) error {
	if t.Kind == KindArchive {
		err := handlers.WriteArchive(ctx, st, t.Year, h.Output)
		if errors.Is(err, reissue.ErrNotFound) {
			err = Refusal(sayNoArchive(t.Year))
		}
		return err
	}
	filter := store.Filter{Status: t.Status}
	if t.Kind == KindCSV {
		return exchange.WriteApplications(st, reissue.Console(), filter, sheet.NewCSV(h.Output))
	}
	return exchange.Applications(st, reissue.Console(), filter, h.Output)
}

// importMemory is what an import by a command shall take: its garbage is collected before.
// A small server may have half a gigabyte for all that it does.
const importMemory = 92 << 20

func performImport(ctx context.Context, st *store.Store, t Task, h Hands) error {
	if h.alone {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), importMemory)))
	}
	job := exchange.Job{Path: h.Input, Name: t.Name, By: reissue.System(), Alone: h.alone, BlankCollected: reissue.BlankCollected(t.Blank),
		Progress: h.Progress, Rejected: h.Output}
	kind, ok := Imports[t.Kind]
	if !ok {
		return fmt.Errorf("unknown import %q", t.Kind)
	}
	out, err := kind.take(ctx, st, job)
	if !out.Taken {
		return err
	}
	for _, sentence := range slices.Concat(out.Notes, exchange.Learned(out.Exams, out.Cities)) {
		fmt.Fprintln(h.Say, sentence)
	}
	for _, doubt := range out.Doubts {
		fmt.Fprintln(h.Say, sayDoubt(doubt))
	}
	if more := out.Doubted - len(out.Doubts); more > 0 {
		fmt.Fprintln(h.Say, sayMoreDoubts(more))
	}
	fmt.Fprintf(h.Say, "added=%d changed=%d unchanged=%d rejected=%d\n", out.Added, out.Changed, out.Unchanged, out.Rejected)
	if err == nil && out.Rejected > 0 {
		err = ErrPartial
	}
	return err
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
		return Refusal(sayUnknownStaff(name))
	}
	if err != nil {
		return err
	}
	return do(s)
}

// Spoken puts a refused form's problems into a sentence for the
// console.
func Spoken(err error) error {
	var problems reissue.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		return Refusal(problems[0].Message)
	}
	return err
}

// Do carries out a task: by the running service, or on the file itself.
// create makes a missing file.
func (s *Service) Do(ctx context.Context, data string, create bool, t Task, h Hands) error {
	if h.Say == nil {
		h.Say = s.Out
	}
	if running := Find(data); running != nil {
		return running.perform(ctx, t, h)
	}
	st, err := s.Open(ctx, data, store.Options{Create: create})
	if t.reads() && store.MayNotWrite(err) {
		st, err = s.Open(ctx, data, store.Options{ReadOnly: true})
	}
	if err != nil {
		return HeldBy(data, err)
	}
	h.alone = true
	return errors.Join(perform(ctx, st, t, h), st.Close())
}
