package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// visitor is a browser with one connection and its own loopback address, from
// which the product counts it apart. It does no more than the measurement needs:
// a full client would take the cores from what is measured.
type visitor struct {
	address string // of the server
	from    net.IP // nil: any
	cookies map[string]string
	token   string // of the session's forms
	bearer  string // of the peer's sessions

	conn   net.Conn
	reader *bufio.Reader
	body   bytes.Buffer // of the last answer
}

// newVisitor is the n-th visitor of a server.
func newVisitor(address string, n int) *visitor {
	return &visitor{address: address, from: net.IPv4(127, 1, byte(n/250), byte(1+n%250)), cookies: map[string]string{}}
}

func (v *visitor) close() {
	if v.conn != nil {
		v.conn.Close()
		v.conn = nil
	}
}

func (v *visitor) get(path string) (status int, err error) { return v.do("GET", path, "", nil) }

// post sends a form of the last page with its token.
func (v *visitor) post(path string, values url.Values) (status int, err error) {
	if err := v.addHidden(values); err != nil {
		return 0, err
	}
	return v.do("POST", path, "application/x-www-form-urlencoded", []byte(values.Encode()))
}

// upload sends a photo beside some values.
func (v *visitor) upload(path string, values url.Values, photo []byte) (status int, err error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field := range values {
		form.WriteField(field, values.Get(field))
	}
	file, err := form.CreateFormFile("photo", "photo.jpg")
	if err != nil {
		return 0, err
	}
	file.Write(photo)
	form.Close()
	return v.do("POST", path, form.FormDataContentType(), body.Bytes())
}

// addHidden adds what the last page's form carries unseen.
func (v *visitor) addHidden(values url.Values) error {
	page, err := v.page()
	if err != nil {
		return err
	}
	page.Find("main form[method=post] input[type=hidden]").Each(func(_ int, input *goquery.Selection) {
		values.Set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return nil
}

// page is the last answer.
func (v *visitor) page() (*goquery.Document, error) {
	return goquery.NewDocumentFromReader(bytes.NewReader(v.body.Bytes()))
}

func (v *visitor) do(method, path, kind string, body []byte) (status int, err error) {
	if v.conn == nil {
		dialer := net.Dialer{}
		if v.from != nil {
			dialer.LocalAddr = &net.TCPAddr{IP: v.from}
		}
		if v.conn, err = dialer.Dial("tcp", v.address); err != nil {
			return 0, err
		}
		v.reader = bufio.NewReader(v.conn)
	}
	var request bytes.Buffer
	fmt.Fprintf(&request, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, v.address)
	if len(v.cookies) > 0 {
		pairs := make([]string, 0, len(v.cookies))
		for name, value := range v.cookies {
			pairs = append(pairs, name+"="+value)
		}
		fmt.Fprintf(&request, "Cookie: %s\r\n", strings.Join(pairs, "; "))
	}
	if v.bearer != "" {
		fmt.Fprintf(&request, "Authorization: %s\r\n", v.bearer)
	}
	if body != nil {
		fmt.Fprintf(&request, "Origin: http://%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n", v.address, kind, len(body))
	}
	request.WriteString("\r\n")
	request.Write(body)
	if _, err := v.conn.Write(request.Bytes()); err != nil {
		v.close()
		return 0, err
	}
	answer, err := http.ReadResponse(v.reader, nil)
	if err != nil {
		v.close()
		return 0, err
	}
	v.body.Reset()
	_, err = io.Copy(&v.body, answer.Body)
	answer.Body.Close()
	for _, cookie := range answer.Cookies() {
		v.cookies[cookie.Name] = cookie.Value
	}
	if answer.Close || err != nil {
		v.close()
	}
	return answer.StatusCode, err
}

// signIn signs in as a candidate; 303 is success.
func (v *visitor) signIn(p *product, number string) (status int, err error) {
	if status, err = v.get("/login"); err != nil || status != 200 {
		return status, err
	}
	page, err := v.page()
	if err != nil {
		return 0, err
	}
	answer, err := p.answer(page.Find("[name=captcha_id]").AttrOr("value", ""))
	if err != nil {
		return 0, err
	}
	return v.post("/login", url.Values{"id_number": {number}, "password": {signInPassword}, "captcha": {answer}})
}
