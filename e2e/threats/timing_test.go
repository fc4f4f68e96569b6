package threats

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/password"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

// What is tried against the candidates' pages, beside what the guide's tests
// try on their way.

// TestTimeTellsNothing: signing in works as much for every number, registered or not,
// whatever digest it has and wherever that comes from, and whether the password is
// right: as much of the digests' work, and as many commits, which are nearly all of the
// rest. Both are counted, as a busy machine says nothing by its clock. No other test of
// this package runs beside. TestForgotTakesAsLong is the same of the reset mail.
func TestTimeTellsNothing(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	digests := []string{password.Hash(rig.CandidatePassword)}
	for _, cost := range []int{5, 10} {
		digest, err := bcrypt.GenerateFromPassword([]byte(rig.CandidatePassword), cost)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, string(digest))
	}
	for _, algorithm := range []string{"md5", "sha256"} {
		digests = append(digests, algorithm+":salt:"+rig.SumHex(algorithm, "salt"+rig.CandidatePassword))
	}
	for _, c := range []struct {
		passes, memory uint32
		threads        uint8
	}{{3, 4096, 1}, {4, 32768, 1}, {3, 4096, 2}} {
		key := argon2.IDKey([]byte(rig.CandidatePassword), []byte("somesalt"), c.passes, c.memory, c.threads, 32)
		digests = append(digests, fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$c29tZXNhbHQ$%s", c.memory, c.passes, c.threads, base64.RawStdEncoding.EncodeToString(key)))
	}
	sheet := "姓名,身份证号,邮箱,密码摘要\n"
	for i, digest := range digests {
		sheet += fmt.Sprintf("甲乙,%s,k%d@example.com,\"%s\"\n", rig.IDNumber(t, i+1), i, digest)
	}
	file := rig.Write(t, "accounts.csv", []byte(sheet))
	if said := rig.Must(t, "", "import", "accounts", file, "-data", r.Data); !strings.Contains(said, fmt.Sprintf("added=%d changed=0 unchanged=0 rejected=0", len(digests))) {
		t.Fatal(said)
	}

	// All at once: of bcrypt that of cost 10, of argon2id that of one thread and that of two.
	want := work{1 << 10, 4 * 32768, 3 * 4096, 0}
	signIn := func(b *rig.Browser, page, field, who, typed string, status int) work {
		t.Helper()
		form := b.Get(page)
		before, committed := password.Spent(), commits(t, r.Data)
		b.Send(form, rig.FormTo(page), map[string]string{field: who, "password": typed}).Is(status)
		after := password.Spent()
		return work{after.Bcrypt - before.Bcrypt, after.Argon[1].Work - before.Argon[1].Work, after.Argon[2].Work - before.Argon[2].Work, commits(t, r.Data) - committed}
	}
	b := r.Browser()
	for page, c := range map[string]struct {
		field string
		whose map[string]string
	}{
		"/login":        {"id_number", map[string]string{"nobody's": rig.IDNumber(t, 99)}},
		"/office/login": {"username", map[string]string{"nobody's": "nobody", "of staff": "guanli"}},
	} {
		if page == "/login" {
			for i, digest := range digests {
				c.whose[digest] = rig.IDNumber(t, i+1)
			}
		}
		for whose, who := range c.whose {
			got := signIn(b, page, c.field, who, "wrong-pass1", http.StatusUnprocessableEntity)
			if want.commits == 0 {
				want.commits = got.commits
			}
			if got != want || got.commits == 0 {
				t.Errorf("%s, a wrong password for %s works %+v, want %+v", page, whose, got, want)
			}
		}
	}
	// The right one makes a digest of today's in place of another, and then no more.
	for i, digest := range digests {
		for again := range 2 {
			more := want.memory
			if again == 0 && i > 0 {
				more += password.Today().Argon[1].Work
			}
			got := signIn(r.Browser(), "/login", "id_number", rig.IDNumber(t, i+1), rig.CandidatePassword, http.StatusSeeOther)
			if got.rounds != want.rounds || got.memory != more || got.memory2 != want.memory2 {
				t.Errorf("the right password for %s works %+v, want %+v with %d", digest, got, want, more)
			}
		}
	}
}

// work is what one sign-in takes: rounds of bcrypt, KiB that argon2id goes over with one
// thread and with two, commits.
type work struct {
	rounds, memory, memory2 int
	commits                 uint64
}

// commits is how many there were to a data file, as its two first pages have it.
func commits(t *testing.T, file string) (n uint64) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	word := func(at int64, size int) []byte {
		b := make([]byte, size)
		if _, err := f.ReadAt(b, at); err != nil {
			t.Fatal(err)
		}
		return b
	}
	const pageSize, txid = 24, 64 // where bbolt has them
	size := binary.NativeEndian.Uint32(word(pageSize, 4))
	for page := range int64(2) {
		n = max(n, binary.NativeEndian.Uint64(word(page*int64(size)+txid, 8)))
	}
	return n
}

// TestOneCaptchaOneSignIn: of a hundred posts at once with the same right
// answer one passes.
func TestOneCaptchaOneSignIn(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	r.Register("测试", rig.LoopNumber)
	b := r.Browser()
	_, values := b.Form(b.Get("/login"), rig.FormTo("/login"))
	values.Set("id_number", rig.LoopNumber)
	values.Set("password", rig.CandidatePassword)
	post, err := http.NewRequest(http.MethodPost, r.URL+"/login", strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range b.Client.Jar.Cookies(post.URL) {
		post.AddCookie(cookie)
	}
	// A sign-in exchanges the cookies; the hundred go on with the first ones.
	client := &http.Client{Transport: b.Client.Transport, CheckRedirect: b.Client.CheckRedirect}
	var passed, refused atomic.Int32
	var all sync.WaitGroup
	for range 100 {
		each := post.Clone(t.Context())
		each.Body, _ = post.GetBody()
		all.Go(func() {
			answer, err := client.Do(each)
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			switch answer.StatusCode {
			case http.StatusSeeOther:
				passed.Add(1)
			case http.StatusUnprocessableEntity:
				refused.Add(1)
			default:
				t.Errorf("status %d", answer.StatusCode)
			}
		})
	}
	all.Wait()
	if passed.Load() != 1 || refused.Load() != 99 {
		t.Errorf("%d passed and %d were refused, want 1 and 99", passed.Load(), refused.Load())
	}
}
