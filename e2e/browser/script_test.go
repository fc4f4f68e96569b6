package browser

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserComforts is what app.js adds to pages that work without it.
func TestBrowserComforts(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	r.Register("测试", "110101199003071233")
	w := openWindow(r, t, chromium(t), view{width: 1280})
	directory := t.TempDir()
	then := func(name string, f func(t *testing.T)) {
		if !t.Run(name, func(t *testing.T) { w.t = t; f(t) }) {
			t.FailNow() // what follows stands on the page where this one ends
		}
	}

	then("a new captcha comes without a new page", func(t *testing.T) {
		w.visit("/login")
		w.typeIn("id_number", "110101199003071233", "password", rig.CandidatePassword)
		old := ask[string](w, `document.querySelector(".captcha-picture").src`)
		ask[bool](w, `window.samePage = true`)
		w.press(button("换一张"))
		w.until(`(i => i.src != "` + old + `" && i.complete && i.naturalWidth > 0)(document.querySelector(".captcha-picture"))`)
		w.typeCaptcha()
		if !ask[bool](w, `window.samePage && !!document.getElementById("password").value`) {
			t.Error("the page was loaded anew")
		}
		w.follow(button("登录"))
		w.sees("选择考试")
	})

	then("an exam that is clicked is looked up at once", func(t *testing.T) {
		w.visit("/apply")
		w.follows(chromedp.Evaluate[chromedp.Void](`(s => {
			s.value = [...s.options].find(o => o.text.startsWith("2015")).value;
			s.dispatchEvent(new Event("change", {bubbles: true}));
		})(document.getElementById("exam"))`))
		w.sees("找到 1 本证书")
		w.follow(link("申请补证"))
	})

	then("a photo is looked at before it travels", func(t *testing.T) {
		var tiny bytes.Buffer
		if err := jpeg.Encode(&tiny, image.NewRGBA(image.Rect(0, 0, 100, 140)), nil); err != nil {
			t.Fatal(err)
		}
		right := sample.Portrait(1, false, color.White)
		for _, c := range []struct {
			file    string
			content []byte
			says    string
			crops   bool
		}{
			{"tiny.jpg", tiny.Bytes(), "照片太小：只有 100×140 像素", false},
			{"cut.jpg", []byte("\xff\xd8\xff\xe0 no more of it"), "照片文件打不开", false},
			{"text.jpg", []byte(strings.Repeat("no picture ", 1500)), "这个文件不是 JPG 照片", false},
			{"scan.tif", []byte("II*\x00 a scan"), "文件的内容是 TIFF", false},
			{"right.jpg", right, "原样提交", true},
		} {
			path := filepath.Join(directory, c.file)
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			w.attach(path)
			w.until(`document.getElementById("photo-check").textContent.includes("` + c.says + `")`)
			if crops := !ask[bool](w, `document.getElementById("photo-work").hidden`); crops != c.crops {
				t.Errorf("%s is offered to be cropped: %t", c.file, crops)
			}
		}
		w.until(`document.querySelectorAll(".rules .met").length == 4`)
		w.press(button("放大"))
		w.until(`document.getElementById("photo-check").textContent.includes("现为 ")`)
		w.press(button("右转"))
		w.until(`document.querySelector("[data-rule=bytes]").className == "met"`)
		w.do(chromedp.Focus("#crop-stage"), chromedp.KeyEvent("-"), chromedp.KeyEvent(kb.ArrowLeft))
		w.attach(filepath.Join(directory, "right.jpg"))
		w.until(`document.getElementById("photo").files[0].size == ` + strconv.Itoa(len(right)) + ` && document.querySelectorAll(".rules .met").length == 4`)
	})

	then("what is wrong gets the focus, and the list leads to the field", func(t *testing.T) {
		w.typeIn("phone", "123")
		w.follow(button("下一步"))
		if id := ask[string](w, `document.activeElement.id`); id != "problems" {
			t.Errorf("the focus is on %q", id)
		}
		w.press("#problems a")
		w.until(`document.activeElement.id == "phone"`)
	})

	then("back to a refused form shows it again, as it was typed", func(t *testing.T) {
		w.visit("/help")
		w.follows(chromedp.NavigateBack())
		if typed := ask[string](w, `document.getElementById("phone").value`); typed != "123" {
			t.Errorf("the form holds %q", typed)
		}
	})

	then("two clicks send once", func(t *testing.T) {
		w.typeIn("phone", "13900000000")
		// Both clicks in one breath, so that no quick answer comes between them;
		// the count outlives the page.
		w.follows(chromedp.Evaluate[chromedp.Void](`(next => {
			const send = XMLHttpRequest.prototype.send;
			sessionStorage.sent = 0;
			XMLHttpRequest.prototype.send = function () { sessionStorage.sent++; return send.apply(this, arguments); };
			next.click();
			next.click();
		})(document.querySelector("main form .primary"))`))
		w.sees("提交完成")
		if n := ask[string](w, `sessionStorage.sent`); n != "1" {
			t.Errorf("the form was sent %s times", n)
		}
	})
}
