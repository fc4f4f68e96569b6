package password

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

func TestCodeStep(t *testing.T) {
	factor, err := NewFactor("证书补办申请系统", "王芳")
	if err != nil || !strings.HasPrefix(factor.URL, "otpauth://totp/") || !strings.Contains(factor.URL, factor.Secret) {
		t.Fatalf("%+v, %v", factor, err)
	}
	now := time.Unix(1_800_000_010, 0)
	step := now.Unix() / 30
	for _, c := range []struct {
		reason string
		at     time.Duration
		last   int64
		want   bool
	}{
		{"now", 0, 0, true},
		{"half a minute late", -30 * time.Second, 0, true},
		{"half a minute early", 30 * time.Second, 0, true},
		{"a minute late", -time.Minute, 0, false},
		{"a minute early", time.Minute, 0, false},
		{"used", 0, step, false},
		{"older than the used one", -30 * time.Second, step, false},
		{"newer than the used one", 30 * time.Second, step, true},
	} {
		code, err := totp.GenerateCode(factor.Secret, now.Add(c.at))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := CodeStep(factor.Secret, code, now, c.last)
		if ok != c.want || ok && got != now.Add(c.at).Unix()/30 {
			t.Errorf("%s: %v, step %d", c.reason, ok, got)
		}
	}
	for _, typed := range []string{"", "12345", "abcdef", "1234567"} {
		if _, ok := CodeStep(factor.Secret, typed, now, 0); ok {
			t.Errorf("%q is taken", typed)
		}
	}
	// The example of RFC 6238, appendix B, in six digits.
	if got, ok := CodeStep("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", time.Unix(59, 0), 0); !ok || got != 1 {
		t.Errorf("the RFC's code: %v, step %d", ok, got)
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes, hashes := RecoveryCodes()
	seen := map[string]bool{}
	for i, code := range codes {
		seen[code] = true
		if typed := strings.ToUpper(strings.ReplaceAll(code, "-", " ")); !bytes.Equal(RecoveryHash(typed), hashes[i]) {
			t.Errorf("%q is not known as %q", typed, code)
		}
	}
	if len(codes) != 10 || len(seen) != 10 {
		t.Errorf("codes %q", codes)
	}
	if bytes.Equal(RecoveryHash(""), hashes[0]) {
		t.Error("nothing is a code")
	}
}
