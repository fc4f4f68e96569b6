package threats

import (
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/password"
)

// What is tried against the candidates' pages, beside what the guide's tests
// try on their way.

// TestTimeTellsNothing: signing in with a wrong password works as much for a
// registered number as for another one: as much memory, which is nearly all of the
// hash, and as many commits, which are nearly all of the rest. Both are counted,
// as a busy machine says nothing by its clock. No other test of this package runs
// beside. TestForgotTakesAsLong is the same of the reset mail.
func TestTimeTellsNothing(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	const each = 10
	var known, unknown []string
	sheet, digest := "姓名,身份证号,邮箱,密码摘要\n", password.Hash(rig.CandidatePassword)
	for i := range each {
		known, unknown = append(known, rig.IDNumber(t, 2*i+1)), append(unknown, rig.IDNumber(t, 2*i+2))
		sheet += fmt.Sprintf("甲乙,%s,k%d@example.com,\"%s\"\n", known[i], i, digest)
	}
	file := filepath.Join(t.TempDir(), "accounts.csv")
	if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	rig.Must(t, "", "import", "accounts", file, "-data", r.Data)

	b := r.Browser()
	type work struct{ bytes, commits uint64 }
	// Pictures drawn ahead and the like fall into some of the tries; the least is
	// what signing in takes.
	least := func(numbers []string) work {
		least := work{math.MaxUint64, math.MaxUint64}
		for _, number := range numbers {
			form := b.Get("/login")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			committed := commits(t, r.Data)
			b.Send(form, rig.FormTo("/login"), map[string]string{"id_number": number, "password": "wrong-pass1"}).
				Is(http.StatusUnprocessableEntity).Faults("id_number")
			runtime.ReadMemStats(&after)
			least.bytes = min(least.bytes, after.TotalAlloc-before.TotalAlloc)
			least.commits = min(least.commits, commits(t, r.Data)-committed)
		}
		return least
	}
	left, right := least(known), least(unknown)
	if ratio := float64(left.bytes) / float64(right.bytes); ratio < 0.95 || ratio > 1/0.95 || left.commits != right.commits || left.commits == 0 {
		t.Errorf("registered numbers take %+v, others %+v", left, right)
	}
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
