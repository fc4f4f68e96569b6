package command

import (
	"path/filepath"
	"strings"

	"certreissue/scm"
	"certreissue/service"
	"certreissue/store"
)

// entryOf is how Windows starts the service, with what its account has to be given: the
// folder of the installed place is its own, elsewhere it is let in.
func entryOf(b boot, installed string, onNetwork func(string) bool) (e scm.Entry, err error) {
	c := b.Config
	for _, path := range []string{b.Program, b.Mirror, c.CertFile, c.KeyFile, c.Log} {
		// A letter for another machine's disk is that of a user, as long as he is signed in.
		if path != "" && onNetwork(path) && !strings.HasPrefix(path, `\\`) {
			return e, service.Refusal(sayDriveLetter(path))
		}
	}
	e = scm.Entry{Program: b.Program, Args: b.Args}
	folder := filepath.Dir(c.Data)
	for _, path := range []string{c.Data, c.Log} {
		if at := filepath.Dir(path); filepath.Dir(at) == at { // its rights are those of the whole disk
			return e, service.Refusal(sayWholeDisk(path))
		}
	}
	if strings.EqualFold(folder, filepath.Dir(installed)) {
		e.Own = folder
	} else {
		e.Writes = append(append(e.Writes, folder), store.Beside(c.Data)...)
	}
	if beside := filepath.Dir(c.Log); !within(beside, folder) {
		e.Writes = append(e.Writes, beside)
	}
	if b.Mirror != "" && !onNetwork(b.Mirror) { // there its rights are the other machine's to give
		e.Writes = append(e.Writes, b.Mirror)
	}
	for _, path := range []string{c.CertFile, c.KeyFile} {
		if path != "" {
			e.Reads = append(e.Reads, path)
		}
	}
	return e, nil
}

// logBeside is the log's file of a service that nobody sees.
func logBeside(data string) string { return strings.TrimSuffix(data, filepath.Ext(data)) + ".log" }

// logOf is the log that words of serve name.
func logOf(words []string) string {
	for i, word := range words[:max(0, len(words)-1)] {
		if word == "-log" {
			return words[i+1]
		}
	}
	return ""
}
