package main

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
func withPhoto(candidate, reviewer *browser) (number string) {
	candidate.t.Helper()
	exam := candidate.get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.get(candidate.get("/apply?exam=" + exam).link("申请补证"))
	own := candidate.sends(step2, "form[enctype]", map[string]string{"phone": "13900000000"}, sample.Portrait(1, false, color.White)).link("查看这份申请")
	reviewer.sends(reviewer.get("/office"+own), "form[action$='/approve']", nil).has("审核通过")
	return strings.TrimPrefix(own, "/applications/")
}

// batched puts everything that is approved into a batch and locks it.
func batched(reviewer *browser) (path string) {
	reviewer.t.Helper()
	made := reviewer.sends(reviewer.get("/office/batches/new"), formTo("/office/batches"), nil)
	path = "/office" + strings.TrimSuffix(strings.TrimPrefix(made.Find("form[action$='/lock']").AttrOr("action", ""), "/office"), "/lock")
	reviewer.sends(made, formTo(path+"/lock"), nil).has("待上报", "份申请进入制证")
	return path
}

func TestBatch(t *testing.T) {
	r := office(t, batchRegister)
	candidate, reviewer := r.register("测试", "110101199003071233"), r.staff("shenhe")
	first, second, third := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018"), withPhoto(candidate, reviewer)

	// Made up by city, with a day that is none, then with one that is.
	reviewer.get("/office/batches").has("有 3 份")
	choice := reviewer.get("/office/batches/new?city=石家庄").has("合计2")
	refused := reviewer.refused(http.StatusUnprocessableEntity, choice, formTo("/office/batches"), map[string]string{"expected": "20201332"})
	if refused.problems()["expected"] == "" {
		t.Errorf("a day that is none: %v", refused.problems())
	}
	day := time.Now().AddDate(0, 1, 0).Format("20060102")
	made := reviewer.sends(refused, formTo("/office/batches"), map[string]string{"name": "试制批次/..", "expected": day}).has("收集中", "编入 2 份申请", first, third)
	path := strings.TrimSuffix(made.Find("form[action$='/lock']").AttrOr("action", ""), "/lock")
	if download := reviewer.get(path + "/roster.xlsx"); download.status != http.StatusConflict {
		t.Errorf("the roster of an open batch: %d", download.status)
	}

	// Members come and go while it is open.
	none := reviewer.refused(http.StatusUnprocessableEntity, made, formTo(path+"/remove"), nil)
	if none.problems()["members"] == "" {
		t.Errorf("nothing chosen: %v", none.problems())
	}
	less := reviewer.sends(made, formTo(path+"/remove"), map[string]string{"application": first}).has("1 份")
	if stale := reviewer.send(made, formTo(path+"/lock"), nil); stale.status != http.StatusConflict {
		t.Errorf("locked from a stale screen: %d", stale.status)
	}
	adding := reviewer.get(less.link("继续编入"))
	reviewer.sends(adding, formTo(path+"/add"), nil).has("3 份", second)
	reviewer.sends(reviewer.get("/office/applications/"+second), formTo("/office/applications/"+second+"/take-back"), map[string]string{"note": "再看一眼"})
	reviewer.get(path).has("2 份")
	reviewer.sends(reviewer.get("/office/applications/"+second), formTo("/office/applications/"+second+"/approve"), nil)

	// Locked: out of reach of decisions, and to be downloaded.
	locked := reviewer.sends(reviewer.get(path), formTo(path+"/lock"), nil).has("待上报", "制证中")
	if late := reviewer.send(adding, formTo(path+"/add"), nil); late.status != http.StatusConflict {
		t.Errorf("added to a locked batch: %d", late.status)
	}
	if reviewer.get("/office/applications/"+first).Find("form[action$='/take-back']").Length() != 0 {
		t.Error("a decision in a locked batch can be taken back")
	}
	candidate.get("/applications").has("制证中", "试制批次", "预计")
	candidate.get("/applications/"+first).has("试制批次", "预计")
	rows := table(t, reviewer.get(path+"/roster.xlsx").body)
	if len(rows) != 3 || rows[0][0] != "序号" || !slices.Contains(rows[1], third) || !slices.Contains(rows[2], "110101199003071233") {
		t.Errorf("the roster: %v", rows)
	}

	// The office's columns, and photos by ID number.
	admin := r.staff("guanli")
	settings := admin.get("/office/batches/settings")
	if wrong := admin.refused(http.StatusUnprocessableEntity, settings, formTo("/office/batches/settings"), map[string]string{"columns": "序\n姓名"}); wrong.problems()["columns"] == "" {
		t.Errorf("an unknown column: %v", wrong.problems())
	}
	admin.sends(settings, formTo("/office/batches/settings"), map[string]string{"columns": "姓名\r\n照片文件名", "photos_by_id_number": "1"}).has("保存")
	answer := reviewer.get(path + "/photos.zip")
	_, parameters, err := mime.ParseMediaType(answer.header.Get("Content-Disposition"))
	if err != nil || parameters["filename"] != "制证名册-试制批次.zip" {
		t.Errorf("the file is called %v, %v", parameters, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(answer.body), int64(len(answer.body)))
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
		other := r.staff(who)
		if page := other.get(path); page.status != http.StatusOK || page.Find("main form").Length() != 0 {
			t.Errorf("%s: status %d, %d forms", who, page.status, page.Find("main form").Length())
		}
		if page := other.get(path + "/photos.zip"); page.status != http.StatusForbidden {
			t.Errorf("%s takes the photos: %d", who, page.status)
		}
	}

	// Unlocked for a reason, locked again, reported, arrived, undone.
	if why := reviewer.refused(http.StatusUnprocessableEntity, locked, formTo(path+"/unlock"), nil); why.problems()["unlock-note"] == "" {
		t.Errorf("unlocked without a reason: %v", why.problems())
	}
	reviewer.sends(locked, formTo(path+"/unlock"), map[string]string{"note": "漏了一份"}).has("收集中", "漏了一份", "审核通过")
	reviewer.sends(reviewer.get(path), formTo(path+"/lock"), nil)
	reviewer.sends(reviewer.get(path), formTo(path+"/report"), nil).has("已上报")
	reviewer.sends(reviewer.get(path), formTo(path+"/expect"), map[string]string{"expected": ""}).has("未定")
	arrived := reviewer.sends(reviewer.get(path), formTo(path+"/arrive"), nil).has("已到证", "待领取")
	candidate.get("/applications/"+first).has("待领取", "请带身份证件")
	reviewer.sends(arrived, formTo(path+"/undo-arrival"), map[string]string{"note": "还在路上"}).has("已上报", "制证中")
	reviewer.sends(reviewer.get(path), formTo(path+"/undo-report"), map[string]string{"note": "还没送"}).has("待上报")

	// A second person, where the office asks for one.
	admin.sends(admin.get("/office/batches/settings"), formTo("/office/batches/settings"), map[string]string{"second_person": "1"})
	alone := reviewer.sends(reviewer.get("/office/batches/new"), formTo("/office/batches"), nil)
	if refused := reviewer.refused(http.StatusUnprocessableEntity, alone, "form[action$='/lock']", nil); !strings.Contains(string(refused.body), "另一位审核员") {
		t.Errorf("one person alone: %v", refused.problems())
	}
	reviewer.sends(alone, "form[action$='/dissolve']", map[string]string{"note": "不要了"}).has("已解散", "批次中没有申请")
	reviewer.get("/office/batches").has("有 1 份", "已解散", "待上报")
}
