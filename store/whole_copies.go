package store

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"certreissue/reissue"
)

// WholeCopies are the files in a folder that data can be restored from, the newest
// first: those of a mirror that have both their marks, and backups by the names that
// the service gives them. Their content is not looked at.
func WholeCopies(folder string) (list []Copy, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fileError(folder, err)
	}
	var positions []Position // of the mirror's files, where they are in list
	for _, entry := range entries {
		c := Copy{Name: entry.Name(), Path: filepath.Join(folder, entry.Name())}
		info, err := os.Stat(c.Path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		c.Size, c.Made = info.Size(), reissue.At(info.ModTime())
		switch {
		case slices.Contains(mirrorNames[:], c.Name):
			at, whole := mirrorAt(c.Path)
			if !whole {
				continue
			}
			positions = append(positions, at)
		case copyName.MatchString(c.Name):
			made, err := time.ParseInLocation(copyTime, copyName.FindStringSubmatch(c.Name)[1], reissue.Moment(0).Time().Location())
			if err != nil {
				continue
			}
			c.Made = reissue.At(made)
		default:
			continue
		}
		list = append(list, c)
	}
	// Of a mirror the file that is further on is the newer one, whatever became of
	// the times when the folder was copied.
	if len(positions) == 2 && positions[0].kin(positions[1]) && positions[0] != positions[1] {
		a := slices.IndexFunc(list, func(c Copy) bool { return c.Name == mirrorNames[0] })
		b := slices.IndexFunc(list, func(c Copy) bool { return c.Name == mirrorNames[1] })
		if positions[1].before(positions[0]) {
			a, b = b, a
		}
		list[a].Made = min(list[a].Made, list[b].Made-1)
	}
	slices.SortStableFunc(list, func(a, b Copy) int { return cmp.Compare(b.Made, a.Made) })
	return list, nil
}

// mirrorAt is where a mirror's file stands that nobody writes, and whether it is
// whole.
func mirrorAt(path string) (at Position, whole bool) {
	file, err := os.Open(path)
	if err != nil {
		return at, false
	}
	_, whole, err = readMetas(file)
	if err = errors.Join(err, file.Close()); err != nil || !whole {
		return at, false
	}
	standing, err := StandingOf(path)
	return standing.Position, err == nil
}

// NewestCopy is the path of the newest of these copies, files or folders of them; ""
// where there is none.
func NewestCopy(copies ...string) string {
	newest := Copy{}
	for _, name := range copies {
		list, err := WholeCopies(name)
		if info, isFile := os.Stat(name); err != nil && isFile == nil && !info.IsDir() {
			list = []Copy{{Path: name, Made: reissue.At(info.ModTime())}}
		}
		if len(list) > 0 && list[0].Made >= newest.Made {
			newest = list[0]
		}
	}
	return newest.Path
}
