package office

import (
	"fmt"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showStaff is everybody who has a login of the office, and the form for one
// more.
func (p *Pages) showStaff(v *visit.Visit) error {
	list, err := p.Store.StaffList()
	if err != nil {
		return err
	}
	data := templates.OfficeStaff{Page: v.Page()}
	for _, d := range list {
		data.Rows = append(data.Rows, templates.StaffRow{URL: staffURL(d.Staff.ID), Name: d.Staff.Name, Roles: roleWords(d.Staff.Roles),
			Cities: strings.Join(d.Staff.Cities, visit.SayAnd), State: staffState(d), LastLogin: d.LastLogin.String()})
	}
	if data.Grants, err = p.grants(v, &reissue.Staff{}); err != nil {
		return err
	}
	return v.Render(data)
}

func staffURL(id uint64) string { return fmt.Sprintf("/office/staff/%d", id) }

func staffState(d *store.StaffDetails) string {
	switch {
	case d.Staff.Disabled:
		return sayClosed
	case d.LockedUntil != 0:
		return sayLocked
	case d.Staff.MustChange:
		return sayOneTime
	}
	return sayInUse
}

// postStaff adds a login and shows its one-time password.
func (p *Pages) postStaff(v *visit.Visit) error {
	var staff reissue.Staff
	staff.Name = reissue.Clean(v.Value("username"))
	if !store.ValidStaffName(staff.Name) {
		return reissue.Problems{{Field: "username", Message: sayBadUsername}}
	}
	staff.Roles, staff.Cities = granted(v)
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	staff.Password, staff.MustChange = hashed, true
	added, err := p.Store.HireStaff(v.Staff.Actor(), staff)
	if err != nil {
		return err
	}
	return p.showOnce(v, staffURL(added.ID), oneTime)
}

// staffNames are the names of everybody who ever had a login, by number.
func (p *Pages) staffNames() (map[uint64]string, error) { return namesOfStaff(p.Store) }

func namesOfStaff(st *store.Store) (map[uint64]string, error) {
	list, err := st.AllStaff()
	names := map[uint64]string{}
	for _, staff := range list {
		names[staff.ID] = staff.Name
	}
	return names, err
}
