package browser

import (
	"testing"

	"certreissue/e2e/rig"
	"certreissue/photo/drawn"

	"github.com/chromedp/chromedp"
)

// TestBrowserEnlarged: what the check sees is fetched when the photo is enlarged, and not before;
// it lies over the photo to the pixel, and beside it in words that have room at every width of a
// desk. Without a script it has a page of its own.
func TestBrowserEnlarged(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	at := drawn.Place{X: 204, Eyes: 176, Width: 112}
	photo := drawn.JPEG(drawn.Scene(drawn.Width, drawn.Height, nil, drawn.Placed{Person: drawn.Someone(10), Place: at}))
	review := "/office" + r.Register("测试", rig.LoopNumber).Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, photo)

	w := openWindow(r, t, chrome, view{width: 1366})
	w.officeLogin("shenhe", "shenhe-pass1")
	const asked = `performance.getEntriesByType("resource").filter(e => e.name.endsWith("/photo/check")).length`
	for _, width := range []int64{1366, 1280, 1024} {
		w.resize(view{width: width})
		w.visit(review)
		w.settle()
		if n := ask[int](w, asked); n != 0 {
			t.Errorf("the check was asked %d times before anybody enlarged the photo", n)
		}
		w.do(chromedp.KeyEvent("z"))
		w.until(`!!document.querySelector(".enlarged .face-lines rect")`)
		w.sees("检测到 1 张人脸。", "头部不居中，偏宽度的 ")
		// What is drawn is measured in the photo's pixels.
		place := ask[[]float64](w, `(() => {
			const photo = document.querySelector(".enlarged-photo img").getBoundingClientRect(), box = document.querySelector(".face-lines rect").getBoundingClientRect();
			const scale = 295 / photo.width, notes = document.querySelector(".enlarged-notes").getBoundingClientRect();
			return [(box.left + box.width / 2 - photo.left) * scale, (box.top - photo.top) * scale, (box.bottom - photo.top) * scale, photo.height * scale, notes.width, notes.left - photo.right];
		})()`)
		if middle, top, bottom := place[0], place[1], place[2]; middle < at.X-15 || middle > at.X+15 || top > at.Eyes || bottom < at.Eyes+at.Width/2 {
			t.Errorf("at %d the box is at %.0f, from %.0f to %.0f", width, middle, top, bottom)
		}
		if high, room, beside := place[3], place[4], place[5]; high < 412 || high > 414 || room < 200 || beside < 0 {
			t.Errorf("at %d the photo is %.0f high, and the notes have %.0f pixels, %.0f beside it", width, high, room, beside)
		}
	}
	w.do(chromedp.KeyEvent("f"))
	w.until(`!document.querySelector(".face-lines").checkVisibility() && document.querySelector(".guide-lines").checkVisibility()`)
	w.do(chromedp.KeyEvent("f"), chromedp.KeyEvent("z"), chromedp.KeyEvent("z"))
	w.until(`document.querySelector(".face-lines").checkVisibility()`)
	w.settle() // a second question would be under way
	if n, drawings := ask[int](w, asked), ask[int](w, `document.querySelectorAll(".face-lines").length`); n != 1 || drawings != 1 {
		t.Errorf("enlarged twice, the check was asked %d times, and there are %d drawings", n, drawings)
	}

	plain := openWindow(r, t, chrome, view{width: 1280, scriptless: true})
	plain.officeLogin("shenhe", "shenhe-pass1")
	plain.visit(review)
	plain.press(".enlarge summary")
	plain.follow(link("人脸位置和现在的检查结果"))
	plain.sees("检测到 1 张人脸。", "头部不居中，偏宽度的 ")
}
