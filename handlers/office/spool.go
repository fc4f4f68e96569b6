package office

import (
	"errors"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
)

// postedSheet is the one spreadsheet of a form's field file.
func postedSheet(v *visit.Visit) (file *multipart.FileHeader, problems reissue.Problems) {
	var files []*multipart.FileHeader
	if v.R.MultipartForm != nil {
		files = v.R.MultipartForm.File["file"]
	}
	switch {
	case len(files) == 0, len(files) == 1 && files[0].Filename == "":
		problems.Add("file", sayNoFile)
	case len(files) > 1:
		problems.Add("file", sayOneFile)
	default:
		file = files[0]
	}
	return file, problems
}

// spoolSheet copies a posted file into a new directory, which only this user can
// read, under its own name: sentences about a file name it. The caller removes
// the directory.
func spoolSheet(file *multipart.FileHeader, name string) (dir string, err error) {
	from, err := file.Open()
	if err != nil {
		return "", err
	}
	defer from.Close()
	if dir, err = os.MkdirTemp("", "certreissue-import-"); err != nil {
		return "", err
	}
	to, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close())
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
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
