package threats

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/password"
)

// What is tried against the candidates' pages, beside what the guide's tests
// try on their way.

// TestTimeTellsNothing: signing in with a wrong password and asking for a reset
// mail take as long for a registered number as for another one. The two sides
// take turns, so that a machine that grows busy meanwhile slows both, and no
// other test of this package runs beside.
func TestTimeTellsNothing(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	var known, unknown []string
	sheet, digest := "姓名,身份证号,邮箱,密码摘要\n", password.Hash(rig.CandidatePassword)
	for i := range 10 {
		known, unknown = append(known, rig.IDNumber(t, 2*i+1)), append(unknown, rig.IDNumber(t, 2*i+2))
		sheet += fmt.Sprintf("甲乙,%s,k%d@example.com,\"%s\"\n", known[i], i, digest)
	}
	file := filepath.Join(t.TempDir(), "accounts.csv")
	if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	rig.Must(t, "", "import", "accounts", file, "-data", r.Data)

	// A round tries no number more than twice, which locks none.
	for path, tries := range map[string]int{"/login": 20, "/forgot": 6} {
		b := r.Browser()
		took := func(number string) time.Duration {
			form := b.Get(path)
			start := time.Now()
			answer := b.Send(form, rig.FormTo(path), map[string]string{"id_number": number, "password": "wrong-pass1"})
			took := time.Since(start)
			if path == "/forgot" {
				answer.Leads("/forgot?sent=1")
			} else {
				answer.Is(http.StatusUnprocessableEntity).Faults("id_number")
			}
			return took
		}
		var left, right []time.Duration
		same := false
		for round := 0; round < 3 && !same; round++ {
			r.Pass(25 * time.Hour) // earlier tries are forgotten
			for i := range tries {
				if i%2 == 0 {
					left = append(left, took(known[i%10]))
				}
				right = append(right, took(unknown[i%10]))
				if i%2 != 0 {
					left = append(left, took(known[i%10]))
				}
			}
			ratio := median(left).Seconds() / median(right).Seconds()
			same = ratio > 0.9 && ratio < 1/0.9
		}
		if !same {
			t.Errorf("%s takes %v for registered numbers and %v for others, in the median of %d", path, median(left), median(right), len(left))
		}
	}
}

func median(list []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(list))[len(list)/2]
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
