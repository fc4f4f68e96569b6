package reissue

import (
	"slices"
	"time"
)

// Alarm is something around the data that an administrator must see to: what, and a
// sentence that says what to do.
type Alarm struct {
	Kind     AlarmKind
	Sentence string
}

// AlarmKind is what an alarm is about. There is one of a kind at a time.
type AlarmKind string

// The kinds of alarms.
const (
	AlarmData        AlarmKind = "data"        // the file is damaged
	AlarmCopies      AlarmKind = "copies"      // the nightly ones are not made
	AlarmMirror      AlarmKind = "mirror"      // it falls behind
	AlarmDisk        AlarmKind = "disk"        // there is little room
	AlarmCertificate AlarmKind = "certificate" // that of TLS ends
	AlarmMail        AlarmKind = "mail"        // some does not arrive
)

// Alarms are what is known of each kind.
type Alarms map[AlarmKind]AlarmMark

// AlarmMark is what is known of one kind, and what was mailed of it.
type AlarmMark struct {
	Since    Moment `cbor:"1,keyasint,omitempty"` // 0 while all is well
	Sentence string `cbor:"2,keyasint,omitempty"` // of when it began
	Mailed   bool   `cbor:"3,keyasint,omitempty"` // that it began
	Last     Moment `cbor:"4,keyasint,omitempty"` // when one that began was mailed
}

// AlarmNews is what there is to mail: that an alarm has begun, or that it is over.
type AlarmNews struct {
	Alarm
	Since Moment
	Over  bool
}

// alarmPause is how long nothing is mailed of a kind that begins again: a disk that comes
// and goes must not fill a mailbox.
const alarmPause = time.Hour

// Next is what is known after a look, and what there is to mail of it: of each alarm its
// beginning and its end, once. Of kinds that were not looked at, because nothing can be
// known of them yet, what was known stands. Where nobody is told by mail now, what still
// stands is mailed when somebody is.
func (known Alarms) Next(looked []AlarmKind, found []Alarm, now Moment, mails bool) (next Alarms, news []AlarmNews) {
	next = Alarms{}
	for kind, mark := range known {
		next[kind] = mark
	}
	for _, kind := range looked {
		mark := next[kind]
		i := slices.IndexFunc(found, func(a Alarm) bool { return a.Kind == kind })
		switch {
		case i < 0 && mark.Since == 0:
			continue
		case i < 0:
			if mark.Mailed && mails {
				news = append(news, AlarmNews{Alarm{kind, mark.Sentence}, mark.Since, true})
			}
			next[kind] = AlarmMark{Last: mark.Last}
			continue
		case mark.Since == 0:
			mark.Since, mark.Sentence = now, found[i].Sentence
		}
		if paused := mark.Last <= now && now.Time().Sub(mark.Last.Time()) < alarmPause; mails && !mark.Mailed && !paused {
			mark.Mailed, mark.Last = true, now
			news = append(news, AlarmNews{Alarm{kind, mark.Sentence}, mark.Since, false})
		}
		next[kind] = mark
	}
	return next, news
}
