package candidate

import (
	"net/url"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// setTextSize keeps a preference and leads back to the page where it was chosen.
func (p *Pages) setTextSize(v *visit.Visit) error {
	size := templates.TextSize(v.R.PathValue("size"))
	if size != templates.StandardText && size != templates.LargeText {
		return reissue.ErrNotFound
	}
	v.KeepTextSize(size)
	return v.Redirect(ownAddress(v.R.URL.Query().Get("back")))
}

// ownAddress is an address of this site, be the text what it may: browsers read two
// slashes as the beginning of a host.
func ownAddress(text string) string {
	to, err := url.Parse(text)
	if err != nil || !strings.HasPrefix(to.Path, "/") || strings.HasPrefix(to.EscapedPath(), "//") {
		return "/"
	}
	return to.RequestURI()
}
