//go:build !windows

package command

import (
	"os"
	"path/filepath"
	"slices"

	"certreissue/reissue"
	"certreissue/service"
	"certreissue/unit"
)

// machine is what starts the service here.
func machine() starter { return systemd{unit.Here()} }

type systemd struct{ unit.System }

func (systemd) Data() string      { return filepath.Join(unit.Folder, usualData) }
func (systemd) Log(string) string { return "" }
func (systemd) Account() string   { return unit.User }
func (systemd) Said() string      { return "journalctl -u " + unit.Name }

func (systemd) May(do string) error {
	if os.Geteuid() != 0 {
		return service.Refusal(sayNeedsRoot(do))
	}
	return nil
}

func (systemd) Shown(b boot) (string, error) { return unitOf(b).Text(), nil }

func (s systemd) Install(b boot) error {
	c := b.Config
	for _, path := range []string{b.Program, c.Data, c.Mirror, c.CertFile, c.KeyFile, c.Log} {
		if hidden(path) {
			return service.Refusal(sayHidden(path))
		}
	}
	return s.System.Install(unitOf(b))
}

func unitOf(b boot) unit.Unit {
	u := unit.Unit{Program: b.Program, Args: append([]string{"serve"}, b.Args...), LowPort: reissue.LowPort(b.Config.Addr)}
	for _, path := range []string{b.Config.Data, b.Config.Log} {
		if folder := filepath.Dir(path); path != "" && !within(folder, unit.Folder) && !slices.Contains(u.Needs, folder) {
			u.Needs = append(u.Needs, folder)
		}
	}
	if b.Mirror != "" {
		u.Writes = []string{b.Mirror} // whose disk may come later
	}
	return u
}

// hidden tells whether a path lies where the service sees nothing, or other things than
// whoever installs it.
func hidden(path string) bool {
	return slices.ContainsFunc([]string{"/home", "/root", "/run/user", "/tmp", "/var/tmp"}, func(folder string) bool { return within(path, folder) })
}

// Clicked is the window of a double click, which is for Windows.
func Clicked([]string) *Window { return nil }
