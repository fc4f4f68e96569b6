package password

import (
	"reflect"
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

// TestVerifyEvenly counts the work, which is the same whatever is stored and
// whether the password is right.
func TestVerifyEvenly(t *testing.T) {
	usual := today
	t.Cleanup(func() { today = usual })
	today = shape{memory: 100, time: 2, threads: 1} // what it takes is counted, not felt
	weak, err := Import("md5:5f4dcc3b5aa765d61d8327deb882cf99")
	if err != nil {
		t.Fatal(err)
	}
	imported := []string{phpBcrypt, longBcrypt, foreignArgon, weak,
		"$argon2id$v=19$m=203,t=3,p=1$c29tZXNhbHQ$" + strings.Repeat("A", 22), // dearer than a new one
		"$argon2id$v=19$m=64,t=4,p=2$c29tZXNhbHQ$" + strings.Repeat("A", 22),
	}
	var dearest Cost
	for _, stored := range imported {
		dearest = dearest.With(CostOf(stored))
	}
	if want := (Cost{1 << 7, map[int]Argon{1: {203, 609}, 2: {256, 768}}}); !reflect.DeepEqual(dearest, want) {
		t.Fatalf("the dearest is %+v, want %+v", dearest, want)
	}
	own := Hash("xkq7vz")
	for _, c := range []struct {
		reason, stored, plain string
		ok, renew             bool
	}{
		{"nobody", "", "xkq7vz", false, false},
		{"what cannot be read", "$2y$07$short", "xkq7vz", false, false},
		{"one of today's", own, "xkq7vz", true, false},
		{"one of today's, wrong", own, "xkq7vy", false, false},
		{"bcrypt", phpBcrypt, "rasmuslerdorf", true, true},
		{"bcrypt, wrong", phpBcrypt, "xkq7vz", false, false},
		{"cheaper bcrypt, wrong", longBcrypt, "xkq7vz", false, false},
		{"argon2id of two threads", foreignArgon, "password", true, true},
		{"argon2id of two threads, wrong", foreignArgon, "xkq7vz", false, false},
		{"the dearest argon2id, wrong", imported[4], "xkq7vz", false, false},
		{"a smaller one of two threads, wrong", imported[5], "xkq7vz", false, false},
		{"wrapped", weak, "password", true, true},
		{"wrapped, wrong", weak, "xkq7vz", false, false},
	} {
		before := Spent()
		ok, renew := VerifyEvenly(c.stored, c.plain, dearest)
		after := Spent()
		if ok != c.ok || renew != c.renew {
			t.Errorf("%s: ok %v, renew %v, want %v, %v", c.reason, ok, renew, c.ok, c.renew)
		}
		if rounds := after.Bcrypt - before.Bcrypt; rounds != dearest.Bcrypt {
			t.Errorf("%s: %d rounds of bcrypt, want %d", c.reason, rounds, dearest.Bcrypt)
		}
		for threads, a := range dearest.Argon { // which is done in pieces of 8 KiB for each thread
			if work := after.Argon[threads].Work - before.Argon[threads].Work; work > a.Work || work <= a.Work-8*threads {
				t.Errorf("%s: argon2id of %d threads goes over %d KiB, want %d", c.reason, threads, work, a.Work)
			}
		}
	}
}

// TestNobodyCostsAsMuch counts what the work takes where nothing was imported: nearly
// all of it is the memory that argon2 goes over.
func TestNobodyCostsAsMuch(t *testing.T) {
	stored := Hash("xkq7vz")
	takes := func(stored string) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		VerifyEvenly(stored, "xkq7vy", Cost{})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	somebody, nobody := takes(stored), takes("")
	if least := float64(today.memory) * 1024; somebody < least {
		t.Fatalf("verifying takes %.0f bytes, which is less than argon2 must", somebody)
	}
	if ratio := nobody / somebody; ratio < 0.99 || ratio > 1.01 {
		t.Errorf("nobody takes %.0f bytes, somebody %.0f", nobody, somebody)
	}
}

func TestCost(t *testing.T) {
	least := Cost{16, map[int]Argon{1: {8, 16}}}
	for _, c := range []struct {
		reason       string
		one, other   Cost
		with         Cost
		covers, back bool // one other, and other one
	}{
		{"nothing", Cost{}, Cost{}, Cost{}, true, true},
		{"something covers nothing", least, Cost{}, least, true, false},
		{"the same", least, least, least, true, true},
		{"more rounds", Cost{32, nil}, Cost{16, nil}, Cost{32, nil}, true, false},
		{"more passes", Cost{0, map[int]Argon{1: {8, 24}}}, Cost{0, map[int]Argon{1: {8, 16}}}, Cost{0, map[int]Argon{1: {8, 24}}}, true, false},
		{"larger at a time", Cost{0, map[int]Argon{1: {16, 16}}}, Cost{0, map[int]Argon{1: {8, 16}}}, Cost{0, map[int]Argon{1: {16, 16}}}, true, false},
		{"other threads", Cost{0, map[int]Argon{2: {16, 16}}}, Cost{0, map[int]Argon{1: {8, 16}}}, Cost{0, map[int]Argon{1: {8, 16}, 2: {16, 16}}}, false, false},
		{"rounds against passes", Cost{32, nil}, Cost{0, map[int]Argon{1: {8, 16}}}, Cost{32, map[int]Argon{1: {8, 16}}}, false, false},
	} {
		if with, back := c.one.With(c.other), c.other.With(c.one); !reflect.DeepEqual(with, c.with) || !reflect.DeepEqual(back, c.with) {
			t.Errorf("%s: %+v and %+v, want %+v", c.reason, with, back, c.with)
		}
		if got := c.one.Covers(c.other); got != c.covers {
			t.Errorf("%s: one covers the other: %v", c.reason, got)
		}
		if got := c.other.Covers(c.one); got != c.back {
			t.Errorf("%s: the other covers the one: %v", c.reason, got)
		}
	}
	// argon2id works in pieces of 8 KiB for each thread, and a smaller rest is left.
	for work, want := range map[int]int{15: 0, 16: 16, 17: 16, 31: 16, 32: 32, 48: 48, 63: 48, 64: 64} {
		before := Spent()
		Cost{Argon: map[int]Argon{2: {Memory: 16, Work: work}}}.waste("xkq7vz")
		if did := Spent().Argon[2].Work - before.Argon[2].Work; did != want {
			t.Errorf("of %d KiB %d are wasted, want %d", work, did, want)
		}
	}
	// What was done is not counted below nothing, nor taken from who keeps the cost.
	kept := Cost{16, map[int]Argon{1: {8, 16}}}
	if left, want := kept.without(Cost{32, map[int]Argon{1: {8, 8}, 2: {16, 16}}}), (Cost{0, map[int]Argon{1: {8, 8}, 2: {}}}); !reflect.DeepEqual(left, want) {
		t.Errorf("left is %+v, want %+v", left, want)
	}
	if !reflect.DeepEqual(kept, least) {
		t.Errorf("became %+v", kept)
	}
	if got := CostOf("no digest"); !reflect.DeepEqual(got, Cost{}) {
		t.Errorf("what cannot be read costs %+v", got)
	}
}

// TestVerifyOnceImported: what earlier versions have taken in goes on to sign in.
func TestVerifyOnceImported(t *testing.T) {
	dear := argon{shape: shape{memory: 8, time: mostOnce, threads: 1}, salt: make([]byte, saltLength)}
	dear.key = dear.derive("xkq7vz", keyLength)
	if ok, renew := Verify(dear.String(), "xkq7vz"); !ok || !renew {
		t.Errorf("argon2id of ten passes: ok %v, renew %v", ok, renew)
	}
	if got, want := CostOf("$2y$14$"+phpBcrypt[7:]), (Cost{Bcrypt: 1 << 14}); !reflect.DeepEqual(got, want) {
		t.Errorf("bcrypt of cost 14 costs %+v", got)
	}
}
