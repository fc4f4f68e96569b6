package sample

import (
	"cmp"
	"fmt"
	"image/color"
	"maps"
	"strconv"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// story is one application, from its submission on.
type story struct {
	who   string        // key of the cast
	exam  string        // title of the exam of the register's line; "" filled in by hand
	ago   int           // days before today on which it is submitted
	typed reissue.Draft // beside the phone
	face  string        // on the photo, where it is not the candidate's own
	dim   bool          // the photo's wall is not clearly white
	then  []deed
}

// deed is what is done to an application later on.
type deed struct {
	after int  // days after what came before
	batch bool // on the next day of a batch instead
	photo bool // with a new photo, where the year asks for one
	// do is nil where the story only waits for what happens to its batch.
	do func(*stage, *story, *reissue.Application) error
}

// tell plans a story's steps; n is its place in the table. A story that would
// lead beyond today is a mistake in the table.
func (s *stage) tell(n int, st *story) error {
	var number uint64
	ago, minute := st.ago, office(n)
	wall := whiteWall
	if st.dim {
		wall = dimWall
	}
	s.addWith(s.picture(st, wall), ago, minute, func() (err error) {
		number, err = s.submit(st)
		return st.fail(err)
	})
	for k, d := range st.then {
		before := ago
		ago -= d.after
		for _, day := range batchDays {
			if d.batch && day <= before {
				ago = day
				break
			}
		}
		if ago < 0 || d.batch && ago > before {
			return st.fail(fmt.Errorf("its act %d lies in the future", k+1))
		}
		if next := office(n + k + 1); ago < before {
			minute = next
		} else {
			minute = min(minute+30, dayMinutes)
		}
		if d.do == nil {
			continue
		}
		var again *picture
		if d.photo {
			again = s.picture(st, whiteWall)
		}
		s.addWith(again, ago, minute, func() error {
			a, err := s.store.Holder(s.accounts[st.who]).Application(number)
			if err != nil {
				return st.fail(err)
			}
			if err := d.do(s, st, a); err != nil {
				return st.fail(err)
			}
			return st.fail(s.deliver(st, number))
		})
	}
	return nil
}

// fail names the story that an error belongs to.
func (st *story) fail(err error) error {
	if err != nil {
		err = fmt.Errorf("application of %s %s: %w", st.who, st.exam, err)
	}
	return err
}

// submit applies as a candidate does, from the certificate that is found or by
// hand.
func (s *stage) submit(st *story) (uint64, error) {
	account, form := s.accounts[st.who], store.Form{Kind: store.FormSelf}
	if st.exam != "" {
		lines, err := s.store.Holder(account).Certificates()
		if err != nil {
			return 0, err
		}
		for _, l := range lines {
			if strconv.Itoa(l.ExamYear)+" "+l.ExamName == st.exam {
				form = store.Form{Kind: store.FormCertificate, Record: l.ID}
			}
		}
	}
	a, err := s.store.Holder(account).Apply(form, s.draft(st, nil), store.Upload{Photo: s.photo})
	if err != nil {
		return 0, err
	}
	return a.ID, s.deliver(st, a.ID)
}

// draft is what the candidate types, with later changes.
func (s *stage) draft(st *story, changes reissue.Draft) reissue.Draft {
	draft := reissue.Draft{reissue.FieldPhone: s.cast[st.who].phone()}
	maps.Copy(draft, st.typed)
	maps.Copy(draft, changes)
	return draft
}

// picture is the candidate's photo, nil where the year asks for none.
func (s *stage) picture(st *story, wall color.Gray) *picture {
	year, _, _ := strings.Cut(st.exam, " ")
	if year == "" {
		year = st.typed[reissue.FieldExamYear]
	}
	if n, _ := strconv.Atoi(year); n > reissue.DefaultSettings().PhotoYear {
		return nil
	}
	return &picture{cmp.Or(st.face, st.who), s.cast[st.who].female(), wall}
}

// deliver notes that the mail of the last act has left, or that who has no address was
// told by telephone; that to the dead address stays for bounce.
func (s *stage) deliver(st *story, number uint64) error {
	a, err := s.store.Holder(s.accounts[st.who]).Application(number)
	if err != nil {
		return err
	}
	return s.told(st.who, a.History[len(a.History)-1].Mail)
}

// told notes that a candidate knows what a mail says; 0 is none.
func (s *stage) told(who string, mail uint64) error {
	switch email := s.cast[who].email; {
	case mail == 0 || who == untold || email == deadAddress:
		return nil
	case email == "":
		return s.store.Tell(s.staff["shenhe"], []uint64{mail})
	}
	return s.store.MailSent(mail)
}

// byStaff is a deed of the reviewer whose city it is. What is decided has been
// looked at.
func byStaff(after int, act store.Act) deed {
	return deed{after: after, do: func(s *stage, _ *story, a *reissue.Application) error {
		clerk := s.staff[cityReviewer]
		if !clerk.Covers(a.Fields.City) {
			clerk = s.staff["shenhe"]
		}
		if a.Status == reissue.Pending {
			if err := s.store.Viewed(clerk.Actor(), a.ID); err != nil {
				return err
			}
		}
		return s.store.Change(clerk, a.ID, a.Revision, act)
	}}
}

func approve(after int) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Approve(by, now, "", on, on.Account.Name)
	})
}

func sendBack(after int, note string, codes ...string) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Return(by, now, on.Settings.Reasons, codes, note)
	})
}

func refuse(after int, note string, codes ...string) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Refuse(by, now, on.Settings.Reasons, codes, note)
	})
}

func takeBack(after int, note string) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.TakeBack(by, now, note)
	})
}

// lock and arrive are the office's doing, for whole batches: the story only
// waits for them.
func lock() deed   { return deed{batch: true} }
func arrive() deed { return deed{after: arrival} }

func handOut(after int, agent string) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		c := reissue.Collection{NewNumber: fmt.Sprintf("BF%d", a.ID)}
		if agent != "" {
			c.Agent, c.AgentPerson = agent, reissue.Person{Paper: reissue.IDCard, Number: agentNumber}
		}
		return a.HandOut(by, now, c)
	})
}

// printProof prints the 合格证明, or prints it once more.
func printProof(after int) deed {
	return deed{after: after, do: func(s *stage, _ *story, a *reissue.Application) error {
		return s.store.PrintProofs(s.staff["shenhe"], store.Picked{Application: a.ID, Revision: a.Revision})
	}}
}

func handOutProof(after int) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.HandOut(by, now, reissue.Collection{})
	})
}

func send(after int, tracking string) deed {
	return byStaff(after, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Mail(by, now, tracking)
	})
}

func withdraw(after int) deed {
	return deed{after: after, do: func(s *stage, st *story, a *reissue.Application) error {
		return s.store.Holder(a.Owner).Withdraw(a.ID, a.Revision)
	}}
}

// save corrects the application, with a new photo on a white wall.
func save(after int, changes reissue.Draft) deed {
	return deed{after: after, photo: true, do: func(s *stage, st *story, a *reissue.Application) error {
		_, err := s.store.Holder(a.Owner).Save(a.ID, a.Revision, s.draft(st, changes), store.Upload{Photo: s.photo})
		return err
	}}
}

// The usual ways, as far as the calendar lets them go.
func produced() []deed { return []deed{approve(3), lock()} }
func arrived() []deed  { return append(produced(), arrive()) }
func collect(after int, agent string) []deed {
	return append(arrived(), handOut(after, agent))
}
func mailed(after int, tracking string) []deed { return append(arrived(), send(after, tracking)) }
