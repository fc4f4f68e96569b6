package candidate

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	ximage "golang.org/x/image/draw"
)

// phonePicture is a good portrait as a phone takes it: several times as large,
// in pixels and in bytes.
func phonePicture(t *testing.T) []byte {
	t.Helper()
	small, err := jpeg.Decode(bytes.NewReader(rig.Portrait()))
	if err != nil {
		t.Fatal(err)
	}
	return enlarged(t, small)
}

// TestPhotoUnread: a photo that the browser could not read, or that breaks off on the way, is told as that, and
// what was typed beside it stays.
func TestPhotoUnread(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	typed := rig.ByHand(map[string]string{"exam_year": "2012", "approval_date": "20121028", "city": "唐山市"})
	unread := func(p *rig.Page, says string) {
		t.Helper()
		p.Is(http.StatusUnprocessableEntity).Faults("photo").Shows(typed)
		if said := p.Problems()["photo"]; !strings.Contains(said, says) || strings.Contains(said, "KB") || strings.Contains(said, "字节") {
			t.Errorf("it is told as %q", said)
		}
	}
	form := b.Get("/apply/self")
	unread(b.Send(form, "form[enctype]", typed, []byte{}), "没有读到照片的内容")

	_, values := b.Form(form, "form[enctype]")
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	parts.WriteField("csrf_token", values.Get("csrf_token"))
	for name, value := range typed {
		parts.WriteField(name, value)
	}
	part, _ := parts.CreateFormFile("photo", "me.jpg")
	part.Write(rig.Portrait())
	for _, length := range []int{body.Len() - 5000, body.Len()} { // within the file, and before the end of the form
		unread(b.Do(http.MethodPost, "/apply/self", parts.FormDataContentType(), bytes.NewReader(body.Bytes()[:length])), "照片未能读出")
	}
	b.Get("/applications").Has("还没有补证申请")
	r.Pass(3 * time.Hour)
	b.Do(http.MethodPost, "/apply/self", parts.FormDataContentType(), bytes.NewReader(body.Bytes())).Is(http.StatusBadRequest).Has("无法读取")
}

// TestPhotoIsMended: a picture that is only too large is shown mended, and taken
// when the form is sent again without another; what cannot be mended is not.
func TestPhotoIsMended(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	fill := map[string]string{"phone": "13900000000"}
	form := b.Get(rig.Certificate2015)

	grey := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, []byte("GIF89a")).Faults("photo")
	if grey.Find(".photo-now").Length() != 0 {
		t.Error("what is no photo has a preview")
	}
	again := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, phonePicture(t)).Faults("photo").Has("，已压缩到 ", "请核对照片", "再点“下一步”")
	if text := again.TextOf("[role=alert]"); strings.Contains(text, "要求在") {
		t.Errorf("what is mended is still asked for: %s", text)
	}
	if again.Find(".wrong, .fault").Length() != 0 || strings.Contains(again.Find("title").Text(), "错误") || strings.Count(again.Document.Text(), "，已压缩到 ") != 1 {
		t.Error("a question looks like an error, or is told twice")
	}
	caption := func(page *rig.Page, want string) *rig.Page {
		t.Helper()
		if got := page.TextOf(".photo-now figcaption"); got != want {
			t.Errorf("the photo is called %q, want %q", got, want)
		}
		return page
	}
	two := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, phonePicture(t)).Faults("phone", "photo").Has("请更正以下 2 处问题")
	if fault := caption(two, "待确认的照片").TextOf("#photo-kept #photo-error"); !strings.Contains(fault, "照片已按要求调整，请看预览") {
		t.Errorf("beside the mended photo stands %q", fault)
	}
	caption(b.Refused(http.StatusUnprocessableEntity, two, "form[enctype]", map[string]string{"phone": "1"}, []byte("GIF89a")).Faults("phone", "photo"), "待确认的照片")
	caption(b.Refused(http.StatusUnprocessableEntity, two, "form[enctype]", map[string]string{"phone": "1"}).Faults("phone"), "已接受的照片")
	caption(b.Get(rig.Certificate2015), "已接受的照片")
	again = caption(b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, phonePicture(t)), "待确认的照片")
	if other := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, []byte("GIF89a")).Faults("photo"); other.Find("#photo-kept #photo-error").Length() != 0 || other.Find(".photo-choose #photo-error").Length() != 1 || !strings.Contains(other.TextOf("#photo-kept"), "，已压缩到 ") {
		t.Error("what is wrong with a refused file stands beside the kept picture")
	}
	picture := b.Get(again.Find(".photo-now img").AttrOr("src", ""))
	if size, err := jpeg.DecodeConfig(bytes.NewReader(picture.Body)); err != nil || size.Width != 295 || size.Height != 413 || len(picture.Body) > 30720 {
		t.Errorf("the preview is %d×%d of %d bytes, %v", size.Width, size.Height, len(picture.Body), err)
	}
	submitted := b.Sends(again, "form[enctype]", fill).Has("提交完成")
	path := strings.TrimSuffix(submitted.Path, "/submitted")
	if stored := b.Get(path + "/photo"); !bytes.Equal(stored.Body, picture.Body) {
		t.Error("the application has another photo than the preview")
	}
	edit := caption(b.Get(path+"/edit"), "已接受的照片")
	b.Refused(http.StatusUnprocessableEntity, edit, "form[enctype]", nil, phonePicture(t)).Faults("photo").Has("请核对照片", "再点“保存”")
	reviewer.Get("/office"+path).Has("选择的照片现为", "，已压缩到 ")
}

// TestPhotoBeyondMending: what cannot be mended is told, all of it, in the summary
// and at the field; what could be is not.
func TestPhotoBeyondMending(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get(rig.Certificate2015)
	fill := map[string]string{"phone": "13900000000"}

	blue := image.NewRGBA(image.Rect(0, 0, 600, 840))
	ximage.Draw(blue, blue.Rect, image.NewUniform(color.RGBA{0x30, 0x70, 0xd0, 0xff}), image.Point{}, ximage.Src)
	var encoded bytes.Buffer
	if err := jpeg.Encode(&encoded, blue, nil); err != nil {
		t.Fatal(err)
	}
	whole := phonePicture(t)
	for name, c := range map[string]struct {
		file    []byte
		says    []string
		preview image.Point // its size
	}{
		"blue":      {encoded.Bytes(), []string{"照片底色不是白色", "没有检测到人脸"}, image.Pt(228, 320)},
		"cut short": {whole[:len(whole)/2], []string{"照片文件不完整或已损坏"}, image.Point{}},
	} {
		page := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, c.file).Faults("photo")
		if got := page.TextOf("details.behind"); strings.Contains(got, "接近白色的面积占") != (name == "blue") {
			t.Errorf("%s: behind the sentence stands %q", name, got)
		}
		picture := page.Find(".photo-choose #photo-refused img").AttrOr("src", "")
		data, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(picture, "data:image/jpeg;base64,"))
		if shown, _ := jpeg.DecodeConfig(bytes.NewReader(data)); shown.Width != c.preview.X || shown.Height != c.preview.Y {
			t.Errorf("%s: shown again is a picture of %d×%d, want %v", name, shown.Width, shown.Height, c.preview)
		}
		if b.Get(rig.Certificate2015).Find("#photo-refused, .photo-now").Length() != 0 {
			t.Errorf("%s: the picture is kept", name)
		}
		for _, place := range []string{"[role=alert]", "#photo-error"} {
			text := page.TextOf(place)
			for _, says := range c.says {
				if !strings.Contains(text, says) {
					t.Errorf("%s: %s does not say %q: %s", name, place, says, text)
				}
			}
			if strings.Contains(text, "要求 295×413") || strings.Contains(text, "要求在") {
				t.Errorf("%s: %s asks for what could be mended: %s", name, place, text)
			}
		}
	}
}

// TestPhotoFigures: the figures behind a hint stand on the page, and not in the sentence.
func TestPhotoFigures(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	page := b.Refused(http.StatusUnprocessableEntity, b.Get(rig.Certificate2015), "form[enctype]", map[string]string{"phone": "1"}, rig.Drawn(t, rig.Greyish)).Faults("phone")
	if hint, behind := page.TextOf("#photo-kept .photo-notes"), page.TextOf("#photo-kept details.behind li"); !strings.Contains(hint, "照片底色不够白") || strings.Contains(hint, "%") || !strings.Contains(behind, "明显是白色的面积占") {
		t.Errorf("the hint is %q, behind it %q", hint, behind)
	}
}
