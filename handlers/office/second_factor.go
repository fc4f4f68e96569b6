package office

import (
	"errors"
	"slices"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

const factorPage = "/office/second-factor"

// showSecondFactor is one's own second factor: how to turn it on, or that it is on.
// Right after it has been turned on, the recovery codes are shown, once.
func (p *Pages) showSecondFactor(v *visit.Visit) error {
	if codes := p.shownOnce(v); codes != "" {
		return v.Render(templates.OfficeRecoveryCodes{Page: v.Page(), Codes: strings.Fields(codes),
			Made: v.Staff.Factor.Since.String(), BackURL: factorPage})
	}
	data := templates.OfficeSecondFactor{Page: v.Page(), On: v.Staff.Factor.On(), State: sayFactorState(v.Staff.Factor)}
	data.Form.Values.Del("code") // a wrong one is of no more use
	if data.On {
		return v.Render(data)
	}
	factor, err := p.setup(v, &data.Setup)
	if err != nil {
		return err
	}
	data.CodeURL, data.App = factorPage+"/code.svg?setup="+data.Setup, p.Store.Settings().SystemName
	data.Secret = grouped(factor.Secret)
	return v.Render(data)
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
func (p *Pages) setup(v *visit.Visit, id *string) (password.Factor, error) {
	*id = v.Value("setup")
	if factor, ok := p.factors.Find(*id, v.Staff.ID); ok {
		return factor, nil
	}
	factor, err := password.NewFactor(p.Store.Settings().SystemName, v.Staff.Name)
	if err == nil {
		*id = p.factors.Keep(factor, v.Staff.ID)
	}
	return factor, err
}

// codeFactor is the QR code of a secret, for whoever it was made for.
func (p *Pages) codeFactor(v *visit.Visit) error {
	factor, ok := p.factors.Find(v.R.URL.Query().Get("setup"), v.Staff.ID)
	if !ok {
		return reissue.ErrNotFound
	}
	return v.SendCode(factor.URL)
}

// postSecondFactor turns the second factor on, by one's password and a first code.
func (p *Pages) postSecondFactor(v *visit.Visit) error {
	factor, ok := p.factors.Find(v.Value("setup"), v.Staff.ID)
	if !ok {
		return reissue.Problems{{Field: "code", Message: saySetupOver}}
	}
	if err := p.proveWithCode(v); err != nil {
		return err
	}
	codes, hashes := password.RecoveryCodes()
	err := p.Store.AddFactor(v.Actor(), v.Staff.ID, factor.Secret, v.Value("code"), hashes, v.Hash())
	if errors.Is(err, store.ErrCode) {
		return reissue.Problems{{Field: "code", Message: sayFirstCode}}
	}
	if err != nil {
		return err
	}
	p.factors.Take(v.Value("setup"), v.Staff.ID)
	return p.showOnce(v, factorPage, strings.Join(codes, " "))
}

// postFactorRemove turns the second factor off, by one's password and a code.
// Wrong codes are counted by themselves: the right password beside them takes
// back its own count.
func (p *Pages) postFactorRemove(v *visit.Visit) error {
	if err := p.proveWithCode(v); err != nil {
		return err
	}
	try := v.OwnTry(store.TryCode)
	if err := p.Reserve(try, "code"); err != nil {
		return err
	}
	err := p.Store.DropFactor(v.Actor(), v.Staff.ID, v.Value("code"), v.Hash())
	if errors.Is(err, store.ErrCode) {
		return p.Failed(try, "code", sayCodeWrong)
	}
	if err != nil {
		return err
	}
	if err := p.Store.SucceedTry(try); err != nil {
		return err
	}
	v.Flash(flashFactorOff)
	return v.Redirect(v.Realm.Password)
}

// proveWithCode wants a code to be there, and one's password to be right.
func (p *Pages) proveWithCode(v *visit.Visit) error {
	var problems reissue.Problems
	if err := p.ProveSelf(v); !errors.As(err, &problems) && err != nil {
		return err
	}
	if strings.TrimSpace(v.Value("code")) == "" {
		problems.Add("code", sayCodeMissing)
	}
	return problems.Err()
}
