package reissue

import (
	"strings"
	"unicode"

	"certreissue/idcard"
)

// Collection is how a new certificate left the office at the counter.
type Collection struct {
	NewNumber   string `cbor:"1,keyasint"`           // what was read on the new certificate as its 证书管理号, or 无; "" of a 合格证明
	Agent       string `cbor:"2,keyasint,omitempty"` // name of who collected for the holder; "" the holder
	AgentPerson Person `cbor:"3,keyasint,omitempty"`
}

// Who can collect, as the form posts it.
const (
	CollectorHolder = "holder" // 本人
	CollectorAgent  = "agent"  // 代领人
)

// OtherPaper is the kind of a paper whose number is no ID card's and whose kind
// nobody asked for.
const OtherPaper Paper = "其他证件"

// ParseCollection reads the form of the counter. Nothing is handed out before
// the ID paper has been looked at. A new certificate has its number, a 合格证明 none
// (numbered). today is YYYYMMDD.
func ParseCollection(value func(field string) string, numbered bool, today string) (c Collection, problems Problems) {
	if value(FieldPaperChecked) == "" {
		problems.Add(FieldPaperChecked, sayPaperUnchecked)
	}
	switch value(FieldCollector) {
	case CollectorHolder:
	case CollectorAgent:
		c.Agent = CleanName(value(FieldAgentName))
		if !ValidName(c.Agent) {
			problems.Add(FieldAgentName, sayBadAgentName)
		}
		var ok bool
		if c.AgentPerson, ok = parseAgent(value(FieldAgentNumber), today); !ok {
			problems.Add(FieldAgentNumber, sayBadAgentNumber)
		}
	default:
		problems.Add(FieldCollector, sayNoCollector)
	}
	if !numbered {
		return c, problems
	}
	number := value(FieldNewNumber)
	if Clean(number) == "" {
		problems.Add(FieldNewNumber, sayNewNumberMissing)
	} else if parsed, ok := ParseCertificateNumber(number); ok {
		c.NewNumber = parsed
	} else {
		problems.Add(FieldNewNumber, sayBadCertificateNumber)
	}
	return c, problems
}

// misread is what a collection of a holder's certificate cannot be. The reader of ID
// cards types into whatever field has the focus; who has such a number on a certificate
// notes it before (noted). today is YYYYMMDD.
func (c *Collection) misread(holder Person, noted, today string) (problems Problems) {
	if c.Agent != "" && c.AgentPerson == holder {
		problems.Add(FieldAgentNumber, sayAgentIsHolder)
	}
	if _, err := idcard.Parse(c.NewNumber, today); err == nil && c.NewNumber != noted {
		problems.Add(FieldNewNumber, sayNumberOfPerson)
	}
	return problems
}

// Together tells whether the certificate can be handed out in one go with another one,
// which is of the same person.
func (a *Application) Together(first *Application) error {
	if a.Person != first.Person {
		return Problems{{Message: sayOtherHolder}}
	}
	return nil
}

// parseAgent reads the number of an agent's paper: an ID card's, or another's
// that could not be a mistyped ID number.
func parseAgent(typed, today string) (Person, bool) {
	person, err := ParsePerson("", typed, today)
	if err == nil {
		return person, true
	}
	number, digits := idcard.Normalise(typed), 0
	for _, r := range number {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return Person{OtherPaper, idcard.Number(number)}, ValidPaperNumber(number) && digits < 14
}

// ParseTracking reads a tracking number: 4 to 40 letters, digits and hyphens,
// in capitals.
func ParseTracking(s string) (string, bool) {
	s = strings.ToUpper(code(s))
	return s, len(s) >= 4 && len(s) <= 40 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	})
}

// Parting is the event by which the new certificate left the office, nil while it
// has not.
func (a *Application) Parting() *Event {
	if a.Status != HandedOut && a.Status != Mailed {
		return nil
	}
	for i := len(a.History) - 1; i >= 0; i-- {
		if event := &a.History[i]; event.Act == ActHandOut || event.Act == ActMail {
			return event
		}
	}
	return nil
}

// Collected is how the new certificate was handed out, nil where it was not.
func (a *Application) Collected() *Collection {
	if parting := a.Parting(); parting != nil {
		return parting.Collection
	}
	return nil
}

// Tracking is the number under which the new certificate was sent, "" where it was
// not.
func (a *Application) Tracking() string {
	if parting := a.Parting(); parting != nil && parting.Act == ActMail {
		return parting.Note
	}
	return ""
}
