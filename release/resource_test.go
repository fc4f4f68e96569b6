package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"image/png"
	"slices"
	"testing"
	"unicode/utf16"
)

// testResource: what Windows shows of the executable is there, and says what it is.
func testResource(t *testing.T, program string) {
	file, err := pe.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	section := file.Section(".rsrc")
	if section == nil {
		t.Fatal("it has no resources")
	}
	content, err := section.Data()
	if err != nil {
		t.Fatal(err)
	}
	// The section begins with a list of the kinds, eight bytes each.
	var kinds []uint32
	for i := range int(binary.LittleEndian.Uint16(content[14:])) {
		kinds = append(kinds, binary.LittleEndian.Uint32(content[16+8*i:]))
	}
	if want := []uint32{3, 14, 16, 24}; !slices.Equal(kinds, want) { // icons, their group, the version, the manifest
		t.Errorf("it has resources of the kinds %d, want %d", kinds, want)
	}
	for _, text := range []string{"证书补办申请系统", asked.Version, "certreissue.exe"} {
		var encoded []byte
		for _, unit := range utf16.Encode([]rune(text + "\x00")) {
			encoded = binary.LittleEndian.AppendUint16(encoded, unit)
		}
		if !bytes.Contains(content, encoded) {
			t.Errorf("its resources do not say %q", text)
		}
	}
	// Of the version in numbers: a mark, the number of its format, the file's version.
	number := []byte{0xbd, 0x04, 0xef, 0xfe, 0, 0, 1, 0, 2, 0, 1, 0, 0, 0, 3, 0}
	for _, want := range [][]byte{number, []byte("<longPathAware")} {
		if !bytes.Contains(content, want) {
			t.Errorf("its resources have no %q", want)
		}
	}
	at := bytes.Index(content, []byte("\x89PNG"))
	if at < 0 {
		t.Fatal("it has no icon")
	}
	icon, err := png.Decode(bytes.NewReader(content[at:]))
	if err != nil {
		t.Fatal(err)
	}
	size := icon.Bounds().Dx()
	corner, _, _, alpha := icon.At(0, 0).RGBA()
	_, _, blue, _ := icon.At(size/2, size/16).RGBA()
	if size != 256 || alpha != 0 || corner != 0 || blue>>8 != 0x91 {
		t.Errorf("of %d pixels, with alpha %d at its corner and blue %#x on its ground", size, alpha, blue>>8)
	}
}
