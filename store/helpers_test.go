package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/photo"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/image/draw"
)

// morning is when every test begins.
var morning = time.Date(2026, 1, 15, 1, 30, 0, 0, time.UTC)

// clock is a clock that a test sets.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// forward sets the clock on, or back.
func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// office is a store under test with its clock and some people.
type office struct {
	*Store
	*clock
	t *testing.T
}

// open makes a new file. At the end of the test everything in it is compared
// with everything else.
func open(t *testing.T) *office {
	t.Helper()
	return openWith(t, filepath.Join(t.TempDir(), "data.db"), Options{Create: true})
}

func openWith(t *testing.T, path string, options Options) *office {
	t.Helper()
	o := &office{clock: &clock{t: morning}, t: t}
	options.Now = o.now
	s, err := Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	o.Store = s
	t.Cleanup(func() {
		for _, finding := range o.findings() {
			t.Errorf("check: %s", finding)
		}
		if err := o.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return o
}

func (o *office) findings() (found []Finding) {
	o.t.Helper()
	if err := o.Check(context.Background(), func(f Finding) { found = append(found, f) }, nil); err != nil {
		o.t.Errorf("check: %v", err)
	}
	return found
}

// change writes past the rules, in a transaction as the store makes them.
func (o *office) change(do func(tx *txn)) {
	o.t.Helper()
	if err := o.update(reissue.System(), func(tx *txn) error { do(tx); return nil }); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// errOf is for calls of which only the error matters.
func errOf[T any](_ T, err error) error { return err }

// human is the n-th made-up person: a valid ID number.
func human(n int) reissue.Person {
	stem := fmt.Sprintf("1101011990%02d%02d%03d", 1+n/28%12, 1+n%28, n/336%1000)
	for _, last := range "0123456789X" {
		if number, err := idcard.Parse(stem+string(last), "20260115"); err == nil {
			return reissue.Person{Paper: reissue.IDCard, Number: number}
		}
	}
	panic("no check character fits")
}

// name is the n-th person's name.
func name(n int) string { return fmt.Sprintf("王%c%c", '一'+rune(n%500), '丁'+rune(n/500)) }

// register makes the n-th person's account.
func (o *office) register(n int) *reissue.Account {
	o.t.Helper()
	a, err := o.registerOnce(n)
	o.must(err)
	return a
}

// line is the n-th person's collected certificate of 2016, changed at will.
func line(n int, changes ...func(*reissue.Certificate)) certificateRow {
	c := reissue.Certificate{Person: human(n), Name: name(n), ExamYear: 2016, ExamName: "二级建造师", Level: "考全科", Specialty: "建筑工程", Sex: "男",
		BirthMonth: "199001", Number: fmt.Sprintf("A-%d", n), ApprovalDate: "20160605", City: "石家庄市", Collected: true}
	for _, change := range changes {
		change(&c)
	}
	return certificateRow{n + 2, &c}
}

// imported takes in lines of a register.
func imported(ctx context.Context, s *Store, load Load, lines ...certificateRow) (Counts, error) {
	rows, err := s.CertificateRows()
	if err != nil {
		return Counts{}, err
	}
	defer rows.Close()
	for _, line := range lines {
		if err := rows.Add(line.line, line.Certificate); err != nil {
			return Counts{}, err
		}
	}
	return s.ImportCertificates(ctx, rows, load)
}

// load imports lines and gives what became of them.
func (o *office) load(lines ...certificateRow) (Counts, []Reject) {
	o.t.Helper()
	var rejects []Reject
	counts, err := imported(context.Background(), o.Store, Load{By: reissue.System(), Alone: true, Reject: func(r Reject) { rejects = append(rejects, r) }}, lines...)
	o.must(err)
	return counts, rejects
}

// one is the only certificate that an account sees.
func (o *office) one(account *reissue.Account) uint64 {
	o.t.Helper()
	lines, err := o.Holder(account.ID).Certificates()
	o.must(err)
	if len(lines) != 1 {
		o.t.Fatalf("the account sees %d certificates", len(lines))
	}
	return lines[0].ID
}

// shots are those that a test has asked for, since the check takes longer than most tests.
var shots sync.Map

// shot is an accepted photo, another one for each n. It is smaller than a real
// one, which the store does not judge and the tests need not wait for.
func shot(t *testing.T, n int) photo.Checked {
	t.Helper()
	if kept, ok := shots.Load(n); ok {
		return kept.(photo.Checked)
	}
	file, err := os.Open("../face/testdata/man.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	man, err := jpeg.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 90, 126))
	draw.ApproxBiLinear.Scale(img, img.Rect, man, man.Bounds(), draw.Src, nil)
	draw.Draw(img, image.Rect(0, 120, 90, 126), image.NewUniform(color.RGBA{uint8(n * 37), uint8(n * 11), uint8(n * 5), 255}), image.Point{}, draw.Src) // the shirt
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	checked, findings := photo.Check(b.Bytes(), photo.Limits{Width: 90, Height: 126, MaxBytes: 30 << 10})
	if checked.IsZero() {
		t.Fatal(findings)
	}
	shots.Store(n, checked)
	return checked
}

// filled is a form that passes.
func filled() reissue.Draft {
	return reissue.Draft{"exam_year": "2015", "exam_name": "会计从业", "certificate_number": "无", "approval_date": "20151122", "level": "无", "specialty": "无",
		"city": "石家庄", "phone": "13800000000"}
}

// applied is the n-th person with a certificate, an account and an application.
func (o *office) applied(n int) (*reissue.Account, *reissue.Application) {
	o.t.Helper()
	o.load(line(n))
	account := o.register(n)
	a, err := o.Holder(account.ID).Apply(Form{FormCertificate, o.one(account)}, filled(), Upload{Photo: shot(o.t, n)})
	o.must(err)
	return account, a
}

// clerk is a reviewer of all cities.
func clerk() *reissue.Staff {
	return &reissue.Staff{ID: 70, Name: "clerk", Roles: []reissue.Role{reissue.RoleReviewer}}
}

// decide runs an act of the clerk on the application as it is.
func (o *office) decide(number uint64, act Act) {
	o.t.Helper()
	a, err := o.Application(clerk(), number)
	o.must(err)
	o.must(o.Change(clerk(), number, a.Revision, act))
}

// batch makes a batch of what is approved, and moves it on.
func (o *office) batch(acts ...reissue.BatchAct) {
	o.t.Helper()
	b, err := o.MakeBatch(clerk(), BatchPlan{})
	o.must(err)
	for _, act := range acts {
		b, err = o.Batch(clerk(), b.ID)
		o.must(err)
		_, err := o.MoveBatch(clerk(), b.ID, b.Revision, act, "")
		o.must(err)
	}
}

func approve(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
	return a.Approve(by, now, "", on, on.Account.Name)
}

func returnIt(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
	return a.Return(by, now, on.Settings.Reasons, []string{"phone"}, "")
}

func refuse(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
	return a.Refuse(by, now, on.Settings.Reasons, []string{"fraud"}, "")
}

func takeBack(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
	return a.TakeBack(by, now, "误操作")
}

// count counts the records of a table.
func count[T any](o *office, table *Table[T]) (n int) {
	o.t.Helper()
	o.must(o.view(func(tx *txn) error {
		n = tx.Bucket([]byte(table.name)).Stats().KeyN
		return nil
	}))
	return n
}

// rows are all records of a table.
func rows[T any](o *office, table *Table[T]) (list []*T) {
	o.t.Helper()
	o.must(o.view(func(tx *txn) error {
		for record, err := range table.all(tx.Tx) {
			if err != nil {
				return err
			}
			list = append(list, record)
		}
		return nil
	}))
	return list
}

// bucket is one of the file's buckets, for planting faults.
func bucket(tx *bolt.Tx, name string) *bolt.Bucket { return tx.Bucket([]byte(name)) }

// signIn starts a session of a subject, who is made where there is none yet.
func (o *office) signIn(kind SessionKind, subject uint64, token string) {
	o.t.Helper()
	var proven string
	o.change(func(tx *txn) {
		var err error
		if proven, err = storedPassword(tx, kind, subject); !isNotFound(err) {
			o.must(err)
			return
		}
		proven = "made"
		if kind == SessionStaff {
			o.must(staffs.put(tx.Tx, &reissue.Staff{ID: subject, Name: "made", Password: proven}))
			o.must(bucket(tx.Tx, "staff").SetSequence(subject))
		} else {
			o.must(accounts.put(tx.Tx, &reissue.Account{ID: subject, Person: human(int(subject)), Name: name(int(subject)), Password: proven}))
			o.must(bucket(tx.Tx, "accounts").SetSequence(subject))
		}
	})
	o.must(o.StartSession(token, SignIn{Kind: kind, Subject: subject, Proven: proven, Device: token}))
}

// compact is what the command of that name does.
func compact(ctx context.Context, path string) (before, after int64, err error) {
	s, err := Open(path, Options{})
	if err != nil {
		return 0, 0, err
	}
	before, after, err = s.Compact(ctx)
	return before, after, errors.Join(err, s.Close())
}

// locksItself signs an account in, and tries its password until it is locked.
func (o *office) locksItself(account *reissue.Account) {
	o.t.Helper()
	o.signIn(SessionCandidate, account.ID, "cookie")
	for range maxTries {
		_, err := o.ReserveTry(CandidateTry(TrySignIn, account.Person.Number.Full()))
		o.must(err)
	}
}
