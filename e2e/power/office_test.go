package power

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// candidates is how many apply while the office decides.
const candidates = 6

// office is a service at work: candidates register and apply, and a clerk approves.
var office = act{name: "office", before: imported, args: "demo -addr 127.0.0.1:0 -data @data.db", again: "staff list -data @data.db", during: work, holds: func(l left, _ contents) {
	c := l.whole("data.db")
	for _, found := range submitted.FindAllStringSubmatch(l.told, -1) {
		number, _ := strconv.ParseUint(found[1], 10, 64)
		key := binary.BigEndian.AppendUint64(nil, number)
		if c["applications"][string(key)] == nil || c["photos"][string(key)] == nil {
			l.Errorf("the application %d is lost", number)
		}
	}
	approved := 0
	for _, application := range c.decoded("applications") {
		if application[applicationStatus] == "approved" {
			approved++
		}
	}
	if told := len(decided.FindAllString(l.told, -1)); approved < told {
		l.Errorf("%d decisions were told and %d stand", told, approved)
	}
	if l.over && !l.again {
		l.closedCleanly("data.db", c)
		if applied := len(c["applications"]); applied != candidates || approved != candidates {
			l.Errorf("%d applied, %d were approved", applied, approved)
		}
	}
}}

// What the service answers to an application, and to a decision.
var (
	submitted = regexp.MustCompile(`\r\nLocation: /applications/(\d+)/submitted`)
	decided   = regexp.MustCompile(`\r\nLocation: /office/applications`)
)

// work is a morning of the office.
func work(t *testing.T, s *service) {
	t.Helper()
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(s.said.String())
	r := &rig.Running{T: t, URL: url, Captchas: map[string]string{}, Out: s.said}
	browser := func() *rig.Browser {
		b := r.Browser()
		b.Client.Transport = listener{b.Client.Transport, r}
		return b
	}
	applied, next := make(chan string, candidates), make(chan int, candidates)
	for n := range candidates {
		next <- n
	}
	close(next)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for n := range next {
				applied <- apply(t, browser(), n)
			}
		})
	}
	go func() {
		all.Wait()
		close(applied)
	}()
	clerk := browser()
	clerk.Sends(clerk.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"})
	for address := range applied {
		clerk.Decide(address, "approve", nil)
	}
}

// apply registers somebody of the register and applies; it answers the application's
// address.
func apply(t *testing.T, b *rig.Browser, n int) string {
	number := rig.IDNumber(t, n)
	b.Sends(b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "考生", "id_number": number, "email": "kaosheng@example.com",
		"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"})
	b.Login(number, rig.CandidatePassword)
	exam := b.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	return b.Apply(b.Get("/apply?exam="+exam).Link("申请补证"), map[string]string{"phone": "13800138000"}, rig.Portrait())
}

// listener waits until what the demo says of a page's captcha was heard.
type listener struct {
	http.RoundTripper
	r *rig.Running
}

var captcha = regexp.MustCompile(`name="captcha_id" value="([^"]+)"`)

func (l listener) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := l.RoundTripper.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	answer.Body = io.NopCloser(bytes.NewReader(body))
	if found := captcha.FindSubmatch(body); found != nil {
		l.hear(string(found[1]))
	}
	return answer, err
}

func (l listener) hear(id string) {
	for range 1000 {
		for line := range strings.Lines(l.r.Out.String()) {
			var said struct{ Msg, ID, Answer string }
			if json.Unmarshal([]byte(line), &said) == nil && said.Msg == "captcha" && said.ID == id {
				l.r.Mu.Lock()
				defer l.r.Mu.Unlock()
				l.r.Captchas[id] = said.Answer
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// untilCopied waits for the night's copy, which the first night makes at once.
func untilCopied(t *testing.T, s *service) {
	t.Helper()
	for range 6000 {
		if copies, _ := filepath.Glob(filepath.Join(s.folder, "data.db.backups", "*.db")); len(copies) > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("no copy is made:\n%s", s.said)
}

// importing takes the register in while the service serves.
func importing(t *testing.T, s *service) {
	t.Helper()
	rig.Must(t, "", in(s.folder, "import certificates @register.csv -data @data.db")...)
}
