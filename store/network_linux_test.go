package store

import (
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestOnNetwork: a disk of this machine is none of another one, whether or not the file
// is there, and the kinds that certainly are another one's are known.
func TestOnNetwork(t *testing.T) {
	for _, path := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none", "a.db"), "/proc/self/status", "a.db"} {
		if OnNetwork(path) {
			t.Errorf("%s is said to lie on another machine", path)
		}
	}
	for kind, want := range map[int64]bool{unix.NFS_SUPER_MAGIC: true, unix.CIFS_SUPER_MAGIC: true, unix.SMB2_SUPER_MAGIC: true, unix.V9FS_MAGIC: true,
		unix.EXT4_SUPER_MAGIC: false, unix.XFS_SUPER_MAGIC: false, unix.TMPFS_MAGIC: false, unix.OVERLAYFS_SUPER_MAGIC: false, unix.FUSE_SUPER_MAGIC: false} {
		if ofNetwork(uint32(kind)) != want {
			t.Errorf("%#x: %t", kind, !want)
		}
	}
}
