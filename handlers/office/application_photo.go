package office

import (
	"context"
	"errors"
	"math"

	"certreissue/face"
	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/store"
	"certreissue/templates"
)

// One photo at a time is looked at for the office: that takes some twenty milliseconds, and
// leaves processors for pages and for what candidates send. As many may wait as an
// office has reviewers.
const (
	lookingSlots = 1
	lookingLine  = 64
)

// photoApplication shows a photo, which is a look like that at its page.
func (p *Pages) photoApplication(v *visit.Visit) error {
	_, jpeg, err := p.lookedAt(v)
	return v.SendPhoto(jpeg, err)
}

// lookedAt is the photo of the application in the address, of which the log then tells
// that it was seen.
func (p *Pages) lookedAt(v *visit.Visit) (id uint64, jpeg []byte, err error) {
	if id, err = v.ID(); err != nil {
		return 0, nil, err
	}
	if jpeg, err = p.Store.PhotoFor(v.Staff, id); err != nil {
		return 0, nil, err
	}
	return id, jpeg, p.noted(v, p.Store.Viewed(v.Staff.Actor(), id))
}

// showApplicationPhoto is what the check sees in a photo now. The face is looked for anew each
// time, since where it is is not kept. The review screen's script shows a part of this
// page over and beside the enlarged photo.
func (p *Pages) showApplicationPhoto(v *visit.Visit) error {
	id, jpeg, err := p.lookedAt(v)
	if err != nil {
		return err
	}
	seen, err := p.look(v.R.Context(), jpeg, store.PhotoLimits(p.Store.Settings()))
	if err != nil {
		return err
	}
	path := applicationURL(id)
	data := templates.OfficeApplicationPhoto{Page: v.Page(), Number: visit.Number(id), PhotoURL: path + "/photo", ReviewURL: address(path, trailOf(v)),
		Faces: len(seen.Faces), Drawing: drawingOf(&seen)}
	for _, finding := range seen.Findings {
		data.Found = append(data.Found, sayFinding(finding, &seen))
	}
	return v.Render(data)
}

// look is photo.Look behind the slots.
func (p *Pages) look(ctx context.Context, jpeg []byte, l photo.Limits) (seen photo.Seen, err error) {
	slotErr := p.looking.Do(ctx, func() { seen, err = photo.Look(jpeg, l) })
	return seen, errors.Join(slotErr, err)
}

// drawingOf marks the faces, and of the first one the line of the eyes, which goes a little
// beyond them, and where its hair begins. Its chin is where the box ends.
func drawingOf(seen *photo.Seen) templates.FaceDrawing {
	d := templates.FaceDrawing{Width: seen.Size.X, Height: seen.Size.Y}
	for _, f := range seen.Faces {
		d.Boxes = append(d.Boxes, templates.Box{X: tenths(f.Min.X), Y: tenths(f.Min.Y), Width: tenths(f.Max.X - f.Min.X), Height: tenths(f.Max.Y - f.Min.Y)})
	}
	if len(seen.Faces) == 0 {
		return d
	}
	f := seen.Faces[0]
	right, left := f.Points[face.RightEye], f.Points[face.LeftEye]
	beyondX, beyondY := (left.X-right.X)/2, (left.Y-right.Y)/2
	d.Eyes = &templates.Line{X1: tenths(right.X - beyondX), Y1: tenths(right.Y - beyondY), X2: tenths(left.X + beyondX), Y2: tenths(left.Y + beyondY)}
	d.Crown = &templates.Line{X1: tenths(f.Min.X), Y1: tenths(seen.Crown), X2: tenths(f.Max.X), Y2: tenths(seen.Crown)}
	return d
}

// tenths are fine enough for a drawing.
func tenths(pixels float64) float64 { return math.Round(pixels*10) / 10 }
