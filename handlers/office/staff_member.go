package office

import (
	"cmp"
	"slices"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// grants are the boxes of roles and cities: as they were posted, else as the
// staff member has them. A city that the office no longer has stays in sight, so
// that it can be unticked.
func (p *Pages) grants(v *visit.Visit, staff *reissue.Staff) (g templates.Grants, err error) {
	cities, err := p.Store.Cities()
	if err != nil {
		return g, err
	}
	for _, city := range staff.Cities {
		if !slices.Contains(cities, city) {
			cities = append(cities, city)
		}
	}
	refused := v.Posted != nil && len(v.Problems) > 0
	chosen := func(field, value string, has bool) bool {
		if refused {
			return slices.Contains(v.Posted[field], value)
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
func granted(v *visit.Visit) (roles []reissue.Role, cities []string) {
	for _, role := range v.Posted[reissue.FieldRole] {
		roles = append(roles, reissue.Role(role))
	}
	return roles, v.Posted[reissue.FieldStaffCity]
}

// showStaffMember is one login of the office.
func (p *Pages) showStaffMember(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	d, err := p.Store.StaffDetails(id)
	if err != nil {
		return err
	}
	data := templates.OfficeStaffMember{Page: v.Page(), Path: staffURL(id), Name: d.Staff.Name, State: staffState(d), OneTime: p.shownOnce(v),
		Disabled: d.Staff.Disabled, Own: id == v.Staff.ID, Factor: d.Staff.Factor.On(),
		Facts: []templates.Pair{
			{Label: sayRoles, Value: roleWords(d.Staff.Roles)},
			{Label: sayLimitedTo, Value: cmp.Or(strings.Join(d.Staff.Cities, visit.SayAnd), sayNoLimit)},
			{Label: visit.SayCreated, Value: d.Staff.Created.String()},
			{Label: sayLastLogin, Value: cmp.Or(d.LastLogin.String(), sayNotLately)},
			{Label: sayFactor, Value: sayFactorState(d.Staff.Factor)},
		}}
	if d.LockedUntil != 0 {
		data.LockedUntil = d.LockedUntil.String()
	}
	if data.Grants, err = p.grants(v, d.Staff); err != nil {
		return err
	}
	names, err := p.staffNames()
	if err != nil {
		return err
	}
	for _, row := range d.Audit {
		data.History = append(data.History, templates.Event{When: row.At.String(), What: visit.AuditWhat(row), Who: auditWho(row, names), Note: auditNote(row)})
	}
	return v.Render(data)
}

// staffAct runs an act on the login in the address and leads back to it.
func (p *Pages) staffAct(v *visit.Visit, flash string, act func(by reissue.Actor, number uint64) error) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := act(v.Staff.Actor(), id); err != nil {
		return err
	}
	v.Flash(flash)
	return v.Redirect(staffURL(id))
}

func (p *Pages) postStaffGrant(v *visit.Visit) error {
	return p.staffAct(v, flashStaff, func(by reissue.Actor, id uint64) error {
		roles, cities := granted(v)
		return p.Store.GrantStaff(by, id, roles, cities)
	})
}

func (p *Pages) postStaffDisable(v *visit.Visit) error {
	return p.staffAct(v, flashDisabled, p.Store.DisableStaff)
}

func (p *Pages) postStaffEnable(v *visit.Visit) error {
	return p.staffAct(v, flashEnabled, p.Store.EnableStaff)
}

func (p *Pages) postStaffUnlock(v *visit.Visit) error {
	return p.staffAct(v, flashUnlocked, p.Store.UnlockStaff)
}

func (p *Pages) postStaffFactor(v *visit.Visit) error {
	return p.staffAct(v, flashFactorOff, p.Store.RemoveFactor)
}

// postStaffPassword gives a one-time password, shown once.
func (p *Pages) postStaffPassword(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	if err := p.Store.ResetStaffPassword(v.Staff.Actor(), id, hashed); err != nil {
		return err
	}
	return p.showOnce(v, staffURL(id), oneTime)
}
