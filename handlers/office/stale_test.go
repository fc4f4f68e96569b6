package office

import (
	"maps"
	"slices"
	"testing"

	"certreissue/reissue"
)

// TestSettingFields: a stale form tells of every field that it shows.
func TestSettingFields(t *testing.T) {
	shown := settingsValues(&reissue.Settings{SMTP: reissue.SMTP{Port: 25}})
	if got, want := slices.Sorted(slices.Values(settingFields)), slices.Sorted(maps.Keys(shown)); !slices.Equal(got, want) {
		t.Errorf("the fields are %v, the form shows %v", got, want)
	}
}
