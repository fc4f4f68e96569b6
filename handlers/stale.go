package handlers

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/http"

	"certreissue/reissue"
)

// seen stands for the settings as a form shows them, by field. What the form
// does not show may change without making it stale.
func (s *Server) seen(shown map[string]string) string {
	return hex.EncodeToString(s.store.Sign("settings", fmt.Sprint(shown))[:8])
}

// unseen is reissue.ErrStale where the settings are not those that the posted
// form was made from.
func (v *visit) unseen(now map[string]string) error {
	if v.posted.Has("seen") && v.value("seen") != v.s.seen(now) {
		return reissue.ErrStale
	}
	return nil
}

// stale refuses a form because somebody else saved meanwhile, and tells at its
// fields what is stored now: saving what was typed all the same is a decision.
func (v *visit) stale(sentence string, fields []string, now map[string]string) {
	v.status = http.StatusConflict
	v.problems = reissue.Problems{{Message: sentence}}
	for _, field := range fields {
		if v.posted.Has(field) && !reissue.SameLines(v.value(field), now[field]) {
			v.problems.Add(field, sayNowSaved+cmp.Or(now[field], sayNothing))
		}
	}
}
