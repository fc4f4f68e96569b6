package handlers

import (
	"certreissue/reissue"
	"certreissue/templates"
)

// showCities is the list of 报名市.
func (s *Server) showCities(v *visit) error {
	list, err := s.store.CityList()
	if err != nil {
		return err
	}
	data := templates.Cities{Page: v.page()}
	// The problem of a row stands at the row; the typed name of another form
	// must not appear there.
	refused := v.r.PathValue("id")
	for i := range data.Form.Problems {
		if refused != "" {
			data.Form.Problems[i].Field = "name-" + refused
		}
	}
	for _, city := range list {
		row := templates.CityRow{ID: number(city.ID), Name: city.Name}
		if row.Error = data.Form.Error("name-" + row.ID); row.Error != "" && v.posted.Has("name") {
			row.Name = v.value("name")
		}
		data.Rows = append(data.Rows, row)
	}
	if refused != "" {
		data.Form.Values.Del("name")
	}
	return v.render("office_cities.html", data)
}

func (s *Server) postCity(v *visit) error {
	return s.cityAct(v, func(by reissue.Actor) error { return s.store.AddCity(by, v.value("name")) })
}

func (s *Server) postCityRename(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.cityAct(v, func(by reissue.Actor) error { return s.store.RenameCity(by, id, v.value("name")) })
}

func (s *Server) postCityRemove(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.cityAct(v, func(by reissue.Actor) error { return s.store.RemoveCity(by, id) })
}

func (s *Server) cityAct(v *visit, act func(by reissue.Actor) error) error {
	if err := act(v.staff.Actor()); err != nil {
		return err
	}
	v.flash(flashCities)
	return v.redirect("/office/settings/cities")
}
