package owner

import (
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// Rights in Windows are lists of who may what. They are read and written as texts that
// Windows makes of them (SDDL): an entry is (A;flags;rights;;;who).

// Service is the name of the service that Windows starts with the machine.
const Service = "certreissue"

// The system and the administrators may reach everything anyway.
const (
	system         = "SY"
	administrators = "BA"
	everybody      = "WD"
)

// Other is an account or a group that may reach a file.
type Other struct{ SID, Name string }

// Closed is the list of rights of what only the system, administrators, and these others
// may reach, with all that is made in it. It takes nothing over from the folder above.
func Closed(others ...string) string {
	text := "D:P"
	for _, who := range append([]string{system, administrators}, others...) {
		text += "(A;OICI;FA;;;" + who + ")"
	}
	return text
}

// ServiceSID is the number of the account that Windows makes for a service: of its name
// in capitals, by SHA-1.
func ServiceSID(service string) string {
	var name []byte
	for _, unit := range utf16.Encode([]rune(strings.ToUpper(service))) {
		name = binary.LittleEndian.AppendUint16(name, unit)
	}
	sum, sid := sha1.Sum(name), "S-1-5-80"
	for part := range slices.Chunk(sum[:], 4) {
		sid += fmt.Sprintf("-%d", binary.LittleEndian.Uint32(part))
	}
	return sid
}

// others are those in a list of rights, as SDDL, besides the system, administrators and
// the service, who may reach something, as the list has them. It begins with the owner,
// who may change it.
func others(sddl string) (list []string) {
	known := []string{system, administrators, "CO", "OW", ServiceSID(Service)} // with whoever makes and owns what lies below
	add := func(who string) {
		if !slices.Contains(known, who) && !slices.Contains(list, who) {
			list = append(list, who)
		}
	}
	if rest, named := strings.CutPrefix(sddl, "O:"); named { // who may give rights to anybody
		who, _, _ := strings.Cut(rest, "G:")
		who, _, _ = strings.Cut(who, "D:")
		add(who)
	}
	_, rights, found := strings.Cut(sddl, "D:")
	if !found || strings.HasPrefix(rights, "NO_ACCESS_CONTROL") {
		return append(list, everybody)
	}
	rights, _, _ = strings.Cut(rights, "S:(")
	for _, entry := range strings.Split(rights, "(")[1:] {
		part := strings.Split(strings.TrimRight(entry, ")"), ";")
		// One that denies lets nobody in; one for what is made below is not of this itself.
		if len(part) >= 6 && strings.HasSuffix(part[0], "A") && !onlyBelow(part[1]) {
			add(part[5])
		}
	}
	return list
}

// onlyBelow tells whether an entry's flags, of two letters each, have it mean nothing but
// what is made below.
func onlyBelow(flags string) bool {
	for pair := range slices.Chunk([]byte(flags), 2) {
		if string(pair) == "IO" {
			return true
		}
	}
	return false
}
