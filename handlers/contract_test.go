package handlers

import (
	"slices"
	"strings"
	"testing"

	"certreissue/docs"
	"certreissue/handlers/candidate"
	"certreissue/handlers/office"
	"certreissue/handlers/visit"
)

// TestContract compares docs/contract.md with the routes, and with who may
// enter.
func TestContract(t *testing.T) {
	for heading, side := range map[string]struct {
		routes []visit.Route
		name   string // of everybody who is signed in
	}{
		"### For candidates": {(&candidate.Pages{}).Routes(), "candidate"},
		"### For the office": {(&office.Pages{}).Routes(), "staff"},
	} {
		var described, is []string
		for _, row := range docs.Rows(t, "contract.md", heading) {
			described = append(described, row[0]+": "+row[1])
		}
		for _, route := range side.routes {
			who := "anyone"
			var roles []string
			for _, role := range route.Access.Roles {
				roles = append(roles, string(role))
			}
			switch {
			case roles != nil:
				who = strings.Join(roles, ", ")
			case route.Access.SignedIn:
				who = side.name
			}
			is = append(is, route.Pattern+": "+who)
		}
		for _, line := range described {
			if !slices.Contains(is, line) {
				t.Errorf("described, and not so: %s", line)
			}
		}
		for _, line := range is {
			if !slices.Contains(described, line) {
				t.Errorf("not described: %s", line)
			}
		}
	}
}
