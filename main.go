// Command certreissue is 证书补办申请系统: with it people who lost an exam
// certificate apply for a new one, and the exam office checks, returns,
// approves, produces and hands out. It carries its own pages and keeps
// everything in one file.
package main

import (
	"context"
	_ "embed"
	"os"
	"os/signal"
	"syscall"
	"time"

	"certreissue/about"
	"certreissue/command"
	"certreissue/window"
)

//go:embed CHANGELOG.md
var changelog string

func main() {
	p := &command.Program{Now: time.Now, Installed: command.InstalledData(), Home: command.HomeData(), Drain: window.Drain, History: about.HistoryOf(about.This().Version, changelog)}
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	defer stop()
	p.Window = command.Clicked(os.Args[1:])
	os.Exit(p.Run(ctx, os.Args[1:], os.Stdin, command.Output(os.Stdout), command.Output(os.Stderr)))
}
