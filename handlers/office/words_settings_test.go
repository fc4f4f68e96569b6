package office

import (
	"testing"

	"certreissue/store"
)

// TestSayLoss: a service tells when records go, and a demo that they stay.
func TestSayLoss(t *testing.T) {
	due := store.Forgotten{Photos: 3, Accounts: 2}
	const told = "按填写的保存期限，现在已到期的有：照片 3 张、考生账号 2 个。"
	for demo, want := range map[bool]string{
		false: told + "保存后，它们最早在下一次自动备份（每天 4 时）之后删除。删除之前会先做一份备份；删除之后不能恢复。",
		true:  told + "演示系统不会删除它们；正式使用时，保存后在下一次自动备份之后删除，不能恢复。",
	} {
		if got := sayLoss(due, 4, demo); got != want {
			t.Errorf("demo %v: %s", demo, got)
		}
	}
}
