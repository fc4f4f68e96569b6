package photo

import (
	"bytes"
	"encoding/binary"
)

// upright is the EXIF orientation of a picture that is stored as it is shown.
const upright = 1

// exifMark begins the payload of an APP1 segment with EXIF in it.
const exifMark = "Exif\x00\x00"

// orientation reads the orientation (tag 0x0112) from the payload of an APP1
// segment, 1–8. What is absent, unreadable or out of range is upright, for no
// viewer would turn it.
func orientation(app1 []byte) int {
	tiff, ok := bytes.CutPrefix(app1, []byte(exifMark))
	if !ok || len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	start := uint64(order.Uint32(tiff[4:]))
	if start+2 > uint64(len(tiff)) {
		return upright
	}
	ifd := tiff[start:]
	entries := int(order.Uint16(ifd))
	for ifd = ifd[2:]; entries > 0 && len(ifd) >= 12; entries-- {
		const tag, short = 0x0112, 3
		if order.Uint16(ifd) == tag && order.Uint16(ifd[2:]) == short {
			if o := int(order.Uint16(ifd[8:])); o > upright && o <= 8 {
				return o
			}
			return upright
		}
		ifd = ifd[12:]
	}
	return upright
}
