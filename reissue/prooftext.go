package reissue

import (
	"strconv"
	"strings"
)

// ProofText is what a 合格证明 says, with placeholders such as {{姓名}}; what is put
// into them, and all that stands around it, is on the sheet anyway.
type ProofText struct {
	Title string `cbor:"1,keyasint,omitempty"`
	Body  string `cbor:"2,keyasint,omitempty"`
}

// The fields of its form are FieldTitle and FieldBody; so much fits on one sheet.
const (
	FieldTitle    = "title"
	maxProofTitle = 20
	maxProofBody  = 800
	maxProofLines = 16
)

// Proof is the text of the 合格证明, as the office words it.
func (s *Settings) Proof() ProofText {
	if s.ProofText == (ProofText{}) {
		return DefaultProofText
	}
	return s.ProofText
}

// SetProofText gives the 合格证明 its text; one equal to the default follows the
// default. What is wrong with it comes back as Problems.
func (s *Settings) SetProofText(text ProofText) error {
	if err := text.tidy(ProofPlaceholders); err != nil {
		return err
	}
	if s.ProofText = text; text == DefaultProofText {
		s.ProofText = ProofText{}
	}
	return nil
}

// tidy cleans what was typed, and says what is wrong with it as Problems.
func (t *ProofText) tidy(placeholders []string) error {
	t.Title, t.Body = Clean(t.Title), cleanBody(t.Body)
	problems := judgeWords(placeholders, worded{field: FieldTitle, text: t.Title, limit: maxProofTitle, lines: maxProofLines},
		worded{field: FieldBody, text: t.Body, limit: maxProofBody, lines: maxProofLines})
	return problems.Err()
}

// Form is the text as its form shows it.
func (t ProofText) Form() map[string]string {
	return map[string]string{FieldTitle: t.Title, FieldBody: t.Body}
}

// Fill puts the values into the text; a paragraph with one that is missing is left
// out.
func (t ProofText) Fill(values map[string]string) (title string, paragraphs []string) {
	for line := range strings.Lines(fillLines(t.Body, values)) {
		if line = strings.TrimSpace(line); line != "" {
			paragraphs = append(paragraphs, line)
		}
	}
	return fillLine(t.Title, values), paragraphs
}

// Values are those of the placeholders: the application's, and what the stub keeps.
func (p *Proof) Values(a *Application) map[string]string {
	f := &a.Fields
	given := func(value string) string {
		if Key(value) == "" { // 无 is nothing to certify
			return ""
		}
		return value
	}
	return map[string]string{
		placeName: f.Name, placePaper: string(a.Person.Paper), placeIDNumber: a.Person.Number.Full(), placeSex: f.Sex, placeBirthMonth: ShowMonth(f.BirthMonth),
		placeExamYear: strconv.Itoa(f.ExamYear), placeExamName: f.ExamName, placeLevel: given(f.Level), placeSpecialty: given(f.Specialty),
		placeCertificate: given(f.CertificateNumber), placeApproval: ShowDate(f.ApprovalDate), placeCity: f.City,
		placeProof: ShowProofNumber(p.Number), placeNumber: strconv.FormatUint(a.ID, 10), placeDate: ShowDate(p.Issued.Date()), placeOffice: p.Office,
	}
}
