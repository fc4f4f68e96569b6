package reissue

import "strings"

// lostMarks are what stands in registers for a character that somebody, or a
// program, could not write: ? from a change of encoding, ？ from one of two bytes,
// □ and ■ for what was seen as a box or could not be read, 〓 by the rule of
// typesetters. These are the ones of GB 2312, out of which registers come. Not
// among them are ○, which people write for 〇, and * and ×, which hide somebody
// on purpose. U+FFFD never comes so far: package sheet refuses it, since what was
// lost may be of any length.
const lostMarks = "?？□■〓"

// hasLost tells whether a name has marks of lost characters.
func hasLost(name string) bool { return strings.ContainsAny(name, lostMarks) }

// isCertain tells whether enough of a name with lost characters, or with
// bracketed parts, is certain to tell people apart: its first character, by which
// the surname begins, and at least half of all. (欧□娜 is taken for a 欧: a list of
// the surnames of two characters would refuse many a true 夏, 东 or 欧.)
func isCertain(name string) bool {
	folded := foldName(name)
	known := 0
	for _, r := range folded {
		if r != anyRune {
			known++
		}
	}
	return known > 0 && folded[0] != anyRune && 2*known >= len(folded)
}
