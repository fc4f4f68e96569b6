package filing

import (
	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// fillPhoto is the photo block of a form: the picture that is kept or stored, with what is
// said of it, apart from what is said of a file that was refused and not kept.
func (d *Desk) fillPhoto(v *visit.Visit, at At, f *store.Filling, shown *templates.Form) *templates.Photo {
	block := &templates.Photo{PhotoRules: d.PhotoRules(), CheckURL: at.Base + "/apply/photo", Camera: f.AtCounter, Required: f.Certificate != nil, Refusals: photo.Refusals()}
	if f.Certificate == nil {
		block.LastYear = f.Settings.PhotoYear
	}
	if f.HasPhoto {
		block.CurrentURL = at.FormURL(f.Form) + "/photo"
	}
	word := confirmed(v.Posted)
	block.Confirmed = word
	switch {
	case f.Kept.HasPhoto():
		kept := f.Kept.Photo
		block.New, block.Confirm, block.Hints, block.Details = true, kept.NoFace, kept.Hints, kept.Details
		block.Pending = kept.Unseen || kept.NoFace && !word
	case f.Application != nil:
		block.Hints = photoHints(&f.Application.Photo)
	}
	refused, mended := shown.Error(reissue.FieldPhoto) != "", !v.Photo.Mended.IsZero()
	block.Refused = refused && !mended && !(block.Confirm && len(v.Photo.Faults) == 0)
	switch {
	case block.Refused:
		block.Preview = templates.Picture{JPEG: v.Photo.Preview}
		block.Behind = append(details(v.Photo.Faults), details(v.Photo.Hints)...)
		for _, hint := range v.Photo.Hints {
			block.Also = append(block.Also, hint.Sentence())
		}
	case refused && mended && len(shown.Problems) == 1 && (!block.Confirm || word):
		shown.Problems, shown.Question = nil, &templates.Question{Heading: sayLookAtPhoto, Sentence: sayPhotoAgreed(f.Form.Kind == store.FormEdit), Field: reissue.FieldPhoto}
	}
	if block.Confirm && (!refused || block.Refused) {
		block.Hints = append([]string{photo.Finding{Code: photo.Nobody}.Sentence()}, block.Hints...)
	}
	return block
}

// details are the figures behind findings, where the sentences do without.
func details(findings []photo.Finding) (list []string) {
	for _, f := range findings {
		if f.Detail != "" {
			list = append(list, f.Detail)
		}
	}
	return list
}

// photoHints are what the candidate is told of an accepted photo.
func photoHints(p *reissue.Photo) []string {
	if p.NoFace {
		return append([]string{photo.Finding{Code: photo.Nobody, Severity: photo.Hint}.Sentence()}, p.Hints...)
	}
	return p.Hints
}
