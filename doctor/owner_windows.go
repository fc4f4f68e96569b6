package doctor

import "io/fs"

// ownerOf is of no use where rights are lists: everything is everybody's.
func ownerOf(fs.FileInfo) int { return 0 }
