package office

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// unpacked are the files of a ZIP by their names.
func unpacked(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	pack, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range pack.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[entry.Name], err = io.ReadAll(file); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// isArchive holds an archive of these applications against its index.
func isArchive(t *testing.T, content []byte, results map[string]string) {
	t.Helper()
	files := unpacked(t, content)
	rows := table(t, files["index.xlsx"])
	if !slices.Equal(rows[0], []string{"件号", "编号", "姓名", "考试", "结果", "SHA-256"}) || len(rows) != len(results)+1 || len(files) != len(results)+1 {
		t.Fatalf("%d files, indexed are %q", len(files), rows)
	}
	if found := reckons(t, files["index.xlsx"]); !maps.Equal(found, map[string]string{"件号": "1"}) {
		t.Errorf("numbers of the index are %v", found)
	}
	for i, row := range rows[1:] {
		form := files[row[1]+".html"]
		sum := sha256.Sum256(form)
		if row[0] != strconv.Itoa(i+1) || row[2] != "测试" || row[4] != results[row[1]] || row[5] != hex.EncodeToString(sum[:]) {
			t.Errorf("indexed is %q", row)
		}
		for _, part := range []string{"证书补办申请表", row[1], strings.Fields(row[3])[2], rig.LoopNumber, "data:image/svg&#43;xml;base64,", ".leaf {"} {
			if !bytes.Contains(form, []byte(part)) {
				t.Errorf("the form of %s lacks %q", row[1], part)
			}
		}
		for _, part := range []string{"/office/", "/static/", "ZgotmplZ", "http://", "https://"} {
			if bytes.Contains(form, []byte(part)) {
				t.Errorf("the form of %s leads elsewhere: %q", row[1], part)
			}
		}
	}
}

// TestArchive: a year and a batch are put away by page and by command, with the service
// and without; who is of another city gets nothing.
func TestArchive(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	rig.Must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山市", "-password-stdin", "-data", r.Data)
	candidate, submitted := r.Apply("测试", rig.LoopNumber)
	byHand := strings.TrimPrefix(candidate.Apply("/apply/self", rig.ByHand(nil)), "/applications/")
	number := strings.TrimSuffix(strings.TrimPrefix(submitted.Path, "/applications/"), "/submitted")
	clerk, admin := r.Staff("shenhe"), r.Staff("guanli")
	clerk.Decide("/applications/"+number, "approve", nil)
	clerk.Sends(clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	clerk.Sends(clerk.Get("/office/batches/1"), rig.FormTo("/office/batches/1/lock"), nil)

	year := number[:4]
	const page = "/office/archive"
	admin.Get(page).Has(year, "2 份", "1 张", "还没有", "下载")
	both := map[string]string{number: "制证中", byHand: "等待审核"}
	download := admin.Do(http.MethodGet, page+"?year="+year, "", nil)
	if got := download.Header.Get("Content-Disposition"); !strings.Contains(got, year) || strings.Contains(got, rig.LoopNumber) {
		t.Errorf("the file is called %q", got)
	}
	isArchive(t, download.Body, both)
	if form := unpacked(t, download.Body)[number+".html"]; !bytes.Contains(form, []byte(`src="data:image/jpeg;base64,/9j/`)) {
		t.Error("the photo is not in its form")
	}
	if p := admin.Get(page); strings.Contains(p.TextOf("tbody"), "还没有") {
		t.Error("that it was put away is not told")
	}
	for _, staff := range []*rig.Browser{clerk, admin} {
		link := staff.Get("/office/batches/1").Link("存档（ZIP）")
		isArchive(t, staff.Do(http.MethodGet, link, "", nil).Body, map[string]string{number: "制证中"})
	}
	admin.Get("/office/audit?object=archive").Has("导出", "提交年度 "+year+"；共 2 条", "制证批次")

	city := r.Staff("city")
	city.Get(page).Has("只含唐山市的申请", "还没有可以存档的申请")
	for _, query := range []string{"?year=" + year, "?batch=1", "?year=1999", "?year=x", "?batch=x"} {
		city.At(page + query).Is(http.StatusNotFound)
	}

	file := filepath.Join(t.TempDir(), "archive.zip")
	none := []string{"export", "archive", file, "-year", "1999", "-data", r.Data}
	for range 2 { // beside the service, then alone
		rig.Must(t, "", "export", "archive", file, "-year", year, "-data", r.Data)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isArchive(t, content, both)
		if code, _, said := rig.Command(t, "", none...); code != command.ExitFailed || !strings.Contains(said, "没有 1999 年提交的申请") {
			t.Errorf("of a year without any: %d %s", code, said)
		}
		if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, content) {
			t.Errorf("the file is not what it was: %v", err)
		}
		r.Stop()
	}
}

// TestArchiveFirst: who shortens the periods, and who sees the desk before something is
// deleted, is led to the archive, until it was taken.
func TestArchiveFirst(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	candidate, submitted := r.Apply("测试", rig.LoopNumber)
	own := strings.TrimSuffix(submitted.Path, "/submitted")
	candidate.Sends(candidate.Get(own), rig.FormTo(own+"/withdraw"), nil)
	const settings = "/office/settings"
	year := strings.TrimPrefix(own, "/applications/")[:4]

	r.Pass(400 * 24 * time.Hour)
	admin := r.Staff("guanli")
	asked := admin.Refused(http.StatusUnprocessableEntity, admin.Get(settings), rig.FormTo(settings), map[string]string{"application_months": "12"})
	asked.Has("其中 "+year+" 年度还没有存档", "去存档")
	if got := asked.Link("去存档"); got != "/office/archive" {
		t.Errorf("leads to %q", got)
	}
	if strings.Contains(admin.Get("/office").TextOf("main"), "年度的申请或照片") {
		t.Error("something is about to be deleted while all is kept")
	}
	confirmed := asked.Find("#confirm_retention").AttrOr("value", "")
	admin.Sends(asked, rig.FormTo(settings), map[string]string{"application_months": "12", "confirm_retention": confirmed}).Has("设置已保存")
	desk := admin.Get("/office").Has("将删除 " + year + " 年度的申请或照片，还没有存档")
	if got := desk.Link("去存档"); got != "/office/archive" {
		t.Errorf("leads to %q", got)
	}
	if strings.Contains(r.Staff("shenhe").Get("/office").TextOf("main"), "年度的申请或照片") {
		t.Error("a reviewer is to see to what the administrator decides")
	}
	isArchive(t, admin.Do(http.MethodGet, "/office/archive?year="+year, "", nil).Body, map[string]string{strings.TrimPrefix(own, "/applications/"): "已撤回"})
	if strings.Contains(admin.Get("/office").TextOf("main"), "年度的申请或照片") {
		t.Error("what was put away is warned of")
	}
}
