package doctor

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// watched are the looks at what may go wrong by itself while the service runs.
var watched = []struct {
	kind reissue.AlarmKind
	look func(*doctor) error
}{
	{reissue.AlarmData, (*doctor).damage}, {reissue.AlarmCopies, (*doctor).copies}, {reissue.AlarmMirror, (*doctor).behind},
	{reissue.AlarmDisk, (*doctor).disk}, {reissue.AlarmCertificate, (*doctor).lifetimes}, {reissue.AlarmMail, (*doctor).undelivered},
}

// Watch looks at what may go wrong by itself, at little cost: found is what an
// administrator must see to, and looked the kinds of which that is all. Of the others, for
// which ready is false, or at which nobody could look, nothing is known.
func Watch(p Patient, ready func(reissue.AlarmKind) bool) (looked []reissue.AlarmKind, found []reissue.Alarm) {
	for _, w := range watched {
		d := &doctor{Patient: p}
		if !ready(w.kind) || w.look(d) != nil {
			continue
		}
		looked = append(looked, w.kind)
		var sentences []string
		for _, f := range d.findings {
			if f.Weight == Mend {
				sentences = append(sentences, f.Sentence)
			}
		}
		if len(sentences) > 0 {
			found = append(found, reissue.Alarm{Kind: w.kind, Sentence: strings.Join(sentences, "\n")})
		}
	}
	return looked, found
}

// damage tells how much is damaged, and what to do. What it is does not leave the house by
// mail.
func (d *doctor) damage() error {
	if n := len(d.Store.KnownDamage()); n > 0 {
		d.say(Mend, lookData, sayDamages(n)+sayMendData(store.NewestCopy(d.Store.CopiesFolder(), d.mirrorFolder())))
	}
	return nil
}

// behind tells why the mirror is not written. How old it is is true of one moment only.
func (d *doctor) behind() error {
	if mirror, now := d.Service.Mirror, time.Now(); mirror.Folder != "" && mirror.Wrong(now) {
		d.say(Mend, lookMirror, mirror.Trouble(now))
	}
	return nil
}

// lifetimes tells of the certificates that the service shows and that are over, or soon
// will be. Of one that cannot be read, as under renewal, nobody knows.
func (d *doctor) lifetimes() error {
	s := d.Service
	var err error
	if s.CertFile != "" {
		err = d.lifetime(s.CertFile, s.KeyFile)
	}
	for _, path := range s.authorityFiles() {
		if failed := d.lifetime(path, path); !errors.Is(failed, fs.ErrNotExist) { // before the first visit
			err = errors.Join(err, failed)
		}
	}
	return err
}

func (d *doctor) lifetime(certFile, keyFile string) error {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err == nil {
		d.ends(pair.Leaf)
	}
	return err
}

// undelivered tells of mails that do not arrive, where there is a server for them.
func (d *doctor) undelivered() error {
	if d.Store.Settings().SMTP.Host == "" {
		return nil
	}
	n, err := d.Store.Undelivered()
	if n > 0 {
		d.say(Mend, lookMail, sayUndelivered(n))
	}
	return err
}
