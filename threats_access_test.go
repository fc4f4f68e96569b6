package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/handlers"
)

// TestOthersApplication: whatever leads to an application by its number does not
// for another candidate, signed in or not, and changes nothing.
func TestOthersApplication(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	owner := r.register("测试", loopNumber)
	application := owner.apply(certificate2015, map[string]string{"phone": "13900000000"}, portrait())
	other, visitor := r.register("王五", idNumber(t, 1)), r.browser()
	good, stranger := token(other.get("/apply")), token(visitor.get("/login"))
	before := owner.get(application).text("main")
	tried := 0
	for _, pattern := range handlers.Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		if !strings.HasPrefix(path, "/applications/{id}") {
			continue
		}
		tried++
		if path = application + strings.TrimPrefix(path, "/applications/{id}"); method == http.MethodPost {
			other.forge(path, good, "", "").fits("another's "+pattern, http.StatusNotFound)
			visitor.forge(path, stranger, "", "").leads("/login")
			continue
		}
		other.at(path).fits("another's "+pattern, http.StatusNotFound)
		visitor.at(path).leads("/login")
	}
	if after := owner.get(application).text("main"); tried < 9 || after != before {
		t.Errorf("%d routes; before\n%s\nafter\n%s", tried, before, after)
	}
}

// TestSessionLimits: an idle clerk is out after half an hour, and a candidate who
// never stops after twelve hours. A captcha lasts ten minutes.
func TestSessionLimits(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b, clerk := r.register("测试", loopNumber), r.staff("shenhe")
	r.pass(29 * time.Minute)
	clerk.at("/office").is(http.StatusOK)
	r.pass(31 * time.Minute)
	clerk.at("/office").leads("/office/login")
	for range 10 {
		b.at("/apply").is(http.StatusOK)
		r.pass(time.Hour)
	}
	b.at("/apply").is(http.StatusOK)
	r.pass(time.Hour)
	b.at("/apply").leads("/login")

	form := b.get("/login")
	r.pass(11 * time.Minute)
	b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).faults("captcha")
}
