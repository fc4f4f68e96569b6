package candidate

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	ximage "golang.org/x/image/draw"
)

const (
	noFace     = "没有检测到人脸。请选择本人的证件照"
	faceMark   = "没有检测到人脸，考生确认照片里是本人"
	confirmBox = "#photo-confirm:not([hidden]) input[name=photo_confirm]"
)

// enlarged is a picture as a phone takes it: several times as large.
func enlarged(t *testing.T, small image.Image) []byte {
	t.Helper()
	large := image.NewRGBA(image.Rect(0, 0, 4*small.Bounds().Dx(), 4*small.Bounds().Dy()))
	ximage.CatmullRom.Scale(large, large.Bounds(), small, small.Bounds(), ximage.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, large, &jpeg.Options{Quality: 98}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asks fails unless the page keeps a picture without a face and asks about it.
func asks(t *testing.T, page *rig.Page, checked bool) {
	t.Helper()
	box := page.Find(confirmBox)
	if _, ticked := box.Attr("checked"); box.Length() != 1 || ticked != checked {
		t.Errorf("%d boxes, ticked %t, want one, %t", box.Length(), ticked, checked)
	}
	if page.Find(".photo-now img").Length() != 1 {
		t.Error("the picture is not kept")
	}
}

// TestPhotoConfirm: a picture without a face is taken on the candidate's word, in each
// of the forms, and the reviewer is told.
func TestPhotoConfirm(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	jacket := rig.Drawn(t, rig.Jacket)
	reviewer := r.Staff("shenhe")
	word := map[string]string{"photo_confirm": "1"}
	marked := func(path string, want bool) {
		t.Helper()
		page := reviewer.Get("/office" + path)
		if n := strings.Count(page.TextOf(".marks"), "没有检测到人脸"); (n == 1) != want || n > 1 {
			t.Errorf("%s is marked %d times, want %t: %s", path, n, want, page.TextOf(".marks"))
		}
		if serious := strings.Contains(page.TextOf(".marks .serious"), faceMark); serious != want {
			t.Errorf("%s has a serious mark: %t", path, serious)
		}
	}
	for _, form := range []struct {
		name, number, step2 string
		fill                map[string]string
	}{
		{"测试", rig.LoopNumber, rig.Certificate2015, map[string]string{"phone": "13900000000"}},
		{"王五", rig.IDNumber(t, 1), "/apply/self", rig.ByHand(map[string]string{"exam_year": "2012", "approval_date": "20121028"})},
	} {
		b := r.Register(form.name, form.number)
		step2 := b.Get(form.step2)
		if step2.Find(confirmBox).Length() != 0 {
			t.Error("the box is offered without a photo")
		}
		refused := b.Refused(http.StatusUnprocessableEntity, step2, "form[enctype]", form.fill, jacket).Faults("photo").Has(noFace)
		asks(t, refused, false)
		// Neither the kept picture nor the same one again is taken without the word.
		asks(t, b.Refused(http.StatusUnprocessableEntity, refused, "form[enctype]", form.fill).Faults("photo").Has(noFace), false)
		asks(t, b.Refused(http.StatusUnprocessableEntity, refused, "form[enctype]", form.fill, jacket).Faults("photo").Has(noFace), false)
		asks(t, b.Get(form.step2).Has(noFace), false)
		fill := map[string]string{"photo_confirm": "1"}
		for field, value := range form.fill {
			fill[field] = value
		}
		fill["phone"] = "1"
		again := b.Refused(http.StatusUnprocessableEntity, refused, "form[enctype]", fill).Faults("phone")
		asks(t, again, true)
		fill["phone"] = "13900000000"
		submitted := b.Sends(again, "form[enctype]", fill).Has("提交完成", faceMark)
		path := strings.TrimSuffix(submitted.Path, "/submitted")
		marked(path, true)
		list := reviewer.Get("/office/applications?state=pending")
		if n := list.Find(".row-mark.serious:contains('未检测到人脸')").Length(); n != 1 {
			t.Errorf("%d lines of the list are marked, want one", n)
		}

		// Once taken, the photo is not asked about again; another one is, and a good one ends it.
		edit := b.Get(path + "/edit").Has(faceMark)
		if edit.Find(confirmBox).Length() != 0 {
			t.Error("an accepted photo is asked about")
		}
		b.Sends(edit, "form[enctype]", nil).Has("申请信息已保存")
		marked(path, true)
		cup := rig.Drawn(t, "cup")
		refused = b.Refused(http.StatusUnprocessableEntity, b.Get(path+"/edit"), "form[enctype]", nil, cup).Faults("photo").Has(noFace)
		asks(t, refused, false)
		b.Sends(refused, "form[enctype]", word).Has("申请信息已保存")
		marked(path, true)
		b.Sends(b.Get(path+"/edit"), "form[enctype]", word, rig.Portrait()).Has("申请信息已保存")
		marked(path, false)
	}

	// File and word at once.
	b := r.Register("李四", "440308199901101512")
	step2 := b.Get("/apply/certificates/5")
	submitted := b.Sends(step2, "form[enctype]", map[string]string{"phone": "13900000000", "photo_confirm": "1"}, jacket).Has("提交完成")
	marked(strings.TrimSuffix(submitted.Path, "/submitted"), true)
}

// TestPhotoConfirmNothingElse: the word helps against no other fault, and makes no
// mark where there is a face.
func TestPhotoConfirmNothingElse(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	fill := map[string]string{"phone": "13900000000", "photo_confirm": "1"}
	step2 := b.Get(rig.Certificate2015)
	jacket := rig.Drawn(t, rig.Jacket)
	for name, file := range map[string][]byte{
		"blue":       rig.Drawn(t, "plain blue"),
		"cut short":  jacket[:len(jacket)/2],
		"no picture": []byte("GIF89a"),
	} {
		page := b.Refused(http.StatusUnprocessableEntity, step2, "form[enctype]", fill, file).Faults("photo")
		if page.Find(confirmBox).Length() != 0 || page.Find("#photo-kept").Length() != 0 {
			t.Errorf("%s: the word is asked for, or the picture is kept", name)
		}
		b.Refused(http.StatusUnprocessableEntity, page, "form[enctype]", fill).Faults("photo").Has("请上传照片")
	}

	// What has to be mended, too, is looked at first, with the word or without.
	large := enlarged(t, rig.DrawnPicture(t, rig.Jacket))
	looked := b.Refused(http.StatusUnprocessableEntity, step2, "form[enctype]", fill, large).Faults("photo").Has("请核对照片", "，已压缩到 ")
	asks(t, looked, true)
	refused := b.Refused(http.StatusUnprocessableEntity, step2, "form[enctype]", map[string]string{"phone": "13900000000"}, large).Faults("photo").Has(noFace, "，已压缩到 ")
	asks(t, refused, false)
	// A refused file beside the kept one does not borrow its word.
	b.Refused(http.StatusUnprocessableEntity, refused, "form[enctype]", fill, rig.Drawn(t, "plain blue")).Faults("photo").Has("照片底色不是白色")

	submitted := b.Sends(step2, "form[enctype]", fill, rig.Portrait()).Has("提交完成")
	if page := reviewer.Get("/office" + strings.TrimSuffix(submitted.Path, "/submitted")); strings.Contains(page.Text(), "没有检测到人脸") {
		t.Error("the word makes a mark beside a face")
	}
}

// TestPhotoJudged: the script is told whether the word of the candidate would help.
func TestPhotoJudged(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	token := b.Get(rig.Certificate2015).Find("input[name=csrf_token]").AttrOr("value", "")
	type said struct {
		White         string
		Faults, Hints []string
		Details       []string
		Confirm       bool
	}
	judged := func(file []byte) (answer said) {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		w.WriteField("csrf_token", token)
		part, _ := w.CreateFormFile("photo", "photo.jpg")
		part.Write(file)
		w.Close()
		page := b.Do(http.MethodPost, "/apply/photo", w.FormDataContentType(), &body).Is(http.StatusOK)
		if err := json.Unmarshal(page.Body, &answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if got := judged(rig.Portrait()); got.Confirm || len(got.Faults)+len(got.Hints) != 0 || got.White != "met" {
		t.Errorf("a portrait: %+v", got)
	}
	if got := judged(rig.Drawn(t, rig.Jacket)); !got.Confirm || len(got.Faults) != 1 || !strings.Contains(got.Faults[0], noFace) || len(got.Hints) != 0 {
		t.Errorf("a jacket: %+v", got)
	}
	if got := judged(rig.Drawn(t, "plain blue")); got.Confirm || len(got.Faults) != 2 || got.White != "unmet" || len(got.Details) != 1 {
		t.Errorf("blue: %+v", got)
	}
	// What is only a hint is told of a refused photo, too: it may be the very reason.
	if got := judged(rig.Drawn(t, "two side by side 1")); !slices.ContainsFunc(got.Hints, func(s string) bool { return strings.Contains(s, "不止一个人。请换") }) {
		t.Errorf("two people: %+v", got)
	}
}
