package command

import (
	"certreissue/scm"
	"certreissue/service"
	"certreissue/store"
	"certreissue/window"
)

// machine is what starts the service here.
func machine() starter { return manager{} }

// manager is that of Windows.
type manager struct{}

func (manager) Data() string           { return InstalledData() }
func (manager) Log(data string) string { return logBeside(data) }
func (manager) Account() string        { return scm.Account }
func (manager) Said() string           { flags, _ := scm.Installed(); return logOf(flags) }
func (manager) Uninstall() error       { return scm.Uninstall() }
func (manager) Start() error           { return scm.Start() }
func (manager) Stop() error            { return scm.Stop() }
func (manager) Running() bool          { return scm.Running() }
func (manager) Installed() bool        { _, is := scm.Installed(); return is }

func (manager) May(do string) error {
	if !scm.Administrator() {
		return service.Refusal(sayNeedsAdministrator(do))
	}
	return nil
}

func (manager) Shown(b boot) (string, error) {
	e, err := entryOf(b, InstalledData(), store.OnNetwork)
	if err != nil {
		return "", err
	}
	return e.Text(), nil
}

func (manager) Install(b boot) error {
	e, err := entryOf(b, InstalledData(), store.OnNetwork)
	if err != nil {
		return err
	}
	return e.Install()
}

// Clicked is the window of a double click, nil where there is none.
func Clicked(args []string) *Window {
	if len(args) > 0 || !window.Own() {
		return nil
	}
	return &Window{Browse: window.Browse, Key: window.Key, Installed: scm.Installed, Running: scm.Running}
}
