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
	for field, want := range map[string]string{"Places.保定": "各市窗口（保定）", "MailTexts.return": "邮件文字（退回修改）"} {
		if got := fieldWord(field); got != want {
			t.Errorf("the log calls %s %q, want %q", field, got, want)
		}
	}
}
