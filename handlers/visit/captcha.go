package visit

import (
	"bytes"
	"container/list"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"certreissue/reissue"
	"certreissue/typed"
)

const (
	captchaLife = 10 * time.Minute

	// mostCaptchas bounds memory: one without its picture takes about 500
	// bytes. When it is reached, the network that holds most loses its oldest:
	// however many somebody asks for, they push out his own.
	mostCaptchas = 20_000
	// mostCaptchasEach keeps one visitor from pushing out the others; it
	// leaves room for a person with many tabs who presses 换一张 often.
	mostCaptchasEach = 20
	// mostPictures and mostRecordings are how many are kept, of about 2 and 80
	// kilobytes each. One that fell out is made anew if somebody still asks for it.
	mostPictures   = 1024
	mostRecordings = 128
	// readyPictures are drawn ahead, so that a page seldom waits the
	// millisecond that drawing takes.
	readyPictures = 64
	// captchaMakers is how many pictures and sounds are made for requests at
	// once; a sound takes a few milliseconds of one core.
	captchaMakers = 2
)

// captchas keeps the answers of the captchas that are on somebody's screen, in
// memory only: bound to one visitor, gone after ten minutes or at the first
// try, right or wrong. It stands in for the library's store, which accepts
// expired answers, and an empty answer to an unknown id.
type captchas struct {
	now    func() time.Time
	ready  chan *captcha // drawn, but nobody's yet
	makers chan struct{}
	stop   context.CancelFunc
	done   chan struct{} // closed when the drawing goroutine has ended

	mu       sync.Mutex
	byID     map[string]*captcha
	order    *list.List // of *captcha, oldest first
	visitors map[[sha256.Size]byte][]*captcha
	networks map[netip.Prefix]*list.List // of *captcha, oldest first
	media    [media]medium
}

// A captcha is seen and heard.
const (
	picture = iota
	recording
	media
)

// medium keeps what was made last of the answers.
type medium struct {
	make   func(answer string) []byte
	owners []*captcha // of what is kept, as a ring
	next   int        // where the ring goes on
}

// keep stores what was made of a captcha with it, in place of what was made longest ago.
func (m *medium) keep(kind int, owner *captcha, made []byte) {
	if old := m.owners[m.next]; old != nil {
		old.made[kind] = nil
	}
	owner.made[kind] = made
	m.owners[m.next] = owner
	m.next = (m.next + 1) % len(m.owners)
}

// captcha is one question. Visitors are known by a hash, so that a long cookie
// costs no memory.
type captcha struct {
	id      string
	visitor [sha256.Size]byte
	answer  string
	issued  time.Time
	network netip.Prefix  // that it was asked for from
	made    [media][]byte // nil where it has to be made first; guarded by captchas.mu
	// places are those in order and in its network's list.
	place, networkPlace *list.Element
}

// newCaptcha makes a question that is nobody's yet and has no picture. The
// library draws its answers from crypto/rand, other than its noise.
func newCaptcha() *captcha {
	_, _, answer := answerDriver.GenerateIdQuestionAnswer()
	return &captcha{id: rand.Text(), answer: answer}
}

// newCaptchas starts the goroutine that draws ahead; Close ends it. Expiry
// counts by the monotonic reading where now gives one, as time.Now does.
func newCaptchas(now func() time.Time) *captchas {
	ctx, stop := context.WithCancel(context.Background())
	c := &captchas{
		now:      now,
		ready:    make(chan *captcha, readyPictures),
		makers:   make(chan struct{}, captchaMakers),
		stop:     stop,
		done:     make(chan struct{}),
		byID:     make(map[string]*captcha),
		order:    list.New(),
		visitors: make(map[[sha256.Size]byte][]*captcha),
		networks: make(map[netip.Prefix]*list.List),
		media: [media]medium{
			picture:   {make: drawDigits, owners: make([]*captcha, mostPictures)},
			recording: {make: speakDigits, owners: make([]*captcha, mostRecordings)},
		},
	}
	go c.drawAhead(ctx)
	return c
}

func (c *captchas) drawAhead(ctx context.Context) {
	defer close(c.done)
	for ctx.Err() == nil {
		drawn := newCaptcha()
		drawn.made[picture] = drawDigits(drawn.answer)
		select {
		case c.ready <- drawn:
		case <-ctx.Done():
		}
	}
}

// Close ends the drawing goroutine and waits for it. What was issued stays
// valid.
func (c *captchas) Close() {
	c.stop()
	<-c.done
}

// issue makes a captcha for the visitor at an address. The id is safe in a URL and has at
// least 128 random bits; the answer is for the demo's log alone. When no
// picture is ready, it is left to be drawn when the browser asks for it: a
// page that nobody looks at costs no drawing.
func (c *captchas) issue(visitor string, from netip.Addr) (id, answer string) {
	var fresh *captcha
	select {
	case fresh = <-c.ready:
	default:
		fresh = newCaptcha()
	}
	fresh.visitor, fresh.network = sha256.Sum256([]byte(visitor)), NetworkOf(from)

	c.mu.Lock()
	defer c.mu.Unlock()
	fresh.issued = c.now()
	for e := c.order.Front(); e != nil; e = c.order.Front() {
		oldest := e.Value.(*captcha)
		if fresh.issued.Sub(oldest.issued) <= captchaLife {
			break
		}
		c.remove(oldest)
	}
	if own := c.visitors[fresh.visitor]; len(own) == mostCaptchasEach {
		c.remove(own[0])
	}
	if len(c.byID) == mostCaptchas {
		c.remove(c.most().Front().Value.(*captcha))
	}
	c.byID[fresh.id] = fresh
	c.visitors[fresh.visitor] = append(c.visitors[fresh.visitor], fresh)
	if c.networks[fresh.network] == nil {
		c.networks[fresh.network] = list.New()
	}
	fresh.place, fresh.networkPlace = c.order.PushBack(fresh), c.networks[fresh.network].PushBack(fresh)
	if drawn := fresh.made[picture]; drawn != nil {
		c.media[picture].keep(picture, fresh, drawn)
	}
	return fresh.id, fresh.answer
}

// most are the captchas of the network that holds most of them. With as many networks
// as captchas, which no one visitor has, looking for it takes a fraction of a
// millisecond.
func (c *captchas) most() (most *list.List) {
	for _, held := range c.networks {
		if most == nil || held.Len() > most.Len() {
			most = held
		}
	}
	return most
}

// show returns what a captcha looks like, a PNG of 264 × 72 pixels that is meant to be
// shown at 161 × 44, or what it sounds like, a WAV of the digits in Chinese of about ten
// seconds and 80 KB. It is made once, since players ask for a recording in pieces, and
// does not use the captcha up. It reports false where the visitor holds no such captcha.
func (c *captchas) show(kind int, id, visitor string) ([]byte, bool) {
	c.mu.Lock()
	found := c.find(id, visitor)
	if found == nil {
		c.mu.Unlock()
		return nil, false
	}
	made := found.made[kind]
	c.mu.Unlock()
	if made != nil {
		return made, true
	}

	c.makers <- struct{}{}
	defer func() { <-c.makers }()
	made = c.media[kind].make(found.answer)
	c.mu.Lock()
	defer c.mu.Unlock()
	if found.made[kind] == nil { // nobody else was quicker
		c.media[kind].keep(kind, found, made)
	}
	return found.made[kind], true
}

// take reports whether the answer is right, and uses the captcha up either
// way. A captcha of another visitor is left alone: it is unknown here.
func (c *captchas) take(id, visitor, answer string) bool {
	answer = typedDigits(answer)
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.find(id, visitor)
	if found == nil {
		return false
	}
	c.remove(found)
	return subtle.ConstantTimeCompare([]byte(answer), []byte(found.answer)) == 1
}

// find returns the visitor's captcha while it is valid, else nil. Those who
// have no cookie yet are no visitor: they would all be the same one.
func (c *captchas) find(id, visitor string) *captcha {
	found := c.byID[id]
	if found == nil || visitor == "" || found.visitor != sha256.Sum256([]byte(visitor)) ||
		c.now().Sub(found.issued) > captchaLife {
		return nil
	}
	return found
}

func (c *captchas) remove(gone *captcha) {
	delete(c.byID, gone.id)
	c.order.Remove(gone.place)
	if held := c.networks[gone.network]; held.Len() > 1 {
		held.Remove(gone.networkPlace)
	} else {
		delete(c.networks, gone.network)
	}
	rest := slices.DeleteFunc(c.visitors[gone.visitor], func(x *captcha) bool { return x == gone })
	if len(rest) == 0 {
		delete(c.visitors, gone.visitor)
	} else {
		c.visitors[gone.visitor] = rest
	}
}

// typedDigits undoes what input methods do to digits: full-width forms, and
// spaces before, after and between.
func typedDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return typed.HalfWidth(r)
	}, s)
}

// ShowCaptcha serves a captcha's picture or sound, and with "new" the id of
// another one for the script that spares the page a reload.
func (s *Server) ShowCaptcha(v *Visit) error {
	name := v.R.PathValue("name")
	h := v.W.Header()
	if name == "new" {
		h.Set("Content-Type", "application/json")
		_, err := v.W.Write([]byte(`{"id":"` + url.QueryEscape(v.newCaptcha()) + `"}`))
		return err
	}
	for kind, served := range [media]struct{ ending, contentType string }{picture: {".png", "image/png"}, recording: {".wav", "audio/wav"}} {
		id, found := strings.CutSuffix(name, served.ending)
		if !found {
			continue
		}
		made, ok := s.captchas.show(kind, id, v.visitor)
		if !ok {
			break
		}
		h.Set("Content-Type", served.contentType)
		http.ServeContent(v.W, v.R, "", time.Time{}, bytes.NewReader(made)) // players on iOS ask for a part first
		return nil
	}
	return reissue.ErrNotFound
}
