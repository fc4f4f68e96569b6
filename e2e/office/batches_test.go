package office

import (
	"archive/zip"
	"bytes"
	"image/color"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/xuri/excelize/v2"
)

const batchRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,测试,110101199003071233,已领取,考全科,无,EJ2020001,20201122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,金融,JS2018,20181103,唐山市
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
`

// table is a downloaded workbook.
func table(t *testing.T, content []byte) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// withPhoto submits the application of 2015, which needs a photo, and has it
// approved.
func withPhoto(candidate, reviewer *rig.Browser) (number string) {
	candidate.T.Helper()
	exam := candidate.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.Get(candidate.Get("/apply?exam=" + exam).Link("申请补证"))
	own := candidate.Sends(step2, "form[enctype]", map[string]string{"phone": "13900000000"}, sample.Portrait(1, false, color.White)).Link("查看这份申请")
	reviewer.Sends(reviewer.Get("/office"+own), "form[action$='/approve']", nil).Has("审核通过")
	return strings.TrimPrefix(own, "/applications/")
}

// batched puts everything that is approved into a batch and locks it.
func batched(reviewer *rig.Browser) (path string) {
	reviewer.T.Helper()
	made := reviewer.Sends(reviewer.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	path = "/office" + strings.TrimSuffix(strings.TrimPrefix(made.Find("form[action$='/lock']").AttrOr("action", ""), "/office"), "/lock")
	reviewer.Sends(made, rig.FormTo(path+"/lock"), nil).Has("待上报", "份申请进入制证")
	return path
}

func TestBatch(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	first, second, third := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018"), withPhoto(candidate, reviewer)

	// Made up by city, with a day that is none, then with one that is.
	reviewer.Get("/office/batches").Has("有 3 份")
	choice := reviewer.Get("/office/batches/new?city=石家庄").Has("合计2")
	refused := reviewer.Refused(http.StatusUnprocessableEntity, choice, rig.FormTo("/office/batches"), map[string]string{"expected": "20201332"})
	if refused.Problems()["expected"] == "" {
		t.Errorf("a day that is none: %v", refused.Problems())
	}
	day := time.Now().AddDate(0, 1, 0).Format("20060102")
	made := reviewer.Sends(refused, rig.FormTo("/office/batches"), map[string]string{"name": "试制批次/..", "expected": day}).Has("收集中", "编入 2 份申请", first, third)
	path := strings.TrimSuffix(made.Find("form[action$='/lock']").AttrOr("action", ""), "/lock")
	if download := reviewer.Get(path + "/roster.xlsx"); download.Status != http.StatusConflict {
		t.Errorf("the roster of an open batch: %d", download.Status)
	}

	// Members come and go while it is open.
	none := reviewer.Refused(http.StatusUnprocessableEntity, made, rig.FormTo(path+"/remove"), nil)
	if none.Problems()["members"] == "" {
		t.Errorf("nothing chosen: %v", none.Problems())
	}
	less := reviewer.Sends(made, rig.FormTo(path+"/remove"), map[string]string{"application": first}).Has("1 份")
	if stale := reviewer.Send(made, rig.FormTo(path+"/lock"), nil); stale.Status != http.StatusConflict {
		t.Errorf("locked from a stale screen: %d", stale.Status)
	}
	adding := reviewer.Get(less.Link("继续编入"))
	reviewer.Sends(adding, rig.FormTo(path+"/add"), nil).Has("3 份", second)
	reviewer.Sends(reviewer.Get("/office/applications/"+second), rig.FormTo("/office/applications/"+second+"/take-back"), map[string]string{"note": "再看一眼"})
	reviewer.Get(path).Has("2 份")
	reviewer.Sends(reviewer.Get("/office/applications/"+second), rig.FormTo("/office/applications/"+second+"/approve"), nil)

	// Locked: out of reach of decisions, and to be downloaded.
	locked := reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/lock"), nil).Has("待上报", "制证中")
	if late := reviewer.Send(adding, rig.FormTo(path+"/add"), nil); late.Status != http.StatusConflict {
		t.Errorf("added to a locked batch: %d", late.Status)
	}
	if reviewer.Get("/office/applications/"+first).Find("form[action$='/take-back']").Length() != 0 {
		t.Error("a decision in a locked batch can be taken back")
	}
	candidate.Get("/applications").Has("制证中", "试制批次", "预计")
	candidate.Get("/applications/"+first).Has("试制批次", "预计")
	rows := table(t, reviewer.Get(path+"/roster.xlsx").Body)
	if len(rows) != 3 || rows[0][0] != "序号" || !slices.Contains(rows[1], third) || !slices.Contains(rows[2], "110101199003071233") {
		t.Errorf("the roster: %v", rows)
	}

	// The office's columns, and photos by ID number.
	admin := r.Staff("guanli")
	settings := admin.Get("/office/batches/settings")
	if wrong := admin.Refused(http.StatusUnprocessableEntity, settings, rig.FormTo("/office/batches/settings"), map[string]string{"columns": "序\n姓名"}); wrong.Problems()["columns"] == "" {
		t.Errorf("an unknown column: %v", wrong.Problems())
	}
	admin.Sends(settings, rig.FormTo("/office/batches/settings"), map[string]string{"columns": "姓名\r\n照片文件名", "photos_by_id_number": "1"}).Has("保存")
	answer := reviewer.Get(path + "/photos.zip")
	_, parameters, err := mime.ParseMediaType(answer.Header.Get("Content-Disposition"))
	if err != nil || parameters["filename"] != "制证名册-试制批次.zip" {
		t.Errorf("the file is called %v, %v", parameters, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(answer.Body), int64(len(answer.Body)))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, file := range archive.File {
		names = append(names, file.Name)
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(content)
		switch {
		case strings.HasSuffix(file.Name, ".xlsx"):
			if rows := table(t, body); !slices.Equal(rows[0], []string{"姓名", "照片文件名"}) || rows[1][1] != "110101199003071233.jpg" {
				t.Errorf("the roster in the archive: %v", rows)
			}
		case !bytes.HasPrefix(body, []byte{0xFF, 0xD8}):
			t.Errorf("%s is no JPEG", file.Name)
		}
	}
	if !slices.Equal(names, []string{"制证名册-试制批次.xlsx", "照片/110101199003071233.jpg"}) {
		t.Errorf("the archive holds %q", names)
	}
	for _, who := range []string{"guanli", "shenji"} {
		other := r.Staff(who)
		if page := other.Get(path); page.Status != http.StatusOK || page.Find("main form").Length() != 0 {
			t.Errorf("%s: status %d, %d forms", who, page.Status, page.Find("main form").Length())
		}
		if page := other.Get(path + "/photos.zip"); page.Status != http.StatusForbidden {
			t.Errorf("%s takes the photos: %d", who, page.Status)
		}
	}

	// Unlocked for a reason, locked again, reported, arrived, undone.
	if why := reviewer.Refused(http.StatusUnprocessableEntity, locked, rig.FormTo(path+"/unlock"), nil); why.Problems()["unlock-note"] == "" {
		t.Errorf("unlocked without a reason: %v", why.Problems())
	}
	reviewer.Sends(locked, rig.FormTo(path+"/unlock"), map[string]string{"note": "漏了一份"}).Has("收集中", "漏了一份", "审核通过")
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/lock"), nil)
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/report"), nil).Has("已上报")
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/expect"), map[string]string{"expected": ""}).Has("未定")
	arrived := reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/arrive"), nil).Has("已到证", "待领取")
	candidate.Get("/applications/"+first).Has("待领取", "请带身份证件")
	reviewer.Sends(arrived, rig.FormTo(path+"/undo-arrival"), map[string]string{"note": "还在路上"}).Has("已上报", "制证中")
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/undo-report"), map[string]string{"note": "还没送"}).Has("待上报")

	// A second person, where the office asks for one.
	admin.Sends(admin.Get("/office/batches/settings"), rig.FormTo("/office/batches/settings"), map[string]string{"second_person": "1"})
	alone := reviewer.Sends(reviewer.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	if refused := reviewer.Refused(http.StatusUnprocessableEntity, alone, "form[action$='/lock']", nil); !strings.Contains(string(refused.Body), "另一位审核员") {
		t.Errorf("one person alone: %v", refused.Problems())
	}
	reviewer.Sends(alone, "form[action$='/dissolve']", map[string]string{"note": "不要了"}).Has("已解散", "批次中没有申请")
	reviewer.Get("/office/batches").Has("有 1 份", "已解散", "待上报")
}
