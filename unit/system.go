package unit

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"time"
)

// System is the systemd of a machine.
type System struct {
	Units string // the folder of the administrator's units
	Data  string // the service's folder
	// Booted is there while systemd runs the machine.
	Booted string
	// Settles is how long a service that ends at once may take to do so.
	Settles time.Duration
	// Run runs a program of the system and answers what it said.
	Run func(name string, args ...string) (said string, err error)
	// Known tells whether there is a user of a name.
	Known func(name string) bool
}

// Here is this machine's systemd.
func Here() System {
	return System{Units: "/etc/systemd/system", Data: Folder, Booted: "/run/systemd/system", Settles: 2 * time.Second,
		Run: func(name string, args ...string) (string, error) {
			said, err := exec.Command(name, args...).CombinedOutput()
			return string(said), err
		},
		Known: func(name string) bool { _, err := user.Lookup(name); return err == nil },
	}
}

// refusal is an error that is a Chinese sentence and nothing else.
type refusal string

func (e refusal) Error() string { return "refused" }

// Sentence is what people are told.
func (e refusal) Sentence() string { return string(e) }

func (s System) file() string { return filepath.Join(s.Units, Name+".service") }

// Install writes the unit, with the user of the service, and has systemd start it with
// the machine. It starts nothing by itself. Errors here and below are Chinese sentences.
func (s System) Install(u Unit) error {
	if err := s.booted(); err != nil {
		return err
	}
	if !s.Known(User) {
		if err := s.run("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", Folder, "--shell", "/usr/sbin/nologin", User); err != nil {
			return err
		}
	}
	// A file may be restored there before the first start. Of one that is there systemd
	// sees to the owner.
	if _, err := os.Stat(s.Data); err != nil {
		if err := s.run("install", "--directory", "--mode=0700", "--owner="+User, "--group="+User, s.Data); err != nil {
			return err
		}
	}
	if err := s.write(u.Text()); err != nil {
		return refusal(sayCannotWrite(s.file(), err))
	}
	if err := s.run("systemctl", "daemon-reload"); err != nil {
		return err
	}
	return s.run("systemctl", "enable", "--quiet", Name)
}

// write gives the unit its name when all of it is there. Everybody may read it: there is
// no secret among the flags.
func (s System) write(text string) error {
	file, err := os.CreateTemp(s.Units, "."+Name+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // where it has not become the unit
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), s.file())
}

// Uninstall stops the service and takes its unit away. Data and user stay.
func (s System) Uninstall() error {
	if err := s.ready(); err != nil {
		return err
	}
	if err := s.run("systemctl", "disable", "--now", "--quiet", Name); err != nil {
		return err
	}
	if err := os.Remove(s.file()); err != nil {
		return refusal(sayCannotWrite(s.file(), err))
	}
	return s.run("systemctl", "daemon-reload")
}

// Start starts the service, and sees to it that it stays: what is wrong with a file or
// an address ends it at once.
func (s System) Start() error {
	if err := s.ready(); err != nil {
		return err
	}
	// A unit that has failed too often is not started before that is forgotten. Of one
	// that has not there is nothing to forget.
	s.Run("systemctl", "reset-failed", Name)
	if err := s.run("systemctl", "start", Name); err != nil {
		return err
	}
	time.Sleep(s.Settles)
	if !s.Running() {
		return refusal(sayNotStaying)
	}
	return nil
}

// Stop stops the service, and waits until it has closed its file.
func (s System) Stop() error {
	if err := s.ready(); err != nil {
		return err
	}
	return s.run("systemctl", "stop", Name)
}

// Running tells whether the service runs.
func (s System) Running() bool {
	_, err := s.Run("systemctl", "is-active", "--quiet", Name)
	return err == nil
}

func (s System) booted() error {
	if _, err := os.Stat(s.Booted); err != nil {
		return refusal(sayNoSystemd)
	}
	return nil
}

// Installed tells whether the unit is there.
func (s System) Installed() bool {
	_, err := os.Stat(s.file())
	return err == nil
}

// ready refuses a machine on which there is nothing to start.
func (s System) ready() error {
	if err := s.booted(); err != nil {
		return err
	}
	if !s.Installed() {
		return refusal(sayNotInstalled)
	}
	return nil
}

func (s System) run(name string, args ...string) error {
	if said, err := s.Run(name, args...); err != nil {
		return refusal(sayRefused(append([]string{name}, args...), said))
	}
	return nil
}
