package threats

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/store"
)

// guess signs in n times with wrong passwords, from several addresses at once,
// and counts the tries that were used up: the answers that a password was looked
// at for, or would have been on a machine that is less busy.
func guess(r *rig.Running, number string, n int) (evaluated int32) {
	r.T.Helper()
	const addresses = 10
	var looked, waited, busy atomic.Int32
	var all sync.WaitGroup
	for range addresses {
		b := r.Browser()
		all.Go(func() {
			form := b.Get("/login")
			for i := range n / addresses {
				form = b.Send(form, rig.FormTo("/login"), map[string]string{"id_number": number, "password": fmt.Sprintf("guess-%d", i)})
				switch says := form.Problems()["id_number"]; {
				case form.Status == http.StatusServiceUnavailable: // too busy to look at it
					busy.Add(1)
				case form.Status != http.StatusUnprocessableEntity || says == "":
					r.T.Errorf("a guess is answered %d %v", form.Status, form.Problems())
				case strings.Contains(says, "分钟后再试"):
					waited.Add(1)
				default:
					looked.Add(1)
				}
			}
		})
	}
	all.Wait()
	if sum := looked.Load() + waited.Load() + busy.Load(); sum != int32(n) {
		r.T.Errorf("%d of %d guesses are answered", sum, n)
	}
	return looked.Load()
}

// TestThousandGuesses: of a thousand guesses from ten addresses at most five are
// looked at in each window, also after a restart; who is signed in stays, and
// may set a new password by mail.
func TestThousandGuesses(t *testing.T) {
	if testing.Short() {
		t.Skip("1,000 guesses are left out of a short run")
	}
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	inside := r.Register("测试", rig.LoopNumber)
	if n := guess(r, rig.LoopNumber, 600); n != 5 {
		t.Errorf("%d guesses are looked at in the first window, want 5", n)
	}
	inside.Get("/applications").Is(http.StatusOK)
	r.Browser().Forgot(rig.LoopNumber)
	r.Mail("找回密码", 1)
	r.Stop()

	again := rig.Start(t, "demo", "-data", r.Data)
	if n := guess(again, rig.LoopNumber, 200); n != 0 {
		t.Errorf("%d guesses are looked at after a restart, want none", n)
	}
	again.Pass(16 * time.Minute)
	if n := guess(again, rig.LoopNumber, 200); n != 5 {
		t.Errorf("%d guesses are looked at in the second window, want 5", n)
	}
	again.Pass(16 * time.Minute)
	if n := guess(again, rig.LoopNumber, 10); n != 0 {
		t.Errorf("%d guesses are looked at after 16 minutes, want none: the second wait is longer", n)
	}
}

// TestUsualPairs: no name and password that come with other systems, or with
// this one's demo, open an office in which somebody works already, and there is
// no second first admin.
func TestUsualPairs(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	b := r.Browser()
	form := b.Get("/office/login")
	if strings.Contains(string(form.Body), "first-admin") {
		t.Error("the page offers to make a first admin")
	}
	for _, pair := range [][2]string{
		{"admin", "admin"}, {"admin", "123456"}, {"admin", "password"}, {"admin", "admin123"}, {"administrator", "administrator"}, {"administrator", "12345678"},
		{"root", "root"}, {"root", "toor"}, {"test", "test"}, {"user", "user"}, {"guest", "guest"}, {"system", "manager"}, {"sa", "sa"}, {"demo", "demo"},
		{"管理员", "123456"}, {"guanli", "guanli"}, {"guanli", "123456"}, {"shenhe", "shenhe"}, {"shenhe", "banli2026"}, {"certreissue", "certreissue"},
	} {
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/login"), map[string]string{"username": pair[0], "password": pair[1]}).Faults("username")
	}
	b.At("/office").Leads("/office/login")
	b.At("/office/first-admin").Is(http.StatusNotFound)
	forge(b, "/office/first-admin", token(form), "", "").Is(http.StatusNotFound)
}

// TestForgedForwardedFor: who writes X-Forwarded-For himself is limited all the
// same; behind a proxy that is trusted each address has a limit of its own.
func TestForgedForwardedFor(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-trusted-proxy", "192.0.2.0/24,127.0.1.2")
	posts := func(b *rig.Browser, address func(i int) string) (passed int) {
		good := token(b.Get("/office/login"))
		for i := range 150 {
			answer := forge(b, "/office/logout", good, "X-Forwarded-For", address(i))
			if answer.Status == http.StatusTooManyRequests {
				if answer.Header.Get("Retry-After") == "" {
					t.Error("no Retry-After")
				}
				break
			}
			answer.Is(http.StatusSeeOther)
			passed++
		}
		return passed
	}
	stranger, proxy := r.Browser(), r.Browser() // 127.0.1.1 and 127.0.1.2
	another := func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }
	if n := posts(stranger, another); n < 120 || n > 140 {
		t.Errorf("%d posts pass with forged addresses, want the 120 of one address", n)
	}
	if n := posts(proxy, another); n != 150 {
		t.Errorf("%d posts pass through the proxy for as many addresses", n)
	}
	if n := posts(proxy, func(i int) string { return another(i) + ", 203.0.113.7" }); n < 120 || n > 140 {
		t.Errorf("%d posts pass through the proxy with what its client forged, want 120", n)
	}
}

// TestStaffLockedByNetwork: behind a trusted proxy a name is locked for the network that
// the proxy tells of, which of IPv6 is a /64, and not for what a client writes.
func TestStaffLockedByNetwork(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-trusted-proxy", "127.0.1.1")
	proxy, stranger := r.Browser(), r.Browser() // 127.0.1.1 and 127.0.1.2
	guess := func(b *rig.Browser, from string) (says string) {
		t.Helper()
		action, values := b.Form(b.Get("/office/login"), rig.FormTo("/office/login"))
		values.Set("username", "guanli")
		values.Set("password", "wrong-pass1")
		post, err := http.NewRequest(http.MethodPost, r.URL+action, strings.NewReader(values.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		post.Header.Set("X-Forwarded-For", from)
		return b.Ask(post).Is(http.StatusUnprocessableEntity).Problems()["username"]
	}
	for i, c := range []struct {
		b     *rig.Browser
		from  string
		waits bool
	}{
		{proxy, "2001:db8:1:2::1", false}, {proxy, "2001:db8:1:2::2", false}, {proxy, "2001:db8:1:2:3::3", false}, {proxy, "2001:db8:1:2:ffff::4", false}, {proxy, "2001:db8:1:2::5", false},
		{proxy, "2001:db8:1:2:aaaa::6", true}, // of the same /64
		{proxy, "2001:db8:1:3::1", false}, {proxy, "192.0.2.1", false}, {proxy, "::ffff:192.0.2.1", false}, {proxy, "192.0.2.1", false}, {proxy, "192.0.2.1", false}, {proxy, "192.0.2.1", false},
		{proxy, "192.0.2.1", true}, {proxy, "192.0.2.2", false},
		{stranger, "198.51.100.1", false}, {stranger, "198.51.100.2", false}, {stranger, "198.51.100.3", false}, {stranger, "198.51.100.4", false}, {stranger, "198.51.100.5", false},
		{stranger, "198.51.100.6", true}, // one network, whatever it writes
	} {
		if says := guess(c.b, c.from); strings.Contains(says, "分钟后再试") != c.waits || says == "" {
			t.Errorf("guess %d, from %s, is answered %q", i+1, c.from, says)
		}
	}
}

// TestSignInsCutOff: attempts that a kill has cut off lock nobody out.
func TestSignInsCutOff(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	r.Stop()
	st, err := store.Open(r.Data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 4 { // the networks that browsers will come from
		try, err := st.SignInTry("guanli", fmt.Sprintf("127.0.1.%d/32", n+1), "")
		if err != nil {
			t.Fatal(err)
		}
		for {
			wait, err := st.ReserveTry(try)
			if err != nil {
				t.Fatal(err)
			}
			if wait > 0 {
				break
			}
		}
	}
	if err := st.Abandon(); err != nil {
		t.Fatal(err)
	}
	rig.Start(t, "demo", "-data", r.Data).Staff("guanli").Get("/office").Has("工作台")
}
