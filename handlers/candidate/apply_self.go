package candidate

import (
	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
)

// showApplySelf is step 2 filled in by hand.
func (p *Pages) showApplySelf(v *visit.Visit) error {
	data, err := p.forms.Self(v, filing.Holder(v))
	if err != nil {
		return err
	}
	return v.Render(data)
}

func (p *Pages) postApplySelf(v *visit.Visit) error {
	return p.forms.Apply(v, filing.Holder(v), filing.SelfForm)
}

func (p *Pages) keepApplySelf(v *visit.Visit) error {
	return p.forms.Keep(v, filing.Holder(v), filing.SelfForm)
}

func (p *Pages) photoApplySelf(v *visit.Visit) error {
	return filing.DraftPhoto(v, filing.Holder(v), filing.SelfForm)
}
