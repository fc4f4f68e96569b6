package doctor

import (
	"os"
	"path/filepath"
	"strings"

	"certreissue/owner"
)

// openInWindows is OpenToOthers for Windows, where the mode of a file means nothing: a list
// of rights does, which a file takes over from its folder. Of what a folder lets in anyway only the
// folder is named. What cannot be looked at was made by somebody else.
func openInWindows(data string, look func(path string) ([]owner.Other, error)) (sentences []string) {
	folder := filepath.Dir(data)
	for _, path := range append([]string{folder}, besides(data)...) {
		list, err := look(path)
		if err != nil {
			sentences = append(sentences, sayAccessUnknown(path, err))
		} else if len(list) > 0 {
			sentences = append(sentences, sayOpenAccess(path, list))
		}
		if path == folder && len(sentences) > 0 {
			break
		}
	}
	return sentences
}

// besides are a data file and what the service keeps beside it under names that begin
// alike.
func besides(data string) (paths []string) {
	// A folder that cannot be listed has been said by whoever opened the file.
	entries, _ := os.ReadDir(filepath.Dir(data))
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), filepath.Base(data)) {
			paths = append(paths, filepath.Join(filepath.Dir(data), entry.Name()))
		}
	}
	return paths
}
