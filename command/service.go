package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"certreissue/service"
	"certreissue/store"
	"certreissue/unit"
)

// errNotRunning is the answer of service status, which has been said.
var errNotRunning = errors.New("the service does not run")

// runAtBoot has the machine run the service by itself, and asks and tells it how that
// goes.
func (p *Program) runAtBoot(_ context.Context, args []string) error {
	f := newFlags("service")
	show := f.Bool("print", false, "")
	c := service.Config{}
	serveFlags(f, &c)
	rest, err := f.parse(args, 1, 1)
	if err != nil {
		return err
	}
	do, here := rest[0], unit.Here()
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
	if refused := notThere(runtime.GOOS); refused != "" {
		return service.Refusal(refused)
	}
	if do != "status" && !*show && os.Geteuid() != 0 {
		return service.Refusal(sayNeedsRoot(do))
	}
	if err := act(); err != nil {
		return err
	}
	if said := sayServiceDone[do]; said != "" && !*show {
		fmt.Fprintln(p.stdout, said)
	}
	return nil
}

// notThere is what is said on a system whose services this program does not know yet.
func notThere(system string) string {
	if system == "linux" {
		return ""
	}
	return sayNoServiceYet
}

func (p *Program) status(here unit.System) error {
	switch {
	case here.Running():
		fmt.Fprintln(p.stdout, sayRuns)
		return nil
	case here.Installed():
		fmt.Fprintln(p.stdout, sayRunsNot)
	default:
		fmt.Fprintln(p.stdout, sayNotThere)
	}
	return errNotRunning
}

// install writes the unit, or only shows it.
func (p *Program) install(here unit.System, f *flags, c *service.Config, show bool) error {
	if !f.given("data") {
		f.data = filepath.Join(unit.Folder, usualData)
	}
	full, err := filepath.Abs(f.data)
	if err != nil {
		return err
	}
	f.data = full
	if err := p.settle(f, c); err != nil {
		return err
	}
	u, err := unitOf(f, c)
	if err != nil {
		return err
	}
	if show {
		_, err := fmt.Fprint(p.stdout, u.Text())
		return err
	}
	for _, path := range []string{u.Program, c.Data, c.Mirror, absolute(c.CertFile), absolute(c.KeyFile), absolute(c.Log)} {
		if hidden(path) {
			return service.Refusal(sayHidden(path))
		}
	}
	if err := c.MustBeMeant(); err != nil {
		return err
	}
	if err := here.Install(u); err != nil {
		return err
	}
	if _, err := os.Stat(c.Data); c.New && err != nil {
		// It is asked for now: a unit that had it would make an empty file whenever the
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
	fmt.Fprintln(p.stdout, sayInstalled(c.Data))
	return nil
}

// unitOf starts the service as serve would with these flags, with full paths, since
// systemd has a working directory of its own.
func unitOf(f *flags, c *service.Config) (u unit.Unit, err error) {
	if u.Program, err = os.Executable(); err != nil {
		return u, err
	}
	if u.Program, err = filepath.EvalSymlinks(u.Program); err != nil {
		return u, err
	}
	u.Args = []string{"serve", "-data", c.Data}
	for _, t := range f.taken {
		known := f.Lookup(t.name)
		yes, isBool := known.Value.(interface{ IsBoolFlag() bool })
		switch {
		case slices.Contains([]string{"data", "print", "new"}, t.name):
		case isBool && yes.IsBoolFlag():
			u.Args = append(u.Args, strings.TrimSuffix("-"+t.name+"="+t.value, "=true"))
		case slices.Contains([]string{"tls-cert", "tls-key", "mirror", "log"}, t.name):
			u.Args = append(u.Args, "-"+t.name, absolute(t.value))
		default:
			u.Args = append(u.Args, "-"+t.name, t.value)
		}
	}
	_, port, _ := net.SplitHostPort(c.Addr)
	number, err := strconv.Atoi(port)
	u.LowPort = err == nil && number > 0 && number < 1024
	for _, path := range []string{c.Data, absolute(c.Log)} {
		if folder := filepath.Dir(path); path != "" && !within(folder, unit.Folder) && !slices.Contains(u.Needs, folder) {
			u.Needs = append(u.Needs, folder)
		}
	}
	// The office's own setting, too: what it is changed to later needs another install.
	stored := store.StoredSettings(c.Data)
	if folder := c.MirrorPlan(&stored).Folder; folder != "" {
		u.Writes = []string{folder} // whose disk may come later
	}
	return u, nil
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

// hidden tells whether a path lies where the service sees nothing, or other things than
// whoever installs it.
func hidden(path string) bool {
	return slices.ContainsFunc([]string{"/home", "/root", "/run/user", "/tmp", "/var/tmp"}, func(folder string) bool { return within(path, folder) })
}
