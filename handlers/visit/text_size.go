package visit

import (
	"net/http"
	"time"

	"certreissue/templates"
)

// textSizeCookie holds how large a candidate wants the text. It is a preference and tells nothing of who it is; the
// page's script writes it, too, so that what is typed need not be left for it.
const (
	textSizeCookie = "text_size"
	textSizeLife   = 365 * 24 * time.Hour
)

func (v *Visit) textSize() templates.TextSize {
	if v.Realm == v.S.Front && v.Cookie(textSizeCookie) == string(templates.LargeText) {
		return templates.LargeText
	}
	return templates.StandardText
}

// KeepTextSize has this browser shown all candidates' pages in that size.
func (v *Visit) KeepTextSize(size templates.TextSize) {
	http.SetCookie(v.W, &http.Cookie{Name: textSizeCookie, Value: string(size), Path: v.Realm.Path, MaxAge: int(textSizeLife / time.Second),
		Secure: v.Realm.secure, SameSite: http.SameSiteLaxMode})
}

// address is where the page that is shown can be looked at again; a form that was refused
// stands at its own, other answers to a post nowhere.
func (v *Visit) address() string {
	switch {
	case v.Realm != v.S.Front:
		return ""
	case v.R.Method == http.MethodGet || v.R.Method == http.MethodHead:
		return v.R.URL.RequestURI()
	case v.form != "":
		return v.form
	}
	return "/"
}
