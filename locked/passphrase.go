package locked

import (
	"crypto/rand"
	"strings"
	"unicode"

	"certreissue/typed"
)

// alphabet has 32 signs, none of which is taken for another one, on paper or by
// telephone: no I, O, 0 or 1.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// signs is how many signs a passphrase has, 5 bits each; group how many stand together.
const (
	signs = 20
	group = 4
)

// NewPassphrase makes a passphrase of 100 random bits, in groups.
func NewPassphrase() string {
	random := make([]byte, signs)
	rand.Read(random) // never fails, says its documentation
	for i, b := range random {
		random[i] = alphabet[b%byte(len(alphabet))]
	}
	return grouped(string(random))
}

func grouped(plain string) string {
	var groups []string
	for ; plain != ""; plain = plain[group:] {
		groups = append(groups, plain[:group])
	}
	return strings.Join(groups, "-")
}

// Passphrase is what somebody has typed as NewPassphrase has made it, whatever case,
// width and groups it was typed in. One that was not made there stays as typed.
func Passphrase(line string) string {
	var plain strings.Builder
	for _, r := range line {
		r = unicode.ToUpper(typed.Hyphen(typed.HalfWidth(r)))
		switch {
		case r == '-' || unicode.IsSpace(r):
		case strings.ContainsRune(alphabet, r):
			plain.WriteRune(r)
		default:
			return line
		}
	}
	if plain.Len() != signs {
		return line
	}
	return grouped(plain.String())
}
