// Package scm makes a Windows machine start the service by itself: it enters it with the
// service control manager, and is what that one speaks with while it runs.
package scm

import (
	"fmt"
	"slices"
	"strings"

	"certreissue/owner"
)

const (
	// Name is the service's, and Account whom it runs as: a virtual account, which Windows
	// makes by itself for a service of this name. It has no password, is in no group of
	// people, and may reach what is given to it.
	Name    = owner.Service
	Account = `NT SERVICE\` + Name
)

// Command is what the manager starts, in the place of serve.
var Command = []string{"service", "run"}

// privileges are all that the account keeps of what services are given: to go through
// folders on the way to its own.
var privileges = []string{"SeChangeNotifyPrivilege"}

// refusal is an error that is a Chinese sentence and nothing else.
type refusal string

func (e refusal) Error() string { return "refused" }

// Sentence is what people are told.
func (e refusal) Sentence() string { return string(e) }

// Entry is how the service is started.
type Entry struct {
	Program string   // its full path
	Args    []string // the flags of serve
	// Own is the folder of the data that nobody else shall see; "" where it lies
	// elsewhere, and the rest of what is there is not for the service to judge.
	Own string
	// Writes are files and folders that the service has to write, and Reads those that it
	// has to read.
	Writes, Reads []string
}

func (e Entry) words() []string { return append(slices.Clone(Command), e.Args...) }

// command is the line that Windows splits into the program and its words.
func (e Entry) command() string {
	line := quoted(e.Program)
	for _, arg := range e.words() {
		line += " " + quoted(arg)
	}
	return line
}

// Text tells an administrator what an installation changes.
func (e Entry) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, sayEntry, Name, e.command(), Account, strings.Join(privileges, " "))
	if e.Own != "" {
		fmt.Fprintf(&b, sayOwn, e.Own, owner.Closed(owner.ServiceSID(Name)))
	}
	for _, path := range e.Writes {
		fmt.Fprintf(&b, sayWrites, path)
	}
	for _, path := range e.Reads {
		fmt.Fprintf(&b, sayReads, path)
	}
	return b.String()
}

// quoted is a word as Windows splits a command line.
func quoted(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t\"") {
		return word
	}
	var b strings.Builder
	b.WriteByte('"')
	backslashes := 0 // before a quotation mark they count double
	for _, c := range []byte(word) {
		switch c {
		case '\\':
			backslashes++
		case '"':
			b.WriteString(strings.Repeat(`\`, backslashes+1))
			backslashes = 0
		default:
			backslashes = 0
		}
		b.WriteByte(c)
	}
	b.WriteString(strings.Repeat(`\`, backslashes))
	b.WriteByte('"')
	return b.String()
}
