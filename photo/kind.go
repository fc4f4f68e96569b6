package photo

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// kindPNG names the one format besides JPEG that Fit takes.
const kindPNG = "PNG"

// signatures are the first bytes of the formats that people upload in place
// of a JPEG. Brand-marked containers (HEIC, AVIF, MP4) follow in brands.
var signatures = []struct {
	at    int
	magic string
	name  string
}{
	{0, "\x89PNG", kindPNG},
	{0, "GIF8", "GIF"},
	{0, "BM", "BMP"},
	{8, "WEBP", "WebP"},
	{0, "II*\x00", "TIFF"},
	{0, "MM\x00*", "TIFF"},
	{0, "8BPS", "PSD"},
	{4, "jP  ", "JPEG 2000"},
	{0, "\xff\x0a", "JPEG XL"},
	{4, "JXL ", "JPEG XL"},
	{0, "%PDF", "PDF"},
	{0, "PK\x03\x04", "ZIP"},
	{0, "PK\x05\x06", "ZIP"},
	{0, "Rar!", "RAR"},
	{0, "7z\xbc\xaf", "7z"},
	{0, "\xd0\xcf\x11\xe0", "Office"},
	{0, "MZ", "EXE"},
}

// brands are the first two letters of the brand after "ftyp" in files of the
// ISO base media format (ISO/IEC 14496-12); mif1 and msf1 are HEIF's own.
var brands = map[string]string{"he": "HEIC", "mi": "HEIC", "ms": "HEIC", "av": "AVIF"}

// foreignKind names what data is by its content, if that is no JPEG.
func foreignKind(data []byte) (Finding, bool) {
	switch {
	case len(data) == 0:
		return Finding{Code: Empty}, true
	case bytes.HasPrefix(data, []byte("\xff\xd8")): // cut behind these two it is a broken one
		return Finding{}, false
	}
	for _, s := range signatures {
		if len(data) >= s.at && bytes.HasPrefix(data[s.at:], []byte(s.magic)) {
			return Finding{Code: WrongKind, Figure: s.name}, true
		}
	}
	if len(data) >= 12 && string(data[4:8]) == "ftyp" {
		name, ok := brands[string(data[8:10])]
		if !ok {
			name = "MP4"
		}
		return Finding{Code: WrongKind, Figure: name}, true
	}
	if isText(data) {
		return Finding{Code: TextKind}, true
	}
	return Finding{Code: UnknownKind}, true
}

// isText judges by the beginning alone: UTF-8 without control characters. A
// character cut at the end of the sample does not count against it.
func isText(data []byte) bool {
	head := data[:min(len(data), 512)]
	cut := len(head) < len(data)
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n == 1 && (len(head) >= utf8.UTFMax || !cut) || r < ' ' && !strings.ContainsRune("\t\r\n\f", r) {
			return false
		}
		head = head[n:]
	}
	return true
}

// foreignEndings are endings of file names that promise another format. Any
// other ending is no promise: 张三.2020 is a name.
const foreignEndings = " png gif bmp webp heic heif avif tif tiff psd jp2 jxl svg ico raw dng cr2 nef" +
	" pdf zip rar 7z doc docx xls xlsx ppt pptx wps txt htm html mp4 mov exe "

// foreignEnding returns the ending of name with its dot, lower case, if it
// promises another format, and "" otherwise.
func foreignEnding(name string) string {
	base := strings.TrimRight(name[strings.LastIndexAny(name, `/\`)+1:], " .")
	dot := strings.LastIndexByte(base, '.')
	if dot < 0 {
		return ""
	}
	ending := strings.ToLower(base[dot+1:])
	if strings.ContainsRune(ending, ' ') || !strings.Contains(foreignEndings, " "+ending+" ") {
		return ""
	}
	return "." + ending
}
