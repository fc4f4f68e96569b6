package visit

import (
	"context"
	"encoding/binary"
	"maps"
	"strconv"
	"time"
)

// once remembers how forms with a captcha were answered. Who got no answer sends the
// form again; but its captcha is used up, so it cannot be judged anew.
type once struct {
	answered *Shelf[accepted]
	turns    *Turns // the second waits for what becomes of the first
}

// accepted is where an accepted form has led, and with what sentence.
type accepted struct{ address, flash string }

// onceLine is how many may wait for the first of one form.
const onceLine = 4

func newOnce(now func() time.Time) *once {
	return &once{NewShelf[accepted](now, captchaLife, MostShelved), NewTurns(onceLine)}
}

// around is the route's work, unless the visitor has sent just this before and it was
// accepted: then the answer is the same again.
func (o *once) around(route Route) func(*Visit) error {
	return func(v *Visit) (err error) {
		id := v.sent(route)
		arrived := v.R.Context()
		v.R = v.R.WithContext(context.WithoutCancel(arrived)) // a captcha is used up for nobody who has hung up
		busy := o.turns.Do(arrived, binary.BigEndian.Uint64([]byte(id)), func() {
			if was, again := o.answered.Find(id, Nobody); again {
				v.Flash(was.flash)
				err = v.Redirect(was.address)
			} else if err = route.Handle(v); err == nil {
				o.answered.KeepAs(id, v.led, Nobody)
			}
		})
		if busy != nil {
			return busy
		}
		return err
	}
}

// sent stands for everything that was posted, and by whom.
func (v *Visit) sent(route Route) string {
	words := maps.Clone(v.Posted)
	words.Del("csrf_token")
	who := uint64(0)
	if v.SignedIn() {
		who = v.subject()
	}
	return string(v.S.Store.Sign("sent", route.Pattern, v.visitor, strconv.FormatUint(who, 10), words.Encode()))
}
