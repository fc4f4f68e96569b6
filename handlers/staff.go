package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showStaff is everybody who has a login of the office, and the form for one
// more.
func (s *Server) showStaff(v *visit) error {
	list, err := s.store.StaffList()
	if err != nil {
		return err
	}
	data := templates.StaffList{Page: v.page()}
	for _, d := range list {
		data.Rows = append(data.Rows, templates.StaffRow{URL: staffURL(d.Staff.ID), Name: d.Staff.Name, Roles: roleWords(d.Staff.Roles),
			Cities: strings.Join(d.Staff.Cities, sayAnd), State: staffState(d), LastLogin: d.LastLogin.String()})
	}
	if data.Grants, err = s.grants(v, &reissue.Staff{}); err != nil {
		return err
	}
	return v.render("office_staff.html", data)
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

// grants are the boxes of roles and cities: as they were posted, else as the
// staff member has them. A city that the office no longer has stays in sight, so
// that it can be unticked.
func (s *Server) grants(v *visit, staff *reissue.Staff) (g templates.Grants, err error) {
	cities, err := s.store.Cities()
	if err != nil {
		return g, err
	}
	for _, city := range staff.Cities {
		if !slices.Contains(cities, city) {
			cities = append(cities, city)
		}
	}
	refused := v.posted != nil && len(v.problems) > 0
	chosen := func(field, value string, has bool) bool {
		if refused {
			return slices.Contains(v.posted[field], value)
		}
		return has
	}
	for _, role := range reissue.StaffRoles {
		g.Roles = append(g.Roles, templates.Choice{Value: string(role), Text: role.Word(), Hint: roleHints[role],
			Chosen: chosen(reissue.FieldRole, string(role), slices.Contains(staff.Roles, role))})
	}
	for _, city := range cities {
		g.Cities = append(g.Cities, templates.Choice{Value: city, Text: city, Chosen: chosen(reissue.FieldStaffCity, city, slices.Contains(staff.Cities, city))})
	}
	return g, nil
}

// granted are the roles and cities that were ticked.
func (v *visit) granted() (roles []reissue.Role, cities []string) {
	for _, role := range v.posted[reissue.FieldRole] {
		roles = append(roles, reissue.Role(role))
	}
	return roles, v.posted[reissue.FieldStaffCity]
}

// postStaff adds a login and shows its one-time password.
func (s *Server) postStaff(v *visit) error {
	var staff reissue.Staff
	staff.Name = reissue.Clean(v.value("username"))
	if !store.ValidStaffName(staff.Name) {
		return reissue.Problems{{Field: "username", Message: sayBadUsername}}
	}
	staff.Roles, staff.Cities = v.granted()
	oneTime, hashed, err := s.oneTimePassword(v)
	if err != nil {
		return err
	}
	staff.Password, staff.MustChange = hashed, true
	added, err := s.store.HireStaff(v.staff.Actor(), staff)
	if err != nil {
		return err
	}
	return v.showOnce(staffURL(added.ID), oneTime)
}

// showStaffMember is one login of the office.
func (s *Server) showStaffMember(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	d, err := s.store.StaffDetails(id)
	if err != nil {
		return err
	}
	data := templates.StaffMember{Page: v.page(), Path: staffURL(id), Name: d.Staff.Name, State: staffState(d), OneTime: v.shownOnce(),
		Disabled: d.Staff.Disabled, Own: id == v.staff.ID, Factor: d.Staff.Factor.On(),
		Facts: []templates.Pair{
			{Label: sayRoles, Value: roleWords(d.Staff.Roles)},
			{Label: sayLimitedTo, Value: cmp.Or(strings.Join(d.Staff.Cities, sayAnd), sayNoLimit)},
			{Label: sayCreated, Value: d.Staff.Created.String()},
			{Label: sayLastLogin, Value: cmp.Or(d.LastLogin.String(), sayNotLately)},
			{Label: sayFactor, Value: sayFactorState(d.Staff.Factor)},
		}}
	if d.LockedUntil != 0 {
		data.LockedUntil = d.LockedUntil.String()
	}
	if data.Grants, err = s.grants(v, d.Staff); err != nil {
		return err
	}
	names, err := s.staffNames()
	if err != nil {
		return err
	}
	for _, row := range d.Audit {
		data.History = append(data.History, templates.Event{When: row.At.String(), What: auditWhat(row), Who: auditWho(row, names), Note: auditNote(row)})
	}
	return v.render("office_staff_member.html", data)
}

// staffAct runs an act on the login in the address and leads back to it.
func (s *Server) staffAct(v *visit, flash string, act func(by reissue.Actor, number uint64) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := act(v.staff.Actor(), id); err != nil {
		return err
	}
	v.flash(flash)
	return v.redirect(staffURL(id))
}

func (s *Server) postStaffGrant(v *visit) error {
	return s.staffAct(v, flashStaff, func(by reissue.Actor, id uint64) error {
		roles, cities := v.granted()
		return s.store.GrantStaff(by, id, roles, cities)
	})
}

func (s *Server) postStaffDisable(v *visit) error {
	return s.staffAct(v, flashDisabled, s.store.DisableStaff)
}

func (s *Server) postStaffEnable(v *visit) error {
	return s.staffAct(v, flashEnabled, s.store.EnableStaff)
}

func (s *Server) postStaffUnlock(v *visit) error {
	return s.staffAct(v, flashUnlocked, s.store.UnlockStaff)
}

func (s *Server) postStaffFactor(v *visit) error {
	return s.staffAct(v, flashFactorOff, s.store.RemoveFactor)
}

// postStaffPassword gives a one-time password, shown once.
func (s *Server) postStaffPassword(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	oneTime, hashed, err := s.oneTimePassword(v)
	if err != nil {
		return err
	}
	if err := s.store.SetStaffPassword(v.staff.Actor(), id, hashed, true, nil); err != nil {
		return err
	}
	return v.showOnce(staffURL(id), oneTime)
}

// staffNames are the names of everybody who ever had a login, by number.
func (s *Server) staffNames() (map[uint64]string, error) {
	list, err := s.store.AllStaff()
	names := map[uint64]string{}
	for _, staff := range list {
		names[staff.ID] = staff.Name
	}
	return names, err
}
