package password

import "crypto/rand"

// oneTimeLetters and oneTimeDigits leave out what people mistake for each other
// when it is told or copied by hand.
const (
	oneTimeLetters = "abcdefghjkmnpqrstuvwxyz"
	oneTimeDigits  = "23456789"
)

// OneTime makes a password to be handed over once and changed at the first
// sign-in: six letters and six digits, in that order, about 45 bits.
func OneTime() string {
	return pick(oneTimeLetters, 6) + pick(oneTimeDigits, 6)
}

func pick(from string, n int) string {
	picked := make([]byte, 0, n)
	for len(picked) < n {
		var b [1]byte
		rand.Read(b[:])
		// Bytes beyond the last whole round would favour the first characters.
		if int(b[0]) < 256/len(from)*len(from) {
			picked = append(picked, from[int(b[0])%len(from)])
		}
	}
	return string(picked)
}
