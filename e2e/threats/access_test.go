package threats

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/handlers"
)

// TestOthersApplication: whatever leads to an application by its number does not
// for another candidate, signed in or not, and changes nothing.
func TestOthersApplication(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	owner := r.Register("测试", rig.LoopNumber)
	application := owner.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	other, visitor := r.Register("王五", rig.IDNumber(t, 1)), r.Browser()
	good, stranger := token(other.Get("/apply")), token(visitor.Get("/login"))
	before := owner.Get(application).TextOf("main")
	tried := 0
	for _, pattern := range handlers.Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		if !strings.HasPrefix(path, "/applications/{id}") {
			continue
		}
		tried++
		if path = application + strings.TrimPrefix(path, "/applications/{id}"); method == http.MethodPost {
			fits(forge(other, path, good, "", ""), "another's "+pattern, http.StatusNotFound)
			forge(visitor, path, stranger, "", "").Leads("/login")
			continue
		}
		fits(other.At(path), "another's "+pattern, http.StatusNotFound)
		visitor.At(path).Leads("/login")
	}
	if after := owner.Get(application).TextOf("main"); tried < 9 || after != before {
		t.Errorf("%d routes; before\n%s\nafter\n%s", tried, before, after)
	}
}

// TestSessionLimits: an idle clerk is out after half an hour, and a candidate who
// never stops after twelve hours. A captcha lasts ten minutes.
func TestSessionLimits(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b, clerk := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	r.Pass(29 * time.Minute)
	clerk.At("/office").Is(http.StatusOK)
	r.Pass(31 * time.Minute)
	clerk.At("/office").Leads("/office/login")
	for range 10 {
		b.At("/apply").Is(http.StatusOK)
		r.Pass(time.Hour)
	}
	b.At("/apply").Is(http.StatusOK)
	r.Pass(time.Hour)
	b.At("/apply").Leads("/login")

	form := b.Get("/login")
	r.Pass(11 * time.Minute)
	b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("captcha")
}
