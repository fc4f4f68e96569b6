package office

import (
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestAlarms has the mirror go away and come back, the service started between: the
// administrator gets one mail for each, the log a line. An address of a candidate that is
// refused is told, too, and all of it stands in the outbox.
func TestAlarms(t *testing.T) {
	t.Parallel()
	box := rig.NewPostbox(t)
	demo := rig.Office(t, rig.LoopRegister)
	demo.Stop()
	folder := filepath.Join(t.TempDir(), "镜像")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	serve := func() (*rig.Running, *rig.Browser) {
		r := rig.Start(t, "serve", "-data", demo.Data, "-mirror", folder, "-mirror-every", "5s")
		r.Data = demo.Data
		return r, r.Staff("guanli")
	}
	r, admin := serve()
	admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"alarm_to": "不是邮箱"}).Faults("alarm_to")
	box.Serves(admin, map[string]string{"alarm_to": "guanli@example.com"})
	admin.Get("/office/settings").Shows(map[string]string{"alarm_to": "guanli@example.com"})
	admin.Eventually("/office/backup", "秒前")
	if err := os.Rename(folder, folder+" away"); err != nil {
		t.Fatal(err)
	}
	letter := func(n int, subject, sentence string) {
		t.Helper()
		m, text := box.Letter(n)
		said, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if said != subject || m.Header.Get("To") != "<guanli@example.com>" || !strings.Contains(text, sentence) || !strings.Contains(text, r.Data) {
			t.Errorf("mail %d to %s, %q, says\n%s", n, m.Header.Get("To"), said, text)
		}
	}
	letter(1, "请处理：镜像中断", "找不到镜像文件夹")
	r.Says("告警 内容=镜像中断")
	r.Stop()
	r, admin = serve()
	admin.Eventually("/office/backup", "找不到镜像文件夹")
	if err := os.Rename(folder+" away", folder); err != nil {
		t.Fatal(err)
	}
	letter(2, "已恢复正常：镜像中断", "找不到镜像文件夹")
	r.Says("告警解除 内容=镜像中断")

	box.Refuse("kaosheng@example.com")
	_, step := r.Apply("测试", rig.LoopNumber)
	step.Has("提交完成")
	admin.Eventually("/office/mail?state=failed", "补证申请已收到")
	number, _, _ := strings.Cut(strings.TrimPrefix(step.Path, "/applications/"), "/")
	r.Staff("shenhe").Decide("/applications/"+number, "return", map[string]string{"reason": "phone"})
	r.Pass(11 * time.Minute) // so long it waits, to be taken back unseen
	letter(3, "请处理：邮件送不到", "封邮件送不到")
	r.Staff("guanli").Get("/office/mail?state=sent").Has("请处理：镜像中断", "已恢复正常：镜像中断", "请处理：邮件送不到", "g***@example.com")
}
