package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

// cost is what argon2id may spend.
type cost struct {
	memory  uint32 // KiB
	time    uint32 // passes
	threads uint8
}

// today is the cost of new hashes, a recommendation of the OWASP Password Storage Cheat Sheet.
var today = cost{memory: 19 << 10, time: 2, threads: 1}

// Cheap lets new hashes cost next to nothing. It is for the tests that sign
// people in by the hundred and are not about hashes; nothing else calls it.
func Cheap() { today = cost{memory: 8, time: 1, threads: 1} }

// most bounds the cost of hashes made elsewhere, so that one line of a spreadsheet cannot take the memory or the
// minutes of every later sign-in. It leaves room for the defaults of PHP: 64 MiB, 4 passes, 1 thread.
var most = cost{memory: 64 << 10, time: 10, threads: 8}

// Lengths in bytes: of what Hash makes, and of what Import takes.
const (
	saltLength, saltLeast, saltMost = 16, 8, 64
	keyLength, keyLeast, keyMost    = 32, 16, 64
)

// argon is one argon2id hash.
type argon struct {
	cost
	salt, key []byte
}

// Hash answers plain hashed for storing: argon2id of today's cost with a new salt, as a PHC string.
func Hash(plain string) string { return newArgon(plain).String() }

func newArgon(plain string) argon {
	a := argon{cost: today, salt: make([]byte, saltLength)}
	rand.Read(a.salt) // never fails, says its documentation
	a.key = a.derive(plain, keyLength)
	return a
}

func (a argon) derive(plain string, length int) []byte {
	return argon2.IDKey([]byte(plain), a.salt, a.time, a.memory, a.threads, uint32(length))
}

func (a argon) fits(plain string) bool {
	return subtle.ConstantTimeCompare(a.derive(plain, len(a.key)), a.key) == 1
}

// phc is the strict alphabet of the Password Hashing Competition's string format: no padding, no stray bits.
var phc = base64.RawStdEncoding.Strict()

// argonForm is the PHC string of argon2id in version 1.3, the only one in use since 2016.
var argonForm = regexp.MustCompile(`^\$argon2id\$v=19\$m=([0-9]{1,6}),t=([0-9]{1,3}),p=([0-9]{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)

func (a argon) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		a.memory, a.time, a.threads, phc.EncodeToString(a.salt), phc.EncodeToString(a.key))
}

// parseArgon reads a PHC string within the bounds of this file; the error is a Fault.
func parseArgon(s string) (argon, error) {
	m := argonForm.FindStringSubmatch(s)
	if m == nil {
		return argon{}, BadArgon
	}
	// The form has bounded the digits, so that Atoi can neither fail nor be cut short below.
	memory, _ := strconv.Atoi(m[1])
	time, _ := strconv.Atoi(m[2])
	threads, _ := strconv.Atoi(m[3])
	if time < 1 || time > int(most.time) || threads < 1 || threads > int(most.threads) ||
		memory < 8*threads || memory > int(most.memory) {
		return argon{}, CostlyArgon
	}
	salt, err := phc.DecodeString(m[4])
	if err != nil || len(salt) < saltLeast || len(salt) > saltMost {
		return argon{}, BadArgon
	}
	key, err := phc.DecodeString(m[5])
	if err != nil || len(key) < keyLeast || len(key) > keyMost {
		return argon{}, BadArgon
	}
	return argon{cost{uint32(memory), uint32(time), uint8(threads)}, salt, key}, nil
}

// Verify tells whether plain is the password that stored, an answer of Hash or Import, was made of. renew asks the
// caller to store Hash(plain) in its place, because stored is of a weaker or foreign form; it is false unless ok.
// Anything that cannot be read fits no password.
func Verify(stored, plain string) (ok, renew bool) {
	switch {
	case strings.HasPrefix(stored, bcryptPrefix):
		// As the systems these come from, bcrypt reads no more than the first 72 bytes here.
		ok = bcrypt.CompareHashAndPassword([]byte(stored), []byte(plain)) == nil
		return ok, ok
	case strings.HasPrefix(stored, wrappedPrefix):
		w, err := parseWrapped(stored)
		ok = err == nil && w.argon.fits(w.legacy.digest(plain))
		return ok, ok
	}
	a, err := parseArgon(stored)
	ok = err == nil && a.fits(plain)
	return ok, ok && (a.cost != today || len(a.salt) != saltLength || len(a.key) != keyLength)
}

// Waste does the work of Verify where there is no account to verify, so that the wait does not tell who is
// registered.
func Waste(plain string) {
	Verify(argon{today, make([]byte, saltLength), make([]byte, keyLength)}.String(), plain)
}
