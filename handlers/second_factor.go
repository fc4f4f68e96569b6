package handlers

import (
	"errors"
	"slices"
	"strings"

	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

const factorPage = "/office/second-factor"

// showFactor is one's own second factor: how to turn it on, or that it is on.
// Right after it has been turned on, the recovery codes are shown, once.
func (s *Server) showFactor(v *visit) error {
	if codes := v.shownOnce(); codes != "" {
		return v.render("office_recovery.html", templates.Recovery{Page: v.page(), Codes: strings.Fields(codes),
			Made: v.staff.Factor.Since.String(), BackURL: factorPage})
	}
	data := templates.Factor{Page: v.page(), On: v.staff.Factor.On(), State: sayFactorState(v.staff.Factor)}
	data.Form.Values.Del("code") // a wrong one is of no more use
	if data.On {
		return v.render("office_factor.html", data)
	}
	factor, err := s.setup(v, &data.Setup)
	if err != nil {
		return err
	}
	data.CodeURL, data.App = factorPage+"/code.svg?setup="+data.Setup, s.store.Settings().SystemName
	data.Secret = grouped(factor.Secret)
	return v.render("office_factor.html", data)
}

// grouped is a secret as it can be read and typed.
func grouped(secret string) string {
	var groups []string
	for group := range slices.Chunk([]byte(secret), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// setup is the second factor of a refused form, or a new one. Until its first
// code has come it is nowhere but in memory; id stands for it.
func (s *Server) setup(v *visit, id *string) (password.Factor, error) {
	*id = v.value("setup")
	if factor, ok := s.factors.find(*id, v.staff.ID); ok {
		return factor, nil
	}
	factor, err := password.NewFactor(s.store.Settings().SystemName, v.staff.Name)
	if err == nil {
		*id = s.factors.keep(factor, v.staff.ID)
	}
	return factor, err
}

// codeFactor is the QR code of a secret, for whoever it was made for.
func (s *Server) codeFactor(v *visit) error {
	factor, ok := s.factors.find(v.r.URL.Query().Get("setup"), v.staff.ID)
	if !ok {
		return reissue.ErrNotFound
	}
	return v.sendCode(factor.URL)
}

// postFactor turns the second factor on, by one's password and a first code.
func (s *Server) postFactor(v *visit) error {
	factor, ok := s.factors.find(v.value("setup"), v.staff.ID)
	if !ok {
		return reissue.Problems{{Field: "code", Message: saySetupOver}}
	}
	if err := s.proveWithCode(v); err != nil {
		return err
	}
	codes, hashes := password.RecoveryCodes()
	err := s.store.AddFactor(v.actor(), v.staff.ID, factor.Secret, v.value("code"), hashes, v.hash())
	if errors.Is(err, store.ErrCode) {
		return reissue.Problems{{Field: "code", Message: sayFirstCode}}
	}
	if err != nil {
		return err
	}
	s.factors.take(v.value("setup"), v.staff.ID)
	return v.showOnce(factorPage, strings.Join(codes, " "))
}

// postFactorRemove turns the second factor off, by one's password and a code.
// Wrong codes are counted by themselves: the right password beside them takes
// back its own count.
func (s *Server) postFactorRemove(v *visit) error {
	if err := s.proveWithCode(v); err != nil {
		return err
	}
	_, tried := v.ownPassword()
	if err := s.reserve(store.TryCode, tried, "code"); err != nil {
		return err
	}
	err := s.store.DropFactor(v.actor(), v.staff.ID, v.value("code"), v.hash())
	if errors.Is(err, store.ErrCode) {
		return reissue.Problems{{Field: "code", Message: sayCodeWrong}}
	}
	if err != nil {
		return err
	}
	if err := s.store.SucceedTry(store.TryCode, tried); err != nil {
		return err
	}
	v.flash(flashFactorOff)
	return v.redirect(v.realm.password())
}

// proveWithCode wants a code to be there, and one's password to be right.
func (s *Server) proveWithCode(v *visit) error {
	var problems reissue.Problems
	if err := s.proveSelf(v); !errors.As(err, &problems) && err != nil {
		return err
	}
	if strings.TrimSpace(v.value("code")) == "" {
		problems.Add("code", sayCodeMissing)
	}
	return problems.Err()
}
