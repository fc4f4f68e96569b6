package window

import (
	"bytes"
	"fmt"
	"testing"
)

// TestEncoded: a console of code page 936 gets its own encoding, whole whatever the pieces
// that it is written in; others UTF-8.
func TestEncoded(t *testing.T) {
	for codePage, want := range map[uint32]string{936: "\xd0\xbb\xcd\xf5\xb7\xbc 1\n", 54936: "\xd0\xbb\xcd\xf5\xb7\xbc 1\n", 65001: "谢王芳 1\n", 437: "谢王芳 1\n", 0: "谢王芳 1\n"} {
		var b bytes.Buffer
		w := encoded(&b, codePage)
		for _, piece := range []string{"谢王芳 ", "1", "\n"} {
			if n, err := fmt.Fprint(w, piece); err != nil || n != len(piece) {
				t.Error(n, err)
			}
		}
		if b.String() != want {
			t.Errorf("%d: %q, want %q", codePage, b.String(), want)
		}
	}
}
