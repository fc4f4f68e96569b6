package power

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// What the admin writes: a telephone number for each change, and an address.
const (
	telephoneBegins = "0311-8600000"
	newAddress      = "xin@example.com"
)

// morePeople is how many stand in the register that is taken in by the page.
const morePeople = 40

// opened is imported, and has another register.
func opened(t *testing.T, folder string) {
	t.Helper()
	imported(t, folder)
	put(t, filepath.Join(folder, "more.csv"), []byte(registerOf(t, people, morePeople)))
}

// work is a morning of the office: what people do meets what others do.
func work(t *testing.T, s *service) {
	t.Helper()
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(s.said.String())
	r := &rig.Running{T: t, URL: url, Captchas: map[string]string{}, Out: s.said}
	somebody := func() person {
		b := r.Browser()
		b.Client.Transport = listener{b.Client.Transport, r, s}
		return person{b, s}
	}
	staff := func(name string) person {
		p := somebody()
		p.does("signing in", p.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": name, "password": name + "-pass1"})
		return p
	}
	applied, next := make(chan string, candidates), make(chan int, candidates)
	for n := range candidates {
		next <- n
	}
	close(next)
	var applying, all sync.WaitGroup
	for range 2 {
		applying.Go(func() {
			for n := range next {
				if address := somebody().apply(n); address != "" {
					applied <- address
				}
			}
		})
	}
	all.Go(func() {
		applying.Wait()
		close(applied)
	})
	all.Go(func() { staff("guanli").administer() })
	clerk := staff("shenhe")
	clerk.decide(applied)
	clerk.handOut()
	clerk.correct()
	all.Wait()
}

// apply registers somebody of the register and applies; it answers the application's
// address, "" where that came to nothing.
func (p person) apply(n int) string {
	number := rig.IDNumber(p.T, n)
	p.does("registering", p.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "考生", "id_number": number, "email": "kaosheng@example.com",
		"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"})
	p.does("signing in", p.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": number, "password": rig.CandidatePassword})
	exam := p.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := p.Get("/apply?exam="+exam).Find("main a:contains('申请补证')").AttrOr("href", "/apply")
	done := p.does("application", p.Get(step2), "form[enctype]", map[string]string{"phone": "13800138000"}, rig.Portrait())
	address, _ := strings.CutSuffix(done.Path, "/submitted")
	if !strings.HasPrefix(address, "/applications/") {
		return ""
	}
	return address
}

// decide returns every third application and approves the others.
func (p person) decide(applied <-chan string) {
	n := 0
	for address := range applied {
		page := p.Get("/office" + address)
		if n++; n%3 == 0 {
			reason := page.Find("form[action$='/return'] input[name=reason]").First().AttrOr("value", "")
			p.does("decision", page, "form[action$='/return']", map[string]string{"reason": reason, "note": "请重新填写"})
		} else {
			p.does("decision", page, "form[action$='/approve']", nil)
		}
	}
}

// handOut makes up a batch of what is approved, sees it through, and hands two of its
// certificates out.
func (p person) handOut() {
	batch := p.does("batch", p.Get("/office/batches/new"), rig.FormTo("/office/batches"), map[string]string{"name": "第一批"})
	for _, act := range []string{"lock", "report", "arrive"} {
		batch = p.does("batch", p.Get(batch.Path), "form[action$='/"+act+"']", nil)
	}
	ready := p.Get("/office/handout").Find("tbody a[href^='/office/handout/']")
	for n := range min(2, ready.Length()) {
		p.does("hand-out", p.Get(ready.Eq(n).AttrOr("href", "")), "form[action$='/collect']", map[string]string{"paper_checked": "1", "new_number": fmt.Sprintf("BF%d", n)})
	}
}

// correct gives two accounts another address.
func (p person) correct() {
	for n := range 2 {
		found := p.does("search", p.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": rig.IDNumber(p.T, n)})
		p.does("address", p.Get(found.Find("tbody a").AttrOr("href", "/office/accounts")), "form[action$='/email']", map[string]string{"email": newAddress})
	}
}

// administer changes a setting three times and takes a register in.
func (p person) administer() {
	for range 3 {
		n := 1 + len(settled.FindAllString(p.s.said.String(), -1))
		p.does("setting", p.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"telephone": fmt.Sprint(telephoneBegins, n)})
	}
	checked := p.upload(filepath.Join(p.s.folder, "more.csv"))
	p.does("import", checked, "form[action$='/apply']", nil)
	for range 600 {
		page := p.Get("/office/certificates/imports/2")
		if strings.Contains(page.TextOf("main"), importDone) {
			fmt.Fprintln(p.s.said, importDone)
			return
		}
		if page.Status != http.StatusOK || page.Find("meta[http-equiv=refresh]").Length() == 0 && p.s.fault {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !p.s.fault {
		p.T.Error("the import does not end")
	}
}

// upload sends a register to be looked through, and answers the page of what would come in.
func (p person) upload(path string) *rig.Page {
	page := p.Get("/office/certificates/import")
	if p.s.fault && page.Find("form[enctype]").Length() == 0 {
		return page
	}
	action, values := p.Form(page, "form[enctype]")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name := range values {
		w.WriteField(name, values.Get(name))
	}
	part, _ := w.CreateFormFile("file", filepath.Base(path))
	part.Write(get(p.T, path))
	w.Close()
	answer := p.Do(http.MethodPost, action, w.FormDataContentType(), &body)
	for range 600 {
		if answer.Status == http.StatusSeeOther {
			answer = p.Get(answer.Header.Get("Location"))
		}
		if answer.Find("meta[http-equiv=refresh]").Length() == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
		answer = p.Get(answer.Path)
	}
	if answer.Status == http.StatusInternalServerError {
		p.T.Errorf("upload: status %d: %s", answer.Status, answer.TextOf("main"))
	}
	return answer
}
