// Package window is what Windows has around a console program: who has opened its
// window, the browser, and what reads the output of one that writes into a pipe.
package window

import (
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// gbk are the code pages of Chinese consoles, whose encoding GB18030 continues.
var gbk = map[uint32]bool{936: true, 54936: true}

// encoded writes text as programs of a console with a code page read it: more, findstr,
// PowerShell. What is on a console itself needs none of it.
func encoded(to io.Writer, codePage uint32) io.Writer {
	if gbk[codePage] {
		return transform.NewWriter(to, simplifiedchinese.GB18030.NewEncoder())
	}
	return to
}
