package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shownBy are the pages that another page's file shows.
var shownBy = map[string]string{
	"candidate/my_data_file": "candidate/my_data",    // what is taken along
	"office/recovery_codes":  "office/second_factor", // once, when it is turned on
}

// TestOneName: the page of a template lies in the file of the same name.
func TestOneName(t *testing.T) {
	pages := 0
	err := filepath.WalkDir(filepath.Join(top, "templates"), func(path string, _ fs.DirEntry, err error) error {
		name, isPage := strings.CutSuffix(path, ".html")
		if err != nil || !isPage {
			return err
		}
		page, err := filepath.Rel(filepath.Join(top, "templates"), name)
		if err != nil {
			return err
		}
		if page = filepath.ToSlash(page); !strings.Contains(page, "/") {
			return nil // the layout, its parts, and what no room owns
		}
		pages++
		file := page
		if other := shownBy[page]; other != "" {
			file = other
		}
		if _, err := os.Stat(filepath.Join(top, "handlers", file+".go")); err != nil {
			t.Errorf("templates/%s.html: %v", page, err)
		}
		return nil
	})
	if err != nil || pages < 50 {
		t.Errorf("%d pages, %v", pages, err)
	}
}
