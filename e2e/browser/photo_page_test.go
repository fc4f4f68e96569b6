package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/photo"
	"certreissue/photo/drawn"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// drawnPhoto is a photo of which the check says just this.
func drawnPhoto(t *testing.T, hint string) []byte {
	t.Helper()
	for _, p := range drawn.All() {
		if p.Hints != hint {
			continue
		}
		file := drawn.JPEG(p.Draw())
		if _, findings := photo.Check(file, photo.DefaultLimits()); len(findings) == 1 && findings[0].Code == hint {
			return file
		}
	}
	t.Fatalf("nothing drawn has just the hint %q", hint)
	return nil
}

// shown are the pictures of the photo field that can be seen.
const shown = `[...document.querySelectorAll("#photo-kept img, #photo-refused img, #crop-stage, #photo-final img")].filter(e => e.checkVisibility())`

// below is how far an element begins below the end of another.
func (w *window) below(first, second string) float64 {
	w.t.Helper()
	return ask[float64](w, `document.querySelector("`+second+`").getBoundingClientRect().top - document.querySelector("`+first+`").getBoundingClientRect().bottom`)
}

// TestBrowserPhotoVerdict: on a phone one picture stands on the page, with the verdict
// beside it, and nothing of an older one.
func TestBrowserPhotoVerdict(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	reviewer := r.Staff("shenhe")
	files := t.TempDir()
	put := func(name string, content []byte) string {
		path := filepath.Join(files, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var tiny bytes.Buffer
	if err := jpeg.Encode(&tiny, image.NewRGBA(image.Rect(0, 0, 100, 140)), nil); err != nil {
		t.Fatal(err)
	}
	jacket, good, small := put("jacket.jpg", rig.Drawn(t, rig.Jacket)), put("good.jpg", rig.Portrait()), put("tiny.jpg", tiny.Bytes())
	blue, grey := put("blue.jpg", rig.Drawn(t, "plain blue")), put("grey.jpg", greyish(t))
	phone := view{width: 390, touch: true}
	const confirmed = "没有检测到人脸，考生确认照片里是本人"

	t.Run("with scripts", func(t *testing.T) {
		r.Register("测试", rig.LoopNumber)
		w := openWindow(r, t, chrome, phone)
		w.login(rig.LoopNumber, rig.CandidatePassword)
		w.visit(rig.Certificate2015)
		const moving = `document.getElementById("photo-bar").getAnimations({subtree: true}).length`
		if n := ask[int](w, moving); n != 0 {
			t.Error("a bar moves for nothing")
		}
		judged := func(kind, says string) {
			t.Helper()
			w.until(`document.querySelector("#photo-verdict` + kind + `")?.textContent != "" && document.querySelector("#photo-said").innerText.includes("` + says + `")`)
			if n := ask[int](w, shown+`.length`); n != 1 {
				t.Errorf("%s: %d pictures", says, n)
			}
			if gap := w.below("#crop-stage", "#photo-verdict"); gap < 0 || gap > 40 {
				t.Errorf("%s: said %g pixels below the picture", says, gap)
			}
			if size := ask[float64](w, `document.querySelector("#photo-said").getBoundingClientRect().bottom - document.querySelector("#photo").getBoundingClientRect().top`); size > 844 {
				t.Errorf("%s: choice, picture and verdict take %g pixels", says, size)
			}
		}
		asked := func(want bool) {
			t.Helper()
			if got := ask[bool](w, `document.getElementById("photo-confirm").checkVisibility()`); got != want {
				t.Errorf("the candidate's word is asked for: %t", got)
			}
		}
		w.attach(put("two.jpg", drawnPhoto(t, "several")))
		judged(".unsure", photo.Finding{Code: photo.Several, Severity: photo.Hint}.Sentence())
		w.attach(put("side.jpg", drawnPhoto(t, "side")))
		judged(".unsure", photo.Finding{Code: photo.SideFace, Severity: photo.Hint}.Sentence())
		w.attach(grey)
		judged(".unsure", "照片底色不够白")
		w.press(`//summary[contains(., "详细")]`)
		w.sees("明显是白色的面积占")
		w.attach(blue)
		judged(".bad", "照片底色不是白色")
		asked(false)
		w.attach(small)
		w.until(`document.querySelector("#photo-check.bad")?.textContent.includes("照片太小：只有 100×140 像素")`)
		if n := ask[int](w, shown+`.length`); n != 0 {
			t.Errorf("%d pictures of another photo beside a refused one", n)
		}
		w.attach(good)
		judged("", "照片符合要求")
		asked(false)

		// Beside the frame there is room for a finger, which scrolls the page.
		w.do(chromedp.ScrollIntoView("#crop-stage"))
		at := ask[[4]float64](w, `(r => [r.left - 20, r.top + r.height / 2, scrollY, r.left - document.querySelector("#photo-work").getBoundingClientRect().left])(document.querySelector("#crop-stage").getBoundingClientRect())`)
		if at[3] < 40 {
			t.Errorf("beside the frame there are %g pixels", at[3])
		}
		w.drag(at[0], at[1], 0, -150)
		w.until(`scrollY > ` + fmt.Sprint(at[2]+50))

		// While the server is asked, a word and a bar say so.
		ask[string](w, `window.sent = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function () { var r = this, a = arguments; window.goOn = function () { sent.apply(r, a); }; }; ""`)
		w.attach(jacket)
		w.until(`!!window.goOn && document.getElementById("photo-check").textContent.includes("正在检查…")`)
		if !ask[bool](w, `document.getElementById("photo-bar").checkVisibility({visibilityProperty: true})`) || ask[int](w, moving) != 1 {
			t.Error("no bar moves")
		}
		w.still(true)
		if n := ask[int](w, moving); n != 0 {
			t.Error("a bar moves for those who want none to")
		}
		w.still(false)
		ask[string](w, `XMLHttpRequest.prototype.send = window.sent; goOn(); ""`)
		judged(".unsure", "没有检测到人脸。请选择本人的证件照")
		asked(true)
		if ask[bool](w, `document.getElementById("photo-bar").checkVisibility({visibilityProperty: true}) || document.getElementById("photo-check").textContent.includes("正在")`) || ask[int](w, moving) != 0 {
			t.Error("the bar goes on")
		}

		// Sent without the word, it comes back with the question, which goes when a good photo comes.
		w.typeIn("phone", "13900000000")
		w.follow(button("下一步"))
		w.sees("待确认的照片", "没有检测到人脸", "照片里确实是本人")
		w.attach(good)
		judged("", "照片符合要求")
		asked(false)
		if ask[bool](w, `!!document.getElementById("problems") || document.title.includes("错误")`) {
			t.Error("an old error stands beside a good photo")
		}
		w.attach(jacket)
		judged(".unsure", "没有检测到人脸")
		w.press("#photo_confirm")
		w.attach(put("cup.jpg", rig.Drawn(t, "cup")))
		judged(".unsure", "没有检测到人脸")
		if ask[bool](w, `document.getElementById("photo_confirm").checked`) {
			t.Error("the word for one photo holds for the next")
		}
		w.visit(rig.Certificate2015)
		w.typeIn("phone", "13900000000")
		w.attach(jacket)
		judged(".unsure", "没有检测到人脸")
		w.press("#photo_confirm")
		w.follow(button("下一步"))
		w.sees("提交完成", confirmed)
		w.follow(link("查看这份申请"))
		reviewer.Get("/office" + ask[string](w, `location.pathname`)).Has(confirmed)
	})

	t.Run("an error of another field stays", func(t *testing.T) {
		number := rig.IDNumber(t, 1)
		r.Register("王五", number)
		w := openWindow(r, t, chrome, phone)
		w.login(number, rig.CandidatePassword)
		w.visit("/apply/self")
		w.pick("exam_year", "2012")
		w.typeIn("exam_name", "会计", "certificate_number", "无", "approval_date", "20121028", "level", "无", "specialty", "无", "phone", "123")
		w.pick("city", "石家庄市")
		w.attach(blue)
		w.until(`document.querySelector("#photo-verdict.bad")`)
		w.follow(button("下一步"))
		w.sees("请更正以下 3 处问题")
		if n := ask[int](w, `document.querySelectorAll(".photo-choose #photo-error p").length`); n != 2 {
			t.Errorf("%d faults at the field", n)
		}
		if n := ask[int](w, shown+`.length`); n != 1 || !ask[bool](w, `document.querySelector("#photo-refused img").naturalWidth == 228`) {
			t.Errorf("%d pictures, or not the refused one", n)
		}
		w.attach(blue)
		w.until(`document.querySelector("#photo-verdict.bad")`)
		if n := ask[int](w, shown+`.length`); n != 1 {
			t.Errorf("%d pictures while another is in work", n)
		}
		w.attach(good)
		w.until(`document.getElementById("photo-verdict").textContent == "照片符合要求。"`)
		w.sees("请更正以下问题")
		if ask[bool](w, `!!document.getElementById("photo-error") || !!document.querySelector("#photo-refused img") || document.querySelectorAll(".field.wrong").length != 1 || !document.title.includes("错误")`) {
			t.Error("the error of the old photo stands, or that of the telephone number has gone")
		}
	})

	t.Run("without scripts", func(t *testing.T) {
		const number = "440308199901101512"
		r.Register("李四", number)
		w := openWindow(r, t, chrome, view{width: 390, touch: true, scriptless: true})
		w.login(number, rig.CandidatePassword)
		w.visit("/apply/certificates/5")
		w.typeIn("phone", "123")
		w.attach(jacket)
		w.follow(button("下一步"))
		w.sees("待确认的照片", "没有检测到人脸。请选择本人的证件照")
		w.press(`//*[@id="problems"]//a[contains(., "人脸")]`)
		if !ask[bool](w, `[...document.querySelectorAll("#photo-kept img, #photo-kept .fault, #photo_confirm")].every(e => (r => r.top >= 0 && r.bottom <= innerHeight)(e.getBoundingClientRect()))`) {
			t.Error("the summary does not lead to where picture, fault and question are in view")
		}
		if gap := ask[float64](w, `document.querySelector("#photo-kept .fault").getBoundingClientRect().top - document.querySelector("#photo-kept img").getBoundingClientRect().top`); gap < -10 || gap > 60 {
			t.Errorf("the fault stands %g pixels off the picture's upper edge", gap)
		}
		w.press("#photo_confirm")
		w.follow(button("下一步"))
		w.sees("已接受的照片", "请更正以下问题")
		w.typeIn("phone", "13900000000")
		w.follow(button("下一步"))
		w.sees("提交完成", confirmed)
	})
}

// still asks the window for less motion.
func (w *window) still(want bool) {
	w.t.Helper()
	value := "no-preference"
	if want {
		value = "reduce"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: value}}}
	if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, media); err != nil {
		w.fail(err)
	}
}
