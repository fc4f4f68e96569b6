package office

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

// shown is what a form shows of the settings, by field.
type shown interface{ ~map[string]string }

// seen stands for the settings as a form shows them. What the form does not show
// may change without making it stale.
func (p *Pages) seen(values map[string]string) string {
	return hex.EncodeToString(p.Store.Sign("settings", fmt.Sprint(values))[:8])
}

// changeSeen changes the settings by a form that shows some of them. What it was
// made from must be what is stored: else it is stale, which is reissue.ErrStale.
// A post that does not tell what it was made from is taken.
func changeSeen[S shown](p *Pages, v *visit.Visit, form func(*reissue.Settings) S, fields []string, change func(*reissue.Settings) error) error {
	err := p.Store.ChangeSettings(v.Staff.Actor(), func(settings *reissue.Settings) error {
		if v.Posted.Has("seen") && v.Value("seen") != p.seen(form(settings)) {
			return reissue.ErrStale
		}
		return change(settings)
	})
	if errors.Is(err, reissue.ErrStale) {
		stale(v, saySeen, fields, form(p.Store.Settings()))
	}
	return err
}

// stale refuses a form because somebody else saved meanwhile, and tells at its
// fields what is stored now: saving what was typed all the same is a decision.
func stale(v *visit.Visit, sentence string, fields []string, now map[string]string) {
	v.Status = http.StatusConflict
	v.Problems = reissue.Problems{{Message: sentence}}
	for _, field := range fields {
		if v.Posted.Has(field) && !reissue.SameLines(v.Value(field), now[field]) {
			v.Problems.Add(field, sayNowSaved+cmp.Or(now[field], sayNothing))
		}
	}
}

// staleRecord is stale for a form of one record, whose first sentence tells what was
// done to it meanwhile; what is of another kind of error it leaves alone.
func staleRecord(v *visit.Visit, err error, sentence string, fields []string, now map[string]string) bool {
	met, is := errors.AsType[*store.StaleError](err)
	if !is {
		return false
	}
	stale(v, sentence+sayMeanwhile(met.Since), fields, now)
	for i, problem := range v.Problems {
		if problem.Field != "" {
			v.Problems[i].Message = cmp.Or(reissue.Label(problem.Field), visit.SayEmail) + problem.Message
		}
	}
	return true
}

// staleBoxes is the rest of stale for boxes: one that is not ticked is not
// posted.
func staleBoxes(v *visit.Visit, fields []string, now map[string]string) {
	for _, field := range fields {
		if ticked := now[field] != ""; ticked != (v.Value(field) != "") {
			v.Problems.Add(field, sayNowSaved+boxWords[ticked])
		}
	}
}
