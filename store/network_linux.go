package store

import "golang.org/x/sys/unix"

// remote tells whether something that is there lies on another machine's disk.
func remote(path string) bool {
	var s unix.Statfs_t
	return unix.Statfs(path, &s) == nil && ofNetwork(uint32(s.Type))
}

// ofNetwork tells the kinds of disks of other machines. What a program of a user brings
// along (FUSE) may be one or not: a USB disk of Windows often is such.
func ofNetwork(kind uint32) bool {
	switch kind {
	case unix.NFS_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.V9FS_MAGIC,
		unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC, unix.CODA_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC, unix.NCP_SUPER_MAGIC:
		return true
	}
	return false
}
