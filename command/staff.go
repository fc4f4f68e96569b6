package command

import (
	"context"
	"fmt"
	"slices"

	"certreissue/password"
	"certreissue/reissue"
	"certreissue/service"
	"certreissue/store"
)

func (p *Program) staff(ctx context.Context, args []string) error {
	f := newFlags("staff")
	var roles []reissue.Role
	f.Func("role", "", func(value string) error {
		if !slices.Contains(reissue.StaffRoles, reissue.Role(value)) {
			return service.Refusal(sayBadRole)
		}
		roles = append(roles, reissue.Role(value))
		return nil
	})
	var cities []string
	f.Func("city", "", func(value string) error { cities = append(cities, reissue.Clean(value)); return nil })
	fromStdin := f.Bool("password-stdin", false, "")
	rest, err := p.parseFor(f, args, 1, 2)
	if err != nil {
		return err
	}
	do := rest[0]
	named := do != "list"
	if named != (len(rest) == 2) {
		return usageError(sayBadArguments("staff"))
	}
	t := service.Task{Do: "staff " + do}
	oneTime := ""
	switch do {
	case "list":
	case "add", "password":
		plainText, err := p.newStaffPassword(ctx, *fromStdin)
		if err != nil {
			return err
		}
		if !*fromStdin {
			oneTime = plainText
		}
		t.Name, t.Hashed, t.MustChange = rest[1], password.Hash(plainText), !*fromStdin
	case "unlock":
		t.Name = rest[1]
	default:
		return usageError(sayBadStaff(do))
	}
	if do == "add" {
		if len(roles) == 0 {
			return usageError(sayBadRole)
		}
		name := reissue.Clean(t.Name)
		if !store.ValidStaffName(name) {
			return usageError(sayBadStaffName)
		}
		t.Staff = reissue.Staff{Name: name, Roles: roles, Cities: cities, Password: t.Hashed, MustChange: t.MustChange}
	}
	err = p.service().Do(ctx, f.data, do == "add", t, service.Hands{})
	if err != nil {
		return service.Spoken(err)
	}
	switch {
	case oneTime != "":
		fmt.Fprintln(p.stdout, sayOneTime(t.Name, oneTime))
	case named:
		fmt.Fprintln(p.stdout, sayDone(t.Name))
	}
	return nil
}

// newStaffPassword reads a final password from standard input, or makes a
// one-time one.
func (p *Program) newStaffPassword(ctx context.Context, fromStdin bool) (string, error) {
	if !fromStdin {
		return password.OneTime(), nil
	}
	typed, err := p.line(ctx)
	if err != nil {
		return "", err
	}
	return typed, password.Check(typed, "")
}
