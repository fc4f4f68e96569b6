package service

import (
	"os"
	"path/filepath"
	"testing"

	"certreissue/store"
)

// TestStopLeavesAnother: a service that could not start takes nobody's DATA.run
// along.
func TestStopLeavesAnother(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	slow, err := announce(data, "")
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(data + ".run") // as if both had looked before either wrote
	quick, err := announce(data, "")
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(data, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := slow.begin(&Config{}, st); err != nil {
		t.Fatal(err)
	}
	quick.stop()
	if running := Find(data); running == nil || running.runFile != slow.runFile {
		t.Errorf("commands find %+v", running)
	}
	slow.stop()
	if running := Find(data); running != nil {
		t.Errorf("commands find %+v after the end", running)
	}
}
