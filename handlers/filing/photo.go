package filing

import (
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"time"

	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
)

// fieldConfirm is the candidate's word that the photo shows them, though no face is found.
const fieldConfirm = "photo_confirm"

// upload reads and checks the photo field, and mends what can be mended. No file is
// no photo; several files in one field are refused.
func (d *Desk) upload(v *visit.Visit, at At) (up store.Upload, err error) {
	defer func() { up.Confirmed = confirmed(v.Posted) }()
	file, err := postedPhoto(v)
	if err != nil || file == nil {
		return up, err
	}
	if up, err = d.judge(v, at, file); err != nil || len(up.Faults) == 0 {
		return up, err
	}
	err = d.work(v, at, d.mending, file, func(data []byte) {
		var findings []photo.Finding
		if up.Mended, findings, up.Preview = photo.FitOrShow(data, d.limits()); !up.Mended.IsZero() {
			up.Note = sayMended(len(data), len(up.Mended.JPEG()))
		} else {
			up.Faults, up.Hints = split(findings) // what cannot be mended, and not the size, which could
		}
	})
	return up, err
}

// postedPhoto is the one file of the photo field, nil where none was chosen.
func postedPhoto(v *visit.Visit) (*visit.File, error) {
	switch files := v.Files[reissue.FieldPhoto]; len(files) {
	case 0:
		return nil, nil
	case 1:
		return files[0], nil
	}
	return nil, reissue.Problems{{Field: reissue.FieldPhoto, Message: sayOnePhoto}}
}

// work does something with a file in one of the slots, one after the other for each
// candidate: who sends many has no more slots, nor places in their line, than who sends
// one. The file is in memory as long as the work takes, and not while it waits.
func (d *Desk) work(v *visit.Visit, at At, slots *visit.Slots, file *visit.File, do func(data []byte)) error {
	var err, slotErr error
	turnErr := d.turns.Do(v.R.Context(), at.Who, func() {
		slotErr = slots.Do(v.R.Context(), func() {
			var data []byte
			if data, err = content(file); err == nil {
				do(data)
			}
		})
	})
	return errors.Join(turnErr, slotErr, err)
}

func content(file *visit.File) ([]byte, error) {
	from, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(from)
}

// judge checks one file.
func (d *Desk) judge(v *visit.Visit, at At, file *visit.File) (up store.Upload, err error) {
	err = d.work(v, at, d.decoding, file, func(data []byte) {
		var findings []photo.Finding
		if up.Photo, findings = photo.CheckFile(file.Name, data, d.limits()); up.Photo.IsZero() {
			up.Faults, up.Hints = split(findings)
		} else {
			up.Hints = up.Photo.Hints()
		}
	})
	return up, err
}

// limits are the office's. Whether a photo without a face is taken is for the store to
// say, which knows whether the candidate has confirmed it.
func (d *Desk) limits() photo.Limits {
	limits := store.PhotoLimits(d.Store.Settings())
	limits.Confirmed = true
	return limits
}

// split tells faults from hints. Of a photo that is refused anyway the missing face is a
// fault, too, since no word of the candidate helps it.
func split(findings []photo.Finding) (faults, hints []photo.Finding) {
	for _, f := range findings {
		if f.Code == photo.Nobody {
			f.Severity = photo.Fault
		}
		if f.Severity == photo.Fault {
			faults = append(faults, f)
		} else {
			hints = append(hints, f)
		}
	}
	return faults, hints
}

func confirmed(posted url.Values) bool { return posted.Get(fieldConfirm) == "1" }

// CheckPhoto judges a photo that is still being cropped, and keeps nothing. The
// page's script shows what is found; the form is judged again when it is sent.
func (d *Desk) CheckPhoto(v *visit.Visit, at At) error {
	file, err := askedPhoto(v)
	if err != nil {
		return err
	}
	up, err := d.judge(v, at, file)
	if err != nil {
		return err
	}
	said := struct {
		White  string   `json:"white"` // the mark of the background's rule
		Faults []string `json:"faults"`
		Hints  []string `json:"hints"`
		// Details are the figures behind them.
		Details []string `json:"details"`
		// Confirm says that the only fault is the missing face, which the candidate can confirm.
		Confirm bool `json:"confirm"`
	}{White: "met", Faults: []string{}, Hints: []string{}, Details: append(append([]string{}, details(up.Faults)...), details(up.Hints)...)}
	for _, fault := range up.Faults {
		if fault.Code == photo.Background {
			said.White = "unmet"
		}
		said.Faults = append(said.Faults, fault.Sentence())
	}
	for _, hint := range up.Hints {
		switch hint.Code {
		case photo.Nobody:
			said.Confirm = true
			said.Faults = append(said.Faults, photo.Finding{Code: photo.Nobody}.Sentence())
			continue
		case photo.Background:
			said.White = "unsure"
		}
		said.Hints = append(said.Hints, hint.Sentence())
	}
	return sendJSON(v, said)
}

// SuggestCrop tells the script where to begin cropping, in shares of the picture of
// which a small copy is posted. Without a head the answer is null.
func (d *Desk) SuggestCrop(v *visit.Visit, at At) error {
	file, err := askedPhoto(v)
	if err != nil {
		return err
	}
	var part *cropShares
	err = d.work(v, at, d.decoding, file, func(data []byte) {
		if crop, size, ok := photo.Suggest(data, store.PhotoLimits(d.Store.Settings())); ok {
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
func askedPhoto(v *visit.Visit) (*visit.File, error) {
	file, err := postedPhoto(v)
	if err == nil && file == nil {
		err = reissue.Problems{{Field: reissue.FieldPhoto, Message: sayNoPhoto}}
	}
	return file, err
}

func sendJSON(v *visit.Visit, answer any) error {
	v.W.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.W).Encode(answer)
}

// PhotoUpload is a whole picture of a telephone, over a bad line.
var PhotoUpload = &visit.Upload{Limit: 21 << 20, Time: 2 * time.Minute, TooLarge: sayTooLargePhoto, Advice: visit.SayTooLargeAdvice,
	Broken: &reissue.Problem{Field: reissue.FieldPhoto, Message: sayBrokenPhoto}}
