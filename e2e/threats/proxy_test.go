package threats

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// TestBehindProxy: through a proxy that ends TLS, whatever Host it passes on, forms of
// our own pages are taken from old and new browsers, and others' are not.
func TestBehindProxy(t *testing.T) {
	t.Parallel()
	for _, public := range []string{"https://" + rig.PublicName, "https://" + rig.PublicName + ":8443", "https://BZ.example.cn:443"} {
		origin := strings.ToLower(strings.TrimSuffix(public, ":443"))
		addr := rig.FreeAddress(t)
		rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-addr", addr, "-trusted-proxy", "127.0.0.1", "-public-url", public)
		for mode, host := range map[string]func(in string) string{
			"Host as it came":    func(in string) string { return in },
			"Host without port":  func(in string) string { name, _, _ := strings.Cut(in, ":"); return name },
			"the service's Host": func(string) string { return addr },
		} {
			b := throughProxy(t, addr, public, host)
			for from, c := range map[string]struct {
				headers map[string]string
				status  int
			}{
				"an old browser without Origin":  {nil, http.StatusUnprocessableEntity},
				"an old browser":                 {map[string]string{"Origin": origin}, http.StatusUnprocessableEntity},
				"a new browser":                  {map[string]string{"Origin": origin, "Sec-Fetch-Site": "same-origin"}, http.StatusUnprocessableEntity},
				"an old browser, another's page": {map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
				"another port's page":            {map[string]string{"Origin": "https://bz.example.cn:444"}, http.StatusForbidden},
				"a page without an origin":       {map[string]string{"Origin": "null"}, http.StatusForbidden},
				"a new browser, another's page":  {map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
				"a new browser that denies it":   {map[string]string{"Origin": origin, "Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
			} {
				if got := b.post("/login", c.headers); got != c.status {
					t.Errorf("%s, %s, %s: %d, want %d", public, mode, from, got, c.status)
				}
			}
		}
	}
}

// proxied is a browser that reaches a service by a proxy.
type proxied struct {
	t      *testing.T
	client *http.Client
	public string
	token  string
}

// throughProxy puts a proxy before a service, which passes on a Host, and has somebody
// open the page to sign in.
func throughProxy(t *testing.T, addr, public string, host func(in string) string) *proxied {
	t.Helper()
	front := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: addr})
		r.SetXForwarded()
		r.Out.Host = host(r.In.Host)
	}})
	t.Cleanup(front.Close)
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, front.Listener.Addr().String())
	}}
	t.Cleanup(transport.CloseIdleConnections)
	b := &proxied{t: t, public: public, client: &http.Client{Jar: jar, Transport: transport}}
	answer, err := b.client.Get(public + "/login")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	b.token = page.Find("[name=csrf_token]").AttrOr("value", "")
	return b
}

// post sends a form with nothing but its token, and answers the status.
func (b *proxied) post(path string, headers map[string]string) int {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodPost, b.public+path, strings.NewReader(url.Values{"csrf_token": {b.token}}.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}
