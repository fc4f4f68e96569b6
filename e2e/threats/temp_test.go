package threats

import (
	"bytes"
	"fmt"
	"image/color"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/sheet"
	"certreissue/spool"
)

// wideRegister is the register of a loop as a workbook, with so much beside it that
// it does not fit into the memory that a sheet may have.
func wideRegister(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wide.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table, err := sheet.NewXLSX(file, "档案", spool.Folder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSpace(rig.LoopRegister), "\n") {
		cells := strings.Split(line, ",")
		for column := range 100 {
			note := fmt.Sprint("备注", column)
			if n > 0 {
				note = strings.Repeat("注", 900)
			}
			cells = append(cells, note)
		}
		repeat := 1
		if n == 1 {
			repeat = 80 // the same line again and again
		}
		for range repeat {
			if err := table.WriteRow(cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// posted answers a form with one file.
func posted(b *rig.Browser, page *rig.Page, field, name string, content []byte, more map[string]string) *rig.Page {
	b.T.Helper()
	action, values := b.Form(page, "form[enctype]")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("csrf_token", values.Get("csrf_token"))
	for name, value := range more {
		w.WriteField(name, value)
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		b.T.Fatal(err)
	}
	part.Write(content)
	w.Close()
	return b.Do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// TestWithoutTemp does everything that needs the disk for a while, with a folder for
// such things that is not there, and looks for what is left of it beside the data.
func TestWithoutTemp(t *testing.T) {
	wide := wideRegister(t)
	book, err := os.ReadFile(wide)
	if err != nil {
		t.Fatal(err)
	}
	list := rig.Write(t, "register.csv", []byte(rig.LoopRegister))
	r := rig.Office(t, rig.LoopRegister)
	r.Stop()
	t.Setenv("TMPDIR", "/nonexistent")
	t.Setenv("TMP", `Z:\nonexistent`)
	data := r.Data

	// What a service that was killed has left is gone when the next one is ready.
	spooled := data + ".spool"
	if err := os.MkdirAll(filepath.Join(spooled, "123"), 0o700); err != nil {
		t.Fatal(err)
	}
	part := data + ".456.part"
	if err := os.WriteFile(part, []byte("half of a restore"), 0o600); err != nil {
		t.Fatal(err)
	}
	r = rig.Start(t, "demo", "-data", data)
	if _, err := os.Stat(part); err == nil {
		t.Error("the part of a killed act is left")
	}
	if entries, err := os.ReadDir(spooled); err == nil {
		t.Errorf("left since a kill: %v", entries)
	}

	b := r.Register("测试", rig.LoopNumber)
	exam := b.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := b.Get(b.Get("/apply?exam=" + exam).Link("申请补证"))
	if answer := posted(b, step2, "photo", "photo.jpg", make([]byte, 2<<20), map[string]string{"phone": "13800000000"}); answer.Status != http.StatusUnprocessableEntity {
		t.Errorf("a photo of 2 MB of nothing: %d", answer.Status)
	}
	b.Sends(step2, "form[enctype]", map[string]string{"phone": "13800000000"}, sample.Portrait(1, false, color.White)).Has("提交完成")

	admin := r.Staff("guanli")
	answer := posted(admin, admin.Get("/office/certificates/import"), "file", "register.xlsx", book, map[string]string{"blank_collected": "表中每行都填写了领取状态"})
	if answer.Status != http.StatusSeeOther {
		t.Fatalf("an upload: %d %q", answer.Status, answer.Problems())
	}
	admin.Eventually(answer.Header.Get("Location"), "确认导入")
	if info, err := os.Stat(spooled); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the spool: %v, %v", info, err)
	}
	for _, path := range []string{"/office/applications.xlsx", "/office/applications.csv", "/office/certificates.xlsx"} {
		if got := admin.Get(path); got.Status != http.StatusOK {
			t.Errorf("%s: %d", path, got.Status)
		}
	}
	page := admin.Get("/office/backup")
	admin.Sends(page, rig.FormTo("/office/backup/make"), nil).Has("备份已完成")
	if got := admin.Send(page, rig.FormTo("/office/backup/download"), map[string]string{"password": "guanli-pass1"}); got.Status != http.StatusOK {
		t.Errorf("the download: %d", got.Status)
	}

	folder := filepath.Dir(list)
	tasks := func(when string) {
		for _, args := range [][]string{{"import", "certificates", list}, {"export", "applications", filepath.Join(folder, when+".xlsx")},
			{"export", "applications", filepath.Join(folder, when+".csv")}, {"backup", filepath.Join(folder, when+".db")}, {"check"}, {"staff", "list"}} {
			rig.Must(t, "", append(args, "-data", data)...)
		}
		rig.Command(t, "", "import", "certificates", wide, "-data", data)
	}
	tasks("beside")
	if code := r.Stop(); code != 0 {
		t.Errorf("the service ended with %d:\n%s", code, r.Out)
	}
	if entries, err := os.ReadDir(spooled); err == nil {
		t.Errorf("left behind: %v", entries)
	}
	tasks("alone")
	rig.Must(t, "", "compact", "-data", data)
	rig.Must(t, "", "restore", filepath.Join(folder, "beside.db"), "-data", data)
	if entries, err := os.ReadDir(spooled); err == nil {
		t.Errorf("commands leave %v", entries)
	}
	if code, _, said := rig.Command(t, "", "demo", "-addr", "127.0.0.1:0"); code != command.ExitFailed || !strings.Contains(said, "-data") {
		t.Errorf("a demo without a place: exit %d, %q", code, said)
	}
}
