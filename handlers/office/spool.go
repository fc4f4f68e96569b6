package office

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/spool"
	"certreissue/store"
)

// postedSheet is the one spreadsheet of a form's field file.
func postedSheet(v *visit.Visit) (file *visit.File, problems reissue.Problems) {
	files := v.Files["file"]
	switch {
	case len(files) == 0:
		problems.Add("file", sayNoFile)
	case len(files) > 1:
		problems.Add("file", sayOneFile)
	default:
		file = files[0]
	}
	return file, problems
}

// spoolSheet copies a posted file into a new folder, under its own name: sentences
// about a file name it. The caller drops the folder.
func spoolSheet(spooled spool.Folder, file *visit.File, name string) (dir string, err error) {
	from, err := file.Open()
	if err != nil {
		return "", err
	}
	defer from.Close()
	if dir, err = spooled.Folder(); err != nil {
		return "", store.WriteError(string(spooled), err)
	}
	to, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close())
	}
	if err != nil {
		spooled.Drop(dir)
		return "", store.WriteError(string(spooled), err)
	}
	return dir, nil
}

// fileName is a name as every system can keep it, at most 60 characters.
func fileName(typed string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, reissue.Clean(typed))
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[len(runes)-60:])
	}
	if name = strings.Trim(name, ". "); name == "" {
		return sayEmptyFile
	}
	return name
}
