package store

import "golang.org/x/sys/windows"

// remote tells whether something lies on another machine's disk: of a path that names the
// machine, or of a drive letter or a folder that stands for one.
func remote(path string) bool {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	root := make([]uint16, windows.MAX_LONG_PATH)
	err = windows.GetVolumePathName(name, &root[0], uint32(len(root)))
	return err == nil && windows.GetDriveType(&root[0]) == windows.DRIVE_REMOTE
}
