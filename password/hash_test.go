package password

import (
	"runtime"
	"strings"
	"testing"
)

// Hashes made elsewhere: by libxcrypt, and a vector of the argon2 reference implementation.
const (
	phpBcrypt    = "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq"
	longBcrypt   = "$2b$04$BCryptRequires22ChrcteXTang9BWeAGxQgtKI/LtOlOdiwAkEQW"
	foreignArgon = "$argon2id$v=19$m=256,t=3,p=2$c29tZXNhbHQ$RmjTCsQYfmh47t6s8P2DxaCjDbLMFu8L"
)

func TestHashVerify(t *testing.T) {
	for _, plain := range []string{"xkq7vz", "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少晓晓晓晓a1"} {
		stored := Hash(plain)
		if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("stored as %s", stored)
		}
		if ok, renew := Verify(stored, plain); !ok || renew {
			t.Errorf("%q: ok %v, renew %v", plain, ok, renew)
		}
		if ok, renew := Verify(stored, plain+"x"); ok || renew {
			t.Errorf("%q: another password: ok %v, renew %v", plain, ok, renew)
		}
	}
	if one, other := Hash("xkq7vz"), Hash("xkq7vz"); one == other {
		t.Error("two hashes share a salt")
	}
}

func TestVerifyForeign(t *testing.T) {
	long := strings.Repeat("密", 24)
	for _, c := range []struct {
		reason, stored, plain string
		ok, renew             bool
	}{
		{"bcrypt of PHP", phpBcrypt, "rasmuslerdorf", true, true},
		{"bcrypt, wrong password", phpBcrypt, "rasmuslerdorF", false, false},
		{"bcrypt of more than 72 bytes", longBcrypt, long + "and what bcrypt never reads", true, true},
		{"bcrypt reads 72 bytes", longBcrypt, long, true, true},
		{"bcrypt reads the 72nd byte", longBcrypt, long[:71] + "x", false, false},
		{"argon2id of another cost", foreignArgon, "password", true, true},
		{"argon2id of another cost, wrong password", foreignArgon, "Password", false, false},
		{"nothing stored", "", "", false, false},
		{"not a hash", "xkq7vz", "xkq7vz", false, false},
		{"a weak digest as it came", "md5:5f4dcc3b5aa765d61d8327deb882cf99", "password", false, false},
		{"unreadable wrapping", "wrapped$md5$$argon2id$v=19$", "password", false, false},
		{"wrapping of no known digest", "wrapped$md4$" + foreignArgon, "password", false, false},
		{"wrapping with an unreadable salt", "wrapped$md5$!" + foreignArgon, "password", false, false},
		{"wrapping cut short", "wrapped$", "password", false, false},
	} {
		if ok, renew := Verify(c.stored, c.plain); ok != c.ok || renew != c.renew {
			t.Errorf("%s: ok %v, renew %v, want %v, %v", c.reason, ok, renew, c.ok, c.renew)
		}
	}
}

// TestWasteWorksAsMuch counts what the work takes: nearly all of it is the memory
// that argon2 goes over.
func TestWasteWorksAsMuch(t *testing.T) {
	stored := Hash("xkq7vz")
	takes := func(f func()) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	verify, waste := takes(func() { Verify(stored, "xkq7vy") }), takes(func() { Waste("xkq7vy") })
	if least := float64(today.memory) * 1024; verify < least {
		t.Fatalf("Verify takes %.0f bytes, which is less than argon2 must", verify)
	}
	if ratio := waste / verify; ratio < 0.99 || ratio > 1.01 {
		t.Errorf("Waste takes %.0f bytes, Verify %.0f", waste, verify)
	}
}
