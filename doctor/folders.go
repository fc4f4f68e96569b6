package doctor

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"

	"certreissue/owner"
	"certreissue/store"
)

// rights looks at who can read what lies on the disk.
func (d *doctor) rights() error {
	path := d.Store.Path()
	loose := OpenToOthers(path)
	for _, sentence := range loose {
		d.say(Mend, lookRights, sentence)
	}
	if len(loose) == 0 {
		d.say(Good, lookRights, sayRightsGood(path))
	}
	return nil
}

// parents looks at the folders above the file: who may change what is in one of them
// can put another file in its place, and reads what is typed from then on.
func (d *doctor) parents() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	file, err := os.Stat(d.Store.Path())
	if err != nil {
		return err
	}
	ours := []int{0, os.Geteuid(), ownerOf(file)}
	found := len(d.findings)
	for _, folder := range foldersAbove(d.Store.Path()) {
		info, err := os.Stat(folder)
		if err != nil {
			return err
		}
		if mode := info.Mode(); mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0 {
			d.say(Mend, lookParents, sayOpenFolder(folder, mode))
		} else if owner := ownerOf(info); !slices.Contains(ours, owner) {
			d.say(Mend, lookParents, sayFolderOfOther(folder, userName(owner)))
		}
	}
	if len(d.findings) == found {
		d.say(Good, lookParents, sayParentsGood)
	}
	return nil
}

// foldersAbove are the folders on the way to a file, up to the root, also those of what
// a link on the way leads to.
func foldersAbove(path string) (folders []string) {
	for _, way := range []string{path, store.Resolve(path)} {
		for folder := filepath.Dir(store.FullPath(way)); !slices.Contains(folders, folder); folder = filepath.Dir(folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}

// userName is what people know a user by.
func userName(id int) string {
	if known, err := user.LookupId(strconv.Itoa(id)); err == nil {
		return known.Username
	}
	return strconv.Itoa(id)
}

// network looks whose disk it is: of another machine's nobody knows whether its locks
// keep two apart, and whether what is mapped of a file is what is in it. A mirror, which
// one writes and another reads later, may lie there.
func (d *doctor) network() error {
	if d.onNetwork(d.Store.Path()) {
		d.say(Mend, lookNetwork, sayOnNetwork(d.Store.Path()))
	} else {
		d.say(Good, lookNetwork, sayNotOnNetwork)
	}
	return nil
}

// writing looks whether the file and its folder can be written at all, and at the
// folder for what lies on the disk for a while only, which is there when it is used.
func (d *doctor) writing() error {
	if d.Store.ReadOnly() {
		d.say(Mend, lookWriting, sayCannotWrite(d.Store.Path()))
		return nil
	}
	spooled := d.Store.Spool()
	left, unread := os.ReadDir(string(spooled))
	there := !errors.Is(unread, fs.ErrNotExist)
	file, err := spooled.File()
	if err == nil {
		err = errors.Join(file.Close(), spooled.Drop(file.Name()))
	}
	if err != nil && !there {
		d.say(Mend, lookWriting, sayCannotWrite(filepath.Dir(d.Store.Path())))
		return nil
	}
	d.say(Good, lookWriting, sayCanWrite)
	switch {
	case err != nil:
		d.say(Mend, lookSpool, sayCannotSpool(string(spooled)))
	case there && !sameDisk(string(spooled), d.Store.Path()) && d.narrow(string(spooled)):
		d.say(Mend, lookSpool, saySpoolSmall(string(spooled)))
	case len(left) > 0 && d.Service == nil:
		d.say(Hint, lookSpool, saySpoolLeft(string(spooled)))
	default:
		d.say(Good, lookSpool, saySpoolGood(string(spooled)))
	}
	return nil
}

// OpenToOthers says what of a data file, and of what the service keeps beside it
// under names that begin alike, others than the owner can reach, and the command
// against it.
func OpenToOthers(data string) (sentences []string) {
	if runtime.GOOS == "windows" {
		return openInWindows(data, owner.Others)
	}
	for _, path := range store.Beside(data) {
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
			sentences = append(sentences, sayOpenFile(path, info.Mode()))
		}
	}
	return sentences
}

// spare is the room that is asked for beyond a copy of the file, in bytes.
const spare = 256 << 20

// disk asks for room for what is written whole beside the file: a backup, or the
// file itself when it is compacted or restored.
func (d *doctor) disk() error {
	free, size, err := d.room(filepath.Dir(d.Store.Path()))
	if err != nil {
		return err
	}
	switch {
	case free < size+spare:
		d.say(Mend, lookDisk, sayDiskSmall(free, size))
	case free < 3*size+4*spare:
		d.say(Hint, lookDisk, sayDiskSmall(free, size))
	default:
		d.say(Good, lookDisk, sayDisk(free, size))
	}
	return nil
}

// room is what is free in a folder, and what the data file takes.
func (d *doctor) room(folder string) (free, size uint64, err error) {
	info, err := os.Stat(d.Store.Path())
	if err != nil {
		return 0, 0, err
	}
	free, err = freeSpace(folder)
	return free, uint64(info.Size()), err
}

// narrow tells whether a folder has no room for a copy of the file.
func (d *doctor) narrow(folder string) bool {
	free, size, err := d.room(folder)
	return err == nil && free < size+spare
}
