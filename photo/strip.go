package photo

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// JPEG markers (ITU-T T.81, table B.1).
const (
	tem   = 0x01
	sof0  = 0xc0
	dht   = 0xc4
	sof15 = 0xcf
	rst0  = 0xd0
	rst7  = 0xd7
	soi   = 0xd8
	eoi   = 0xd9
	sos   = 0xda
	dqt   = 0xdb
	dri   = 0xdd
	app0  = 0xe0
	app1  = 0xe1
	app2  = 0xe2
	app14 = 0xee
	app15 = 0xef
	com   = 0xfe
)

const (
	// maxScans is far above the ten or so of common progressive files.
	maxScans = 64
	// maxTables bounds the bytes of tables and headers: a file may bring new
	// tables for every scan, but not a million of them.
	maxTables = 64 << 10
	// maxSegments bounds the walk. A photo has some dozens, one full of editors'
	// metadata some hundreds.
	maxSegments = 4096
)

// jfif is a plain JFIF header: version 1.2, 300 × 300 dots per inch, no thumbnail.
const jfif = "\xff\xe0\x00\x10JFIF\x00\x01\x02\x01\x01\x2c\x01\x2c\x00\x00"

// profileMark begins an APP2 segment that holds a part of a colour profile: which, and
// of how many, follow in a byte each.
const profileMark = "ICC_PROFILE\x00"

// parts is what walk finds in a file.
type parts struct {
	kept        [][]byte // segments and coded data of the picture, in order, as slices of the file
	adobe       []byte   // APP14, cut to its known fields
	jfif        bool     // the file had a JFIF header
	namedRGB    bool     // the frame names its components R, G and B
	orientation int      // EXIF, 1–8
	icc         []byte   // a colour profile
	iccParts    int      // of which so many are there
	head        int      // how many of kept come before the coded data of the first scan
	restarts    bool     // there may be restart markers
	scans       int
	coded       int // bytes of coded data
}

// walk goes through the segments of a JPEG, which starts with SOI, and keeps
// those that make up the picture: tables, frame, scans, and Adobe's APP14, which
// says how the colours are coded. Everything else goes: EXIF, colour profiles,
// comments, bytes between segments and after the end. On an error the parts
// hold what was found up to there.
func walk(data []byte) (parts, error) {
	p := parts{orientation: upright}
	tables := 0
	rest := data[2:]
	for range maxSegments {
		marker, after := nextMarker(rest)
		if marker == eoi {
			return p, nil
		}
		if marker == 0 || rst0 <= marker && marker <= rst7 {
			rest = after
			continue
		}
		start := len(data) - len(after)
		segment, after, ok := cutSegment(after)
		if !ok {
			return p, Finding{Code: Broken}
		}
		payload := segment[2:]
		switch {
		case sof0 <= marker && marker <= sof15, marker == dqt, marker == dri, marker == sos:
			p.kept = append(p.kept, data[start-2:start+len(segment)])
			tables += len(segment)
			p.restarts = p.restarts || marker == dri && len(payload) == 2 && payload[0]|payload[1] != 0
			if p.scans == 0 {
				p.head = len(p.kept)
			}
			if marker == sos {
				var scan []byte
				scan, after = cutScan(after)
				p.kept = append(p.kept, scan)
				p.scans++
				p.coded += len(scan)
			} else if marker != dht && len(payload) == 6+3*3 {
				p.namedRGB = payload[6] == 'R' && payload[9] == 'G' && payload[12] == 'B'
			}
		case marker == app0:
			p.jfif = p.jfif || bytes.HasPrefix(payload, []byte("JFIF\x00"))
		case marker == app1:
			if o := orientation(payload); o != upright {
				p.orientation = o
			}
		case marker == app2 && bytes.HasPrefix(payload, []byte(profileMark)):
			p.addProfile(payload[len(profileMark):])
		case marker == app14 && len(payload) >= 12 && bytes.HasPrefix(payload, []byte("Adobe")):
			p.adobe = slices.Concat([]byte{0xff, app14, 0, 14}, payload[:12])
		case app0 <= marker && marker <= app15, marker == com:
		default:
			return p, Finding{Code: Unsupported}
		}
		if p.scans > maxScans || tables > maxTables {
			break
		}
		rest = after
	}
	return p, Finding{Code: Unsupported}
}

// addProfile puts the next part of a colour profile to those before it; what is out of
// order or too large is no profile.
func (p *parts) addProfile(part []byte) {
	p.iccParts++
	if len(part) < 2 || int(part[0]) != p.iccParts || len(p.icc)+len(part) > maxProfile {
		p.icc, p.iccParts = nil, 1<<8 // no part after it is next
		return
	}
	p.icc = append(p.icc, part[2:]...)
}

// rebuild writes the picture anew, without loss, or with fewer than all kept parts
// its beginning. A JFIF header gives the print size, but not to a file that had none
// and has an APP14 or components named R, G, B: decoders let JFIF overrule both and
// would take RGB for YCbCr.
func (p parts) rebuild(kept [][]byte) []byte {
	out := [][]byte{{0xff, soi}}
	if p.jfif || p.adobe == nil && !p.namedRGB {
		out = append(out, []byte(jfif))
	}
	out = append(append(out, p.adobe), kept...)
	return slices.Concat(append(out, []byte{0xff, eoi})...)
}

// hidden are the beginnings of pages, metadata, documents and archives. Tables and
// coded data are kept byte for byte, and both have room for a stowaway; by chance the
// shortest of these turns up in one photo of 200,000.
var hidden = []string{"<script", "<html", "<?php", "%PDF-", exifMark, "PK\x03\x04"}

// smuggles reports whether a rebuilt file still holds something that is no picture.
func smuggles(jpeg []byte) bool {
	var first [256]bool // bytes with which something begins
	for _, s := range hidden {
		first[s[0]] = true
	}
	for i, b := range jpeg {
		if !first[b] {
			continue
		}
		for _, s := range hidden {
			if b == s[0] && len(jpeg)-i >= len(s) && strings.EqualFold(string(jpeg[i:i+len(s)]), s) {
				return true
			}
		}
	}
	return false
}

// nextMarker skips to the next marker, over stray and fill bytes as decoders do;
// 0 stands for a stray FF. Without any it returns tem, which no segment follows.
func nextMarker(data []byte) (marker byte, after []byte) {
	i := bytes.IndexByte(data, 0xff)
	for i >= 0 && i < len(data) && data[i] == 0xff {
		i++
	}
	if i < 0 || i == len(data) {
		return tem, nil
	}
	return data[i], data[i+1:]
}

// cutSegment cuts a segment with its length, which counts its own two bytes,
// off the front of data.
func cutSegment(data []byte) (segment, after []byte, ok bool) {
	if len(data) < 2 {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint16(data))
	if n < 2 || n > len(data) {
		return nil, nil, false
	}
	return data[:n], data[n:], true
}

// cutScan cuts the coded data of a scan off the front of data, with restart markers and
// the fill bytes that may stand before them (T.81, B.1.1.2).
func cutScan(data []byte) (scan, after []byte) {
	for i := 0; ; {
		j := bytes.IndexByte(data[i:], 0xff)
		if j < 0 || i+j+1 == len(data) {
			return data, nil
		}
		i += j
		switch marker, behind := nextMarker(data[i:]); {
		case rst0 <= marker && marker <= rst7:
			i = len(data) - len(behind)
		case data[i+1] == 0:
			i += 2
		default:
			return data[:i], data[i:]
		}
	}
}
