package candidate

import (
	"testing"

	"certreissue/e2e/rig"
	"certreissue/password"
)

func TestMain(m *testing.M) {
	password.Cheap()
	rig.Main(m)
}
