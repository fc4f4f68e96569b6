package threats

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestBodiesLeaveNothing posts more than fits into memory to every route, as
// everybody, with a good token, a bad one, none, and one behind the files. When it is
// answered, nothing of it is in any folder; what an import waits with is gone when the
// service has stopped.
func TestBodiesLeaveNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("two megabytes in every field are left out of a short run")
	}
	r := rig.Office(t, rig.GuideRegister)
	browsers, application := everybody(r)
	foreign := token(r.Browser().Get("/login"))
	folder, temporary := r.Data+".spool", t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	left := func() (files []string) { // a page may be sent before its request has ended
		for range 100 {
			// Files: a spreadsheet that waits to be taken in has a folder.
			if files = spooledFiles(t, folder); len(files) == 0 {
				return nil
			}
			time.Sleep(20 * time.Millisecond)
		}
		return files
	}
	for _, name := range visitors {
		b := browsers[name]
		eachPost(b, application, func(_, path, good string) {
			for _, with := range []struct{ what, before, behind string }{
				{"no token", "", ""}, {"another's token", foreign, ""}, {"a token behind the files", "", good}, {"a good token", good, ""},
			} {
				answer := large(b, path, with.before, with.behind)
				// The answer may be cut off by what is still being sent.
				if refused := with.before != good; answer.Status >= http.StatusInternalServerError || refused && answer.Status != http.StatusForbidden && answer.Status != 0 {
					t.Errorf("%s posts much to %s with %s: %d", name, path, with.what, answer.Status)
				}
				if files := left(); len(files) != 0 {
					t.Fatalf("%s posting to %s with %s leaves %v", name, path, with.what, files)
				}
			}
		})
	}
	r.Stop()
	if entries, err := os.ReadDir(folder); err == nil {
		t.Errorf("after the stop: %v", entries)
	}
	if entries, err := os.ReadDir(temporary); err != nil || len(entries) != 0 {
		t.Errorf("in the system's folder: %v, %v", entries, err)
	}
}

// spooledFiles are the bodies in a spool, and not the rejected lines of an import.
func spooledFiles(t *testing.T, folder string) (files []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() && filepath.Ext(entry.Name()) == "" {
			files = append(files, entry.Name())
		}
	}
	return files
}

// large posts a file of two megabytes in each field that a form of ours may have
// one in, with a token before them and one behind.
func large(b *rig.Browser, path, before, behind string) *rig.Page {
	b.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("csrf_token", before)
	form.WriteField("blank_collected", "表中每行都填写了领取状态")
	for _, field := range []string{"photo", "file"} {
		part, err := form.CreateFormFile(field, field+".csv")
		if err != nil {
			b.T.Fatal(err)
		}
		part.Write(bytes.Repeat([]byte("姓名,110101199003071233\n"), 70_000))
	}
	form.WriteField("csrf_token", behind)
	form.Close()
	// The answer may come before the body is sent.
	r, err := http.NewRequest(http.MethodPost, b.URL+path, &body)
	if err != nil {
		b.T.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := b.Client.Do(r)
	if err != nil {
		return &rig.Page{T: b.T, Path: path}
	}
	answer.Body.Close()
	return &rig.Page{T: b.T, Path: path, Status: answer.StatusCode}
}

// TestOddNumbers: a number in an address that is none, or nobody's, is not found,
// whatever it looks like.
func TestOddNumbers(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	browsers, _ := everybody(r)
	for name, b := range browsers {
		own, office := token(b.Get("/forgot")), token(b.Get("/office"))
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
				r.Pass(time.Second) // so that the address may post again
				if method == http.MethodGet {
					got = b.At(address).Status
				} else if strings.HasPrefix(path, "/office") {
					got = forge(b, address, office, "", "").Status
				} else {
					got = forge(b, address, own, "", "").Status
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
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	application := b.Apply("/apply/self", rig.ByHand(nil))
	b.Post(b.Get(application), application+"/withdraw", map[string][]string{"captcha_refresh": {"1"}, "revision": {"1"}}).Leads(application)
	b.Get(application).Has("已撤回")
	b.Post(b.Get(application), "/logout", map[string][]string{"captcha_refresh": {"1"}}).Leads("/login")
}

// TestTrackingListTooLarge: a list that is too large is told so as a list, and
// every way from there leads somewhere.
func TestTrackingListTooLarge(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	clerk := r.Staff("shenhe")
	handout := clerk.Get("/office/handout")
	list := func(lines int) *rig.Page {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		form.WriteField("csrf_token", token(handout))
		part, _ := form.CreateFormFile("file", "运单.csv")
		fmt.Fprint(part, "申请编号,姓名,运单号\n")
		part.Write(bytes.Repeat([]byte("1,测试,SF1234567890123\n"), lines))
		form.Close()
		return clerk.Do(http.MethodPost, "/office/handout/mailings", form.FormDataContentType(), &body)
	}
	refused := list(1_000_000).Is(http.StatusRequestEntityTooLarge).Has("表格最大 20 MB")
	clerk.Get(refused.Link("返回表单")).Is(http.StatusOK)
	if taken := clerk.Follows(list(100)); !strings.Contains(taken.Path, "/mailings/") {
		t.Errorf("a small one leads to %s", taken.Path)
	}
}
