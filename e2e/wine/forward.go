package wine

import (
	"bytes"
	"encoding/binary"
)

// forwardingDLL is a library for 64-bit Windows whose one function is another library's.
// The runtime of Go asks bcryptprimitives.dll for random bytes, which wine has from
// version 9 on: in older ones the same comes from advapi32.dll, under another name.
func forwardingDLL(dll, function, to string) []byte {
	const section, at = 0x200, 0x1000 // where the one section lies in the file, and in memory
	names := dll + "\x00" + function + "\x00" + to + "\x00"
	const tables = at + 40 // behind the directory: addresses, names, ordinals
	const texts = tables + 4 + 4 + 4
	toText := uint32(texts + len(dll) + 1 + len(function) + 1)

	var exports bytes.Buffer
	put := func(to *bytes.Buffer, values ...any) {
		for _, v := range values {
			binary.Write(to, binary.LittleEndian, v)
		}
	}
	put(&exports, uint32(0), uint32(0), uint32(0), uint32(texts), uint32(1), uint32(1), uint32(1), uint32(tables), uint32(tables+4), uint32(tables+8))
	put(&exports, toText, uint32(texts+len(dll)+1), uint16(0), uint16(0), []byte(names))
	size := uint32(exports.Len())

	var b bytes.Buffer
	put(&b, []byte("MZ"), make([]byte, 58), uint32(64), []byte("PE\x00\x00"))
	// For AMD64, one section, a head of 240 bytes; an executable library.
	put(&b, uint16(0x8664), uint16(1), uint32(0), uint32(0), uint32(0), uint16(240), uint16(0x2022))
	put(&b, uint16(0x20b), uint16(0), uint32(0), uint32(0x200), uint32(0), uint32(0), uint32(at), uint64(0x180000000), uint32(at), uint32(0x200))
	put(&b, uint16(6), uint16(0), uint16(0), uint16(0), uint16(6), uint16(0), uint32(0), uint32(2*at), uint32(section), uint32(0), uint16(2), uint16(0x100))
	put(&b, uint64(1<<20), uint64(1<<12), uint64(1<<20), uint64(1<<12), uint32(0), uint32(16), uint32(at), size, make([]byte, 15*8))
	put(&b, []byte(".edata\x00\x00"), size, uint32(at), uint32(0x200), uint32(section), make([]byte, 12), uint32(0x40000040))
	whole := make([]byte, section+0x200)
	copy(whole, b.Bytes())
	copy(whole[section:], exports.Bytes())
	return whole
}
