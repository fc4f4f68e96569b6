package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"certreissue/photo"
	"certreissue/reissue"
)

// applying are the arguments with which this test program becomes the child of
// the tests that end a process, or a disk, beneath its work; the variable says
// where its file lies.
var applying = []string{"-test.run=^TestApplying$"}

const applyingTo = "CERTREISSUE_TEST_APPLYING="

// newFile is an empty data file that was closed cleanly.
func newFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.db")
	s, err := Open(path, Options{Create: true, Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Store: s, clock: &clock{t: morning}, t: t}
	o.load(line(0)) // brings the city
	o.must(s.Close())
	return path
}

// TestApplying is that child: it registers one person after the other and
// applies for them, and says so each time, once the store has. Writers share the
// people; one that gives up ends with the first refusal.
func TestApplying(t *testing.T) {
	path := os.Getenv(applyingTo[:len(applyingTo)-1])
	if path == "" {
		return // a child's work, and nobody is its parent
	}
	s, err := Open(path, Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("CERTREISSUE_TEST_NOSYNC") != "" {
		s.db.NoSync = true
	}
	o := &office{Store: s, clock: &clock{t: morning}, t: t}
	people, _ := strconv.Atoi(os.Getenv("CERTREISSUE_TEST_PEOPLE"))
	writers, _ := strconv.Atoi(os.Getenv("CERTREISSUE_TEST_WRITERS"))
	picture := shot(t, 1)
	next := make(chan int)
	var all sync.WaitGroup
	for range max(writers, 1) {
		all.Go(func() {
			for n := range next {
				account := o.registerAnyhow(n)
				fmt.Println("acknowledged", o.applyAnyhow(account, picture))
			}
		})
	}
	for n := count(o, &accounts) + 1; n <= people; n++ {
		next <- n
	}
	close(next)
	all.Wait()
	o.must(s.Abandon()) // not closed: its user was stopped
}

// anyhow does what somebody does whom a failing disk has refused: it tries again.
func (o *office) anyhow(do func() error) {
	o.t.Helper()
	for range 50 {
		err := do()
		var fault *FileError
		if !errors.As(err, &fault) {
			o.must(err)
			return
		}
		fmt.Println("refused")
		if os.Getenv("CERTREISSUE_TEST_GIVES_UP") != "" {
			os.Exit(0)
		}
	}
	fmt.Println("refused every time")
	os.Exit(1) // who waits for this one must not wait for ever
}

// registerOnce registers the n-th person.
func (o *office) registerOnce(n int) (*reissue.Account, error) {
	return o.Register(reissue.Account{Person: human(n), Name: name(n), Email: fmt.Sprintf("%d@example.com", n), Password: fmt.Sprintf("hash %d", n)})
}

// registerAnyhow registers the n-th person, or finds that it stands registered
// since an attempt that was refused.
func (o *office) registerAnyhow(n int) (account *reissue.Account) {
	o.t.Helper()
	o.anyhow(func() (err error) {
		account, err = o.registerOnce(n)
		if _, taken := errors.AsType[reissue.Problems](err); taken {
			account, err = o.AccountByNumber(human(n).Number)
		}
		return err
	})
	return account
}

// applyAnyhow gives the number of the only application that the account has in
// the end.
func (o *office) applyAnyhow(account *reissue.Account, picture photo.Checked) (number uint64) {
	o.t.Helper()
	o.anyhow(func() error {
		a, err := o.Holder(account.ID).Apply(Form{FormSelf, 0}, filled(), Upload{Photo: picture})
		if open, already := errors.AsType[*OpenError](err); already {
			number = open.Application
			return nil
		}
		number = a.ID
		return err
	})
	return number
}
