package office

import (
	"strings"
	"testing"

	"certreissue/about"
	"certreissue/e2e/rig"
)

// TestChanges: after an upgrade the desk says what has changed, to everybody, until an
// administrator puts it away; a file's first version says nothing, nor does going back.
func TestChanges(t *testing.T) {
	data := rig.StaffedFile(t)
	const changelog = "## v1.2.0\n\n- **导出**：多一列。\n\n## v1.1.0\n\n- **审核**：快一倍。\n- **升级时**：没有要注意的。\n\n## v1.0.1\n\n- **数据**：改正一处。\n\n## v1.0.0\n\n- **运行**：一个文件。\n"
	serve := func(version string) (r *rig.Running, shown string) {
		t.Helper()
		r = rig.StartVersion(t, about.HistoryOf(version, changelog), "serve", "-data", data)
		return r, r.Staff("shenhe").Get("/office").Find("#changes").Parent().Text()
	}
	for _, version := range []string{"(devel)", "v1.0.0", "v1.0.0"} {
		r, shown := serve(version)
		if r.Stop(); shown != "" {
			t.Errorf("%s tells %q", version, shown)
		}
	}
	r, shown := serve("v1.1.0")
	for _, text := range []string{"系统已更新到 v1.1.0", "审核快一倍。", "升级时没有要注意的。", "v1.0.1", "数据改正一处。"} {
		if !strings.Contains(shown, text) {
			t.Errorf("there is no %q in %q", text, shown)
		}
	}
	if strings.Contains(shown, "多一列") || strings.Contains(shown, "一个文件") || strings.Contains(shown, "收起") {
		t.Errorf("the reviewer sees %q", shown)
	}
	r.Stop()
	r, shown = serve("v1.1.0")
	if shown == "" {
		t.Error("a second start tells nothing")
	}
	admin := r.Staff("guanli")
	admin.Sends(admin.Get("/office"), rig.FormTo("/office/changes"), nil).Has("更新说明已收起")
	admin.Get("/office/audit").Has("已看更新说明", "v1.1.0")
	if r.Staff("shenhe").Get("/office").Find("#changes").Length() != 0 {
		t.Error("it was put away, and is there")
	}
	r.Stop()
	for version, tells := range map[string]bool{"v1.1.0": false, "v1.0.0": false, "(devel)": false, "v1.2.0": true} {
		r, shown := serve(version)
		if r.Stop(); strings.Contains(shown, "多一列") != tells || strings.Contains(shown, "快一倍") {
			t.Errorf("%s tells %q", version, shown)
		}
	}
}
