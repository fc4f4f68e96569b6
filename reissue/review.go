package reissue

import "slices"

// Difference is one field of an application beside the register's line.
type Difference struct {
	Field      string
	Register   string // the register's value today
	Applied    string
	Locked     bool // it came from the register when last saved
	Disagree   bool // both are there and not the same
	Registered bool // the register has a value
}

// Compare sets the application's fields beside the register's line, which is
// nil where none is known. A locked field that disagrees has moved in the
// register since the candidate saved.
func Compare(a *Application, line *Certificate) []Difference {
	var known Fields
	if line != nil {
		known = line.Fields()
	}
	rows := make([]Difference, 0, len(FieldNames))
	for _, field := range FieldNames {
		row := Difference{Field: field, Register: known.Get(field), Applied: a.Fields.Get(field), Locked: a.IsLocked(field)}
		if Optional(field) && row.Register == "" && row.Applied == "" {
			continue
		}
		row.Registered = row.Register != ""
		row.Disagree = row.Registered && !agree(field, row.Register, row.Applied)
		rows = append(rows, row)
	}
	return rows
}

// agree compares two values as keys compare them, so that 石家庄 and 石家庄市,
// or 无 and blank, are no difference.
func agree(field, a, b string) bool {
	if field == FieldCity {
		return CityKey(a) == CityKey(b)
	}
	return Key(a) == Key(b)
}

// Untouched are the fields that the last return named and that the candidate
// could have changed, but has saved again as they were. The name is the
// counter's to change.
func Untouched(a *Application) []string {
	var fields []string
	var decision Act
	for _, event := range a.History {
		switch event.Act {
		case ActReturn, ActLeaveReturn:
			fields, decision = nil, ActReturn
			for _, reason := range event.Reasons {
				field := reason.Field
				if field != "" && field != FieldName && a.CanCorrect(field) && !slices.Contains(fields, field) {
					fields = append(fields, field)
				}
			}
		case ActApprove, ActRefuse, ActLapse, ActLeaveApprove, ActLeaveRefuse:
			decision = event.Act
		case ActUndoLeave:
			fields, decision = nil, event.Act
		case ActTakeBack:
			if decision == ActReturn {
				fields = nil
			}
		default:
			fields = slices.DeleteFunc(fields, func(field string) bool {
				// 级别或专业不符 is one reason.
				return slices.Contains(event.Changed, field) || field == FieldLevel && slices.Contains(event.Changed, FieldSpecialty)
			})
		}
	}
	if a.Status != Pending {
		return nil
	}
	return fields
}

// Likeliest picks from a person's lines the one to show beside an application
// that was filled in by hand: same exam before same year; nil where none is of
// that year or exam.
func Likeliest(a *Application, lines []*Certificate) *Certificate {
	score := func(c *Certificate) int {
		s := 0
		if Key(c.ExamName) == Key(a.Fields.ExamName) {
			s += 4
		}
		if c.ExamYear == a.Fields.ExamYear {
			s += 2
		}
		if s > 0 && Key(c.Level) == Key(a.Fields.Level) && Key(c.Specialty) == Key(a.Fields.Specialty) {
			s++
		}
		return s
	}
	if len(lines) == 0 {
		return nil
	}
	best := slices.MaxFunc(lines, func(x, y *Certificate) int { return score(x) - score(y) })
	if score(best) == 0 {
		return nil
	}
	return best
}

// Mark is something for the reviewer to look at: in a word for a list, and in a
// sentence. Serious ones speak against approval.
type Mark struct {
	Word, Text string
	Serious    bool
}

// MarkAny stands for every mark where one is asked for by its word.
const MarkAny = "any"

// HasMark tells whether one of the marks has the word.
func HasMark(marks []Mark, word string) bool {
	return slices.ContainsFunc(marks, func(m Mark) bool { return word == MarkAny || m.Word == word })
}

// Beside is what an application is looked at beside.
type Beside struct {
	Line          *Certificate // the register's line, nil where none is like it
	LineElsewhere bool         // there is one, which is not the reader's work
	Exam          *Exam        // the office's entry for its exam, nil where there is none
	Account       *Account
	SamePhoto     bool // another person's application has the very same photo
	SamePhone     bool // likewise the telephone number
	State         LineState
}

// Marks are what was accepted but should be looked at.
func (a *Application) Marks(beside Beside) []Mark {
	marks := beside.State.Marks()
	add := func(when bool, mark Mark) {
		if when {
			marks = append(marks, mark)
		}
	}
	line, exam := beside.Line, beside.Exam
	add(a.Certificate == 0 && line == nil && !beside.LineElsewhere, markNotInRegister)
	add(a.Certificate == 0 && (line != nil || beside.LineElsewhere), markByHandBesideLine)
	if line != nil {
		match := MatchNames(beside.Account.Name, line.Name)
		add(match == NamesTolerant, markNameTolerant)
		add(match == NamesDiffer, markNameDiffers)
		// A line of another exam says nothing about this certificate.
		about := line.ExamYear == a.Fields.ExamYear && Key(line.ExamName) == Key(a.Fields.ExamName)
		add(about && !line.Collected, markNotCollected)
		add(slices.ContainsFunc(Compare(a, line), func(d Difference) bool { return d.Disagree && d.Locked && d.Field != FieldName }), markMoved)
	}
	add(a.Person.contradicts(a.Fields.Sex, a.Fields.BirthMonth), markContradicts)
	add(DateHint(&a.Fields, exam) != "", markDateUnlikeExam)
	add(exam == nil, markExamUnknown)
	add(exam != nil && exam.Route == RouteProof, markProof)
	add(exam != nil && (exam.Route == RouteElectronic || exam.Route == RouteClosed), markRouteClosed)
	add(a.Round > 1, markRound(a.Round))
	_, first := a.Resubmitted()
	add(first, markFromProduction)
	untouched := Untouched(a)
	add(len(untouched) > 0, markUntouched(untouched))
	add(slices.ContainsFunc(a.History, func(e Event) bool { return e.AtCounter() }), markFiledAtCounter)
	add(a.Photo.NoFace, markNoFace)
	for _, hint := range a.Photo.Hints {
		add(true, markPhoto(hint))
	}
	add(beside.SamePhoto, markSamePhoto)
	add(beside.SamePhone, markSamePhone)
	return marks
}

// DateHint is what to tell a candidate whose approval date is not the one of
// the exam table; "" where there is nothing to tell. Such a date is accepted.
func DateHint(f *Fields, exam *Exam) string {
	if exam == nil || exam.LastDay == "" || f.ApprovalDate == "" || f.ApprovalDate == exam.LastDay {
		return ""
	}
	return sayDateUnlikeExam(exam.LastDay)
}
