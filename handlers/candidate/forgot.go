package candidate

import (
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// canMailLink tells whether this office can send a mail with a link to its pages.
func (p *Pages) canMailLink() bool {
	return p.PublicAddress() != "" && p.CanMail != nil && p.CanMail()
}

func (p *Pages) showForgot(v *visit.Visit) error {
	sent := v.R.URL.Query().Has("sent") && v.Posted == nil
	return v.Render(templates.Forgot{Page: p.withCounters(v.CaptchaPage()), NoMail: !p.canMailLink(), Sent: sent})
}

// forgotTime is how long asking for a reset mail takes at least. A registered
// number costs some milliseconds more, for the mail, which nobody is to measure.
const forgotTime = 250 * time.Millisecond

// postForgot asks for a reset mail. The answer is the same for every number,
// and comes after the same time.
func (p *Pages) postForgot(v *visit.Visit) error {
	answer := time.After(forgotTime)
	var problems reissue.Problems
	number := visit.ReadSignInNumber(v.Value("id_number"), reissue.Today(p.Store.Now()), &problems)
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if !p.canMailLink() {
		return reissue.Problems{{Message: sayNoRecovery}}
	}
	if err := p.Store.AskReset(number); err != nil {
		return err
	}
	p.MailWaits()
	select {
	case <-answer:
	case <-v.R.Context().Done():
	}
	return v.Redirect("/forgot?sent=1")
}
