// Package doctor examines what a check of the data does not: not whether the data
// is sound, but whether the service around it is safe and will last.
package doctor

import (
	"net"
	"net/netip"
	"runtime/debug"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// Patient is what is examined: an open data file, and how it is served.
type Patient struct {
	Store   *store.Store
	Service *Service // nil while none runs
	// Addr is where a service would listen that is told nothing else.
	Addr string
	// Places are where a data file lies that nobody has given a place.
	Places []string
	// Check verifies a copy by its content: in a process of its own, since a fault in
	// mapped memory takes that along.
	Check func(path string) error
	// TryMail reaches the office's mail server and signs in, without a mail.
	TryMail func() error
}

// Service is how a running service is reached.
type Service struct {
	Addr, Data        string
	CertFile, KeyFile string
	ACMEHosts         []string // for which certificates are asked of an authority
	Secure            bool     // browsers come by TLS, its own or a proxy's
	TrustedProxies    []netip.Prefix
	PublicURL         string // of its flags; "" is the office's setting
	Mirror            store.MirrorStatus
	Forwarded         Forwarded
}

// Forwarded is how many requests, since the start, came for others than who sent them.
type Forwarded struct {
	Named    int64      // from a trusted proxy, which said whom it asks for
	Silent   int64      // from a trusted proxy, which did not
	Strange  int64      // said so, and came from somebody else
	Stranger netip.Addr // who was the last of these
}

// Finding is one line of the examination.
type Finding struct {
	Weight            Weight
	Subject, Sentence string
}

func (f Finding) String() string { return string(f.Weight) + "  " + f.Subject + "：" + f.Sentence }

// Weight is how much it matters what was found; its text begins the line.
type Weight string

// doctor is an examination under way.
type doctor struct {
	Patient
	findings []Finding
	// What tests answer themselves: net.Listen and store.OnNetwork.
	listen    func(network, address string) (net.Listener, error)
	onNetwork func(path string) bool
}

// Examine looks at everything, in the order of its lines: one for each thing that
// is good, and one for each hint and each fault. An error has ended it early.
func Examine(p Patient) ([]Finding, error) {
	d := &doctor{Patient: p, listen: net.Listen, onNetwork: store.OnNetwork}
	err := d.look()
	return d.findings, err
}

func (d *doctor) look() error {
	for _, look := range []func() error{d.rights, d.parents, d.network, d.writing, d.others, d.connection, d.proxies, d.port, d.address, d.clock, d.disk,
		d.data, d.copies, d.newest, d.mirror, d.samples, d.staff, d.mail, d.retention} {
		if err := look(); err != nil {
			return err
		}
	}
	return nil
}

func (d *doctor) say(w Weight, subject, sentence string) {
	d.findings = append(d.findings, Finding{w, subject, sentence})
}

// built is when the program's source was committed; zero where it does not know.
func built() (at time.Time) {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.time" {
				at, _ = time.Parse(time.RFC3339, setting.Value)
			}
		}
	}
	return at
}

// clock compares the machine's time with what has certainly passed.
func (d *doctor) clock() error {
	now := d.Store.Now()
	last, err := d.Store.AuditRows(store.AuditFilter{}, "", 1)
	if err != nil {
		return err
	}
	switch {
	case now.Before(built()):
		d.say(Mend, lookClock, sayClockBeforeBuild(now, built()))
	case d.Store.ClockBehind() != 0:
		d.say(Mend, lookClock, sayClockBeforeRow(now, d.Store.ClockBehind().Time()))
	case len(last.Rows) > 0 && reissue.At(now.Add(time.Minute)) < last.Rows[0].At:
		d.say(Mend, lookClock, sayClockBeforeRow(now, last.Rows[0].At.Time()))
	default:
		d.say(Good, lookClock, sayClock(now))
	}
	return nil
}
