// Package locked keeps copies under a passphrase, for taking out of the house: files as
// the program age writes and reads them, too (age-encryption.org/v1, scrypt).
//
// Lock and Unlock take some tenth of a second of one core, and 32 MiB; what comes from
// elsewhere eight times as much. Whoever calls them on behalf of visitors bounds how
// many run at once.
package locked

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"filippo.io/age"
)

// Ending is how the name of a locked copy ends.
const Ending = ".age"

const intro = "age-encryption.org/v1\n"

// Of the work that stands between a passphrase and its key, as powers of two: what Lock
// asks for, which is little, since nobody guesses 100 bits; and the most that Unlock does,
// lest a file that somebody has sent takes all memory.
const (
	work     = 15
	mostWork = 18
)

// Named tells whether a file is to be a locked copy.
func Named(path string) bool { return strings.EqualFold(filepath.Ext(path), Ending) }

// Is tells whether a file is a locked copy, by what it begins with, or, where that is
// lost, by its name.
func Is(path string) bool {
	if Named(path) {
		return true
	}
	// What is no file, such as a pipe, may have nothing to say for as long as one waits.
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	begins := make([]byte, len(intro))
	_, err = io.ReadFull(file, begins)
	return err == nil && string(begins) == intro
}

// Lock is plain under a passphrase, which may not be empty, as it is read: nothing is
// kept anywhere.
func Lock(plain io.Reader, passphrase string) (io.Reader, error) {
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(work)
	return age.EncryptReader(plain, recipient)
}

// Bytes in a locked copy beside the plain ones: once, and for each piece.
const (
	header = 150 + 16 // with the nonce
	piece  = 64 << 10
	seal   = 16
)

// Size is how many bytes Lock makes of so many.
func Size(plain int64) int64 {
	pieces := max(1, (plain+piece-1)/piece)
	return header + plain + pieces*seal
}

// Unlock is what was put under a passphrase. The error, also that of reading on, is a
// Fault unless the file cannot be read. What was read is only whole, and what was locked, once
// the end has come.
func Unlock(from io.Reader, passphrase string) (io.Reader, error) {
	key, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, Wrong // an empty one
	}
	key.SetMaxWorkFactor(mostWork)
	plain, err := age.Decrypt(from, bounded{key})
	if err != nil {
		return nil, fault(err)
	}
	return judged{plain}, nil
}

// bounded tells too much work from the other reasons of a key for not fitting.
type bounded struct{ age.Identity }

func (b bounded) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if len(stanzas) != 1 || stanzas[0].Type != "scrypt" || len(stanzas[0].Args) != 2 {
		return nil, Damaged
	}
	if asked, err := strconv.Atoi(stanzas[0].Args[1]); err == nil && asked > mostWork {
		return nil, TooDear
	}
	return b.Identity.Unwrap(stanzas)
}

// judged says of what cannot be read why.
type judged struct{ from io.Reader }

func (j judged) Read(b []byte) (n int, err error) {
	n, err = j.from.Read(b)
	if err != nil && err != io.EOF {
		err = fault(err)
	}
	return n, err
}

// fault is an error of the library as a Fault; one of the disk stays what it is.
func fault(err error) error {
	if known, ok := errors.AsType[Fault](err); ok {
		return known
	}
	if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
		return Wrong
	}
	if disk, ok := errors.AsType[*fs.PathError](err); ok {
		return disk
	}
	return Damaged
}
