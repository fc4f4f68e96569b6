package exchange

import (
	"errors"
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

func (c *chosen) exam(st *store.Store, number uint64) error {
	if number == 0 {
		return nil
	}
	exam, err := st.Exam(number)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		c.add(sayExam, sayUnknown)
	case err != nil:
		return err
	default:
		c.add(sayExam, exam.Title())
	}
	return nil
}

func (c *chosen) searched(number, text bool) {
	if number {
		*c = append(*c, sayByNumber)
	}
	if text {
		*c = append(*c, sayByText)
	}
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
	err = errors.Join(c.city(st, f.City), c.exam(st, f.Exam))
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
