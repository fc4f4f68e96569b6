package browser

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// A certificate of every reason for which none is issued anew, and one of which a proof is.
const heldBack = rig.GuideRegister + `2010,造价工程师,测试,110101199003071233,已领取,,,ZJ2010001,20101024,石家庄市
2011,招标师,测试,110101199003071233,已领取,,,ZB2011001,20111023,石家庄市
2012,执业药师,测试,110101199003071233,已领取,,,YS2012001,20121014,石家庄市
2013,翻译专业资格,测试,110101199003071233,已领取,,,FY2013001,20131110,石家庄市
2014,社会工作者,测试,110101199003071233,已领取,,,SG2014001,20140615,石家庄市
`

// TestBrowserStates looks at what a candidate comes upon only on the way: every card of step 1, and
// every form that is refused, asks back, was overtaken, has lost its line or its session.
func TestBrowserStates(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	var small bytes.Buffer
	if err := jpeg.Encode(&small, image.NewGray(image.Rect(0, 0, 90, 120)), nil); err != nil {
		t.Fatal(err)
	}
	photos := map[string]string{}
	for name, content := range map[string][]byte{"good": rig.Portrait(), "small": small.Bytes()} {
		photos[name] = filepath.Join(directory, name+".jpg")
		if err := os.WriteFile(photos[name], content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := rig.Office(t, heldBack)
	r.Register("测试", rig.LoopNumber)
	admin, reviewer := r.Staff("guanli"), r.Staff("shenhe")
	exams := admin.Get("/office/exams")
	for exam, set := range map[string]map[string]string{
		"造价工程师":  {"route": "暂不受理", "sentence": "暂不受理到春节后。"},
		"招标师":    {"route": "补发纸质证书", "opens": "20100101", "closes": "20101231"},
		"执业药师":   {"route": "引导下载电子证书", "link": "https://zscx.example.cn/"},
		"翻译专业资格": {"route": "补发纸质证书", "opens": "21900101"},
		"社会工作者":  {"route": "开具合格证明"},
	} {
		admin.Sends(admin.Get(exams.Link(exam)), "form[novalidate]", set).Has("考试已保存")
	}

	c := crawl{window: openWindow(r, t, chrome, view{width: 390, touch: true}), name: "测试"}
	c.onEveryPage(string(axe))
	phone := func() { c.resize(view{width: 390, touch: true}) }
	look := func(state string) {
		t.Helper()
		c.look(state)
		phone()
	}
	c.visit("/login")
	c.typeIn("id_number", rig.LoopNumber, "password", rig.CandidatePassword, "captcha", "0")
	c.follow(button("登录"))
	c.sees("验证码不正确")
	look("wrong captcha")
	c.typeCaptcha()
	c.follow(button("登录"))
	c.sees("可申请", "尚未领取", "暂不受理到春节后", "不在受理时间内", "下载电子证书", "2190 年", "合格证明")
	look("every reason")

	step2 := ask[string](c.window, `document.querySelector(".card a[aria-label*='2015 年']").pathname`)
	c.visit(step2)
	c.attach(photos["small"])
	c.until(`document.getElementById("photo-check").textContent != ""`)
	look("photo too small")
	c.visit(step2)
	c.attach(photos["good"])
	c.until(`document.getElementById("photo-verdict").textContent == "照片符合要求。"`)
	look("photo")
	c.typeIn("phone", "1390000000")
	c.follow(button("下一步"))
	c.sees("尚未提交，请核对", "已接受的照片")
	look("asked")
	c.follow(button("下一步"))
	c.sees("提交完成")
	look("submitted")
	c.follow(link("查看这份申请"))
	own := ask[string](c.window, `location.pathname`)

	c.visit(own + "/edit")
	c.typeIn("phone", "13900000001")
	ask[string](c.window, `XMLHttpRequest.prototype.open = (open => function () { open.call(this, "GET", "/healthz"); })(XMLHttpRequest.prototype.open); ""`)
	c.press(button("保存"))
	c.until(`document.querySelector(".sending .fault").textContent.indexOf("` + lineGone + `") == 0`)
	look("line gone")
	c.visit(own + "/edit")
	reviewer.Decide(own, "return", map[string]string{"reason": "phone", "note": "打不通"})
	c.typeIn("phone", "13900000001")
	c.follow(button("保存"))
	c.sees("已有变动")
	look("overtaken")
	c.typeIn("phone", "12")
	c.follow(button("保存"))
	c.sees("请更正以下问题")
	look("refused")
	c.visit("/apply")
	c.sees("审核未过", "去修改", "打不通")
	look("returned")
	c.visit("/apply/self")
	ask[string](c.window, `document.querySelector("main [name=csrf_token]").value = "x"; ""`)
	c.press(button("下一步"))
	c.until(`document.activeElement.id == "problems"`)
	look("page too old")

	c.visit("/forgot")
	c.typeIn("id_number", rig.LoopNumber)
	c.typeCaptcha()
	c.follow(button("发送邮件"))
	look("sent")
	c.visit(r.ResetPath(1))
	look("reset")
	c.typeIn("password", "1", "password_confirm", "2")
	c.follow(`main form .primary`)
	look("reset refused")
	r.Pass(3 * time.Hour)
	c.visit("/apply")
	c.sees("登录已超时")
	look("session over")
}
