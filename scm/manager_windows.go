package scm

import (
	"errors"
	"time"
	"unsafe"

	"certreissue/owner"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"
)

// restarts are how long after its first, second, and each later failure the service is
// started again, and settled after how long without one they count anew.
var (
	restarts = []time.Duration{10 * time.Second, 10 * time.Second, time.Minute}
	settled  = 10 * time.Minute
)

// stopping is how long the service may take to close its file, at a shutdown, too, and
// settling how long one that ends at once may take to do so.
const (
	stopping = 2 * time.Minute
	settling = 5 * time.Second
)

// Administrator tells whether whoever runs this may install services: in a window that
// was opened with an administrator's rights.
func Administrator() bool { return windows.GetCurrentProcessToken().IsElevated() }

// config is the entry as the manager keeps it.
func (e Entry) config() mgr.Config {
	return mgr.Config{ServiceType: windows.SERVICE_WIN32_OWN_PROCESS, StartType: mgr.StartAutomatic, ErrorControl: mgr.ErrorNormal,
		BinaryPathName: e.command(), ServiceStartName: Account, DisplayName: sayDisplay, Description: sayDescription}
}

// Install enters the service, or changes its entry, and gives its account what it needs.
// It starts nothing by itself. Errors here and below are Chinese sentences.
func (e Entry) Install() error {
	manager, err := mgr.Connect()
	if err != nil {
		return refusal(sayRefused(doConnect, err))
	}
	defer manager.Disconnect()
	config := e.config()
	service, err := manager.OpenService(Name)
	if err == nil {
		err = known(service.UpdateConfig(config))
	} else if errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST) {
		service, err = manager.CreateService(Name, e.Program, config, e.words()...)
	}
	if err == nil {
		defer service.Close()
		err = configure(service)
	}
	if err != nil {
		return refusal(sayRefused(doInstall, err))
	}
	return e.give()
}

// configure sets what an entry has besides: when it is started again, how long its end
// may take, and what rights its account keeps.
func configure(service *mgr.Service) error {
	var actions []mgr.RecoveryAction
	for _, delay := range restarts {
		actions = append(actions, mgr.RecoveryAction{Type: mgr.ServiceRestart, Delay: delay})
	}
	patience := uint32(stopping / time.Millisecond)
	var list []uint16 // each ends with a zero, and so does the list
	for _, privilege := range privileges {
		list = append(list, windows.StringToUTF16(privilege)...)
	}
	list = append(list, 0)
	first := &list[0]
	for _, err := range []error{
		service.SetRecoveryActions(actions, uint32(settled/time.Second)),
		service.SetRecoveryActionsOnNonCrashFailures(true), // one that says why it ends has failed, too
		windows.ChangeServiceConfig2(service.Handle, windows.SERVICE_CONFIG_PRESHUTDOWN_INFO, (*byte)(unsafe.Pointer(&patience))),
		windows.ChangeServiceConfig2(service.Handle, windows.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO, (*byte)(unsafe.Pointer(&first))),
	} {
		if known(err) != nil {
			return err
		}
	}
	return nil
}

// known leaves out that a setting is not known: every Windows has them all; wine, which
// keeps no rights anyway, has not.
func known(err error) error {
	if errors.Is(err, windows.ERROR_INVALID_LEVEL) {
		return nil
	}
	return err
}

// give lets the service's account reach what it works with.
func (e Entry) give() error {
	if e.Own != "" {
		if err := owner.MkdirAll(e.Own); err != nil {
			return refusal(sayRights(e.Own, err))
		}
		if err := owner.Shut(e.Own); err != nil {
			return refusal(sayRights(e.Own, err))
		}
	}
	for write, paths := range map[bool][]string{true: e.Writes, false: append(e.Reads, e.Program)} {
		for _, path := range paths {
			if err := owner.Grant(path, write); err != nil {
				return refusal(sayRights(path, err))
			}
		}
	}
	return nil
}

// open opens the service for one purpose.
func open(access uint32, what string) (*mgr.Service, error) {
	manager, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT)
	if err != nil {
		return nil, refusal(sayRefused(doConnect, err))
	}
	defer windows.CloseServiceHandle(manager)
	name, err := windows.UTF16PtrFromString(Name)
	if err != nil {
		return nil, err
	}
	handle, err := windows.OpenService(manager, name, access)
	switch {
	case errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST):
		return nil, refusal(sayNotInstalled)
	case err != nil:
		return nil, refusal(sayRefused(what, err))
	}
	return &mgr.Service{Name: Name, Handle: handle}, nil
}

// Uninstall stops the service and takes its entry away. Data and rights stay.
func Uninstall() error {
	if Running() {
		if err := Stop(); err != nil {
			return err
		}
	}
	service, err := open(windows.DELETE, doUninstall)
	if err != nil {
		return err
	}
	defer service.Close()
	if err := service.Delete(); err != nil {
		return refusal(sayRefused(doUninstall, err))
	}
	return nil
}

// Start starts the service, and sees to it that it stays: what is wrong with a file or an
// address ends it at once.
func Start() error {
	service, err := open(windows.SERVICE_START|windows.SERVICE_QUERY_STATUS, doStart)
	if err != nil {
		return err
	}
	defer service.Close()
	if err := service.Start(); err != nil && !errors.Is(err, windows.ERROR_SERVICE_ALREADY_RUNNING) {
		return refusal(sayRefused(doStart, err))
	}
	if await(service, svc.Stopped, settling) {
		return refusal(sayNotStaying)
	}
	return nil
}

// Stop stops the service, and waits until it has closed its file.
func Stop() error {
	service, err := open(windows.SERVICE_STOP|windows.SERVICE_QUERY_STATUS, doStop)
	if err != nil {
		return err
	}
	defer service.Close()
	if _, err := service.Control(svc.Stop); err != nil && !errors.Is(err, windows.ERROR_SERVICE_NOT_ACTIVE) {
		return refusal(sayRefused(doStop, err))
	}
	if !await(service, svc.Stopped, stopping) {
		return refusal(sayNotStopping)
	}
	return nil
}

// await tells whether the service comes to a state.
func await(service *mgr.Service, state svc.State, patience time.Duration) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if status, err := service.Query(); err == nil && status.State == state {
			return true
		}
	}
	return false
}

// Running tells whether the service runs. Anybody may ask.
func Running() bool {
	service, err := open(windows.SERVICE_QUERY_STATUS, doAsk)
	if err != nil {
		return false
	}
	defer service.Close()
	status, err := service.Query()
	return err == nil && status.State != svc.Stopped
}

// Installed are the flags that the service is started with, and whether there is one.
// Anybody may ask.
func Installed() (flags []string, is bool) {
	service, err := open(windows.SERVICE_QUERY_CONFIG, doAsk)
	if err != nil {
		return nil, false
	}
	defer service.Close()
	config := make([]windows.QUERY_SERVICE_CONFIG, 1+(8<<10)/unsafe.Sizeof(windows.QUERY_SERVICE_CONFIG{})) // it is never larger
	var needed uint32
	if err := windows.QueryServiceConfig(service.Handle, &config[0], 8<<10, &needed); err != nil {
		return nil, true
	}
	words, err := windows.DecomposeCommandLine(windows.UTF16PtrToString(config[0].BinaryPathName))
	if first := 1 + len(Command); err == nil && len(words) >= first {
		flags = words[first:]
	}
	return flags, true
}
