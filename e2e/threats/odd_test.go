package threats

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/docs"
	"certreissue/e2e/rig"
)

var (
	oddRequests = flag.Int("odd", 1200, "how many odd requests are sent")
	oddSeed     = flag.Uint64("odd-seed", 0, "what the odd requests are drawn from; 0 is another one each time")
)

// oddEach is how many requests one office takes: what gets through changes it, and ends
// sessions.
const oddEach = 600

// TestOddRequests sends what no browser would to every route, from every visitor: words
// that are no text, numbers beyond all bounds, fields twice, bodies cut off. No answer
// is a fault of the program's, and nothing of its inside is shown.
func TestOddRequests(t *testing.T) {
	t.Parallel()
	seed := *oddSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-odd-seed %d", seed)
	draw := rand.New(rand.NewPCG(seed, 0))
	statuses := map[int]int{}
	for sent := 0; sent < *oddRequests && !t.Failed(); sent += oddEach {
		t.Run(fmt.Sprint(sent), func(t *testing.T) {
			r := rig.Office(t, rig.GuideRegister)
			browsers, application := everybody(r)
			o := &oddities{Rand: draw, fields: fieldsOf(t), application: application, patterns: patterns()}
			for range min(oddEach, *oddRequests-sent) {
				pattern := o.patterns[o.IntN(len(o.patterns))]
				name := visitors[o.IntN(len(visitors))]
				if strings.Contains(pattern, "/office") && !o.in(8) { // mostly somebody who may
					name = o.one(visitors[3:]...)
				}
				status, err := o.send(browsers[name], pattern)
				statuses[status]++
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			for line := range strings.Lines(r.Out.String()) {
				if strings.Contains(line, "request failed") || strings.Contains(line, "panic") {
					t.Errorf("the log says %s", line)
				}
			}
		})
	}
	t.Logf("answers: %v", statuses)
	if t.Failed() {
		return
	}
	for _, status := range []int{http.StatusOK, http.StatusSeeOther, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity} {
		if statuses[status] < *oddRequests/200 {
			t.Errorf("%d answers are %d: the requests do not get far", statuses[status], status)
		}
	}
}

// fieldsOf are the fields of each route, from its description.
func fieldsOf(t *testing.T) map[string][]string {
	t.Helper()
	fields := map[string][]string{}
	for _, side := range []string{"### For everybody", "### For candidates", "### For the office"} {
		for _, row := range docs.Rows(t, "contract.md", side) {
			if len(row) > 2 {
				fields[row[0]] = strings.Fields(row[2])
			}
		}
	}
	return fields
}

// oddities draws odd requests by lot.
type oddities struct {
	*rand.Rand
	fields      map[string][]string
	patterns    []string
	application string
}

func (o *oddities) one(list ...string) string { return list[o.IntN(len(list))] }

func (o *oddities) in(n int) bool { return o.IntN(n) == 0 }

// value is what a field says: something a person might write, or what none would.
func (o *oddities) value() string {
	if o.in(2) {
		return o.one("1", "2", "3", "on", "测试", "13900000000", rig.LoopNumber, rig.CandidatePassword, "kaosheng@example.com", "2015", "2026-12-01", "石家庄市", "唐山市",
			"reviewer", "审核员", "submit", "approve", "等待审核", "SF1234567890", "证件核验无误", "男", "1990-03", "河北省", strings.TrimPrefix(o.application, "/applications/"))
	}
	return o.one("", " ", "\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "王\xe4", "-1", "0", "00", "+1", "1.5", "1e9", "0x10", "９", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
		strings.Repeat("9", 400), strings.Repeat("长", 3000), strings.Repeat("a,", 5000), "2026-13-45", "0000-00-00", "+999999-01-01", "a\r\nBcc: x@example.com", "<b>&\"'", "{{.}}", "%s%n%d%v",
		"../../etc/passwd", "\u202e\u2066", "\ufffd", "e\u0301", "𠮷", "null", "[]", "true", "NaN", "=1+1", "http://[::1", "/\\", "?page=", "application/x", strings.Repeat("\U0001F468\u200d", 200))
}

// path fills in the places of a pattern.
func (o *oddities) path(pattern string) (method, path string) {
	if o.in(2) {
		return addressOf(pattern, o.application)
	}
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	for {
		before, rest, found := strings.Cut(path, "{")
		if !found {
			return method, path
		}
		_, after, _ := strings.Cut(rest, "}")
		place := o.one("0", "1", "2", "-1", "+1", "01", "18446744073709551615", "99999999999999999999", "202600001", "x", "%00", "%ff%fe", "%EF%BC%91", "%20", "..%2f..", "%E9%95%BF", strings.Repeat("9", 2000), "new", "1.5", "a.png", ".wav")
		path = before + place + after
	}
}

// values are fields of a route, and of others, some of them twice.
func (o *oddities) values(pattern string) url.Values {
	values := url.Values{}
	for _, field := range o.fields[pattern] {
		if !o.in(6) {
			values.Add(field, o.value())
		}
		if o.in(8) {
			values.Add(field, o.value())
		}
	}
	for range o.IntN(3) {
		values.Add(o.one("page", "state", "q", "from", "to", "seen", "revision", "captcha", "csrf_token", "captcha_refresh", "file", "photo", "exam", "city", "sort", "", "\x00", "長"), o.value())
	}
	return values
}

// longestPath is longer than the server reads; bytes.
const longestPath = 30 << 10

// send sends one request and judges the answer.
func (o *oddities) send(b *rig.Browser, pattern string) (status int, err error) {
	method, path := o.path(pattern)
	var body []byte
	kind := ""
	if method == http.MethodPost {
		values := o.values(pattern)
		page := "/login"
		if strings.HasPrefix(path, "/office") {
			page = "/office/login"
		}
		form := b.Get(page)
		if good := token(form); good != "" && !o.in(10) {
			values["csrf_token"] = []string{good}
		}
		if id := form.Value("captcha_id"); id != "" && slices.Contains(o.fields[pattern], "captcha") && !o.in(4) {
			b.Mu.Lock()
			values["captcha_id"], values["captcha"] = []string{id}, []string{b.Captchas[id]}
			b.Mu.Unlock()
		}
		kind, body = o.body(values)
	} else if !o.in(3) {
		path += "?" + o.values(pattern).Encode()
		if o.in(5) {
			path += o.one("&%zz", "&;", "&a=%", "&\xff", "&=&=", "&page=%00")
		}
	}
	if o.in(20) {
		method = o.one("PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "GET", "POST", "\u0047ET")
	}
	said := fmt.Sprintf("%s %s (%s)", method, path, kind)
	u, err := url.Parse(b.URL)
	if err != nil {
		return 0, err
	}
	// As written, though a client would not write it so; Path is for the cookies.
	u.Path, _, _ = strings.Cut(path, "?")
	u.Opaque = "//" + u.Host + strings.NewReplacer(" ", "%20", "\xff", "%ff").Replace(path)
	r := &http.Request{Method: method, URL: u, Host: u.Host, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if o.in(6) {
		r.Header.Set(o.one("Range", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "X-Forwarded-For", "Content-Encoding", "Accept-Language", "Referer", "Cookie", "Expect"), strings.Map(printable, o.value()))
	}
	// A client of an address of its own: limits of an address are not what is tried.
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(2+o.IntN(200)), byte(o.IntN(256)), byte(1+o.IntN(250)))}}
	client := &http.Client{Jar: b.Client.Jar, Timeout: time.Minute, CheckRedirect: b.Client.CheckRedirect,
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, addr)
		}}}
	if o.in(15) {
		client.Jar = nil
		r.Header.Set("Cookie", o.one("session=x", "visitor=", "session="+strings.Repeat("A", 5000), "a=b; a=c; session=\"", "office_session=MTIz|AA=="))
	}
	answer, err := client.Do(r)
	if err != nil && len(path) > longestPath {
		return http.StatusRequestHeaderFieldsTooLarge, nil // cut off while it is still sent
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", said, err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if answer.StatusCode == http.StatusRequestHeaderFieldsTooLarge {
		return answer.StatusCode, nil // and the connection is cut, since the rest is not read
	}
	if err != nil {
		return answer.StatusCode, fmt.Errorf("%s: %w", said, err)
	}
	if answer.StatusCode >= 500 && answer.StatusCode != http.StatusServiceUnavailable {
		return answer.StatusCode, fmt.Errorf("%s is answered with %d: %.600q", said, answer.StatusCode, body)
	}
	for _, inside := range []string{".go:", "goroutine", "panic", "<nil>", "bbolt", "strconv", "%!d", "runtime error", "no space left"} {
		if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") && bytes.Contains(content, []byte(inside)) && !bytes.Contains(body, []byte(inside)) && !strings.Contains(path, inside) {
			return answer.StatusCode, fmt.Errorf("%s shows %q: %.600q", said, inside, body)
		}
	}
	return answer.StatusCode, nil
}

func printable(c rune) rune {
	if c < ' ' || c > '~' {
		return -1
	}
	return c
}

// body writes values in one of many ways, most of which are wrong.
func (o *oddities) body(values url.Values) (kind string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	encoded := []byte(values.Encode())
	switch o.IntN(16) {
	case 0:
		return o.one("", "text/plain", "application/json", form+"; charset=utf-16", "a/b/c", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x", "multipart/form-data; boundary=\"", form+"; ="), encoded
	case 1:
		return form, append(encoded, o.one("&%", "&%zz=1", "&a=%f", ";b=1", "&\xff\xfe=\x00", "&"+strings.Repeat("a=1&", 2000))...)
	case 2, 3, 4, 5:
		return o.parts(values)
	}
	return form, encoded
}

// parts writes values as parts, with files among them.
func (o *oddities) parts(values url.Values) (kind string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range values {
			if name != "csrf_token" && !yield(name) {
				return
			}
		}
	})
	if _, has := values["csrf_token"]; has && o.in(8) {
		names = append(names, "csrf_token")
	} else {
		names = append([]string{"csrf_token"}, names...)
	}
	for _, name := range names {
		for _, value := range values[name] {
			header := textproto.MIMEHeader{}
			said := fmt.Sprintf(`form-data; name=%q`, strings.Map(printable, name))
			if isFile := name == "photo" || name == "file"; isFile != o.in(10) {
				said += fmt.Sprintf(`; filename=%q`, o.one("a.jpg", "档案.xlsx", "", "a.csv", "..\\x", strings.Repeat("n", 500)))
				value = o.one(value, string(rig.Portrait()), rig.LoopRegister, "PK\x03\x04", "\xff\xd8\xff", "")
			}
			if o.in(15) {
				said = o.one("", "form-data", "form-data; name=", "attachment", `form-data; name="a"; name="b"`, "\xff")
			}
			header.Set("Content-Disposition", said)
			if o.in(10) {
				header.Set("Content-Transfer-Encoding", o.one("base64", "quoted-printable", "x"))
			}
			part, err := w.CreatePart(header)
			if err == nil {
				_, _ = io.WriteString(part, value)
			}
		}
	}
	if !o.in(6) {
		w.Close()
	}
	body = b.Bytes()
	if o.in(6) && len(body) > 0 {
		body = body[:o.IntN(len(body))]
	}
	return w.FormDataContentType(), body
}
