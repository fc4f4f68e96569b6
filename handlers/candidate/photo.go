package candidate

import (
	"encoding/json"
	"image"
	"io"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
)

// upload reads and checks the photo field, and mends what can be mended. No file is
// no photo; several files in one field are refused.
func (p *Pages) upload(v *visit.Visit) (up store.Upload, err error) {
	file, data, err := postedPhoto(v)
	if err != nil || file == nil {
		return up, err
	}
	if up, err = p.judge(v, file.Name, data); err != nil || len(up.Faults) == 0 {
		return up, err
	}
	err = p.mending.Do(v.R.Context(), func() {
		var findings []photo.Finding
		if up.Mended, findings = photo.Fit(data, image.Rectangle{}, PhotoLimits(p.Store.Settings())); !up.Mended.IsZero() {
			up.Note = sayMended(len(data), len(up.Mended.JPEG()))
		} else if why := faults(findings); len(why) > 0 {
			up.Faults = why // what cannot be mended, and not the size, which could
		}
	})
	return up, err
}

// postedPhoto is the one file of the photo field, nil where none was chosen.
func postedPhoto(v *visit.Visit) (*visit.File, []byte, error) {
	files := v.Files[reissue.FieldPhoto]
	switch {
	case len(files) == 0:
		return nil, nil, nil
	case len(files) > 1:
		return nil, nil, reissue.Problems{{Field: reissue.FieldPhoto, Message: sayOnePhoto}}
	}
	file, err := files[0].Open()
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return files[0], data, err
}

// judge checks one file in a slot of its own.
func (p *Pages) judge(v *visit.Visit, name string, data []byte) (up store.Upload, err error) {
	err = p.decoding.Do(v.R.Context(), func() {
		var findings []photo.Finding
		if up.Photo, findings = photo.CheckFile(name, data, PhotoLimits(p.Store.Settings())); up.Photo.IsZero() {
			up.Faults = faults(findings)
		}
	})
	return up, err
}

// faults leaves the hints aside.
func faults(findings []photo.Finding) []photo.Finding {
	return slices.DeleteFunc(findings, func(f photo.Finding) bool { return f.Severity != photo.Fault })
}

// checkPhoto judges a photo that is still being cropped, and keeps nothing. The
// page's script shows what is found; the form is judged again when it is sent.
func (p *Pages) checkPhoto(v *visit.Visit) error {
	file, data, err := askedPhoto(v)
	if err != nil {
		return err
	}
	up, err := p.judge(v, file.Name, data)
	if err != nil {
		return err
	}
	said := struct {
		White  string   `json:"white"` // the mark of the background's rule
		Faults []string `json:"faults"`
		Hints  []string `json:"hints"`
	}{White: "met", Faults: []string{}, Hints: []string{}}
	for _, fault := range up.Faults {
		if fault.Code == photo.Background {
			said.White = "unmet"
		}
		said.Faults = append(said.Faults, fault.Sentence())
	}
	for _, hint := range up.Photo.Hints() {
		if hint.Code == photo.Background {
			said.White = "unsure"
		}
		said.Hints = append(said.Hints, hint.Sentence())
	}
	return sendJSON(v, said)
}

// suggestCrop tells the script where to begin cropping, in shares of the picture of
// which a small copy is posted. Without a head the answer is null.
func (p *Pages) suggestCrop(v *visit.Visit) error {
	_, data, err := askedPhoto(v)
	if err != nil {
		return err
	}
	var part *cropShares
	err = p.decoding.Do(v.R.Context(), func() {
		if crop, size, ok := photo.Suggest(data, PhotoLimits(p.Store.Settings())); ok {
			wide, high := float64(size.X), float64(size.Y)
			part = &cropShares{float64(crop.Min.X) / wide, float64(crop.Min.Y) / high, float64(crop.Max.X) / wide, float64(crop.Max.Y) / high}
		}
	})
	if err != nil {
		return err
	}
	return sendJSON(v, part)
}

// cropShares are the edges of a crop, in shares of the picture.
type cropShares struct {
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
}

// askedPhoto is the file that the script asks about.
func askedPhoto(v *visit.Visit) (*visit.File, []byte, error) {
	file, data, err := postedPhoto(v)
	if err == nil && file == nil {
		err = reissue.Problems{{Field: reissue.FieldPhoto, Message: sayNoPhoto}}
	}
	return file, data, err
}

func sendJSON(v *visit.Visit, answer any) error {
	v.W.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.W).Encode(answer)
}

var photoUpload = &visit.Upload{Limit: 21 << 20, TooLarge: sayTooLargePhoto, Advice: visit.SayTooLargeAdvice}
