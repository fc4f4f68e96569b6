package browser

import (
	"encoding/csv"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/sheet"
	"certreissue/spool"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// bigRegister is a register of crowd lines of other people and then ours.
func bigRegister(t *testing.T, crowd int) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(rig.LoopRegister)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	big := rows[:1:1]
	for i := range crowd {
		big = append(big, []string{"2019", "二级建造师", "路人" + string(rune('一'+i)), rig.IDNumber(t, i), "已领取", "", "", fmt.Sprintf("LR2019%04d", i), "20190526", "唐山市"})
	}
	return append(big, rows[1:]...)
}

// asCSV writes rows as old spreadsheets do, in GB18030.
func asCSV(t *testing.T, rows [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "档案.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := csv.NewWriter(simplifiedchinese.GB18030.NewEncoder().Writer(file)).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return path
}

func asXLSX(t *testing.T, rows [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "档案.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w, err := sheet.NewXLSX(file, "档案", spool.Folder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBrowserLoop is the main job of the system in front of real people: typed,
// clicked and tapped in Chromium.
func TestBrowserLoop(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	rows := bigRegister(t, 1200)
	photo := filepath.Join(t.TempDir(), "照片.jpg")
	if err := os.WriteFile(photo, sample.Portrait(1, false, color.White), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		register string
		view     view
	}{
		{"a desktop, the register from a CSV in GB18030", asCSV(t, rows), view{width: 1280}},
		{"a phone, the register from an XLSX", asXLSX(t, rows), view{width: 390, touch: true}},
		{"no scripts, the register from an XLSX", asXLSX(t, rows), view{width: 1280, scriptless: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := rig.OfficeWith(t, c.register)
			walkLoop(t, openWindow(r, t, browser, c.view), openWindow(r, t, browser, view{width: 1280, scriptless: c.view.scriptless}), photo)
		})
	}
}

func walkLoop(t *testing.T, candidate, reviewer *window, photo string) {
	candidate.visit("/")
	candidate.follow(link("注册"))
	candidate.typeIn("name", "测试", "id_number", "110101199003071233", "email", "kaosheng@example.com",
		"password", rig.CandidatePassword, "password_confirm", rig.CandidatePassword)
	candidate.press("#consent")
	candidate.typeCaptcha()
	candidate.follow(button("注册"))
	candidate.sees("注册成功")
	candidate.login("110101199003071233", rig.CandidatePassword)

	candidate.pick("exam", "2015")
	candidate.follow(button("查询证书"))
	candidate.sees("找到 1 本证书", "可申请", "ZJ2015001")
	candidate.follow(link("申请补证"))
	candidate.attach(photo)
	candidate.typeIn("phone", "123")
	candidate.follow(button("下一步"))
	candidate.sees("请更正以下问题", "已接受的照片")
	if focused := ask[string](candidate, `document.activeElement.id`) == "problems"; focused == candidate.scriptless {
		t.Errorf("the summary of problems has the focus: %t", focused)
	}
	candidate.typeIn("phone", "0311-85666666")
	candidate.follow(button("下一步"))
	candidate.sees("提交完成")
	candidate.follow(link("查看这份申请"))
	candidate.sees("等待审核", "ZJ2015001", "0311-85666666")

	reviewer.officeLogin("shenhe", "shenhe-pass1")
	reviewer.follow(`.menu a[href="/office/applications"]`)
	reviewer.pick("status", "等待审核")
	reviewer.follow(button("查询"))
	reviewer.follow(".queue tbody a")
	reviewer.sees("测试", "ZJ2015001", "0311-85666666")
	reviewer.press(`//summary[contains(., "退回修改")]`)
	reviewer.press("#return-phone")
	reviewer.typeIn("return-note", "请填写手机号")
	reviewer.follow(button("退回修改"))
	reviewer.sees("已退回考生修改", "没有符合条件的申请")

	candidate.follow(`.menu a[href="/applications"]`)
	candidate.sees("审核未过")
	candidate.follow(`main tbody th a`)
	candidate.sees("联系方式无法接通", "请填写手机号")
	candidate.follow(link("申请信息维护"))
	if at := ask[string](candidate, `document.getElementById("phone-return").innerText`); !strings.Contains(at, "联系方式无法接通") {
		t.Errorf("at the field stands %q", at)
	}
	candidate.typeIn("phone", "13900000000")
	candidate.follow(button("保存"))
	candidate.sees("等待审核", "13900000000")

	reviewer.do(chromedp.Reload())
	reviewer.follow(".queue tbody a")
	reviewer.sees("等待审核", "13900000000")
	reviewer.follow("#approve")
	reviewer.sees("已审核通过", "没有符合条件的申请")
	candidate.do(chromedp.Reload())
	candidate.sees("审核通过")
}
