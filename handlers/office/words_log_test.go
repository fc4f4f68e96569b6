package office

import (
	"testing"

	"certreissue/handlers/visit"
)

// TestLogActs: within what it is done to, an act has one word and a word one
// act, or a filter would mix them; and each kind of object has a name.
func TestLogActs(t *testing.T) {
	for object, acts := range visit.LogActs {
		if objectWords[object] == "" {
			t.Errorf("%s has no name", object)
		}
		seen := map[string]string{}
		for act, word := range acts {
			if word == "" || seen[word] != "" {
				t.Errorf("%s: %s and %s are %q", object, act, seen[word], word)
			}
			seen[word] = act
		}
	}
	for object := range objectWords {
		if visit.LogActs[object] == nil {
			t.Errorf("%s has no acts", object)
		}
	}
}
