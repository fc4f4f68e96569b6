package visit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// home is the address of whoever asks in these tests.
var home = netip.MustParseAddr("192.0.2.9")

// openCaptchas gives captchas whose clock stands where the returned moment
// says, and which no goroutine outlives.
func openCaptchas(t testing.TB) (*captchas, *time.Time) {
	moment := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	c := newCaptchas(func() time.Time { return moment })
	t.Cleanup(c.Close)
	return c, &moment
}

func TestCaptchaTake(t *testing.T) {
	const me = "me"
	tests := []struct {
		reason string
		do     func(c *captchas, now *time.Time, id, answer string) bool
		want   bool
	}{
		{"right answer", func(c *captchas, _ *time.Time, id, answer string) bool {
			return c.take(id, me, answer)
		}, true},
		{"full-width digits and spaces from an input method", func(c *captchas, _ *time.Time, id, answer string) bool {
			wide := []rune(answer)
			for i := range wide {
				wide[i] += '０' - '0'
			}
			return c.take(id, me, "\u3000"+string(wide[:2])+" "+string(wide[2:])+"\n")
		}, true},
		{"last second of the ten minutes", func(c *captchas, now *time.Time, id, answer string) bool {
			*now = now.Add(10 * time.Minute)
			return c.take(id, me, answer)
		}, true},
		{"expired", func(c *captchas, now *time.Time, id, answer string) bool {
			*now = now.Add(10*time.Minute + time.Second)
			return c.take(id, me, answer)
		}, false},
		{"wrong answer", func(c *captchas, _ *time.Time, id, answer string) bool {
			return c.take(id, me, other(answer))
		}, false},
		{"right answer after a wrong one", func(c *captchas, _ *time.Time, id, answer string) bool {
			c.take(id, me, other(answer))
			return c.take(id, me, answer)
		}, false},
		{"replay", func(c *captchas, _ *time.Time, id, answer string) bool {
			c.take(id, me, answer)
			return c.take(id, me, answer)
		}, false},
		{"empty answer", func(c *captchas, _ *time.Time, id, _ string) bool {
			return c.take(id, me, "")
		}, false},
		{"right answer after an empty one", func(c *captchas, _ *time.Time, id, answer string) bool {
			c.take(id, me, "")
			return c.take(id, me, answer)
		}, false},
		{"unknown id and empty answer, which the library's own check accepts", func(c *captchas, _ *time.Time, _, _ string) bool {
			return c.take("unknown", me, "")
		}, false},
		{"no id", func(c *captchas, _ *time.Time, _, answer string) bool {
			return c.take("", me, answer)
		}, false},
		{"another visitor", func(c *captchas, _ *time.Time, id, answer string) bool {
			return c.take(id, "you", answer)
		}, false},
		{"owner after another visitor tried", func(c *captchas, _ *time.Time, id, answer string) bool {
			c.take(id, "you", answer)
			return c.take(id, me, answer)
		}, true},
		{"answer of another captcha of the same visitor", func(c *captchas, _ *time.Time, id, answer string) bool {
			for {
				if _, second := c.issue(me, home); second != answer {
					return c.take(id, me, second)
				}
			}
		}, false},
		{"after looking and listening", func(c *captchas, _ *time.Time, id, answer string) bool {
			_, seen := c.show(picture, id, me)
			_, heard := c.show(recording, id, me)
			return seen && heard && c.take(id, me, answer)
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			c, now := openCaptchas(t)
			id, answer := c.issue(me, home)
			if got := tt.do(c, now, id, answer); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// other returns a wrong answer of the right form.
func other(answer string) string {
	if answer == "0000" {
		return "1111"
	}
	return "0000"
}

func TestCaptchaWithoutVisitorIsNobodys(t *testing.T) {
	c, _ := openCaptchas(t)
	id, answer := c.issue("", home)
	if _, ok := c.show(picture, id, ""); ok {
		t.Error("picture shown without a visitor")
	}
	if c.take(id, "", answer) {
		t.Error("answer taken without a visitor")
	}
}

func TestCaptchaIsShownToItsVisitorOnly(t *testing.T) {
	c, now := openCaptchas(t)
	id, _ := c.issue("me", home)
	for kind := range media {
		if _, ok := c.show(kind, id, "you"); ok {
			t.Error("shown to another visitor")
		}
		if _, ok := c.show(kind, "unknown", "me"); ok {
			t.Error("shown for an unknown id")
		}
	}
	*now = now.Add(11 * time.Minute)
	for kind := range media {
		if _, ok := c.show(kind, id, "me"); ok {
			t.Error("shown after it expired")
		}
	}
}

func TestCaptchaParallelTakes(t *testing.T) {
	c, _ := openCaptchas(t)
	id, answer := c.issue("me", home)
	var passed atomic.Int32
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if c.take(id, "me", answer) {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	if got := passed.Load(); got != 1 {
		t.Errorf("%d of 100 takes passed, want 1", got)
	}
}

func TestCaptchaPicture(t *testing.T) {
	c, _ := openCaptchas(t)
	id, _ := c.issue("me", home)
	drawn, _ := c.show(picture, id, "me")
	img, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := img.Bounds(), image.Rect(0, 0, 264, 72); got != want {
		t.Errorf("bounds %v, want %v", got, want)
	}
	if len(drawn) > 3072 {
		t.Errorf("%d bytes, want at most 3072", len(drawn))
	}
	if got := url.PathEscape(id); got != id {
		t.Errorf("id %q needs escaping", id)
	}
}

// TestCaptchaDigitsStayApart: no digit reaches the edge of its own picture, where the
// next one begins: what lies there are single dots and the line, which are not tall.
func TestCaptchaDigitsStayApart(t *testing.T) {
	const tall = 12 // of 36 that a digit has
	for range 300 {
		_, _, answer := answerDriver.GenerateIdQuestionAnswer()
		img, err := png.Decode(bytes.NewReader(drawDigits(answer)))
		if err != nil {
			t.Fatal(err)
		}
		drawn := img.(*image.Paletted)
		width := drawn.Bounds().Dx() / captchaLength
		for x := range drawn.Bounds().Dx() {
			if x%width != 0 && x%width != width-1 {
				continue
			}
			run := 0
			for y := range drawn.Bounds().Dy() {
				if run++; drawn.ColorIndexAt(x, y) != 1 {
					run = 0
				}
				if run > tall {
					t.Fatalf("in %s a digit reaches column %d", answer, x)
				}
			}
		}
	}
}

// TestCaptchaIsMadeOnce: however often, and by how many at once, it is looked at or
// listened to, it is the same, until others have pushed it out.
func TestCaptchaIsMadeOnce(t *testing.T) {
	c, _ := openCaptchas(t)
	id, answer := c.issue("me", home)
	for kind, most := range [media]int{picture: mostPictures, recording: mostRecordings} {
		var asked sync.WaitGroup
		var made [8][]byte
		for i := range made {
			asked.Go(func() { made[i], _ = c.show(kind, id, "me") })
		}
		asked.Wait()
		for _, one := range made {
			if len(one) == 0 || !bytes.Equal(one, made[0]) {
				t.Fatalf("medium %d differs from one time to the next", kind)
			}
		}
		c.mu.Lock()
		for range most {
			c.media[kind].keep(kind, newCaptcha(), []byte{1})
		}
		kept := c.byID[id].made[kind]
		c.mu.Unlock()
		if kept != nil {
			t.Errorf("medium %d is kept for ever", kind)
		}
		if again, ok := c.show(kind, id, "me"); !ok || len(again) == 0 {
			t.Errorf("medium %d is not made anew", kind)
		}
	}
	if !c.take(id, "me", answer) {
		t.Error("the answer changed")
	}
}

func TestCaptchaSpeech(t *testing.T) {
	c, _ := openCaptchas(t)
	id, _ := c.issue("me", home)
	sound, ok := c.show(recording, id, "me")
	if !ok || len(sound) < 44 || string(sound[:4]) != "RIFF" || string(sound[8:12]) != "WAVE" {
		t.Fatalf("not a WAV of %d bytes", len(sound))
	}
	if got, want := int(binary.LittleEndian.Uint32(sound[4:]))+8, len(sound); got != want {
		t.Errorf("the header says %d bytes, there are %d", got, want)
	}
}

func TestCaptchaCapPerVisitor(t *testing.T) {
	c, _ := openCaptchas(t)
	yours, answer := c.issue("you", home)
	var mine []string
	for range mostCaptchasEach + 1 {
		id, _ := c.issue("me", home)
		mine = append(mine, id)
	}
	if _, ok := c.show(picture, mine[0], "me"); ok {
		t.Error("the oldest is still there")
	}
	if _, ok := c.show(picture, mine[1], "me"); !ok {
		t.Error("the second oldest is gone")
	}
	if !c.take(yours, "you", answer) {
		t.Error("one visitor pushed out another")
	}
}

// TestCaptchaCapForAll: whoever asks for more than there may be pushes out his own,
// and nobody else's, older ones included: not from one network, not from several.
func TestCaptchaCapForAll(t *testing.T) {
	c, now := openCaptchas(t)
	hold := func(network string, n int) (ids []string) {
		for i := range n {
			id, _ := c.issue(fmt.Sprint(network, i), netip.MustParseAddr(network))
			ids = append(ids, id)
		}
		return ids
	}
	kept := func(network string, ids []string) (n int) {
		for i, id := range ids {
			if _, ok := c.show(picture, id, fmt.Sprint(network, i)); ok {
				n++
			}
		}
		return n
	}
	school := hold("192.0.2.1", 300)
	person := hold("2001:db8:0:1::1", 1)
	var flood []string
	for i := range 2 * mostCaptchas { // from the addresses of one IPv6 customer, each cookie new
		id, _ := c.issue(fmt.Sprint("flood", i), netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", i%9999+1)))
		flood = append(flood, id)
	}
	hold("198.51.100.1", 6000)
	hold("198.51.100.2", 6000)
	late := hold("192.0.2.3", 1)
	if n := kept("192.0.2.1", school); n != 300 {
		t.Errorf("of 300 behind one address %d are kept", n)
	}
	if kept("2001:db8:0:1::1", person) != 1 || kept("192.0.2.3", late) != 1 {
		t.Error("a visitor of another network is pushed out")
	}
	if _, ok := c.show(picture, flood[0], "flood0"); ok {
		t.Error("the flood keeps its oldest")
	}
	if len(c.byID) != mostCaptchas || c.order.Len() != mostCaptchas {
		t.Errorf("%d and %d kept, want %d", len(c.byID), c.order.Len(), mostCaptchas)
	}
	*now = now.Add(captchaLife + time.Second)
	c.issue("next", home)
	if len(c.byID) != 1 || c.order.Len() != 1 || len(c.visitors) != 1 || len(c.networks) != 1 {
		t.Errorf("after all expired %d, %d, %d and %d are kept, want 1 each", len(c.byID), c.order.Len(), len(c.visitors), len(c.networks))
	}
}

func TestCaptchaCloseEndsTheGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	c := newCaptchas(time.Now)
	id, answer := c.issue("me", home)
	c.Close()
	goleak.VerifyNone(t, before)
	if !c.take(id, "me", answer) {
		t.Error("what was issued before Close is lost")
	}
	c.Close()
}

// BenchmarkCaptcha compares a picture from the ring with one drawn for the
// request.
func BenchmarkCaptcha(b *testing.B) {
	b.Run("ready", func(b *testing.B) {
		c, _ := openCaptchas(b)
		c.Close()
		drawn := drawDigits("2046")
		for b.Loop() {
			ready := newCaptcha() // stands for the work of the other goroutine
			ready.made[picture] = drawn
			select {
			case c.ready <- ready:
			default:
			}
			id, _ := c.issue("me", home)
			c.show(picture, id, "me")
		}
	})
	b.Run("fresh", func(b *testing.B) {
		c, _ := openCaptchas(b)
		c.Close()
		for len(c.ready) > 0 {
			<-c.ready
		}
		for b.Loop() {
			id, _ := c.issue("me", home)
			c.show(picture, id, "me")
		}
	})
}
