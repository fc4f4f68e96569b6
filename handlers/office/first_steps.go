package office

import (
	"cmp"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// firstSteps are what a new office does before it opens, each ticked by what is there;
// nil when all is done, or the administrator has put the list away.
func (p *Pages) firstSteps(copies []store.Copy) ([]templates.FirstStep, error) {
	settings := p.Store.Settings()
	if p.Demo || settings.StepsHidden {
		return nil, nil
	}
	steps, err := p.stepsLeft(settings, len(copies) > 0)
	if err != nil || !slices.ContainsFunc(steps, func(s templates.FirstStep) bool { return !s.Done }) {
		return nil, err
	}
	return steps, nil
}

func (p *Pages) stepsLeft(settings *reissue.Settings, copied bool) ([]templates.FirstStep, error) {
	staff, err := p.Store.AllStaff()
	if err != nil {
		return nil, err
	}
	active := 0
	for _, s := range staff {
		if !s.Disabled {
			active++
		}
	}
	registered, err := p.Store.HasRegister()
	if err != nil {
		return nil, err
	}
	step := func(say stepWords, done bool) templates.FirstStep {
		return templates.FirstStep{Text: say.text, Why: say.why, URL: say.url, Done: done}
	}
	return []templates.FirstStep{
		step(stepOffice, settings.OfficeName != "" && settings.Telephone != ""), step(stepRegister, registered), step(stepStaff, active > 1),
		step(stepMail, settings.SMTP.Host != ""), step(stepMirror, cmp.Or(p.Mirror().Folder, settings.Mirror.Folder) != ""), step(stepBackup, copied),
	}, nil
}

// postFirstSteps puts the list away, or back on the desk.
func (p *Pages) postFirstSteps(v *visit.Visit) error {
	hidden := v.Value("show") == ""
	if err := p.Store.ChangeSettings(v.Staff.Actor(), func(settings *reissue.Settings) error {
		settings.StepsHidden = hidden
		return nil
	}); err != nil {
		return err
	}
	if hidden {
		v.Flash(flashStepsHidden)
	} else {
		v.Flash(flashStepsShown)
	}
	return v.Redirect("/office")
}
