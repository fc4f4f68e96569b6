package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBodiesLeaveNothing posts more than fits into memory to every route, as
// everybody, with a good token and without one. When it is answered, nothing of it
// is on the disk; what an import waits with is gone when the service has stopped.
func TestBodiesLeaveNothing(t *testing.T) {
	r := office(t, guideRegister)
	browsers, application := r.visitors()
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	left := func() (files []string) { // a page may be sent before its request has ended
		for range 100 {
			if files, _ = filepath.Glob(filepath.Join(folder, "multipart-*")); len(files) == 0 {
				return nil
			}
			time.Sleep(20 * time.Millisecond)
		}
		return files
	}
	for _, name := range visitors {
		b := browsers[name]
		own, office := token(b.get("/forgot")), token(b.get("/office"))
		for _, pattern := range patterns() {
			method, path := addressOf(pattern, application)
			if method != http.MethodPost {
				continue
			}
			good := own
			if strings.HasPrefix(path, "/office") {
				good = office
			}
			for _, token := range []string{"", good} {
				answer := b.large(path, token)
				if answer.status >= http.StatusInternalServerError {
					t.Errorf("%s posts much to %s: %d", name, path, answer.status)
				}
				if files := left(); len(files) != 0 {
					t.Fatalf("%s posting to %s with the token %q leaves %v", name, path, token, files)
				}
			}
		}
	}
	r.stop()
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("after the stop: %v, %v", entries, err)
	}
}

// large posts a file of two megabytes in each field that a form of ours may have
// one in.
func (b *browser) large(path, token string) *page {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("csrf_token", token)
	form.WriteField("blank_collected", "表中每行都填写了领取状态")
	for _, field := range []string{"photo", "file"} {
		part, err := form.CreateFormFile(field, field+".csv")
		if err != nil {
			b.t.Fatal(err)
		}
		part.Write(bytes.Repeat([]byte("姓名,110101199003071233\n"), 70_000))
	}
	form.Close()
	// The answer may come before the body is sent.
	r, err := http.NewRequest(http.MethodPost, b.url+path, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := b.client.Do(r)
	if err != nil {
		return &page{t: b.t, path: path}
	}
	answer.Body.Close()
	return &page{t: b.t, path: path, status: answer.StatusCode}
}

// TestOddNumbers: a number in an address that is none, or nobody's, is not found,
// whatever it looks like.
func TestOddNumbers(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	browsers, _ := r.visitors()
	for name, b := range browsers {
		own, office := token(b.get("/forgot")), token(b.get("/office"))
		for _, pattern := range patterns() {
			method, path, _ := strings.Cut(pattern, " ")
			if !strings.Contains(path, "{") || strings.HasSuffix(path, "{$}") {
				continue
			}
			for _, odd := range []string{"0", "00", "-1", "9999999", "18446744073709551615", "18446744073709551616", "1e3", "0x1", "%00", "一"} {
				address := path
				for _, part := range strings.Split(path, "/") {
					if strings.HasPrefix(part, "{") {
						address = strings.Replace(address, part, odd, 1)
					}
				}
				got := 0
				r.pass(time.Second) // so that the address may post again
				if method == http.MethodGet {
					got = b.at(address).status
				} else if strings.HasPrefix(path, "/office") {
					got = b.forge(address, office, "", "").status
				} else {
					got = b.forge(address, own, "", "").status
				}
				if !slices.Contains([]int{http.StatusSeeOther, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity}, got) {
					t.Errorf("%s %s %s: %d", name, method, address, got)
				}
			}
		}
	}
}

// TestRefreshWithoutForm: asking for a new captcha where there is no form to show
// it in changes nothing about the answer.
func TestRefreshWithoutForm(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	application := b.apply("/apply/self", byHand(nil))
	b.post(b.get(application), application+"/withdraw", map[string][]string{"captcha_refresh": {"1"}, "revision": {"1"}}).leads(application)
	b.get(application).has("已撤回")
	b.post(b.get(application), "/logout", map[string][]string{"captcha_refresh": {"1"}}).leads("/login")
}

// TestTrackingListTooLarge: a list that is too large is told so as a list, and
// every way from there leads somewhere.
func TestTrackingListTooLarge(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	clerk := r.staff("shenhe")
	handout := clerk.get("/office/handout")
	list := func(lines int) *page {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		form.WriteField("csrf_token", token(handout))
		part, _ := form.CreateFormFile("file", "运单.csv")
		fmt.Fprint(part, "申请编号,运单号\n")
		part.Write(bytes.Repeat([]byte("1,SF1234567890123\n"), lines))
		form.Close()
		return clerk.do(http.MethodPost, "/office/handout/mailings", form.FormDataContentType(), &body)
	}
	refused := list(1_300_000).is(http.StatusRequestEntityTooLarge).has("运单表格最大 20 MB")
	clerk.get(refused.link("返回表单")).is(http.StatusOK)
	if taken := clerk.follows(list(100)); !strings.Contains(taken.path, "/mailings/") {
		t.Errorf("a small one leads to %s", taken.path)
	}
}
