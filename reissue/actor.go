package reissue

import "slices"

// Role is what somebody may do.
type Role string

// The roles. A staff member may hold several of the last three; RoleSystem is
// the program itself (timers, a command on the server's console).
const (
	RoleCandidate Role = "candidate"
	RoleReviewer  Role = "reviewer"
	RoleAdmin     Role = "admin"
	RoleAuditor   Role = "auditor"
	RoleSystem    Role = "system"
)

// StaffRoles are those that `staff add -role` takes.
var StaffRoles = []Role{RoleReviewer, RoleAdmin, RoleAuditor}

// Actor is who does something: an account or a staff member, by record
// number, with the roles held at that time.
type Actor struct {
	ID    uint64
	Roles []Role
}

// Candidate is the holder of an account as an actor.
func Candidate(account uint64) Actor { return Actor{ID: account, Roles: []Role{RoleCandidate}} }

// System is the program itself as an actor.
func System() Actor { return Actor{Roles: []Role{RoleSystem}} }

// Is tells whether the actor holds the role.
func (a Actor) Is(role Role) bool { return slices.Contains(a.Roles, role) }

// counterRoles are those that serve at the counter, where they do for candidates what
// these may do themselves.
var counterRoles = []Role{RoleReviewer, RoleAdmin}

// as is the role by which the actor does what a role may; ok is false where they may not.
func (a Actor) as(role Role) (Role, bool) {
	if role == RoleCandidate && !a.Is(role) {
		for _, counter := range counterRoles {
			if a.Is(counter) {
				return counter, true
			}
		}
	}
	return role, a.Is(role)
}

// Kind is the word by which logs keep whose number ID is.
func (a Actor) Kind() string {
	switch {
	case a.Is(RoleCandidate):
		return "candidate"
	case a.Is(RoleSystem):
		return "system"
	}
	return "staff"
}
