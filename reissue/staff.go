package reissue

import "slices"

// The names of the fields of a staff member's form.
const (
	FieldRole      = "role"
	FieldStaffCity = "city"
)

// Grant gives a staff member these roles and, to a reviewer, these cities; no
// city is no limit. known are the office's cities.
func (s *Staff) Grant(roles []Role, cities, known []string) error {
	var problems Problems
	var granted []Role
	for _, role := range StaffRoles {
		if slices.Contains(roles, role) {
			granted = append(granted, role)
		}
	}
	switch {
	case len(granted) == 0:
		problems.Add(FieldRole, sayNoRole)
	case slices.ContainsFunc(roles, func(r Role) bool { return !slices.Contains(StaffRoles, r) }):
		problems.Add(FieldRole, sayUnknownRole)
	}
	var limited []string
	for _, typed := range cities {
		city, ok := FindCity(known, typed)
		switch {
		case !ok:
			problems.Add(FieldStaffCity, sayUnknownCity)
		case !slices.Contains(limited, city):
			limited = append(limited, city)
		}
	}
	// The limit is one of reviewing: whoever only administers or audits has none.
	if len(limited) > 0 && !slices.Contains(granted, RoleReviewer) {
		problems.Add(FieldStaffCity, sayCityNeedsReviewer)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	s.Roles, s.Cities = granted, limited
	return nil
}

// Administers tells whether the staff member can administer the office now.
func (s *Staff) Administers() bool { return !s.Disabled && slices.Contains(s.Roles, RoleAdmin) }
