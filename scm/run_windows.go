package scm

import (
	"context"
	"os/signal"
	"time"

	"golang.org/x/sys/windows/svc"
)

// Run lets the manager stop what runs, as it lets somebody at the keyboard do, and tells
// it the exit code. The error is a Chinese sentence.
func Run(run func(context.Context) int) error {
	// Somebody who signs out is told to every service, and ends none.
	signal.Reset()
	if err := svc.Run(Name, &handler{run: run}); err != nil {
		return refusal(sayNotStarted)
	}
	return nil
}

type handler struct{ run func(context.Context) int }

// Execute is called by the manager. A service runs from the beginning: while a file is
// checked its address says so.
func (h *handler) Execute(_ []string, requests <-chan svc.ChangeRequest, status chan<- svc.Status) (specific bool, code uint32) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan int, 1)
	go func() { ended <- h.run(ctx) }()
	now := svc.Status{State: svc.Running, Accepts: svc.AcceptStop | svc.AcceptPreShutdown}
	status <- now
	for {
		select {
		case r := <-requests:
			switch r.Cmd {
			case svc.Interrogate:
				status <- now
			case svc.Stop, svc.PreShutdown, svc.Shutdown:
				now = svc.Status{State: svc.StopPending, WaitHint: uint32(stopping / time.Millisecond)}
				status <- now
				stop()
			}
		case code := <-ended:
			return true, uint32(code)
		}
	}
}
