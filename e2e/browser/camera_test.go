package browser

import (
	"testing"

	"certreissue/e2e/rig"
)

// TestBrowserCamera takes a photo at the counter: it goes into the form as a chosen file does, is
// cropped and judged, and the camera is off again. Candidates' own forms offer none.
func TestBrowserCamera(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	r.Register("测试", rig.LoopNumber)
	w := openWindow(r, t, chromium(t), view{width: 1366, height: 650})
	w.officeLogin("shenhe", "shenhe-pass1")
	w.visit("/office/accounts/1/apply/certificates/1")
	w.press("#camera-offer button")
	w.until(`document.querySelector("#camera video").videoWidth > 0`)
	w.press("#camera-take")
	w.until(`document.querySelector("#photo").files.length == 1 && document.querySelector("#photo-final img").naturalWidth == 295`)
	w.until(`document.querySelector("#photo-verdict").textContent != ""`)
	if !ask[bool](w, `document.querySelector("#camera").hidden && !document.querySelector("#camera-offer").hidden && document.querySelector("#camera video").srcObject.getTracks().every(track => track.readyState == "ended")`) {
		t.Error("the camera goes on")
	}
	w.login(rig.LoopNumber, rig.CandidatePassword)
	w.visit(rig.Certificate2015)
	if ask[bool](w, `!!document.querySelector("#camera-offer")`) {
		t.Error("a candidate is offered a camera")
	}
}
