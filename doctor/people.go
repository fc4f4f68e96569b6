package doctor

import (
	"errors"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/sample"
)

// samples looks for what belongs to a demo, whose passwords are published.
func (d *doctor) samples() error {
	if d.Store.IsDemo() {
		d.say(Mend, lookSamples, sayDemoData)
		return nil
	}
	found := false
	for _, login := range sample.Logins() {
		stored, err := d.storedPassword(login)
		if errors.Is(err, reissue.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if same, _ := password.Verify(stored, login.Password); same {
			found = true
			d.say(Mend, lookSamples, saySampleLogin(login))
		}
	}
	if !found {
		d.say(Good, lookSamples, sayNoSamples)
	}
	return nil
}

func (d *doctor) storedPassword(login sample.Login) (string, error) {
	if login.Office {
		staff, err := d.Store.StaffByName(login.Username)
		if err != nil || staff.Disabled {
			return "", errors.Join(err, reissue.ErrNotFound)
		}
		return staff.Password, nil
	}
	account, err := d.Store.AccountByNumber(idcard.Number(login.Username))
	if err != nil {
		return "", err
	}
	return account.Password, nil
}

func (d *doctor) staff() error {
	list, err := d.Store.AllStaff()
	if err != nil {
		return err
	}
	admins, able := 0, 0 // able is who has a password of their own
	var waiting, single []string
	for _, s := range list {
		if s.Administers() {
			admins++
			if !s.MustChange {
				able++
			}
			if !s.Factor.On() {
				single = append(single, s.Name)
			}
		}
		if s.MustChange && !s.Disabled {
			waiting = append(waiting, s.Name)
		}
	}
	switch {
	case admins == 0:
		d.say(Mend, lookStaff, sayNoAdmin)
	case admins == 1:
		d.say(Hint, lookStaff, sayOneAdmin)
	case able < 2:
		d.say(Hint, lookStaff, sayFewAdmins(admins))
	default:
		d.say(Good, lookStaff, sayAdmins(admins))
	}
	if len(waiting) > 0 {
		d.say(Hint, lookStaff, sayUnusedPasswords(waiting))
	}
	if len(single) > 0 {
		d.say(Hint, lookFactor, sayNoFactor(single))
	}
	return nil
}
