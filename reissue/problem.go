package reissue

import (
	"errors"
	"strings"
)

// Errors that every room above understands; the handlers' adapter turns each
// into a page of its own (404, 403, 409, 409).
var (
	ErrNotFound = errors.New("not found")
	ErrRole     = errors.New("the role does not allow this")
	ErrState    = errors.New("the state does not allow this")
	ErrStale    = errors.New("changed by somebody else meanwhile")
)

// Problem is one thing that is wrong with one field of a form. Message is a
// Chinese sentence; Field is the form name of contract.md, or "" where the
// whole form is meant.
type Problem struct {
	Field   string
	Message string
	// Asks tells that what was typed may be right: it is taken once it comes again in
	// the field Confirm(Field).
	Asks bool
}

// Confirm is the form name under which what was typed into a field comes a second
// time, from whoever was asked about it.
func Confirm(field string) string { return field + "_confirm" }

// Problems are all that is wrong with a form at once, in the form's order. It
// is the error behind a 422.
type Problems []Problem

// Error joins the fields only: a message may quote what a person typed, and
// errors end up in logs.
func (p Problems) Error() string {
	fields := make([]string, len(p))
	for i, problem := range p {
		fields[i] = problem.Field
	}
	return "refused fields: " + strings.Join(fields, ", ")
}

// Add notes one more problem.
func (p *Problems) Add(field, message string) {
	*p = append(*p, Problem{Field: field, Message: message})
}

// Ask notes that a field's value is to be looked at again.
func (p *Problems) Ask(field, message string) {
	*p = append(*p, Problem{Field: field, Message: message, Asks: true})
}

// AddFault notes the Chinese sentence of an error that has one; of any other,
// nil included, nothing.
func (p *Problems) AddFault(field string, err error) {
	if sentence, ok := Sentence(err); ok {
		p.Add(field, sentence)
	}
}

// Sentence is the Chinese sentence of an error from a package that speaks to
// people.
func Sentence(err error) (sentence string, ok bool) {
	var speaks interface{ Sentence() string }
	if !errors.As(err, &speaks) {
		return "", false
	}
	return speaks.Sentence(), true
}

// Err is nil where nothing is wrong, so that a caller can return it as it is.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Of is the first message for the field, or "".
func (p Problems) Of(field string) string {
	for _, problem := range p {
		if problem.Field == field {
			return problem.Message
		}
	}
	return ""
}
