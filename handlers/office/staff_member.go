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
	refused := len(v.Problems) > 0 && (staff.ID == 0 || v.R.URL.Path == staffURL(staff.ID))
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
	data := templates.OfficeStaffMember{Page: v.Page(), Path: staffURL(id), Name: d.Staff.Name, State: staffState(d), OneTime: p.shownOnce(v), Seen: d.Seen,
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

// staffAct runs an act on the login in the address, as the form showed it, and answers
// with done. Where the login is another one by now, the page says what has become of it.
func (p *Pages) staffAct(v *visit.Visit, act func(by reissue.Actor, number uint64, seen string) error, done func() error) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	err = act(v.Staff.Actor(), id, v.Value("seen"))
	if staleRecord(v, err, sayStaffMeanwhile, nil, nil) {
		if err := p.grantsNow(v, id); err != nil {
			return err
		}
		return p.showStaffMember(v)
	}
	if err != nil {
		return err
	}
	return done()
}

// backToStaff is what most acts are done with.
func (p *Pages) backToStaff(v *visit.Visit, flash string) func() error {
	return func() error {
		v.Flash(flash)
		return v.Redirect("/office/staff/" + v.R.PathValue("id"))
	}
}

// grantsNow tells at the roles and cities of a refused form what is stored now.
func (p *Pages) grantsNow(v *visit.Visit, id uint64) error {
	d, err := p.Store.StaffDetails(id)
	if err != nil || v.R.URL.Path != staffURL(id) {
		return err
	}
	roles, cities := granted(v)
	if !slices.Equal(roles, d.Staff.Roles) {
		v.Problems.Add(reissue.FieldRole, sayNowSaved+roleWords(d.Staff.Roles))
	}
	if !slices.Equal(cities, d.Staff.Cities) {
		v.Problems.Add(reissue.FieldStaffCity, sayNowSaved+cmp.Or(strings.Join(d.Staff.Cities, visit.SayAnd), sayNoLimit))
	}
	return nil
}

func (p *Pages) postStaffGrant(v *visit.Visit) error {
	return p.staffAct(v, func(by reissue.Actor, id uint64, seen string) error {
		roles, cities := granted(v)
		return p.Store.GrantStaff(by, id, seen, roles, cities)
	}, p.backToStaff(v, flashStaff))
}

func (p *Pages) postStaffDisable(v *visit.Visit) error {
	return p.staffAct(v, p.Store.DisableStaff, p.backToStaff(v, flashDisabled))
}

func (p *Pages) postStaffEnable(v *visit.Visit) error {
	return p.staffAct(v, p.Store.EnableStaff, p.backToStaff(v, flashEnabled))
}

func (p *Pages) postStaffUnlock(v *visit.Visit) error {
	return p.staffAct(v, p.Store.UnlockStaff, p.backToStaff(v, flashUnlocked))
}

func (p *Pages) postStaffFactor(v *visit.Visit) error {
	return p.staffAct(v, p.Store.RemoveFactor, p.backToStaff(v, flashFactorOff))
}

// postStaffPassword gives a one-time password, shown once.
func (p *Pages) postStaffPassword(v *visit.Visit) error {
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	return p.staffAct(v, func(by reissue.Actor, id uint64, seen string) error {
		return p.Store.ResetStaffPassword(by, id, seen, hashed)
	}, func() error { return p.showOnce(v, "/office/staff/"+v.R.PathValue("id"), oneTime) })
}
