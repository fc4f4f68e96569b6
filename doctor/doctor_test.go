package doctor

import (
	"net"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/reissue"
	"certreissue/store"
)

// well is a patient in a folder of its own, with whom nothing is wrong that the tests
// look at.
func well(t *testing.T) Patient {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	nothing := func() error { return nil }
	return Patient{Store: st, Addr: "127.0.0.1:0", Check: func(string) error { return nil }, TryMail: nothing}
}

// change changes the settings of a patient.
func (p Patient) change(t *testing.T, do func(*reissue.Settings)) {
	t.Helper()
	err := p.Store.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { do(s); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// finds fails unless there is just one finding on the subject, of the weight, which
// holds the texts.
func (p Patient) finds(t *testing.T, weight Weight, subject string, texts ...string) {
	t.Helper()
	p.listening(net.Listen).finds(t, weight, subject, texts...)
}

func (p Patient) listening(listen func(network, address string) (net.Listener, error)) *doctor {
	return &doctor{Patient: p, listen: listen, onNetwork: store.OnNetwork}
}

func (d *doctor) finds(t *testing.T, weight Weight, subject string, texts ...string) {
	t.Helper()
	d.findings = nil
	if err := d.look(); err != nil {
		t.Fatal(err)
	}
	var about []Finding
	for _, f := range d.findings {
		if f.Subject == subject {
			about = append(about, f)
		}
	}
	if len(about) != 1 || about[0].Weight != weight {
		t.Errorf("want one of %q on %s among %v", weight, subject, about)
		return
	}
	for _, text := range texts {
		if !strings.Contains(about[0].Sentence, text) {
			t.Errorf("%q lacks %q", about[0], text)
		}
	}
}

// silent fails where there is a finding on the subject.
func (p Patient) silent(t *testing.T, subject string) {
	t.Helper()
	found, err := Examine(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Subject == subject {
			t.Errorf("found %v", f)
		}
	}
}

// TestAdmins: whoever is to take over must be able to sign in.
func TestAdmins(t *testing.T) {
	p := well(t)
	p.finds(t, Mend, lookStaff, "没有管理员")
	add := func(s reissue.Staff) {
		t.Helper()
		s.Roles, s.Password = []reissue.Role{reissue.RoleAdmin}, "x"
		if _, err := p.Store.AddStaff(reissue.System(), s); err != nil {
			t.Fatal(err)
		}
	}
	add(reissue.Staff{Name: "甲"})
	add(reissue.Staff{Name: "离职的", Disabled: true})
	p.finds(t, Hint, lookStaff, "只有一个管理员")
	add(reissue.Staff{Name: "乙"})
	p.finds(t, Good, lookStaff, "2 个管理员")
}

// TestAdminsWithOneTimePasswords: of two of whom one has never signed in there is one.
func TestAdminsWithOneTimePasswords(t *testing.T) {
	p := well(t)
	for name, mustChange := range map[string]bool{"甲": false, "乙": true} {
		staff := reissue.Staff{Name: name, Roles: []reissue.Role{reissue.RoleAdmin}, Password: "x", MustChange: mustChange}
		if _, err := p.Store.AddStaff(reissue.System(), staff); err != nil {
			t.Fatal(err)
		}
	}
	d := p.listening(net.Listen)
	if err := d.staff(); err != nil {
		t.Fatal(err)
	}
	want := Finding{Hint, lookStaff, sayFewAdmins(2)}
	if d.findings[0] != want {
		t.Errorf("found %v", d.findings)
	}
}
