package reissue

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The fields of the office's form of an exam. Levels and specialties are one a
// line.
const (
	ExamYear        = "year"
	ExamName        = "name"
	ExamLastDay     = "last_day"
	ExamLevels      = "levels"
	ExamSpecialties = "specialties"
	ExamRoute       = "route"
	ExamSentence    = "sentence"
	ExamLink        = "link"
	ExamOpens       = "opens"
	ExamCloses      = "closes"
	ExamPhoto       = "photo"
)

// ExamFields are the fields in the form's order.
var ExamFields = []string{ExamYear, ExamName, ExamLastDay, ExamRoute, ExamSentence, ExamLink, ExamOpens, ExamCloses, ExamPhoto, ExamLevels, ExamSpecialties}

// Lists of suggestions are bounded, so that a register with a level in every
// line does not make a page of a megabyte.
const (
	MaxLevels      = 60
	MaxSpecialties = 300
)

// ExamForm is what the office typed into an exam's form, by field, unchecked.
// Route and photo are the words of the choices.
type ExamForm map[string]string

// Form is the exam as its form shows it.
func (e *Exam) Form() ExamForm {
	form := ExamForm{
		ExamName: e.Name, ExamLastDay: e.LastDay, ExamRoute: e.Route.Word(), ExamSentence: e.Sentence, ExamLink: e.Link, ExamOpens: e.Opens,
		ExamCloses: e.Closes, ExamPhoto: e.Photo.Word(), ExamLevels: strings.Join(e.Levels, "\n"), ExamSpecialties: strings.Join(e.Specialties, "\n"),
	}
	if e.Year != 0 {
		form[ExamYear] = strconv.Itoa(e.Year)
	}
	return form
}

// Changes names the fields in which two exams differ.
func (e *Exam) Changes(other *Exam) []string {
	a, b := e.Form(), other.Form()
	return slices.DeleteFunc(slices.Clone(ExamFields), func(field string) bool { return a[field] == b[field] })
}

// Fill reads the form into the exam, or says all that is wrong with it.
func (f ExamForm) Fill(e *Exam) error {
	var problems Problems
	text := func(field string, limit int) string {
		typed := Clean(f[field])
		if utf8.RuneCountInString(typed) > limit {
			problems.Add(field, sayTooLong(limit))
		}
		return typed
	}
	date := func(field string) string {
		typed := Clean(f[field])
		if typed == "" {
			return ""
		}
		day, err := ParseDate(typed)
		if err != nil {
			problems.Add(field, sayBadDate)
		}
		return day
	}
	list := func(field string, limit int) (items []string) {
		for line := range strings.Lines(f[field]) {
			item := Clean(line)
			if item == "" || slices.Contains(items, item) {
				continue
			}
			if utf8.RuneCountInString(item) > 60 {
				problems.Add(field, sayTooLong(60))
			}
			items = append(items, item)
		}
		if len(items) > limit {
			problems.Add(field, sayTooManyLines(limit))
		}
		return items
	}

	var ok bool
	if e.Year, ok = ParseYear(f[ExamYear]); !ok {
		problems.Add(ExamYear, sayExamYearOffice)
	}
	if e.Name = text(ExamName, 60); e.Name == "" {
		problems.Add(ExamName, sayBlankField)
	}
	if e.LastDay = date(ExamLastDay); e.LastDay != "" && ok {
		if year, _ := strconv.Atoi(e.LastDay[:4]); year != e.Year && year != e.Year+1 {
			problems.Add(ExamLastDay, sayDateNotOfYear(e.Year))
		}
	}
	if e.Route, ok = choice(Routes, f[ExamRoute]); !ok {
		problems.Add(ExamRoute, sayChoose)
	}
	e.Sentence = text(ExamSentence, 200)
	switch e.Link = text(ExamLink, 200); {
	case e.Link == "" && e.Route == RouteElectronic:
		problems.Add(ExamLink, sayLinkMissing)
	case e.Link != "" && !webAddress(e.Link):
		problems.Add(ExamLink, sayBadLink)
	}
	e.Opens, e.Closes = date(ExamOpens), date(ExamCloses)
	if e.Opens != "" && e.Closes != "" && e.Closes < e.Opens {
		problems.Add(ExamCloses, sayClosesBeforeOpens)
	}
	if e.Photo, ok = choice(PhotoRules, f[ExamPhoto]); !ok {
		problems.Add(ExamPhoto, sayChoose)
	}
	e.Levels, e.Specialties = list(ExamLevels, MaxLevels), list(ExamSpecialties, MaxSpecialties)
	return problems.Err()
}

// choice is the one of a list with the word.
func choice[T interface{ Word() string }](list []T, word string) (chosen T, ok bool) {
	i := slices.IndexFunc(list, func(one T) bool { return one.Word() == word })
	if i < 0 {
		return chosen, false
	}
	return list[i], true
}

// webAddress tells whether a text can stand as a link on a page.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

// SameLines tells whether two texts of a form say the same, whatever ends their
// lines.
func SameLines(a, b string) bool {
	return slices.EqualFunc(strings.Split(strings.TrimSpace(a), "\n"), strings.Split(strings.TrimSpace(b), "\n"),
		func(x, y string) bool { return Clean(x) == Clean(y) })
}

// ExamManyFields are the fields that can be set for many exams at once, and ExamClearable
// those of them that can be made empty.
var (
	ExamManyFields = []string{ExamRoute, ExamSentence, ExamLink, ExamOpens, ExamCloses, ExamPhoto}
	ExamClearable  = []string{ExamSentence, ExamLink, ExamOpens, ExamCloses}
)

// ForMany is the part of a form that changes many exams: what is empty stays as it is, but
// for the fields that are to be cleared. Both at once, and nothing at all, are Problems.
func (f ExamForm) ForMany(clear []string) (ExamForm, error) {
	form := ExamForm{}
	var problems Problems
	for _, field := range ExamManyFields {
		typed := Clean(f[field])
		switch cleared := slices.Contains(clear, field) && slices.Contains(ExamClearable, field); {
		case cleared && typed != "":
			problems.Add(field, sayClearOrSet)
		case cleared || typed != "":
			form[field] = f[field]
		}
	}
	if len(form) == 0 && len(problems) == 0 {
		problems.Add("", sayNothingToSet)
	}
	return form, problems.Err()
}
