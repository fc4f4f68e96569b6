package candidate

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

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
	large := image.NewRGBA(image.Rect(0, 0, 4*small.Bounds().Dx(), 4*small.Bounds().Dy()))
	ximage.CatmullRom.Scale(large, large.Bounds(), small, small.Bounds(), ximage.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, large, &jpeg.Options{Quality: 98}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
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
	b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, phonePicture(t)).Faults("phone", "photo").Has("请更正以下 2 处问题")
	if other := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, []byte("GIF89a")).Faults("photo"); other.Find(".photo-notes li").Length() != 0 {
		t.Error("what was said of another photo stands beside a refused one")
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
	edit := b.Get(path + "/edit")
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
		file []byte
		says []string
	}{
		"blue":      {encoded.Bytes(), []string{"照片底色不是白色", "看不到人像"}},
		"cut short": {whole[:len(whole)/2], []string{"照片文件不完整或已损坏"}},
	} {
		page := b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, c.file).Faults("photo")
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
