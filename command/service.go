package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"certreissue/scm"
	"certreissue/service"
	"certreissue/store"
)

// errNotRunning is the answer of service status, which has been said.
var errNotRunning = errors.New("the service does not run")

// starter is what starts the service with the machine: systemd, or Windows.
type starter interface {
	// Data is the data file of whoever names none, and Log the file of the log; "" where
	// the machine keeps it.
	Data() string
	Log(data string) string
	// May refuses whoever has not the rights for an act.
	May(do string) error
	// Shown is what Install would write.
	Shown(b boot) (string, error)
	Install(b boot) error
	Uninstall() error
	Start() error
	Stop() error
	Running() bool
	Installed() bool
	// Account is whom the service runs as, and Said where to read what it says.
	Account() string
	Said() string
}

// boot is how the service is started, as serve would with the same flags.
type boot struct {
	Program string
	Args    []string // the flags of serve
	Config  *service.Config
	Mirror  string // the folder that is written to, by the office's own setting, too
}

// runAtBoot has the machine run the service by itself, and asks and tells it how that
// goes.
func (p *Program) runAtBoot(_ context.Context, args []string) error {
	if slices.Equal(args[:min(1, len(args))], scm.Command[1:]) {
		return p.runAsService(args[1:])
	}
	f := newFlags("service")
	show := f.Bool("print", false, "")
	c := service.Config{}
	serveFlags(f, &c)
	rest, err := f.parse(args, 1, 1)
	if err != nil {
		return err
	}
	do, here := rest[0], machine()
	acts := map[string]func() error{
		"install":   func() error { return p.install(here, f, &c, *show) },
		"uninstall": here.Uninstall, "start": here.Start, "stop": here.Stop,
		"status": func() error { return p.status(here) },
	}
	act := acts[do]
	if act == nil {
		return usageError(sayBadService(do))
	}
	if other := slices.IndexFunc(f.taken, func(t takenFlag) bool { return t.name != "data" }); do != "install" && other >= 0 {
		return usageError(sayOnlyInstall(f.taken[other].name))
	}
	if do != "status" && !*show {
		if err := here.May(do); err != nil {
			return err
		}
	}
	said := sayServiceDone(do, here.Account(), here.Said())
	if err := act(); err != nil {
		return err
	}
	if said != "" && !*show {
		fmt.Fprintln(p.stdout, said)
	}
	return nil
}

// runAsService serves as the manager of Windows wants it: what is said goes to the log.
func (p *Program) runAsService(args []string) error {
	p.Unseen, p.Drain = true, 0
	return scm.Run(func(ctx context.Context) int { return p.exit(p.serve(ctx, args)) })
}

func (p *Program) status(here starter) error {
	switch {
	case here.Running():
		fmt.Fprintln(p.stdout, sayRuns(here.Said()))
		return nil
	case here.Installed():
		fmt.Fprintln(p.stdout, sayRunsNot(here.Said()))
	default:
		fmt.Fprintln(p.stdout, sayNotThere)
	}
	return errNotRunning
}

// install has the machine start the service, or only shows how.
func (p *Program) install(here starter, f *flags, c *service.Config, show bool) error {
	if !f.given("data") {
		f.data = here.Data()
	}
	full, err := filepath.Abs(f.data)
	if err != nil {
		return err
	}
	f.data = full
	if err := p.settle(f, c); err != nil {
		return err
	}
	b, err := bootOf(f, c, here.Log(c.Data))
	if err != nil {
		return err
	}
	if show {
		text, err := here.Shown(b)
		fmt.Fprint(p.stdout, text)
		return err
	}
	if err := errors.Join(store.MustBeLocal(c.Data), c.MustBeMeant()); err != nil {
		return err
	}
	if err := here.Install(b); err != nil {
		return err
	}
	if _, err := os.Stat(c.Data); c.New && err != nil {
		// It is asked for now: a service that had it would make an empty file whenever the
		// true one is missing.
		st, err := store.Open(c.Data, store.Options{Now: p.Now, Create: true, Anew: true})
		if err == nil {
			err = st.Close()
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, service.SayCreated(c.Data))
	}
	fmt.Fprintln(p.stdout, sayInstalled(here.Account(), c.Data))
	return nil
}

// bootOf starts the service as serve would with these flags, with full paths, since what
// starts it has a working directory of its own. usualLog is the log of whoever names
// none.
func bootOf(f *flags, c *service.Config, usualLog string) (b boot, err error) {
	if b.Program, err = os.Executable(); err != nil {
		return b, err
	}
	if b.Program, err = filepath.EvalSymlinks(b.Program); err != nil {
		return b, err
	}
	b.Args = []string{"-data", c.Data}
	for _, t := range f.taken {
		known := f.Lookup(t.name)
		yes, isBool := known.Value.(interface{ IsBoolFlag() bool })
		switch {
		case slices.Contains([]string{"data", "print", "new"}, t.name):
		case isBool && yes.IsBoolFlag():
			b.Args = append(b.Args, strings.TrimSuffix("-"+t.name+"="+t.value, "=true"))
		case slices.Contains([]string{"tls-cert", "tls-key", "mirror", "log"}, t.name):
			b.Args = append(b.Args, "-"+t.name, absolute(t.value))
		default:
			b.Args = append(b.Args, "-"+t.name, t.value)
		}
	}
	if c.Log == "" && usualLog != "" {
		c.Log = usualLog
		b.Args = append(b.Args, "-log", c.Log)
	}
	c.CertFile, c.KeyFile, c.Log = absolute(c.CertFile), absolute(c.KeyFile), absolute(c.Log)
	// The office's own setting, too: what it is changed to later needs another install.
	stored := store.StoredSettings(c.Data)
	b.Config, b.Mirror = c, c.MirrorPlan(&stored).Folder
	return b, nil
}

// absolute is the full path of what may not be given.
func absolute(path string) string {
	if path == "" {
		return ""
	}
	return store.FullPath(path)
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+string(filepath.Separator))
}
