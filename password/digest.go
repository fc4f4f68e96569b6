package password

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/bcrypt"
)

const (
	argonPrefix   = "$argon2id$"
	bcryptPrefix  = "$2"
	wrappedPrefix = "wrapped$"
)

// bcryptForm is a whole bcrypt hash: cost, 22 characters of salt, 31 of hash. $2x$ marks the broken hashes of one
// old library and is not taken.
var bcryptForm = regexp.MustCompile(`^\$2[aby]\$([0-9]{2})\$[./A-Za-z0-9]{53}$`)

// Costs of bcrypt: the dearest that is taken in works for a quarter of a second to one second, the usual one is 10.
// Earlier versions have taken in dearer ones, up to dearestOnce.
const (
	dearestBcrypt = 12
	dearestOnce   = 14
)

// saltBytes bounds the salt of a weak digest.
const saltBytes = 128

// weak are the digests that are never stored as they come: they can be tried by the thousand million a second.
var weak = map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New}

// legacy is how a weak digest is made: the hash of the salt followed by the password, in small hexadecimal.
type legacy struct {
	algorithm string // a key of weak
	salt      string // "" where there is none
}

func (l legacy) digest(plain string) string {
	h := weak[l.algorithm]()
	h.Write([]byte(l.salt + plain))
	return hex.EncodeToString(h.Sum(nil))
}

// parseLegacy reads md5:HEX or md5:SALT:HEX, likewise sha1 and sha256, and answers HEX in small letters. The salt is
// what stands between the first and the last colon, so it may hold colons itself; an empty one is none.
func parseLegacy(digest string) (l legacy, hexadecimal string, err error) {
	algorithm, rest, _ := strings.Cut(digest, ":")
	newHash, ok := weak[algorithm]
	if !ok {
		return legacy{}, "", UnknownDigest
	}
	var salt string
	if i := strings.LastIndexByte(rest, ':'); i >= 0 {
		salt, rest = rest[:i], rest[i+1:]
	}
	if sum, err := hex.DecodeString(rest); err != nil || len(sum) != newHash().Size() {
		return legacy{}, "", BadHex
	}
	if len(salt) > saltBytes || !utf8.ValidString(salt) || strings.ContainsFunc(salt, unicode.IsControl) {
		return legacy{}, "", BadSalt
	}
	return legacy{algorithm, salt}, strings.ToLower(rest), nil
}

// wrapped is a weak digest behind argon2id: argon2id of its hexadecimal. Stored it reads
// wrapped$ALGORITHM$SALT$argon2id$…, the salt in base64, since it may hold a $ of its own.
type wrapped struct {
	legacy
	argon argon
}

func (w wrapped) fits(plain string) bool { return w.argon.fits(w.legacy.digest(plain)) }

func (w wrapped) cost() Cost { return w.argon.cost() }

func (w wrapped) todays() bool { return false }

func (w wrapped) String() string {
	return wrappedPrefix + w.algorithm + "$" + phc.EncodeToString([]byte(w.salt)) + w.argon.String()
}

func parseWrapped(stored string) (wrapped, error) {
	algorithm, rest, _ := strings.Cut(strings.TrimPrefix(stored, wrappedPrefix), "$")
	salt64, rest, _ := strings.Cut(rest, "$")
	salt, err := phc.DecodeString(salt64)
	if err != nil || weak[algorithm] == nil {
		return wrapped{}, UnknownDigest
	}
	a, err := parseArgon("$" + rest)
	return wrapped{legacy{algorithm, string(salt)}, a}, err
}

// Import turns a 密码摘要 of the accounts spreadsheet into what is stored. White space around it is ignored.
//
//   - $2a$, $2b$, $2y$ (bcrypt, cost 4 to 12) stay as they are,
//   - $argon2id$ (PHC, v=19, m up to 64 MiB, t up to 4, p up to 8, salt of 8 to 64 bytes, hash of 16 to 64) too,
//   - md5:HEX, md5:SALT:HEX, likewise sha1: and sha256:, are wrapped in argon2id: one hash each.
//
// The error is a Fault.
func Import(digest string) (stored string, err error) {
	digest = strings.TrimSpace(digest)
	switch {
	case digest == "":
		return "", NoDigest
	case strings.HasPrefix(digest, bcryptPrefix):
		b, err := parseBcrypt(digest)
		if err == nil && b.power > dearestBcrypt {
			err = CostlyBcrypt
		}
		if err != nil {
			return "", err
		}
		return digest, nil
	case strings.HasPrefix(digest, argonPrefix):
		a, err := parseArgon(digest)
		if err == nil && a.time > most.time {
			err = CostlyArgon
		}
		if err != nil {
			return "", err
		}
		return digest, nil
	}
	l, hexadecimal, err := parseLegacy(digest)
	if err != nil {
		return "", err
	}
	return wrapped{l, newArgon(hexadecimal)}.String(), nil
}

// bcrypted is one bcrypt hash, which works for two to its power of rounds.
type bcrypted struct {
	hash  string
	power int
}

// parseBcrypt reads a bcrypt hash within the bounds of what was ever taken in; the error is a Fault.
func parseBcrypt(digest string) (bcrypted, error) {
	m := bcryptForm.FindStringSubmatch(digest)
	if m == nil {
		return bcrypted{}, BadBcrypt
	}
	power, _ := strconv.Atoi(m[1])
	if power < bcrypt.MinCost || power > dearestOnce {
		return bcrypted{}, CostlyBcrypt
	}
	return bcrypted{digest, power}, nil
}

// fits reads, as the systems that these come from, no more than the first 72 bytes.
func (b bcrypted) fits(plain string) bool {
	count(b.cost())
	return bcrypt.CompareHashAndPassword([]byte(b.hash), []byte(plain)) == nil
}

func (b bcrypted) cost() Cost { return Cost{Bcrypt: 1 << b.power} }

func (b bcrypted) todays() bool { return false }

// Same tells whether stored is what Import makes of digest, so that a list imported again changes nothing. A weak
// digest costs one hash, and none where algorithm or salt differ.
func Same(stored, digest string) bool {
	digest = strings.TrimSpace(digest)
	if !strings.HasPrefix(stored, wrappedPrefix) {
		return stored == digest
	}
	w, err := parseWrapped(stored)
	if err != nil {
		return false
	}
	l, hexadecimal, err := parseLegacy(digest)
	return err == nil && l == w.legacy && w.argon.fits(hexadecimal)
}
