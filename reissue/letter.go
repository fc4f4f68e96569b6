package reissue

import "slices"

// Letter is a kind of letter to a candidate, on paper.
type Letter string

// The kinds, and how each is stored and named in addresses. A 委托书 is for whoever sends
// somebody to collect.
const (
	LetterReturned Letter = "returned"
	LetterRefused  Letter = "refused"
	LetterReady    Letter = "ready"
	LetterProxy    Letter = "proxy"
)

// Letters are all kinds.
var Letters = []Letter{LetterReturned, LetterRefused, LetterReady, LetterProxy}

// letterStates are the states of which a letter tells; a 委托书 tells of none.
var letterStates = map[Letter]Status{LetterReturned: Returned, LetterRefused: Refused, LetterReady: Ready}

// LetterOf is the kind of letter that tells of a state, "" where none does.
func LetterOf(status Status) Letter {
	for _, letter := range Letters {
		if told, tells := letterStates[letter]; tells && told == status {
			return letter
		}
	}
	return ""
}

// LetterText is the text of a kind of letter, as the office words it; false for what is
// no kind.
func (s *Settings) LetterText(letter Letter) (ProofText, bool) {
	if !slices.Contains(Letters, letter) {
		return ProofText{}, false
	}
	if own, ok := s.LetterTexts[letter]; ok {
		return own, true
	}
	return DefaultLetterText(letter), true
}

// SetLetterText gives a kind of letter its text; one equal to the default follows the
// default. What is wrong with it comes back as Problems.
func (s *Settings) SetLetterText(letter Letter, text ProofText) error {
	if !slices.Contains(Letters, letter) {
		return ErrNotFound
	}
	if err := text.tidy(LetterPlaceholders); err != nil {
		return err
	}
	if text == DefaultLetterText(letter) {
		delete(s.LetterTexts, letter)
		return nil
	}
	if s.LetterTexts == nil {
		s.LetterTexts = map[Letter]ProofText{}
	}
	s.LetterTexts[letter] = text
	return nil
}

// Letter are the values of the placeholders of a letter about an application, with the
// reasons and the note of the decision that stands; false where its state is not the one
// that the letter tells of.
func (a *Application) Letter(letter Letter, s *Settings, now Moment) (values map[string]string, ok bool) {
	if status, tells := letterStates[letter]; tells && status != a.Status {
		return nil, false
	}
	event := Event{Status: a.Status}
	if letter == LetterReturned || letter == LetterRefused {
		decision := a.LastDecision()
		if decision == nil {
			return nil, false
		}
		event = *decision
	}
	values = a.MailValues(&event, s, "")
	values[placePaper], values[placeIDNumber], values[placeDate] = string(a.Person.Paper), a.Person.Number.Full(), ShowDate(now.Date())
	values[placeDeadline] = ShowDate(a.Deadline(s, now.Date())) // as it is known today
	return values, true
}
