package doctor

import (
	"path/filepath"

	"certreissue/owner"
	"certreissue/store"
)

// openInWindows is OpenToOthers for Windows, where the mode of a file means nothing: a list
// of rights does, which a file takes over from its folder. Of what a folder lets in anyway only the
// folder is named. What cannot be looked at was made by somebody else.
func openInWindows(data string, look func(path string) ([]owner.Other, error)) (sentences []string) {
	folder := filepath.Dir(data)
	for _, path := range append([]string{folder}, store.Beside(data)...) {
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
