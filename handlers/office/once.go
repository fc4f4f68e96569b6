package office

import (
	"certreissue/handlers/visit"
	"certreissue/password"
)

// showOnce leads to the page of an account or login, which shows its one-time
// password once: a reload or the way back does not show it again.
func (p *Pages) showOnce(v *visit.Visit, page, oneTime string) error {
	return v.Redirect(page + "?shown=" + p.oneTimes.Keep(oneTime, v.Staff.ID))
}

// shownOnce is what showOnce has led here with; "" on any other way.
func (p *Pages) shownOnce(v *visit.Visit) string {
	return p.oneTimes.Take(v.R.URL.Query().Get("shown"), v.Staff.ID)
}

// oneTimePassword is a password to be told or copied once: eight letters and
// digits that are not mistaken for each other, at least one of each.
func (p *Pages) oneTimePassword(v *visit.Visit) (plain, hashed string, err error) {
	plain = password.OneTime()
	hashed, err = p.Hash(v.R.Context(), plain)
	return plain, hashed, err
}
