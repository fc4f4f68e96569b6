package office

import (
	"errors"
	"net/url"

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
	refused, settings := v.R.PathValue("id"), p.Store.Settings()
	for i, problem := range data.Form.Problems {
		switch {
		case refused == "" || problem.Field == "":
		case problem.Field == "name":
			data.Form.Problems[i].Field = "name-" + refused
		default:
			data.Form.Problems[i].Field = "place-" + refused + "-" + problem.Field
		}
	}
	for _, city := range list {
		row := templates.CityRow{ID: visit.Number(city.ID), Name: city.Name, PlaceForm: templates.Form{Values: url.Values{}}}
		stored := settings.PlaceForm(city.Name)
		row.Seen = p.seen(stored)
		for _, field := range reissue.PlaceFields {
			if stored[field] != "" {
				row.Place = append(row.Place, stored[field])
			}
		}
		if row.PlaceForm.Fill(stored); row.ID == refused && v.Posted.Has("address") {
			row.Open, row.PlaceForm = true, data.Form
		}
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

// postCityPlace sets the counter that candidates of a city are sent to.
func (p *Pages) postCityPlace(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	city, err := p.Store.City(id)
	if err != nil {
		return err
	}
	form := func(settings *reissue.Settings) reissue.SettingsForm { return settings.PlaceForm(city.Name) }
	err = changeSeen(p, v, form, reissue.PlaceFields, func(settings *reissue.Settings) error {
		return settingsForm(v).FillPlace(settings, city.Name)
	})
	if errors.Is(err, reissue.ErrStale) {
		return p.showCities(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashCities)
	return v.Redirect("/office/settings/cities")
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
