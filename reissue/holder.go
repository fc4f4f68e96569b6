package reissue

import (
	"cmp"
	"slices"
	"time"
)

// Holder is whom an account belongs to, as a clerk reads it from the paper.
// BirthMonth and Sex are told by the number itself where that is an ID card's.
type Holder struct {
	Name       string
	Person     Person
	BirthMonth string
	Sex        string
}

// FieldPaper is the form name of a holder's kind of paper; the others are
// FieldName, FieldIDNumber, FieldBirthMonth and FieldSex.
const FieldPaper = "paper"

// ParseHolder reads what a clerk typed from a paper. today is YYYYMMDD.
func ParseHolder(typed func(field string) string, today string) (Holder, error) {
	var problems Problems
	h := Holder{Name: CleanName(typed(FieldName))}
	if !ValidName(h.Name) {
		problems.Add(FieldName, sayBadHolderName)
	}
	person, err := ParsePerson(typed(FieldPaper), typed(FieldIDNumber), today)
	if err != nil {
		problems.Add(FieldIDNumber, sayPaperFault(person.Paper, err))
	} else if h.Person = person; person.Paper != IDCard {
		if _, err := ParsePerson("", typed(FieldIDNumber), today); err == nil {
			problems.Add(FieldPaper, sayIsIDCard)
		}
	}
	if person.Paper == IDCard {
		return h, problems.Err()
	}
	if h.BirthMonth, err = ParseMonth(typed(FieldBirthMonth)); err != nil || h.BirthMonth > today[:6] {
		problems.Add(FieldBirthMonth, sayBirthMonthNeeded)
	}
	if h.Sex = typed(FieldSex); !slices.Contains(Sexes, h.Sex) {
		problems.Add(FieldSex, sayBadSex)
	}
	return h, problems.Err()
}

// ActCorrectHolder is the counter's correction of the holder's name or number in
// an application. It is none of the moves of acts.go: the state stays.
const ActCorrectHolder Act = "correct_holder"

// CorrectHolder takes a corrected holder over into an application that is still
// open: the number always, name, sex and month of birth where the application
// was filled in by hand, since otherwise they are the register's. It tells
// whether anything changed.
func (a *Application) CorrectHolder(by Actor, now time.Time, h Holder) (bool, error) {
	role := RoleReviewer
	if !by.Is(role) {
		role = RoleAdmin
	}
	switch {
	case !by.Is(role):
		return false, ErrRole
	case !a.Status.Open():
		return false, ErrState
	}
	next := a.Fields
	if a.Certificate == 0 {
		next.Name = h.Name
		next.Sex = cmp.Or(h.Person.Sex(), h.Sex)
		next.BirthMonth = cmp.Or(h.Person.BirthMonth(), h.BirthMonth)
	}
	changed := a.Fields.Diff(next)
	was := a.Fields.values(changed)
	if a.Person != h.Person {
		changed, was = append(changed, FieldIDNumber), append(was, a.Person.Number.Full())
	}
	if len(changed) == 0 {
		return false, nil
	}
	a.Fields, a.Person = next, h.Person
	a.Revision++
	a.Updated = At(now)
	a.History = append(a.History, Event{At: a.Updated, Act: ActCorrectHolder, Status: a.Status, Role: role, By: by.ID, Changed: changed, Was: was})
	return true, nil
}
