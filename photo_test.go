package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	ximage "golang.org/x/image/draw"
)

// phonePicture is a good portrait as a phone takes it: several times as large,
// in pixels and in bytes.
func phonePicture(t *testing.T) []byte {
	t.Helper()
	small, err := jpeg.Decode(bytes.NewReader(portrait()))
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
	r := office(t, guideRegister)
	b, reviewer := r.register("测试", loopNumber), r.staff("shenhe")
	fill := map[string]string{"phone": "13900000000"}
	form := b.get(certificate2015)

	grey := b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, []byte("GIF89a")).faults("photo")
	if grey.Find(".photo-now").Length() != 0 {
		t.Error("what is no photo has a preview")
	}
	again := b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, phonePicture(t)).faults("photo").has("，已压缩到 ", "请核对照片", "再点“下一步”")
	if text := again.text("[role=alert]"); strings.Contains(text, "要求在") {
		t.Errorf("what is mended is still asked for: %s", text)
	}
	if again.Find(".wrong, .fault").Length() != 0 || strings.Contains(again.Find("title").Text(), "错误") || strings.Count(again.Text(), "，已压缩到 ") != 1 {
		t.Error("a question looks like an error, or is told twice")
	}
	b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, phonePicture(t)).faults("phone", "photo").has("请更正以下 2 处问题")
	if other := b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, []byte("GIF89a")).faults("photo"); other.Find(".photo-notes li").Length() != 0 {
		t.Error("what was said of another photo stands beside a refused one")
	}
	picture := b.get(again.Find(".photo-now img").AttrOr("src", ""))
	if size, err := jpeg.DecodeConfig(bytes.NewReader(picture.body)); err != nil || size.Width != 295 || size.Height != 413 || len(picture.body) > 30720 {
		t.Errorf("the preview is %d×%d of %d bytes, %v", size.Width, size.Height, len(picture.body), err)
	}
	submitted := b.sends(again, "form[enctype]", fill).has("提交完成")
	path := strings.TrimSuffix(submitted.path, "/submitted")
	if stored := b.get(path + "/photo"); !bytes.Equal(stored.body, picture.body) {
		t.Error("the application has another photo than the preview")
	}
	edit := b.get(path + "/edit")
	b.refused(http.StatusUnprocessableEntity, edit, "form[enctype]", nil, phonePicture(t)).faults("photo").has("请核对照片", "再点“保存”")
	reviewer.get("/office"+path).has("选择的照片现为", "，已压缩到 ")
}

// TestPhotoBeyondMending: what cannot be mended is told, all of it, in the summary
// and at the field; what could be is not.
func TestPhotoBeyondMending(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	form := b.get(certificate2015)
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
		page := b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill, c.file).faults("photo")
		for _, place := range []string{"[role=alert]", "#photo-error"} {
			text := page.text(place)
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
