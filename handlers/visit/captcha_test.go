package visit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

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
				if _, second := c.issue(me); second != answer {
					return c.take(id, me, second)
				}
			}
		}, false},
		{"after looking and listening", func(c *captchas, _ *time.Time, id, answer string) bool {
			_, seen := c.picture(id, me)
			_, heard := c.speech(id, me)
			return seen && heard && c.take(id, me, answer)
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			c, now := openCaptchas(t)
			id, answer := c.issue(me)
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
	id, answer := c.issue("")
	if _, ok := c.picture(id, ""); ok {
		t.Error("picture shown without a visitor")
	}
	if c.take(id, "", answer) {
		t.Error("answer taken without a visitor")
	}
}

func TestCaptchaIsShownToItsVisitorOnly(t *testing.T) {
	c, now := openCaptchas(t)
	id, _ := c.issue("me")
	for _, show := range []func(id, visitor string) ([]byte, bool){c.picture, c.speech} {
		if _, ok := show(id, "you"); ok {
			t.Error("shown to another visitor")
		}
		if _, ok := show("unknown", "me"); ok {
			t.Error("shown for an unknown id")
		}
	}
	*now = now.Add(11 * time.Minute)
	for _, show := range []func(id, visitor string) ([]byte, bool){c.picture, c.speech} {
		if _, ok := show(id, "me"); ok {
			t.Error("shown after it expired")
		}
	}
}

func TestCaptchaParallelTakes(t *testing.T) {
	c, _ := openCaptchas(t)
	id, answer := c.issue("me")
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
	id, _ := c.issue("me")
	picture, _ := c.picture(id, "me")
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := img.Bounds(), image.Rect(0, 0, 196, 72); got != want {
		t.Errorf("bounds %v, want %v", got, want)
	}
	if len(picture) > 2048 {
		t.Errorf("%d bytes, want at most 2048", len(picture))
	}
	if again, _ := c.picture(id, "me"); !bytes.Equal(again, picture) {
		t.Error("a reload shows another picture")
	}
	if got := url.PathEscape(id); got != id {
		t.Errorf("id %q needs escaping", id)
	}
}

func TestCaptchaPictureIsDrawnAnewWhenForgotten(t *testing.T) {
	c, _ := openCaptchas(t)
	id, answer := c.issue("me")
	c.picture(id, "me")
	c.mu.Lock()
	for range mostPictures {
		c.keepPicture(newCaptcha(), []byte{1})
	}
	kept := c.byID[id].picture
	c.mu.Unlock()
	if kept != nil {
		t.Fatal("the picture is still kept")
	}
	picture, ok := c.picture(id, "me")
	if !ok || len(picture) == 0 {
		t.Fatal("no picture")
	}
	if !c.take(id, "me", answer) {
		t.Error("the answer changed with the picture")
	}
}

func TestCaptchaSpeech(t *testing.T) {
	c, _ := openCaptchas(t)
	id, _ := c.issue("me")
	sound, ok := c.speech(id, "me")
	if !ok || len(sound) < 44 || string(sound[:4]) != "RIFF" || string(sound[8:12]) != "WAVE" {
		t.Fatalf("not a WAV of %d bytes", len(sound))
	}
	if got, want := int(binary.LittleEndian.Uint32(sound[4:]))+8, len(sound); got != want {
		t.Errorf("the header says %d bytes, there are %d", got, want)
	}
}

func TestCaptchaCapPerVisitor(t *testing.T) {
	c, _ := openCaptchas(t)
	yours, answer := c.issue("you")
	var mine []string
	for range mostCaptchasEach + 1 {
		id, _ := c.issue("me")
		mine = append(mine, id)
	}
	if _, ok := c.picture(mine[0], "me"); ok {
		t.Error("the oldest is still there")
	}
	if _, ok := c.picture(mine[1], "me"); !ok {
		t.Error("the second oldest is gone")
	}
	if !c.take(yours, "you", answer) {
		t.Error("one visitor pushed out another")
	}
}

func TestCaptchaCapForAll(t *testing.T) {
	c, now := openCaptchas(t)
	first, _ := c.issue("first")
	second, _ := c.issue("second")
	for i := range mostCaptchas - 1 {
		c.issue(fmt.Sprint(i))
	}
	if _, ok := c.picture(first, "first"); ok {
		t.Error("the oldest is still there")
	}
	if _, ok := c.picture(second, "second"); !ok {
		t.Error("the second oldest is gone")
	}
	if got := len(c.byID); got != mostCaptchas {
		t.Errorf("%d kept, want %d", got, mostCaptchas)
	}
	*now = now.Add(captchaLife + time.Second)
	c.issue("next")
	if len(c.byID) != 1 || c.order.Len() != 1 || len(c.visitors) != 1 {
		t.Errorf("after all expired %d, %d and %d are kept, want 1 each", len(c.byID), c.order.Len(), len(c.visitors))
	}
}

func TestCaptchaCloseEndsTheGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	c := newCaptchas(time.Now)
	id, answer := c.issue("me")
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
		picture := drawDigits("2046")
		for b.Loop() {
			ready := newCaptcha() // stands for the work of the other goroutine
			ready.picture = picture
			select {
			case c.ready <- ready:
			default:
			}
			id, _ := c.issue("me")
			c.picture(id, "me")
		}
	})
	b.Run("fresh", func(b *testing.B) {
		c, _ := openCaptchas(b)
		c.Close()
		for len(c.ready) > 0 {
			<-c.ready
		}
		for b.Loop() {
			id, _ := c.issue("me")
			c.picture(id, "me")
		}
	})
}
