package office

import (
	"slices"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// TestFirstSteps: an empty first day tells the administrator what comes next, each step
// ticked when it is done, all gone with the last; put away it comes back.
func TestFirstSteps(t *testing.T) {
	data := rig.StaffedFile(t)
	r := rig.Start(t, "serve", "-data", data)
	admin := r.Staff("guanli")
	has := func() bool { return admin.Get("/office").Find("#first-steps").Length() == 1 }
	left := func(want ...string) {
		t.Helper()
		got := admin.Get("/office").Find(".todo li:not(.done) a").Map(func(_ int, a *goquery.Selection) string { return a.Text() })
		// The first night's copy is made as soon as the service has time for it.
		got = slices.DeleteFunc(got, func(step string) bool { return step == "做第一次备份" })
		if !slices.Equal(got, want) {
			t.Errorf("left are %q, want %q", got, want)
		}
	}
	left("填写单位名称和咨询电话", "导入证书档案", "设置邮件服务器", "设置镜像")
	for _, name := range []string{"shenhe", "shenji"} {
		if r.Staff(name).Get("/office").Find("#first-steps").Length() != 0 {
			t.Errorf("%s sees what is the administrator's", name)
		}
	}
	admin.Sends(admin.Get("/office"), rig.FormTo("/office/first-steps"), nil).Has("清单已收起")
	if has() {
		t.Error("it was put away, and is there")
	}
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/first-steps"), nil).Has("清单已显示在工作台", "开始使用")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"office_name": "考试中心", "telephone": "0311-85666666", "smtp_host": "127.0.0.1", "smtp_port": "25", "smtp_security": "none", "smtp_from": "a@example.com"})
	left("导入证书档案", "设置镜像")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.LoopRegister)), "-data", data)
	left("设置镜像")
	admin.Sends(admin.Get("/office/backup"), rig.FormTo("/office/backup/make"), nil)
	left("设置镜像")
	admin.Sends(admin.Get("/office/backup"), rig.FormTo("/office/backup"), map[string]string{"mirror_folder": t.TempDir()})
	if has() {
		t.Error("all is done, and the list is there")
	}
	demo := rig.Office(t, rig.LoopRegister)
	if demo.Staff("guanli").Get("/office").Find("#first-steps").Length() != 0 {
		t.Error("it stands in the way of a demo")
	}
}
