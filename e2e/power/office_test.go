package power

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// candidates is how many apply while the office works.
const candidates = 6

// office is a service at work: candidates register and apply, clerks decide, make up a
// batch and hand out, and an admin changes settings and accounts and takes in a register.
var office = act{name: "office", before: opened, args: "demo -addr 127.0.0.1:0 -data @data.db", again: "staff list -data @data.db", during: work, holds: func(l left, _ contents) {
	c := l.whole("data.db")
	for _, found := range submitted.FindAllStringSubmatch(l.told, -1) {
		number, _ := strconv.ParseUint(found[1], 10, 64)
		key := binary.BigEndian.AppendUint64(nil, number)
		if c["applications"][string(key)] == nil || c["photos"][string(key)] == nil {
			l.Errorf("the application %d is lost", number)
		}
	}
	for _, d := range deeds {
		told, stand, unsure := len(d.told.FindAllString(l.told, -1)), d.stand(c), strings.Count(l.told, unsureOf+d.name+"\n")
		if told > stand || l.answered && stand > told+unsure {
			l.Errorf("%d × %s was told, %d × nobody could be sure, and %d stand", told, d.name, unsure, stand)
		}
		if l.ended() && !l.fault && told != d.of {
			l.Errorf("%d × %s was told, not %d", told, d.name, d.of)
		}
	}
	finished := l.imports(c)
	if stand := len(c["certificates"]); l.tells(importDone) && (finished != 2 || stand != people+morePeople) {
		l.Errorf("an import was told, and %d lines stand, %d imports have finished", stand, finished)
	}
	if l.ended() {
		l.closedCleanly("data.db", c)
	}
}}

const (
	// unsureOf begins what people note who were told that nobody can be sure, or nothing.
	unsureOf = "unsure: "
	// importDone is what the page of an import says when all is in.
	importDone = "导入完成"
)

// What the service answers to an application, and to a change of settings.
var (
	submitted = regexp.MustCompile(`\r\nLocation: /applications/(\d+)/submitted`)
	settled   = regexp.MustCompile(`\r\nLocation: /office/settings\r`)
)

// deeds are what people do in the office: what the service answers when it is done, how
// many stand in a file, and how many are done in all.
var deeds = []struct {
	name  string
	told  *regexp.Regexp
	stand func(contents) int
	of    int
}{
	{"application", submitted, func(c contents) int { return len(c["applications"]) }, candidates},
	{"decision", regexp.MustCompile(`\r\nLocation: /office/applications`), func(c contents) int { return c.events("applications", "approve", "return") }, candidates},
	{"batch", regexp.MustCompile(`\r\nLocation: /office/batches/\d`), func(c contents) int { return c.events("batches", "make", "lock", "report", "arrive") }, 4},
	{"hand-out", regexp.MustCompile(`\r\nLocation: /office/handout/\d`), func(c contents) int { return c.events("applications", "hand_out") }, 2},
	{"setting", settled, func(c contents) int {
		telephone, _ := c.single("settings")[settingsTelephone].(string)
		n, _ := strconv.Atoi(strings.TrimPrefix(telephone, telephoneBegins))
		return n
	}, 3},
	{"address", regexp.MustCompile(`\r\nLocation: /office/accounts/\d+\r`), func(c contents) (n int) {
		for _, account := range c.decoded("accounts") {
			if account[accountEmail] == newAddress {
				n++
			}
		}
		return n
	}, 2},
}

// events are how many of these acts stand in the histories of a bucket's records.
func (c contents) events(bucket string, acts ...string) (n int) {
	for _, record := range c.decoded(bucket) {
		events, _ := record[history].([]any)
		for _, event := range events {
			what, _ := event.(map[any]any)[uint64(eventAct)].(string)
			if slices.Contains(acts, what) {
				n++
			}
		}
	}
	return n
}

// person is somebody at a browser.
type person struct {
	*rig.Browser
	s *service
}

// does sends a form, and follows where that leads once it is done. Where a call fails it
// may be refused, and then so may be what builds on it; or nobody is sure.
func (p person) does(deed string, page *rig.Page, form string, fill map[string]string, photos ...[]byte) *rig.Page {
	p.T.Helper()
	if p.s.fault && page.Find(form).Length() == 0 {
		return page
	}
	answer := p.Send(page, form, fill, photos...)
	switch {
	case answer.Status == http.StatusSeeOther:
		return p.Get(answer.Header.Get("Location"))
	case !p.s.fault:
		p.T.Errorf("%s: %s: status %d, problems %q", deed, answer.Path, answer.Status, answer.Problems())
	case answer.Status == http.StatusBadGateway, answer.Status == http.StatusServiceUnavailable && strings.Contains(string(answer.Body), "不能确定"):
		fmt.Fprintf(p.s.said, "%s%s\n", unsureOf, deed)
	case answer.Status == http.StatusServiceUnavailable, answer.Status == http.StatusConflict, answer.Status == http.StatusUnprocessableEntity:
	default:
		p.T.Errorf("%s: %s: status %d: %s", deed, answer.Path, answer.Status, answer.TextOf("main"))
	}
	return answer
}

// listener waits until what the demo says of a page's captcha was heard, and notes where
// answers lead. A service that is gone answers nothing, of which nobody makes much here.
type listener struct {
	http.RoundTripper
	r *rig.Running
	s *service
}

var captcha = regexp.MustCompile(`name="captcha_id" value="([^"]+)"`)

func (l listener) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := l.RoundTripper.RoundTrip(request)
	var body []byte
	if err == nil {
		body, err = io.ReadAll(answer.Body)
		answer.Body.Close()
	}
	if err != nil && l.s.fault {
		answer, err = &http.Response{StatusCode: http.StatusBadGateway, Header: http.Header{}, Request: request}, nil
	}
	if err != nil {
		return nil, err
	}
	if to := answer.Header.Get("Location"); to != "" {
		fmt.Fprintf(l.s.said, "\r\nLocation: %s\r\n", to)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	if found := captcha.FindSubmatch(body); found != nil {
		l.hear(string(found[1]))
	}
	return answer, nil
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
		copies, _ := filepath.Glob(filepath.Join(s.folder, "data.db.backups", "*.db"))
		if len(copies) > 0 || s.fault && (s.hasEnded() || strings.Contains(s.said.String(), "备份没有完成")) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("no copy is made:\n%s", s.said)
}

// importing takes the register in while the service serves.
func importing(t *testing.T, s *service) {
	t.Helper()
	code, out, said := rig.Command(t, "", in(s.folder, "import certificates @register.csv -data @data.db")...)
	if code != 0 && !s.fault {
		t.Fatalf("the import ends with %d:\n%s%s", code, out, said)
	}
	s.said.Write([]byte(out + said))
}
