package reissue

import (
	"slices"
	"strings"
	"testing"
)

// TestMisplacedReason: a reason for the other decision is told by its name.
func TestMisplacedReason(t *testing.T) {
	list := DefaultReasons()
	for class, code := range map[Class]string{Correctable: "fraud", Final: "phone"} {
		_, problems := PickReasons(list, class, []string{code}, "")
		i := slices.IndexFunc(list, func(r Reason) bool { return r.Code == code })
		if got, want := problems.Of(FieldReason), sayReasonOf(list[i]); got != want || !strings.Contains(got, list[i].Label) {
			t.Errorf("%s for %s: %s", code, class, got)
		}
	}
	if _, problems := PickReasons(list, Final, []string{"nothing"}, ""); problems.Of(FieldReason) != sayUnknownReason {
		t.Errorf("one that is none: %v", problems)
	}
}
