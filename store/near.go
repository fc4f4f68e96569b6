package store

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Near is a data file of ours that lies near a place where one is missing.
type Near struct {
	Path string // in full
	Demo bool   // made-up data
	// Hidden is one that whoever looks may not see: somebody else's, in a place where
	// nothing but ours lies.
	Hidden bool
	// Kept is what a restore or an upgrade has put aside, of the very file.
	Kept bool
}

// NearError refuses to make an empty file where others of ours lie near: most of the
// time one of them is meant.
type NearError struct {
	Path  string
	Found []Near
}

func (e *NearError) Error() string { return "other data files lie near " + e.Path }

// nearName is how a file is named that may be a data file, beside a place where one is
// missing: as an office names one, put aside by a restore or an upgrade, or left by
// what was cut off.
var nearName = regexp.MustCompile(`(?i)\.db$|\.20\d{6}-\d{6}(-\d+)?$|\.before-upgrade$|\.part$`)

// MustBeAlone refuses a place for a new file near which others of ours lie: in its
// folder, in the other places where one lies by itself, and in folders of copies, of
// which each tells of its newest. What is not ours does not count, whatever its name.
// The error is a *NearError.
func MustBeAlone(path string, places []string, copies ...string) error {
	e := &NearError{Path: FullPath(path)}
	e.lookBeside(places)
	for _, folder := range append([]string{CopiesFolder(path)}, copies...) {
		list, _ := WholeCopies(folder) // whose folder cannot be read has none to offer
		for _, c := range list {
			if e.look(c.Path, false) {
				break
			}
		}
	}
	if len(e.Found) == 0 {
		return nil
	}
	return e
}

// Others are the data files of ours in the folder of one that is there, and in the other
// places where one lies by itself. What is just being written is not among them.
func Others(path string, places []string) []Near {
	e := &NearError{Path: FullPath(path)}
	e.lookBeside(places)
	return slices.DeleteFunc(e.Found, func(n Near) bool { return strings.HasSuffix(n.Path, partSuffix) })
}

// lookBeside notes the files of ours in the folder, and in the places.
func (e *NearError) lookBeside(places []string) {
	for _, file := range namedLike(e.Path) {
		e.look(file, false)
	}
	for _, place := range places {
		e.look(place, true)
	}
}

// namedLike are the files in the folder of a place whose names may be a data file's.
func namedLike(path string) (files []string) {
	directory, name := filepath.Split(path)
	directory = cmp.Or(directory, ".")
	entries, _ := os.ReadDir(directory)
	for _, entry := range entries {
		kept := strings.HasPrefix(entry.Name(), name+keptMark)
		if kept || nearName.MatchString(entry.Name()) {
			files = append(files, filepath.Join(directory, entry.Name()))
		}
	}
	return files
}

// look notes a file if it is ours. One that is known by its place may be hidden.
func (e *NearError) look(path string, place bool) (ours bool) {
	path = FullPath(path)
	if path == e.Path || slices.ContainsFunc(e.Found, func(n Near) bool { return n.Path == path }) {
		return false
	}
	near := Near{Path: path, Kept: strings.HasPrefix(path, e.Path+keptMark) || path == e.Path+".before-upgrade"}
	// What is no file, such as a pipe, might keep whoever opens it for ever.
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return false
	}
	if itself, there := os.Stat(e.Path); err == nil && there == nil && os.SameFile(info, itself) {
		return false // by another of its names
	}
	var s *Store
	if err == nil {
		s, err = Open(path, Options{ReadOnly: true})
	}
	switch {
	case err == nil:
		near.Demo = s.IsDemo()
		s.db.Close()
	case isFault(err, Newer):
	case isFault(err, Busy) && served(path):
	case isFault(err, Damaged, CutFile) && strings.HasPrefix(path, e.Path+keptMark) && !strings.HasSuffix(path, partSuffix):
	case place && errors.Is(err, fs.ErrPermission):
		near.Hidden = true
	default:
		return false
	}
	e.Found = append(e.Found, near)
	return true
}

// served tells whether a service has left word that it works on a file.
func served(path string) bool {
	_, err := os.Stat(path + ".run")
	return err == nil
}

// Beside are a data file and what the service keeps beside it under names that begin
// alike. A folder that cannot be listed has nothing to offer.
func Beside(data string) (paths []string) {
	entries, _ := os.ReadDir(filepath.Dir(data))
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), filepath.Base(data)) {
			paths = append(paths, filepath.Join(filepath.Dir(data), entry.Name()))
		}
	}
	return paths
}

// FullPath is a path as people find the file again.
func FullPath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}
