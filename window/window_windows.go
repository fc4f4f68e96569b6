package window

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/term"
)

// Drain is how long requests under way may take when the program stops: whose window was
// closed is ended by Windows after five seconds, and the file has to be closed before.
const Drain = 3 * time.Second

var (
	kernel                = windows.NewLazySystemDLL("kernel32.dll")
	getConsoleProcessList = kernel.NewProc("GetConsoleProcessList")
	getConsoleOutputCP    = kernel.NewProc("GetConsoleOutputCP")
)

// Own tells whether the window was opened for this program alone, as by a double click: a
// shell would be in it, too.
func Own() bool {
	var processes [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	return n == 1
}

// Key waits until a key is pressed. Where nobody can press one it does not wait.
func Key() {
	state, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return
	}
	defer term.Restore(int(os.Stdin.Fd()), state)
	_ = windows.FlushConsoleInputBuffer(windows.Handle(os.Stdin.Fd())) // what was typed before is no answer
	os.Stdin.Read(make([]byte, 1))
}

// Browse opens an address in the browser. It is left to a program of Windows: the
// library that does it (shell32) brings user32 along, and a console program with that one
// is not told of a logoff or a shutdown.
func Browse(url string) error {
	folder, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	return exec.Command(filepath.Join(folder, "rundll32.exe"), "url.dll,FileProtocolHandler", url).Start()
}

// Drawing has a console take the signs by which a line is drawn over, until leave is
// called; one that knows none of them, older than Windows 10, shows none.
func Drawing(file *os.File) (leave func(), draws bool) {
	console, before := windows.Handle(file.Fd()), uint32(0)
	if err := windows.GetConsoleMode(console, &before); err != nil {
		return nil, false
	}
	const signs = windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	if err := windows.SetConsoleMode(console, before|signs); err != nil {
		return nil, false
	}
	return func() { _ = windows.SetConsoleMode(console, before) }, true
}

// Output is where text for people goes. On a console the library of Go writes it as
// UTF-16, which is right whatever the code page.
func Output(file *os.File) io.Writer {
	if term.IsTerminal(int(file.Fd())) {
		return file
	}
	codePage, _, _ := getConsoleOutputCP.Call()
	return encoded(file, uint32(codePage))
}
