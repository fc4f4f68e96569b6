package password

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

func TestImport(t *testing.T) {
	const plain = "Tangshan 2019 好"
	hexOf := func(s string) [3]string {
		return [3]string{fmt.Sprintf("%x", md5.Sum([]byte(s))), fmt.Sprintf("%X", sha1.Sum([]byte(s))), fmt.Sprintf("%x", sha256.Sum256([]byte(s)))}
	}
	bare, salted := hexOf(plain), hexOf("8f:$盐 1"+plain)
	for _, c := range []struct {
		reason, digest string
		asItCame       bool
	}{
		{"md5", "md5:" + bare[0], false},
		{"sha1 in capitals", "sha1:" + bare[1], false},
		{"sha256", "sha256:" + bare[2], false},
		{"white space around", " md5:" + bare[0] + "\r\n", false},
		{"salt with colon, dollar, space and Chinese", "md5:8f:$盐 1:" + salted[0], false},
		{"sha1 with salt", "sha1:8f:$盐 1:" + salted[1], false},
		{"sha256 with salt", "sha256:8f:$盐 1:" + salted[2], false},
		{"an empty salt is none", "md5::" + bare[0], false},
		{"the longest salt", "md5:" + strings.Repeat("s", saltBytes) + ":" + hexOf(strings.Repeat("s", saltBytes) + plain)[0], false},
		{"our own", Hash(plain), true},
	} {
		stored, err := Import(c.digest)
		if err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		hexadecimal := strings.ToLower(c.digest[strings.LastIndexByte(c.digest, ':')+1:])
		if !c.asItCame && strings.Contains(strings.ToLower(stored), strings.TrimSpace(hexadecimal)) {
			t.Errorf("%s: the weak digest is stored as it came: %s", c.reason, stored)
		}
		if (stored == c.digest) != c.asItCame {
			t.Errorf("%s: %s became %s", c.reason, c.digest, stored)
		}
		if ok, renew := Verify(stored, plain); !ok || renew == c.asItCame {
			t.Errorf("%s: ok %v, renew %v", c.reason, ok, renew)
		}
		if !Same(stored, c.digest) {
			t.Errorf("%s: not recognised when imported again", c.reason)
		}
		if Same(stored, "md5:"+strings.Repeat("0", 32)) {
			t.Errorf("%s: another digest passes for the same", c.reason)
		}
	}
}

func TestImportKeepsStrongOnes(t *testing.T) {
	for _, digest := range []string{
		phpBcrypt,
		"$2a$04$" + strings.Repeat("a", 53),
		"$2b$12$" + strings.Repeat("./", 26) + "9",
		foreignArgon,
		"$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$" + strings.Repeat("A", 22),
		"$argon2id$v=19$m=8,t=1,p=1$" + strings.Repeat("A", 86) + "$" + strings.Repeat("A", 86), // 64 bytes each
		"$argon2id$v=19$m=65536,t=4,p=8$c29tZXNhbHQ$" + strings.Repeat("A", 22),
	} {
		if stored, err := Import(" " + digest + "\n"); err != nil || stored != digest || !Same(stored, digest) {
			t.Errorf("Import(%s) = %s, %v", digest, stored, err)
		}
	}
}

func TestImportFaults(t *testing.T) {
	const key = "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc"
	const md5Hex = "5f4dcc3b5aa765d61d8327deb882cf99"
	for _, c := range []struct {
		reason, digest string
		want           Fault
	}{
		{"nothing", "", NoDigest},
		{"white space", " \t", NoDigest},
		{"the password itself", "hunter2", UnknownDigest},
		{"bare hex", md5Hex, UnknownDigest},
		{"an algorithm nobody named", "sha512:" + md5Hex, UnknownDigest},
		{"capital name", "MD5:" + md5Hex, UnknownDigest},
		{"our own wrapping", "wrapped$md5$" + foreignArgon, UnknownDigest},
		{"argon2i", "$argon2i$v=19$m=65536,t=2,p=1" + key, UnknownDigest},
		{"md5-crypt", "$1$salt$qJH7.N4xYta3aEG/dfqo/0", UnknownDigest},
		{"md5 without hex", "md5:", BadHex},
		{"md5 with hex too short", "md5:" + md5Hex[1:], BadHex},
		{"sha1 with md5's length", "sha1:" + md5Hex, BadHex},
		{"a letter that is no hex", "md5:g" + md5Hex[1:], BadHex},
		{"salt behind the hex", "md5:" + md5Hex + ":salt", BadHex},
		{"salt too long", "md5:" + strings.Repeat("s", saltBytes+1) + ":" + md5Hex, BadSalt},
		{"line break in the salt", "md5:a\nb:" + md5Hex, BadSalt},
		{"NUL in the salt", "md5:\x00:" + md5Hex, BadSalt},
		{"salt of broken UTF-8", "md5:\xff:" + md5Hex, BadSalt},
		{"$2x$", "$2x$07$" + phpBcrypt[7:], BadBcrypt},
		{"bcrypt cut short", phpBcrypt[:59], BadBcrypt},
		{"bcrypt with a tail", phpBcrypt + "q", BadBcrypt},
		{"bcrypt with a foreign character", phpBcrypt[:59] + "+", BadBcrypt},
		{"bcrypt of cost 3", "$2y$03$" + phpBcrypt[7:], CostlyBcrypt},
		{"bcrypt of cost 13", "$2y$13$" + phpBcrypt[7:], CostlyBcrypt},
		{"bcrypt of cost 14", "$2y$14$" + phpBcrypt[7:], CostlyBcrypt},
		{"bcrypt of cost 15", "$2y$15$" + phpBcrypt[7:], CostlyBcrypt},
		{"bcrypt of cost 31, days", "$2y$31$" + phpBcrypt[7:], CostlyBcrypt},
		{"argon2id of the old version", "$argon2id$v=16$m=65536,t=2,p=1" + key, BadArgon},
		{"argon2id without version", "$argon2id$m=65536,t=2,p=1" + key, BadArgon},
		{"parameters in another order", "$argon2id$v=19$t=2,m=65536,p=1" + key, BadArgon},
		{"memory above 64 MiB", "$argon2id$v=19$m=65537,t=2,p=1" + key, CostlyArgon},
		{"memory that overflows", "$argon2id$v=19$m=4294967304,t=2,p=1" + key, BadArgon},
		{"less memory than its threads need", "$argon2id$v=19$m=63,t=2,p=8" + key, CostlyArgon},
		{"no pass", "$argon2id$v=19$m=65536,t=0,p=1" + key, CostlyArgon},
		{"five passes", "$argon2id$v=19$m=65536,t=5,p=1" + key, CostlyArgon},
		{"ten passes", "$argon2id$v=19$m=65536,t=10,p=1" + key, CostlyArgon},
		{"eleven passes", "$argon2id$v=19$m=65536,t=11,p=1" + key, CostlyArgon},
		{"no thread", "$argon2id$v=19$m=65536,t=2,p=0" + key, CostlyArgon},
		{"nine threads", "$argon2id$v=19$m=65536,t=2,p=9" + key, CostlyArgon},
		{"salt of 7 bytes", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbA$" + strings.Repeat("A", 22), BadArgon},
		{"salt of 65 bytes", "$argon2id$v=19$m=65536,t=2,p=1$" + strings.Repeat("A", 87) + "$" + strings.Repeat("A", 22), BadArgon},
		{"hash of 15 bytes", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$" + strings.Repeat("A", 20), BadArgon},
		{"hash of 65 bytes", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$" + strings.Repeat("A", 87), BadArgon},
		{"padded base64", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ=$" + strings.Repeat("A", 22), BadArgon},
		{"stray bits in base64", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHR$" + strings.Repeat("A", 22), BadArgon},
		{"argon2id without hash", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$", BadArgon},
	} {
		if stored, err := Import(c.digest); err != c.want || stored != "" {
			t.Errorf("%s: Import(%q) = %q, %v, want %v", c.reason, c.digest, stored, err, c.want)
		}
	}
}

func TestSame(t *testing.T) {
	const digest = "md5:pepper:5f4dcc3b5aa765d61d8327deb882cf99"
	stored, err := Import(digest)
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := Verify(stored, "5f4dcc3b5aa765d61d8327deb882cf99"); ok {
		t.Error("the digest itself signs in")
	}
	for _, c := range []struct {
		reason, stored, digest string
		want                   bool
	}{
		{"hex in capitals", stored, "md5:pepper:5F4DCC3B5AA765D61D8327DEB882CF99", true},
		{"another salt", stored, "md5:salt:5f4dcc3b5aa765d61d8327deb882cf99", false},
		{"no salt", stored, "md5:5f4dcc3b5aa765d61d8327deb882cf99", false},
		{"another hash", stored, "md5:pepper:5f4dcc3b5aa765d61d8327deb882cf98", false},
		{"another algorithm", stored, "sha1:pepper:5f4dcc3b5aa765d61d8327deb882cf9900000000", false},
		{"renewed since", foreignArgon, digest, false},
		{"what is stored is no digest", stored, stored, false},
		{"strong ones by their letters", phpBcrypt, " " + phpBcrypt, true},
		{"strong ones differ", phpBcrypt, foreignArgon, false},
		{"stored wrapping unreadable", "wrapped$md5$", digest, false},
	} {
		if got := Same(c.stored, c.digest); got != c.want {
			t.Errorf("%s: %v, want %v", c.reason, got, c.want)
		}
	}
}

func FuzzImport(f *testing.F) {
	for _, s := range []string{phpBcrypt, foreignArgon, "md5:5f4dcc3b5aa765d61d8327deb882cf99", "sha1::", "sha256:a:b", "$argon2id$", "$2", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, digest string) {
		stored, err := Import(digest)
		if err != nil {
			if fault, ok := err.(Fault); !ok || fault.Sentence() == "" || stored != "" {
				t.Errorf("%q: %q, %v", digest, stored, err)
			}
			return
		}
		if !Same(stored, digest) {
			t.Errorf("%q, stored as %q, is not recognised", digest, stored)
		}
	})
}
