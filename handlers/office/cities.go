package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showCities is the list of 报名市.
func (p *Pages) showCities(v *visit.Visit) error {
	list, err := p.Store.CityList()
	if err != nil {
		return err
	}
	data := templates.OfficeCities{Page: v.Page()}
	// The problem of a row stands at the row; the typed name of another form
	// must not appear there.
	refused := v.R.PathValue("id")
	for i := range data.Form.Problems {
		if refused != "" {
			data.Form.Problems[i].Field = "name-" + refused
		}
	}
	for _, city := range list {
		row := templates.CityRow{ID: visit.Number(city.ID), Name: city.Name}
		if row.Error = data.Form.Error("name-" + row.ID); row.Error != "" && v.Posted.Has("name") {
			row.Name = v.Value("name")
		}
		data.Rows = append(data.Rows, row)
	}
	if refused != "" {
		data.Form.Values.Del("name")
	}
	return v.Render(data)
}

func (p *Pages) postCity(v *visit.Visit) error {
	return p.cityAct(v, func(by reissue.Actor) error { return p.Store.AddCity(by, v.Value("name")) })
}

func (p *Pages) postCityRename(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	return p.cityAct(v, func(by reissue.Actor) error { return p.Store.RenameCity(by, id, v.Value("name")) })
}

func (p *Pages) postCityRemove(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	return p.cityAct(v, func(by reissue.Actor) error { return p.Store.RemoveCity(by, id) })
}

func (p *Pages) cityAct(v *visit.Visit, act func(by reissue.Actor) error) error {
	if err := act(v.Staff.Actor()); err != nil {
		return err
	}
	v.Flash(flashCities)
	return v.Redirect("/office/settings/cities")
}
