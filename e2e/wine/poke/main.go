//go:build windows

// Command poke looks whether a program runs, and presses a key in its window.
//
//	poke see|key PROGRAM.exe
package main

import (
	"fmt"
	"os"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel        = windows.NewLazySystemDLL("kernel32.dll")
	attachConsole = kernel.NewProc("AttachConsole")
	freeConsole   = kernel.NewProc("FreeConsole")
	consoleWindow = kernel.NewProc("GetConsoleWindow")
	postMessage   = windows.NewLazySystemDLL("user32.dll").NewProc("PostMessageW")
)

const (
	keyDown = 0x0100
	keyUp   = 0x0101
)

func main() {
	pid, err := running(os.Args[2])
	if err == nil && os.Args[1] == "key" {
		err = press(pid)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func press(pid uint32) error {
	freeConsole.Call()
	if done, _, err := attachConsole.Call(uintptr(pid)); done == 0 {
		return err
	}
	window, _, _ := consoleWindow.Call()
	freeConsole.Call()
	postMessage.Call(window, keyDown, 'A', 0x001e0001)
	postMessage.Call(window, keyUp, 'A', 0xc01e0001)
	return nil
}

// running is the number of a process of this program.
func running(program string) (uint32, error) {
	list, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(list)
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(list, &entry); err == nil; err = windows.Process32Next(list, &entry) {
		if strings.EqualFold(windows.UTF16ToString(entry.ExeFile[:]), program) {
			return entry.ProcessID, nil
		}
	}
	return 0, err
}
