package password

import (
	"crypto/sha256"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// Factor is a second factor on its way into somebody's telephone: an
// authenticator app reads the URL from a QR code, or the secret is typed in.
type Factor struct {
	Secret string // base32
	URL    string // otpauth://
}

// NewFactor makes a second factor with a random secret of 160 bits. The app
// lists it under the issuer and the name, neither of which may be empty.
func NewFactor(issuer, name string) (Factor, error) {
	made, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: name})
	if err != nil {
		return Factor{}, err
	}
	return Factor{Secret: made.Secret(), URL: made.URL()}, nil
}

// A code counts for a step of half a minute, as every app has it, and for the
// one before and after: telephones' clocks differ, and people type slowly.
const (
	codeStep = 30 // seconds
	codeSkew = 1  // steps
)

// CodeStep finds the step whose code was typed, after the step last: a code
// that has been used, or is older than that, does not count again.
func CodeStep(secret, typed string, now time.Time, last int64) (step int64, ok bool) {
	current := now.Unix() / codeStep
	typed = plainCode(typed)
	for step := max(current-codeSkew, last+1); step <= current+codeSkew; step++ {
		right, err := hotp.ValidateCustom(typed, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right {
			return step, true
		}
	}
	return 0, false
}

// recoveryCodes is how many codes stand in for a lost telephone.
const recoveryCodes = 10

// RecoveryCodes makes codes that stand in for a second factor, once each, and
// the hashes by which they are known again. With 59 random bits they need no
// slow hash.
func RecoveryCodes() (codes []string, hashes [][]byte) {
	for range recoveryCodes {
		code := pick(oneTimeLetters+oneTimeDigits, 4) + "-" + pick(oneTimeLetters+oneTimeDigits, 4) + "-" + pick(oneTimeLetters+oneTimeDigits, 4)
		codes, hashes = append(codes, code), append(hashes, RecoveryHash(code))
	}
	return codes, hashes
}

// RecoveryHash is the hash of a typed recovery code.
func RecoveryHash(typed string) []byte {
	sum := sha256.Sum256([]byte(plainCode(typed)))
	return sum[:]
}

// plainCode is a code without what people and apps put between its characters.
func plainCode(typed string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(typed))
}
