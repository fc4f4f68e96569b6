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
)

// shape is how argon2id works.
type shape struct {
	memory  uint32 // KiB
	time    uint32 // passes over it
	threads uint8
}

// today is the shape of new hashes, a recommendation of the OWASP Password Storage Cheat Sheet. A cheaper one would
// need a migration that keeps what those there are cost.
var today = shape{memory: 19 << 10, time: 2, threads: 1}

// Cheap lets new hashes cost next to nothing. It is for the tests that sign
// people in by the hundred and are not about hashes; nothing else calls it.
func Cheap() { today = shape{memory: 8, time: 1, threads: 1} }

// most bounds the hashes made elsewhere, so that one line of a spreadsheet cannot take the memory or the seconds of
// every later sign-in. It leaves room for the defaults of PHP: 64 MiB, 4 passes, 1 thread. Earlier versions have
// taken in as many passes as mostOnce.
var most = shape{memory: 64 << 10, time: 4, threads: 8}

const mostOnce = 10

// Lengths in bytes: of what Hash makes, and of what Import takes.
const (
	saltLength, saltLeast, saltMost = 16, 8, 64
	keyLength, keyLeast, keyMost    = 32, 16, 64
)

// argon is one argon2id hash.
type argon struct {
	shape
	salt, key []byte
}

// Hash answers plain hashed for storing: argon2id of today's cost with a new salt, as a PHC string.
func Hash(plain string) string { return newArgon(plain).String() }

func newArgon(plain string) argon {
	a := argon{shape: today, salt: make([]byte, saltLength)}
	rand.Read(a.salt) // never fails, says its documentation
	a.key = a.derive(plain, keyLength)
	return a
}

func (a argon) derive(plain string, length int) []byte {
	count(a.cost())
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

// parseArgon reads a PHC string within the bounds of what was ever taken in; the error is a Fault.
func parseArgon(s string) (argon, error) {
	m := argonForm.FindStringSubmatch(s)
	if m == nil {
		return argon{}, BadArgon
	}
	// The form has bounded the digits, so that Atoi can neither fail nor be cut short below.
	memory, _ := strconv.Atoi(m[1])
	time, _ := strconv.Atoi(m[2])
	threads, _ := strconv.Atoi(m[3])
	if time < 1 || time > mostOnce || threads < 1 || threads > int(most.threads) ||
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
	return argon{shape{uint32(memory), uint32(time), uint8(threads)}, salt, key}, nil
}

// todays tells whether the hash is as Hash makes it.
func (a argon) todays() bool {
	return a.shape == today && len(a.salt) == saltLength && len(a.key) == keyLength
}

// digest is a stored password that can be read.
type digest interface {
	fits(plain string) bool
	cost() Cost
	todays() bool
}

// parse reads what Hash or Import have made; the error is a Fault.
func parse(stored string) (digest, error) {
	switch {
	case strings.HasPrefix(stored, bcryptPrefix):
		return parseBcrypt(stored)
	case strings.HasPrefix(stored, wrappedPrefix):
		return parseWrapped(stored)
	}
	return parseArgon(stored)
}

// Verify tells whether plain is the password that stored, an answer of Hash or Import, was made of. renew asks the
// caller to store Hash(plain) in its place, because stored is of a weaker or foreign form; it is false unless ok.
// Anything that cannot be read fits no password.
func Verify(stored, plain string) (ok, renew bool) {
	d, err := parse(stored)
	ok = err == nil && d.fits(plain)
	return ok, ok && !d.todays()
}

// VerifyEvenly is Verify that works as much for every stored password, and where there is none, so that the wait tells
// neither who is registered nor where somebody has come from: as much as the dearest takes, and a new one.
func VerifyEvenly(stored, plain string, dearest Cost) (ok, renew bool) {
	rest := dearest.With(Today())
	if d, err := parse(stored); err == nil {
		rest = rest.without(d.cost())
	}
	ok, renew = Verify(stored, plain)
	rest.waste(plain)
	return ok, renew
}
