package threats

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/emersion/go-smtp"
)

// The canaries: what of a person must get into no log, no address and nobody
// else's page.
const (
	canaryNumber   = rig.LoopNumber
	canaryEmail    = "canary.bird@example.com"
	canaryEmailNew = "canary.nest@example.com"
	canaryPassword = "canary-song-77"
	canaryNext     = "canary-wing-88"
	canaryPhone    = "13977771234"
)

var canaries = []string{canaryNumber, canaryEmail, canaryEmailNew, "canary.bird", "canary.nest", canaryPassword, canaryNext, canaryPhone}

// loud fails where a canary sings. A canary in an address may be escaped.
func loud(t *testing.T, where, text string) {
	t.Helper()
	plain, err := url.QueryUnescape(text)
	if err != nil {
		plain = text
	}
	for _, canary := range canaries {
		if strings.Contains(text, canary) || strings.Contains(plain, canary) {
			t.Errorf("%s holds %q: %.300s", where, canary, text)
		}
	}
}

// ears note every address that browsers ask for or are led to.
type ears struct {
	mu        sync.Mutex
	addresses []string
}

// listen lets a browser be heard.
func (e *ears) listen(b *rig.Browser) *rig.Browser {
	b.Client.Transport = &heard{b.Client.Transport, e}
	return b
}

type heard struct {
	http.RoundTripper
	by *ears
}

func (h *heard) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := h.RoundTripper.RoundTrip(r)
	if err == nil {
		h.by.mu.Lock()
		defer h.by.mu.Unlock()
		h.by.addresses = append(h.by.addresses, r.URL.RequestURI(), answer.Header.Get("Location"))
	}
	return answer, err
}

// refusing is a mail server that refuses every recipient, and repeats them as
// real ones do.
type refusing struct{ refused chan string }

func (s *refusing) NewSession(*smtp.Conn) (smtp.Session, error) { return s, nil }
func (s *refusing) Mail(string, *smtp.MailOptions) error        { return nil }
func (s *refusing) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.refused <- to
	return &smtp.SMTPError{Code: 550, Message: fmt.Sprintf("<%s>: no such user", to)}
}
func (s *refusing) Data(io.Reader) error { return errors.New("nothing to take") }
func (s *refusing) Reset()               {}
func (s *refusing) Logout() error        { return nil }

// TestCanaries walks the ways on which something of a person is typed, mailed,
// refused, searched for and exported, and listens.
func TestCanaries(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	var ears ears
	listen := ears.listen
	server := &refusing{refused: make(chan string, 100)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	post := smtp.NewServer(server)
	post.Domain = "localhost"
	go post.Serve(listener)
	t.Cleanup(func() { post.Close() })
	admin := listen(r.Staff("guanli"))
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"public_url": r.URL, "mail_delay": "0",
		"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_from": "office@example.com"})

	// The candidate, with slips.
	b := listen(r.Browser())
	form := b.Get("/register")
	person := map[string]string{"name": "测试", "id_number": canaryNumber, "email": canaryEmail, "password": canaryPassword, "password_confirm": canaryNext, "consent": "1"}
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/register"), person)
	person["password_confirm"] = canaryPassword
	b.Sends(form, rig.FormTo("/register"), person)
	form = b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": canaryNumber, "password": canaryNext})
	b.Sends(form, rig.FormTo("/login"), map[string]string{"id_number": canaryNumber, "password": canaryPassword})
	exam := b.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := b.Get("/apply?exam=" + exam).Link("申请补证")
	application := b.Apply(step2, map[string]string{"phone": canaryPhone}, rig.Portrait())
	b.Sends(b.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": canaryEmailNew})
	b.Refused(http.StatusUnprocessableEntity, b.Get("/password"), rig.FormTo("/password"), map[string]string{"old_password": canaryNext, "password": canaryNext, "password_confirm": canaryNext})
	b.Sends(b.Get("/password"), rig.FormTo("/password"), map[string]string{"old_password": canaryPassword, "password": canaryNext, "password_confirm": canaryNext})
	b.Send(b.Get("/profile/data"), rig.FormTo("/profile/data"), map[string]string{"password": canaryNext}).Is(http.StatusOK)
	listen(r.Browser()).Forgot(canaryNumber)
	for _, told := range []string{canaryEmail, canaryEmailNew} { // the change, the reset
		for heard := ""; heard != told; {
			select {
			case heard = <-server.refused:
			case <-time.After(time.Minute):
				t.Fatalf("nothing was mailed to %s", told)
			}
		}
	}

	// Others who try for it get error pages.
	other := listen(r.Register("王五", rig.IDNumber(t, 1)))
	for _, path := range []string{application, application + "/photo", application + "/edit", step2 + "x"} {
		loud(t, "another's "+path, string(other.At(path).Is(http.StatusNotFound).Body))
	}
	values := url.Values{"id_number": {canaryNumber}, "email": {canaryEmail}, "password": {canaryPassword}, "q": {canaryNumber}}
	for _, path := range []string{"/register", "/login", "/profile", "/password", application + "/withdraw", "/office/accounts"} {
		forged := other.Do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
		loud(t, "a forged post to "+path, string(forged.Is(http.StatusForbidden).Body))
	}
	loud(t, "an unknown address", string(other.Do(http.MethodPost, "/nowhere", "application/x-www-form-urlencoded", strings.NewReader(values.Encode())).Is(http.StatusNotFound).Body))
	late := r.Browser()
	loud(t, "a visitor's post", string(late.Post(late.Get("/login"), application+"/edit", values).Body))

	// The office searches, looks, corrects, exports and imports.
	clerk := listen(r.Staff("shenhe"))
	clerk.Sends(clerk.Get("/office/counter"), rig.FormTo("/office/counter"), map[string]string{"q": canaryNumber})
	found := clerk.Sends(clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": canaryNumber})
	loud(t, "the list of accounts", string(found.Find("main table").Text()))
	clerk.Account(canaryNumber)
	clerk.Sends(clerk.Get("/office/applications"), rig.FormTo("/office/applications")+"[method=post]", map[string]string{"id_number": canaryNumber})
	clerk.Get("/office" + application)
	clerk.At("/office/applications.csv").Is(http.StatusOK)
	clerk.Sends(clerk.Get(found.Path), rig.FormTo("/office/accounts"), map[string]string{"q": canaryEmail})
	loud(t, "the audit log", string(r.Staff("shenji").At("/office/audit.csv").Is(http.StatusOK).Body))
	loud(t, "the outbox", string(admin.Get("/office/mail").Body))
	sheet := filepath.Join(t.TempDir(), "accounts.csv")
	if err := os.WriteFile(sheet, []byte("姓名,身份证号,邮箱,密码摘要\n测试,"+canaryNumber+","+canaryEmail+",md5:"+rig.SumHex("md5", canaryPassword)+"\n测试,"+canaryNumber[:17]+"0,x,y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, errOut := rig.Command(t, "", "import", "accounts", sheet, "-data", r.Data)
	loud(t, "the import", out+errOut)

	r.Stop()
	log := r.Out.String()
	loud(t, "the log", log)
	if !regexp.MustCompile(`邮件没有发出.*550`).MatchString(log) {
		t.Errorf("this test hears nothing: %s", log)
	}
	for _, address := range ears.addresses {
		loud(t, "an address", address)
	}
	if len(ears.addresses) < 100 {
		t.Errorf("%d addresses were heard", len(ears.addresses))
	}
}
