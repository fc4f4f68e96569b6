package office

import (
	"sync"
	"time"
)

// presence knows which application which clerk has opened lately, so that two
// who work through one queue do not meet. It lives in memory: after a restart
// nobody has anything open, and the revision decides as ever.
type presence struct {
	now    func() time.Time
	mu     sync.Mutex
	opened map[uint64]opening // by application
}

type opening struct {
	staff uint64
	at    time.Time
}

const (
	// presenceLife is how long an opened application is left to its clerk.
	presenceLife = 2 * time.Minute
	// mostOpened is where what is over is cleared away.
	mostOpened = 1024
)

func newPresence(now func() time.Time) *presence {
	return &presence{now: now, opened: map[uint64]opening{}}
}

// open notes that a clerk has opened an application. Where another one has had
// it open for less than presenceLife it stays theirs, and the answer is who.
func (p *presence) open(application, staff uint64) (colleague uint64, since time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if held, ok := p.opened[application]; ok && held.staff != staff && now.Sub(held.at) < presenceLife {
		return held.staff, held.at
	}
	if len(p.opened) >= mostOpened {
		for number, held := range p.opened {
			if now.Sub(held.at) >= presenceLife {
				delete(p.opened, number)
			}
		}
	}
	p.opened[application] = opening{staff, now}
	return 0, time.Time{}
}

// leave forgets an application that its clerk has decided.
func (p *presence) leave(application, staff uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.opened[application].staff == staff {
		delete(p.opened, application)
	}
}
