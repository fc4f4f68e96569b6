// Package unit makes a Linux machine start the service by itself: it writes the unit
// of systemd and has systemd take it.
package unit

import (
	"fmt"
	"strings"
)

const (
	// Name is the unit's, and User whom the service runs as: a user of its own with a
	// lasting number, since it owns the data file, the mirror and what it may read of a
	// key for longer than one run.
	Name = "certreissue"
	User = "certreissue"
	// Folder is where the data lies, by StateDirectory.
	Folder = "/var/lib/certreissue"
)

// Unit is what systemd is to start.
type Unit struct {
	Program string   // full path of the executable
	Args    []string // what follows it
	LowPort bool     // the service listens at a port that takes a right
	// Needs are folders besides Folder that the service writes to and cannot start
	// without, and Writes those that may be missing for a while.
	Needs, Writes []string
}

// Text is the unit's file. What it denies is all that the service has no use for: it
// opens one port, reads and writes files below its folders, and starts itself to check
// a file.
func (u Unit) Text() string {
	right := ""
	if u.LowPort {
		right = "CAP_NET_BIND_SERVICE"
	}
	mounted, writes := []string{Folder}, []string(nil)
	for _, folder := range u.Needs {
		mounted, writes = append(mounted, quoted(folder)), append(writes, quoted(folder))
	}
	for _, folder := range u.Writes {
		writes = append(writes, quoted("-"+folder))
	}
	words := []string{quoted(u.Program)}
	for _, arg := range u.Args {
		words = append(words, strings.ReplaceAll(quoted(arg), "$", "$$"))
	}
	more := ""
	if len(writes) > 0 {
		more = "ReadWritePaths=" + strings.Join(writes, " ") + "\n"
	}
	return sayUnit + fmt.Sprintf(unitText, sayDescription, strings.Join(mounted, " "), strings.Join(words, " "), User, more, Name, right, Folder)
}

// quoted is a word as units have it: %% stands for a percent sign, and what would end a
// word stands between quotes.
func quoted(word string) string {
	word = strings.ReplaceAll(word, "%", "%%")
	if word != "" && !strings.ContainsAny(word, " \t\"'\\;") {
		return word
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word) + `"`
}

const unitText = `[Unit]
Description=%[1]s
Wants=network-online.target
After=network-online.target
RequiresMountsFor=%[2]s
StartLimitIntervalSec=10min
StartLimitBurst=10

[Service]
Type=exec
ExecStart=%[3]s
User=%[4]s
Group=%[4]s
StateDirectory=%[6]s
StateDirectoryMode=0700
WorkingDirectory=%[8]s
UMask=0077
Restart=on-failure
RestartSec=10s
RestartPreventExitStatus=2
TimeoutStopSec=2min

AmbientCapabilities=%[7]s
CapabilityBoundingSet=%[7]s
NoNewPrivileges=yes
ProtectSystem=strict
%[5]sProtectHome=yes
ProtectProc=invisible
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
PrivateDevices=yes
PrivateTmp=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`
