package reissue

import (
	"cmp"
	"maps"
)

// Place is a counter that candidates are sent to. Each part may be empty.
type Place struct {
	Address   string `cbor:"1,keyasint,omitempty"`
	Hours     string `cbor:"2,keyasint,omitempty"`
	Telephone string `cbor:"3,keyasint,omitempty"`
}

// PlaceFields are those of a place's form, which are the office's own, too.
var PlaceFields = []string{"address", "hours", "telephone"}

// PlaceOf is the counter for a city: what the office has not set for it, part by part, is
// the office's own.
func (s *Settings) PlaceOf(city string) Place {
	own := s.Places[CityKey(city)]
	return Place{cmp.Or(own.Address, s.Address), cmp.Or(own.Hours, s.Hours), cmp.Or(own.Telephone, s.Telephone)}
}

// PlaceForm is what is set for a city, as its form shows it.
func (s *Settings) PlaceForm(city string) SettingsForm {
	own := s.Places[CityKey(city)]
	return SettingsForm{"address": own.Address, "hours": own.Hours, "telephone": own.Telephone}
}

// FillPlace reads the form of a city's place. Without any part the city has none.
func (f SettingsForm) FillPlace(s *Settings, city string) error {
	var problems Problems
	var typed Settings
	for _, one := range officeSettings {
		for _, field := range PlaceFields {
			if one.name == field {
				f.fill([]setting{one}, &typed, &problems)
			}
		}
	}
	s.setPlace(city, Place{typed.Address, typed.Hours, typed.Telephone})
	return problems.Err()
}

// MovePlace lets a city's place follow its name; "" is a city that is gone.
func (s *Settings) MovePlace(from, to string) {
	place := s.Places[CityKey(from)]
	s.setPlace(from, Place{})
	s.setPlace(to, place)
}

func (s *Settings) setPlace(city string, place Place) {
	s.Places = maps.Clone(s.Places)
	if place == (Place{}) || CityKey(city) == "" {
		delete(s.Places, CityKey(city))
		return
	}
	if s.Places == nil {
		s.Places = map[string]Place{}
	}
	s.Places[CityKey(city)] = place
}
