package handlers

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"certreissue/reissue"
)

// seen stands for the settings as a form shows them, by field. What the form
// does not show may change without making it stale.
func (s *Server) seen(shown map[string]string) string {
	return hex.EncodeToString(s.store.Sign("settings", fmt.Sprint(shown))[:8])
}

// changeSeen changes the settings by a form that shows some of them. What it was
// made from must be what is stored: else it is stale, which is reissue.ErrStale.
// A post that does not tell what it was made from is taken.
func (s *Server) changeSeen(v *visit, shown func(*reissue.Settings) map[string]string, fields []string, change func(*reissue.Settings) error) error {
	err := s.store.ChangeSettings(v.staff.Actor(), func(settings *reissue.Settings) error {
		if v.posted.Has("seen") && v.value("seen") != s.seen(shown(settings)) {
			return reissue.ErrStale
		}
		return change(settings)
	})
	if errors.Is(err, reissue.ErrStale) {
		v.stale(saySeen, fields, shown(s.store.Settings()))
	}
	return err
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

// staleBoxes is the rest of stale for boxes: one that is not ticked is not
// posted.
func (v *visit) staleBoxes(fields []string, now map[string]string) {
	for _, field := range fields {
		if ticked := now[field] != ""; ticked != (v.value(field) != "") {
			v.problems.Add(field, sayNowSaved+boxWords[ticked])
		}
	}
}
