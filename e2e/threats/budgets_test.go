package threats

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// at is a browser with an address that others have, too.
func at(r *rig.Running, address string) *rig.Browser {
	b := r.Browser()
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	transport := &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 8}
	r.T.Cleanup(transport.CloseIdleConnections)
	b.Client.Transport = transport
	return b
}

// through is a browser behind a proxy.
func through(r *rig.Running, proxy, client string) *rig.Browser {
	b := at(r, proxy)
	b.Client.Transport = &forwarded{b.Client.Transport.(*http.Transport), client}
	return b
}

// forwarded says whom a proxy asks for.
type forwarded struct {
	*http.Transport
	client string
}

func (f *forwarded) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Forwarded-For", f.client)
	return f.Transport.RoundTrip(r)
}

// stall opens connections from an address and sends half a form on each, and tells how
// many of them the service has taken: of held it waits for the rest, with the others it
// has waited long enough and said so, as on a busy machine.
func stall(r *rig.Running, address string, n int) func() (held, taken int) {
	r.T.Helper()
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	conns := make([]net.Conn, n)
	for i := range conns {
		if i%100 == 99 { // or the system has more waiting to be taken than it can, and leaves some in between
			answers(r)
		}
		conn, err := dialer.DialContext(r.T.Context(), "tcp", strings.TrimPrefix(r.URL, "http://"))
		if err != nil {
			r.T.Fatal(err)
		}
		r.T.Cleanup(func() { conn.Close() })
		// It may be hung up already.
		io.WriteString(conn, "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n"+inWords+"Content-Length: 1000\r\n\r\nid_number=")
		conns[i] = conn
	}
	return func() (held, taken int) {
		// One time for all, and long enough that each is read once before: what a
		// busy machine reads behind its time counts as waiting, closed or not.
		until := time.Now().Add(3 * time.Second)
		var waiting, answered atomic.Int32
		var all sync.WaitGroup
		for _, conn := range conns {
			conn.SetReadDeadline(until)
			all.Go(func() {
				switch _, err := conn.Read(make([]byte, 1)); {
				case err == nil:
					answered.Add(1)
				case errors.Is(err, os.ErrDeadlineExceeded):
					waiting.Add(1)
				}
			})
		}
		all.Wait()
		return int(waiting.Load()), int(waiting.Load() + answered.Load())
	}
}

// TestSlowConnections: more half-sent forms than there may be connections,
// all from one address, keep nobody else from his page: they get a quarter of what there
// is. A proxy that is trusted may have any number.
func TestSlowConnections(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-trusted-proxy", "127.0.3.1")
	const all, each, tried = 4096, 1024, 4200
	taken := stall(r, "127.0.2.1", tried)
	answers(r)
	if held, taken := taken(); taken == 0 || held > each {
		t.Errorf("one address has had %d connections and has %d, want some, and at most %d", taken, held, each)
	}
	if _, taken := stall(r, "127.0.3.1", tried)(); taken <= all {
		t.Errorf("the proxy has had %d connections of %d", taken, tried)
	}
	answers(r)
	through(r, "127.0.3.1", "198.51.100.1").Get("/login").Is(http.StatusOK)
}

// TestSchool: three hundred people at one address get their pages, captchas and
// connections, all at once.
func TestSchool(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t))
	var all sync.WaitGroup
	var open atomic.Int32
	together := make(chan struct{})
	for range 300 {
		b := at(r, "127.0.2.2")
		all.Go(func() {
			page := b.Get("/login").Is(http.StatusOK)
			if open.Add(1) == 300 {
				close(together) // nobody has let go of his connection
			}
			<-together
			var pictures sync.WaitGroup
			for _, ending := range []string{".png", ".wav"} {
				pictures.Go(func() {
					b.At("/captcha/" + page.Find("[name=captcha_id]").AttrOr("value", "") + ending).Is(http.StatusOK)
				})
			}
			pictures.Wait()
		})
	}
	all.Wait()
}

// TestCaptchaFlood: who asks for more captchas than are kept, with a new cookie each time,
// pushes out his own and nobody else's: behind a proxy the client counts, and not the proxy.
func TestCaptchaFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("21,000 captchas are left out of a short run")
	}
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-trusted-proxy", "127.0.3.1")
	picture := func(b *rig.Browser) string {
		return "/captcha/" + b.Get("/login").Find("[name=captcha_id]").AttrOr("value", "") + ".png"
	}
	near, far, flooding := at(r, "127.0.2.3"), through(r, "127.0.3.1", "198.51.100.1"), through(r, "127.0.3.1", "198.51.100.2")
	nears, fars, own := picture(near), picture(far), picture(flooding)
	nameless := *flooding.Client
	nameless.Jar = nil
	id := regexp.MustCompile(`^{"id":"\w+"}$`)
	for range 21_000 {
		answer, err := nameless.Get(r.URL + "/captcha/new")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || !id.Match(body) {
			t.Fatalf("%d, %q, %v", answer.StatusCode, body, err)
		}
	}
	near.At(nears).Is(http.StatusOK)
	far.At(fars).Is(http.StatusOK)
	flooding.At(own).Is(http.StatusNotFound)
	flooding.At(picture(flooding)).Is(http.StatusOK)
}

// TestBodiesAtOnce: of one network only so many bodies arrive at a time, behind a proxy
// too; the next is told to come again, without being read. Others send theirs, and so
// does that network when its own have come or gone.
func TestBodiesAtOnce(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", rig.StaffedFile(t), "-trusted-proxy", "127.0.3.1")
	const most = 128
	proxy := at(r, "127.0.3.1")
	half := func(client string) *held {
		return begin(proxy, "/login", inWords+"X-Forwarded-For: "+client+"\r\nContent-Length: 100\r\nExpect: 100-continue\r\n")
	}
	var sending []*held
	for i := range most {
		h := half(fmt.Sprintf("2001:db8::%x", i+1)) // all of one customer
		if got := h.status(soon); got != http.StatusContinue {
			t.Fatalf("body %d: %d", i, got)
		}
		sending = append(sending, h)
	}
	over := half("2001:db8::ffff")
	over.SetReadDeadline(time.Now().Add(soon))
	answer, err := http.ReadResponse(over.answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" || !strings.Contains(string(said), "没有接收") || strings.Contains(string(said), "已保留") {
		t.Errorf("one more: %d, Retry-After %q:\n%s", answer.StatusCode, answer.Header.Get("Retry-After"), said)
	}
	if got := half("2001:db8:0:1::1").status(soon); got != http.StatusContinue {
		t.Errorf("the neighbour of that network: %d", got)
	}
	for _, h := range sending {
		h.Close()
	}
	for range 1000 {
		if got := half("2001:db8::1").status(soon); got == http.StatusContinue {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("when they have gone, the network still may not send")
}

// TestHalfForms: a form of words that does not come to its end is hung up on after half
// a minute, while a photo, whose sender is known, may take longer.
func TestHalfForms(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of waiting is left out of a short run")
	}
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	photo := announce(b, "/apply/self", 1<<20)
	if photo.status(soon) != http.StatusContinue {
		t.Fatal("the photo is not wanted")
	}
	photo.send(word("csrf_token", token(b.Get("/apply/self"))) + fmt.Sprintf(fileHead, "photo") + "a")
	half := map[string]*held{
		"a form":          begin(r.Browser(), "/login", inWords+"Content-Length: 100\r\n"),
		"one without end": begin(r.Browser(), "/login", inWords+chunked),
		"a form in parts": begin(r.Browser(), "/register", inParts+"Content-Length: 100000\r\n"),
		"what is refused": begin(r.Browser(), "/login", inWords+chunked+"Sec-Fetch-Site: cross-site\r\n"),
	}
	for what, h := range half {
		h.SetReadDeadline(time.Now().Add(time.Minute))
		if _, err := io.Copy(io.Discard, h); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s is still waited for", what)
		}
	}
	if got := photo.status(50 * time.Millisecond); got != 0 {
		t.Errorf("the photo is waited for no more: %d", got)
	}
}

// picture is a white PNG of twelve megapixels and, with what is beside them, more bytes
// than stay in memory.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	white := image.NewGray(image.Rect(0, 0, 3000, 4000))
	for i := range white.Pix {
		white.Pix[i] = 0xff
	}
	if err := png.Encode(&b, white); err != nil {
		t.Fatal(err)
	}
	note := append([]byte("tEXtComment\x00"), bytes.Repeat([]byte{'a'}, 2<<20)...)
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(note)-4)), note...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(note))
	return slices.Insert(b.Bytes(), 33, chunk...) // behind the header
}

// photoBody is a form with a photo and nothing else.
func photoBody(t *testing.T, token string, photo []byte) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	form := multipart.NewWriter(body)
	form.WriteField("csrf_token", token)
	part, err := form.CreateFormFile("photo", "photo.png")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(photo)
	form.Close()
	return form.FormDataContentType(), body
}

// TestMendingTurns: who sends several pictures at once that take long has them mended one
// after the other, and somebody else's goes in between.
func TestMendingTurns(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	one, other := r.Register("测试", rig.LoopNumber), r.Register("王五", rig.IDNumber(t, 1))
	large := picture(t)
	send := func(b *rig.Browser) int {
		for {
			kind, body := photoBody(t, token(b.Get("/apply/self")), large)
			if got := b.Do(http.MethodPost, "/apply/self", kind, body).Status; got != http.StatusServiceUnavailable { // a busy machine
				return got
			}
		}
	}
	const together = 5
	var all sync.WaitGroup
	var answered atomic.Int32
	for range together {
		all.Go(func() {
			if got := send(one); got != http.StatusUnprocessableEntity {
				t.Errorf("a picture of many: %d", got)
			}
			answered.Add(1)
		})
	}
	for answered.Load() == 0 && len(spooledFiles(t, r.Data+".spool")) < together {
		time.Sleep(time.Millisecond)
	}
	if got := send(other); got != http.StatusUnprocessableEntity {
		t.Errorf("the picture of the other: %d", got)
	}
	if n := answered.Load(); n > 2 {
		t.Errorf("%d of %d pictures of one candidate are mended before that of another", n, together)
	}
	all.Wait()
}

// TestDensePicture: a picture of a few bytes that would take half a gigabyte is refused
// by its header, with what to do.
func TestDensePicture(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	head := []byte("IHDR\x00\x00\x10\x68\x00\x00\x16\xa8\x10\x06\x00\x00\x01") // 4200 × 5800 of 16 bits, interlaced
	header := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"+string(head)), crc32.ChecksumIEEE(head))
	kind, body := photoBody(t, token(b.Get("/apply/self")), header)
	says := b.Do(http.MethodPost, "/apply/self", kind, body).Is(http.StatusUnprocessableEntity).Problems()["photo"]
	if !strings.Contains(says, "16 位、隔行扫描") || !strings.Contains(says, "另存为 JPG 后再上传") {
		t.Errorf("it is said: %q", says)
	}
}
