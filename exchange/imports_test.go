package exchange

import (
	"testing"

	"certreissue/reissue"
	"certreissue/store"
)

// TestAccountNames: an account's name is what people sign in and apply under, so
// that nothing of it may be lost.
func TestAccountNames(t *testing.T) {
	for name, good := range map[string]bool{"王小明": true, "王?明": false, "王？明": false, "王□明": false, "王■明": false, "王〓明": false, "王小[明]": false} {
		cells := map[string]string{reissue.ColumnName: name, store.ColumnAccountNumber: "110101199003071233", store.ColumnDigest: "md5:00"}
		_, problems := parseAccount(2, func(column string) string { return cells[column] }, "20260115")
		if refused := problems.Of(reissue.ColumnName) != ""; refused == good {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
