package office

import (
	"testing"

	"certreissue/e2e/rig"
)

func TestMain(m *testing.M) { rig.Main(m) }
