package reissue

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Registers have the same character under other code points, from the systems
// that they went through. These tables are for comparing names only: what the
// register writes stays.

// gbkPrivate are the 80 characters that GBK and GB 18030-2000 have at FE50 to
// FEA0 and that had no code point of their own: U+E815 to U+E864, in this order,
// and what they are since. Source: GB 18030-2005, which TestGBKPrivate holds
// against golang.org/x/text, and for the 14 that it left private (written as
// numbers here) GB 18030-2022, as GNU libc has it.
const gbkPrivate = "⺁\U00020087\U00020089\U000200CC⺄㑳㑇⺈⺋\u9FB4㖞㘚㘎⺌⺗㥮㤘\u9FB5㧏㧟㩳㧐\u9FB6\u9FB7㭎㱮㳠⺧\U000215D7\u9FB8⺪䁖" +
	"䅟⺮䌷⺳⺶⺷\U0002298F䎱䎬⺻䏝䓖䙡䙌\u9FB9䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶\u9FBA\U000241FE䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮\u9FBB"

const firstPrivate = '\uE815'

var fromPrivate = []rune(gbkPrivate)

// sameCharacters gives a name in the one form of its characters: composed, with
// compatibility ideographs as the unified ones that they are (both by Unicode's
// NFC, UAX #15), Kangxi radicals (U+2F00 to U+2FD5) as the ideographs that
// UnicodeData.txt names for them, and GBK's private code points as those of
// today.
func sameCharacters(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if i := int(r - firstPrivate); 0 <= i && i < len(fromPrivate) {
			r = fromPrivate[i]
		}
		if 0x2F00 <= r && r <= 0x2FD5 {
			return []rune(norm.NFKC.String(string(r)))[0]
		}
		return r
	}, s))
}
