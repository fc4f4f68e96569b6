package visit

import (
	"reflect"
	"testing"

	"certreissue/reissue"
)

// TestSettingsHaveWords: the log names every setting in words.
func TestSettingsHaveWords(t *testing.T) {
	for field := range reflect.TypeFor[reissue.Settings]().Fields() {
		if fieldWord(field.Name) == field.Name {
			t.Errorf("the log has no word for %s", field.Name)
		}
	}
}
