package visit

import (
	"errors"
	"net/http"

	"certreissue/reissue"
)

// The second step of a sign-in, for staff with a second factor. That the first
// one was passed is kept in memory, under a random id that only this browser has:
// nothing that can be computed from the file opens this page. A session begins
// only with the code.
const CodeCookie = "office_code"

// firstStep is a password that was just proven, and from which browser.
type firstStep struct {
	staff    uint64
	password string // as it is stored: another one since undoes the step
	visitor  string
}

// AskCode notes that whoever holds this browser has just proven a password.
func (v *Visit) AskCode(staff *reissue.Staff) {
	id := v.S.FirstSteps.Keep(firstStep{staff.ID, staff.Password, v.formVisitor}, Nobody)
	http.SetCookie(v.W, v.Realm.Cookie(CodeCookie, id))
}

// Asked is who has passed the first step lately; nil for nobody. Staff without a
// second factor never come this way.
func (v *Visit) Asked() (*reissue.Staff, error) {
	step, ok := v.S.FirstSteps.Find(v.Cookie(CodeCookie), Nobody)
	if !ok || step.visitor != v.formVisitor {
		return nil, nil
	}
	staff, err := v.S.Store.Staff(step.staff)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case staff.Password != step.password || !staff.Factor.On():
		return nil, nil
	}
	return staff, nil
}
