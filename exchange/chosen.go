package exchange

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
)

// chosen puts into words which records an export has, for the log. Of a search it
// says that there was one: what was searched for is of a person.
type chosen []string

func (c *chosen) add(label, value string) {
	if value != "" {
		*c = append(*c, label+" "+value)
	}
}

// limits tells that the staff member sees no other cities anyway.
func (c *chosen) limits(staff *reissue.Staff) {
	if staff.Limited() {
		c.add(sayLimitedTo, strings.Join(staff.Cities, "、"))
	}
}

// city names one that the office knows: what else stands in an address may be of
// anybody.
func (c *chosen) city(st *store.Store, typed string) error {
	known, err := st.Cities()
	if err != nil || typed == "" {
		return err
	}
	city, ok := reissue.FindCity(known, typed)
	if !ok {
		city = sayUnknown
	}
	c.add(reissue.Label(reissue.FieldCity), city)
	return nil
}

// named names what stands under a number, 0 for none.
func (c *chosen) named(label string, number uint64, name func() (string, error)) error {
	if number == 0 {
		return nil
	}
	text, err := name()
	if errors.Is(err, reissue.ErrNotFound) {
		text, err = sayUnknown, nil
	}
	if err == nil {
		c.add(label, text)
	}
	return err
}

func (c *chosen) exam(st *store.Store, number uint64) error {
	return c.named(sayExam, number, func() (string, error) {
		exam, err := st.Exam(number)
		if err != nil {
			return "", err
		}
		return exam.Title(), nil
	})
}

func (c *chosen) searched(number, text bool) {
	if number {
		*c = append(*c, sayByNumber)
	}
	if text {
		*c = append(*c, sayByText)
	}
}

// mark names one that there is.
func (c *chosen) mark(word string) {
	switch {
	case word == "":
	case word == reissue.MarkAny:
		c.add(sayMark, sayAny)
	case slices.Contains(reissue.MarkWords(), word):
		c.add(sayMark, word)
	default:
		c.add(sayMark, sayUnknown)
	}
}

func (c *chosen) days(label string, d store.Days) {
	if d.Set() {
		c.add(label, reissue.ShowDate(d.From)+sayUntil+reissue.ShowDate(d.To))
	}
}

func (c *chosen) decider(st *store.Store, number uint64) error {
	return c.named(sayDecider, number, func() (string, error) {
		staff, err := st.Staff(number)
		if err != nil {
			return "", err
		}
		return staff.Name, nil
	})
}

// batch names one that the staff member knows.
func (c *chosen) batch(st *store.Store, staff *reissue.Staff, number uint64) error {
	return c.named(sayBatch, number, func() (string, error) {
		b, err := st.Batch(staff, number)
		if err != nil {
			return "", err
		}
		return b.Name, nil
	})
}

func chosenApplications(st *store.Store, staff *reissue.Staff, f *store.Filter) (c chosen, err error) {
	c.limits(staff)
	if f.Status != "" {
		c.add(sayStatus, f.Status.Word())
	}
	switch {
	case f.Year > 0:
		c.add(reissue.Label(reissue.FieldExamYear), strconv.Itoa(f.Year))
	case f.Year < 0:
		c.add(reissue.Label(reissue.FieldExamYear), sayUnknown)
	}
	c.mark(f.Mark)
	if f.Overdue {
		c = append(c, sayOverdue)
	}
	c.days(saySubmitted, f.Submitted)
	c.days(sayDecided, f.Decided)
	err = errors.Join(c.city(st, f.City), c.exam(st, f.Exam), c.decider(st, f.By), c.batch(st, staff, f.Batch))
	c.searched(f.Number != "", f.Query != "")
	return c, err
}

func chosenCertificates(st *store.Store, staff *reissue.Staff, f *store.RegisterFilter) (c chosen, err error) {
	c.limits(staff)
	if f.Import != 0 {
		c.add(sayImport, strconv.FormatUint(f.Import, 10))
	}
	err = errors.Join(c.city(st, f.City), c.exam(st, f.Exam))
	c.searched(f.Number != "", f.Query != "")
	return c, err
}

func chosenProofs(staff *reissue.Staff, f *store.StubFilter) (c chosen) {
	c.limits(staff)
	if f.Year != 0 {
		c.add(sayYear, strconv.Itoa(f.Year))
	}
	if f.Number != 0 {
		c.add(sayProofNumber, reissue.ShowProofNumber(f.Number))
	}
	return c
}
