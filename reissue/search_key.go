package reissue

import (
	"slices"
	"strings"
)

// SearchKeys are a number as the queue is searched for it: as those of certificates and
// parcels are kept, then, where it may be one, as a 证明编号 is printed, then, where it may
// be a telephone's, as those are compared. There are
// none for what is no number.
func SearchKeys(typed string) (keys []string) {
	number := strings.ToUpper(code(typed))
	if !strings.ContainsAny(number, "0123456789") {
		return nil
	}
	if parsed, ok := ParseCertificateNumber(number); ok {
		keys = append(keys, parsed)
	}
	if proof, ok := ParseProofNumber(number); ok && !slices.Contains(keys, ShowProofNumber(proof)) {
		keys = append(keys, ShowProofNumber(proof))
	}
	isPhone := !strings.ContainsFunc(number, func(r rune) bool { return !strings.ContainsRune("0123456789-+()./", r) })
	if phone := PhoneKey(number); isPhone && !slices.Contains(keys, phone) {
		keys = append(keys, phone)
	}
	return keys
}
