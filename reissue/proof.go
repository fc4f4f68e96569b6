package reissue

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Proof is the stub (存根) of a 合格证明 that was printed. It is kept for ever: its
// number means this paper and no other. It holds nothing of a person, who is found by
// the application as long as that is kept.
type Proof struct {
	Number      uint64    `cbor:"1,keyasint"` // 证明编号, see NewProofNumber
	Application uint64    `cbor:"2,keyasint"`
	Exam        string    `cbor:"3,keyasint"` // title
	City        string    `cbor:"4,keyasint,omitempty"`
	Text        ProofText `cbor:"5,keyasint"` // as worded when it was printed: what is printed again says the same
	Office      string    `cbor:"6,keyasint,omitempty"`
	Issued      Moment    `cbor:"7,keyasint"`
	By          uint64    `cbor:"8,keyasint"`           // staff number
	Reprints    int       `cbor:"9,keyasint,omitempty"` // 补打
	Reprinted   Moment    `cbor:"10,keyasint,omitempty"`
	Voided      Moment    `cbor:"11,keyasint,omitempty"` // 0 while it is good
	Forgotten   bool      `cbor:"12,keyasint,omitempty"` // the office keeps the application no longer
}

// NewProofNumber makes a 证明编号 from its year and its place in that year.
func NewProofNumber(year int, sequence uint64) uint64 { return uint64(year)*1_000_000 + sequence }

// SplitProofNumber undoes NewProofNumber.
func SplitProofNumber(number uint64) (year int, sequence uint64) {
	return int(number / 1_000_000), number % 1_000_000
}

// ShowProofNumber is a 证明编号 as it is printed, such as 2026-000012.
func ShowProofNumber(number uint64) string {
	year, sequence := SplitProofNumber(number)
	return fmt.Sprintf("%d-%06d", year, sequence)
}

// ParseProofNumber reads a typed 证明编号; without its hyphen it has all of its zeros.
func ParseProofNumber(s string) (uint64, bool) {
	first, second, found := strings.Cut(code(s), "-")
	if !found && len(first) == 10 {
		first, second = first[:4], first[4:]
	}
	year, err := strconv.Atoi(first)
	sequence, wrong := strconv.ParseUint(second, 10, 64)
	if err != nil || wrong != nil || year < 1000 || year > 9999 || sequence == 0 || sequence > 999_999 {
		return 0, false
	}
	return NewProofNumber(year, sequence), true
}

// ProofNumbers are the numbers of all that was printed for the application, those that
// are void among them, as they are printed.
func (a *Application) ProofNumbers() (numbers []string) {
	for i := range a.History {
		if event := &a.History[i]; event.Act == ActPrintProof {
			numbers = append(numbers, event.Note)
		}
	}
	return numbers
}

// ByProof tells whether the approved application leads to a 合格证明 and not to a new
// certificate.
func (a *Application) ByProof() bool { return a.Route == RouteProof }

// LeadsTo is what the application leads to: as was decided, and before that as the
// exam's route is now; exam is nil where the office does not know it.
func (a *Application) LeadsTo(exam *Exam) Route {
	if a.Status.Editable() && exam != nil && exam.Route == RouteProof {
		return RouteProof
	}
	return a.Route
}

// PrintProof prints the 合格证明 of an approved application, under a number that was
// never given before.
func (a *Application) PrintProof(by Actor, now time.Time, number uint64, s *Settings) (*Proof, error) {
	if !a.ByProof() {
		return nil, ErrState
	}
	if err := a.move(ActPrintProof, by, now, Event{Note: ShowProofNumber(number)}); err != nil {
		return nil, err
	}
	a.Proof = number
	exam := Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
	return &Proof{Number: number, Application: a.ID, Exam: exam.Title(), City: a.Fields.City, Text: s.Proof(), Office: s.OfficeName, Issued: At(now), By: by.ID}, nil
}

// ReprintProof prints it once more, as long as it has not left the office. One that
// says who somebody was before the counter put that right is void, and not printed
// again.
func (a *Application) ReprintProof(by Actor, now time.Time, p *Proof) error {
	if !a.ByProof() {
		return ErrState
	}
	if err := a.move(ActReprintProof, by, now, Event{Note: ShowProofNumber(a.Proof)}); err != nil {
		return err
	}
	if a.holderCorrectedSince(ActPrintProof) {
		return Problems{{Message: sayProofOutdated}}
	}
	p.Reprints++
	p.Reprinted = At(now)
	return nil
}

// UndoProof makes the printed 合格证明 void. Its number stays used; the next one gets
// another.
func (a *Application) UndoProof(by Actor, now time.Time, note string, p *Proof) error {
	if !a.ByProof() {
		return ErrState
	}
	if err := a.undo(ActUndoProof, by, now, note, sayUndoNeedsNote); err != nil {
		return err
	}
	a.Proof, p.Voided = 0, At(now)
	return nil
}

// ProofOutdated tells whether the counter has corrected the holder since the 合格证明
// was printed.
func (a *Application) ProofOutdated() bool {
	return a.Proof != 0 && a.holderCorrectedSince(ActPrintProof)
}

// holderCorrectedSince tells whether the holder was corrected after the last act of a
// kind.
func (a *Application) holderCorrectedSince(act Act) bool {
	for i := len(a.History) - 1; i >= 0 && a.History[i].Act != act; i-- {
		if a.History[i].Act == ActCorrectHolder {
			return true
		}
	}
	return false
}
