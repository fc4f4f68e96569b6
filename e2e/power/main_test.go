// Package power lets the started program do all that touches files, kills it and
// cuts its machine's power meanwhile, and holds what is left against what the program
// had told by then. How files lie on a disk is modelled in disk_test.go, what is in
// them is read by oracle_test.go; an act is a few lines in acts_test.go.
package power

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

var (
	powerCuts = flag.Int("cuts", 12, "how often the power is cut in each act")
	kills     = flag.Int("kills", 4, "how often the program is killed in each act")
	fails     = flag.Int("fails", 4, "how often a call fails in each act")
)

// programVariable lets the test binary be the program, as main.go starts it.
const programVariable = "CERTREISSUE_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) == "" {
		rig.Main(m)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &command.Program{Now: time.Now}
	os.Exit(p.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
