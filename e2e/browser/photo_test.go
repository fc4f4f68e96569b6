package browser

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/photo"
	"certreissue/sample"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/disintegration/imaging"
)

// phoneShot is a person before a wall as a telephone takes it: 12 megapixels, the
// head too low for an identity photo, stored on its side.
func phoneShot(t *testing.T) []byte {
	t.Helper()
	portrait, err := jpeg.Decode(bytes.NewReader(sample.Portrait(4, false, color.White)))
	if err != nil {
		t.Fatal(err)
	}
	person := imaging.Resize(portrait, 2400, 0, imaging.Linear)
	room := imaging.Paste(imaging.New(3000, 4000, portrait.At(2, 2)), person, image.Pt(300, 4000-person.Rect.Dy()))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, imaging.Rotate90(room), &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	const turn = "\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	return append([]byte("\xff\xd8"+turn), b.Bytes()[2:]...)
}

// greyish is a portrait smaller than it should be, before a wall that only a person can judge.
func greyish(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, imaging.Resize(rig.DrawnPicture(t, rig.Greyish), 177, 248, imaging.Linear), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// transparent is a picture that somebody has cut out.
func transparent(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 600, 800))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// onItsSide is the picture of a telephone as some programs save it: as it was stored, without a word of how to turn it.
func onItsSide(t *testing.T, whole []byte) []byte {
	img, err := jpeg.Decode(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBrowserPhoto: a picture of a telephone is cropped by touch, and on the
// server where scripts are off; what comes of it is a photo that passes.
func TestBrowserPhoto(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	files := t.TempDir()
	shot, webp, half := filepath.Join(files, "IMG_2041.JPG"), filepath.Join(files, "照片.jpg"), filepath.Join(files, "半张.jpg")
	lying := filepath.Join(files, "躺倒.jpg")
	whole, small, cutOut, blue := phoneShot(t), filepath.Join(files, "小.jpg"), filepath.Join(files, "抠图.png"), filepath.Join(files, "蓝.jpg")
	for path, content := range map[string][]byte{shot: whole, lying: onItsSide(t, whole), webp: []byte("RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00"), half: whole[:len(whole)/2], small: greyish(t), cutOut: transparent(t), blue: sample.Portrait(4, false, color.RGBA{67, 142, 219, 255})} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const notJPG = "文件的内容是 WebP，不是 JPG 照片"
	stored := func(w *window, b *rig.Browser) {
		w.follow(link("查看这份申请"))
		path := ask[string](w, `location.pathname`)
		if checked, findings := photo.Check(b.Get(path+"/photo").Body, photo.DefaultLimits()); checked.IsZero() || len(findings) > 0 {
			t.Errorf("what was stored: %v", findings)
		}
	}

	t.Run("a phone", func(t *testing.T) {
		b := r.Register("测试", rig.LoopNumber)
		w := openWindow(r, t, chrome, view{width: 390, touch: true})
		w.login(rig.LoopNumber, rig.CandidatePassword)
		w.visit(rig.Certificate2015)
		w.attach(webp)
		w.until(`document.getElementById("photo-check").textContent.includes("` + notJPG + `")`)

		w.attach(cutOut)
		w.until(`document.getElementById("photo-check").textContent.includes("照片有透明的部分")`)

		w.attach(blue)
		w.until(`document.querySelector("#photo-verdict.bad")?.textContent.includes("不能提交")`)
		w.sees("照片底色不是白色", "偏蓝")

		w.attach(half)
		w.until(`document.getElementById("photo-check").textContent.includes("可能不完整或已损坏") && document.getElementById("photo-work").hidden`)

		w.attach(small)
		w.until(`document.querySelector("[data-rule=white].unsure")?.textContent.includes("由审核人员判断")`)
		w.sees("照片底色不够白", "只有 177×248 像素，已放大")
		ask[string](w, `window.sent = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function () { this.onerror(); }; ""`)
		w.press(button("左转"))
		w.until(`document.querySelector("[data-rule=white].unasked")?.textContent.includes("暂时不能检查，提交时再检查")`)
		ask[string](w, `XMLHttpRequest.prototype.send = window.sent; ""`)

		w.attach(shot)
		const passed = `document.getElementById("photo-found").hidden && document.querySelectorAll(".rules .met").length == 4`
		w.until(passed) // the server has found the head, which is not in the middle
		w.sees("现为 ", "，已压缩到 ")
		if size := ask[int](w, `Math.min(...[...document.querySelectorAll(".crop-tools .button")].map(b => Math.min(b.offsetWidth, b.offsetHeight)))`); size < 44 {
			t.Errorf("a button is %d pixels", size)
		}
		w.swipe("#crop-stage", 0, 100)
		w.until(`document.getElementById("photo-found").textContent.includes("头部位置似乎偏低")`)
		w.swipe("#crop-stage", 0, -100)
		w.until(passed)
		if turned := ask[string](w, `(i => i.naturalWidth + "×" + i.naturalHeight)(document.querySelector("#photo-final img"))`); turned != "295×413" {
			t.Errorf("what is shown at true size is %s", turned)
		}
		w.attach(lying)
		w.until(`!document.getElementById("photo-found").hidden`)
		ask[string](w, `window.looked = 0; window.opened = XMLHttpRequest.prototype.open; XMLHttpRequest.prototype.open = function (way, to) { looked += to === "/apply/photo/crop"; opened.apply(this, arguments); }; ""`)
		w.press(button("右转"))
		w.until(`looked == 1 && ` + passed)
		w.typeIn("phone", "123")
		w.follow(button("下一步"))
		w.sees("请更正以下问题", "已接受的照片")
		w.typeIn("phone", "13900000000")
		w.follow(button("下一步"))
		w.sees("提交完成")
		stored(w, b)
	})

	t.Run("no scripts", func(t *testing.T) {
		const number = "440308199901101512"
		b := r.Register("李四", number)
		w := openWindow(r, t, chrome, view{width: 1280, scriptless: true})
		w.login(number, rig.CandidatePassword)
		w.visit("/apply/certificates/5")
		w.typeIn("phone", "13900000000")
		w.attach(webp)
		w.follow(button("下一步"))
		w.sees(notJPG, "Windows 电脑：用“画图”打开")
		w.attach(shot)
		w.follow(button("下一步"))
		w.sees("现为 ", "，已压缩到 ", "待确认的照片", "请核对照片", "再点“下一步”")
		w.follow(button("下一步"))
		w.sees("提交完成")
		stored(w, b)
	})
}

// swipe drags a finger from the middle of an element.
func (w *window) swipe(selector string, dx, dy float64) {
	w.t.Helper()
	w.do(chromedp.ScrollIntoView(selector))
	at := ask[[2]float64](w, `(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector("`+selector+`").getBoundingClientRect())`)
	w.drag(at[0], at[1], dx, dy)
}

// drag drags a finger from a place in the window.
func (w *window) drag(x, y, dx, dy float64) {
	w.t.Helper()
	for _, part := range []float64{0, 0.25, 0.5, 0.75, 1, -1} {
		touch := input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchMove, TouchPoints: []*input.TouchPoint{{X: x + part*dx, Y: y + part*dy}}}
		switch part {
		case 0:
			touch.Type = input.DispatchTouchEventTypeTouchStart
		case -1:
			touch.Type, touch.TouchPoints = input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{}
		}
		if _, err := chromedp.Call(w.ctx, input.DispatchTouchEvent, touch); err != nil {
			w.fail(err)
		}
	}
}
