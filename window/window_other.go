//go:build !windows

package window

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"
)

// Own tells whether the window was opened for this program alone, as by a double click.
func Own() bool { return false }

// Key waits until a key is pressed.
func Key() {}

// Browse opens an address in the browser.
func Browse(string) error { return errors.ErrUnsupported }

// Output is where text for people goes.
func Output(file *os.File) io.Writer { return file }

// Drawing tells whether a file is a terminal on which a line can be drawn over.
func Drawing(file *os.File) (leave func(), draws bool) {
	return func() {}, term.IsTerminal(int(file.Fd()))
}

// Drain is how long requests under way may take when the program stops; 0 is as usual.
const Drain = 0
