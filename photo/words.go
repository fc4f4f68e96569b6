package photo

import (
	"fmt"
	"image"
	"strconv"
	"strings"
)

// Sentence says in Chinese what is wrong, with the measured figure, and what to do.
func (f Finding) Sentence() string {
	key := f.Code
	if f.Severity == Hint {
		if _, ok := sentences[key+"?"]; ok {
			key += "?"
		}
	}
	s, ok := sentences[key]
	if !ok {
		s = "照片有问题：{figure}。请换一张照片。"
	}
	remedy, ok := remedies[f.Figure]
	if !ok {
		remedy = "请存为 JPG 后再上传，只改文件名的后缀没有用。" + saveAsJPG
	}
	return strings.NewReplacer("{figure}", f.Figure, "{need}", f.Need, "{remedy}", remedy).Replace(s)
}

// sentences are found by code; where a code is both, the hint has a ? at its end.
var sentences = map[string]string{
	Empty:            "没有读到照片的内容：它可能已被移动或删除，或者还没有从云端下载。请重新选择照片文件。",
	WrongKind:        "文件的内容是 {figure}，不是 JPG 照片。{remedy}",
	TextKind:         "文件的内容是文字或网页，不是 JPG 照片。请选择照片文件本身。",
	UnknownKind:      "认不出文件的内容，它不是 JPG 照片。请用“画图”等看图软件打开照片，选“另存为”JPG 后再上传。",
	WrongName:        "文件名以 {figure} 结尾，内容却是 JPG 照片。请把文件名的结尾改成 .jpg 后再上传。",
	FewBytes:         "文件大小是 {figure}，要求在 {need}。请换用更清晰的原图，或另存为 JPG 时选较高的质量。",
	ManyBytes:        "文件大小是 {figure}，要求在 {need}。请另存为 JPG，选较低的质量后再上传。",
	WrongSize:        "照片尺寸是 {figure} 像素，要求 {need} 像素。请裁剪并缩放到这一尺寸。",
	Rotated:          "照片靠旋转标记才能显示为正向（{figure}），制证时会横倒。请用“画图”等看图软件打开，转正后另存为 JPG。",
	Broken:           "照片文件不完整或已损坏，打不开。请重新保存或重新下载原图后再上传。",
	Unsupported:      "这个文件用了少见的编码方式，系统无法读取。请用“画图”等看图软件打开它，另存为普通 JPG 后再上传。",
	Colours:          "照片的颜色是{figure}，制证时会变样。请用“画图”等看图软件打开，另存为普通 JPG 后再上传。",
	Smuggling:        "照片文件里夹带了图像以外的内容。请用“画图”等看图软件打开它，另存为 JPG 后再上传。",
	Background:       "照片底色不是白色：{figure}。请在白墙前重新拍摄：离墙约一米，面朝窗户等均匀的光线，不用闪光灯。",
	Background + "?": "照片底色不够白：{figure}。如有更白的底色，建议换一张。是否合格由审核人员判断。",
	TooLarge:         "文件有 {figure}，最多只能处理 {need}。请换一张小一些的照片。",
	ManyPixels:       "照片有 {figure}，最多只能处理 {need}。请用看图软件缩小后再上传。",
	DensePixels:      "照片是 {figure}，这样的最多只能处理 {need}。请用“画图”等看图软件打开，另存为 JPG 后再上传。",
	FewPixels:        "照片可用的部分只有 {figure} 像素，放大后会模糊。请换用原图，至少要有 {need} 像素。",
	FewPixels + "?":  "照片可用的部分只有 {figure} 像素，已放大，可能不够清晰。如有更大的原图，建议换一张。",
	FarAway:          "照片里的人太小：头部周围只有 {figure} 像素，放大后会模糊。请走近一些重新拍摄，或换用原图，头部周围至少要有 {need} 像素。",
	Transparent:      "照片有透明的部分，系统不会代为填上底色。请换用没有抠过图的照片。",
	Unfit:            "照片的大小无法调整到 {need}，最接近的是 {figure}。请换一张清晰、噪点少的照片。",
	Nobody:           "没有检测到人脸。请选择本人的证件照：正面，头部完整，白色底。",
	Nobody + "?":     "没有检测到人脸，考生确认照片里是本人。",
	Several:          "照片里似乎不止一个人。请换一张只有本人的照片。",
	SideFace:         "照片似乎不是正面。请让脸正对镜头、目视前方，重新拍摄。",
	Tilted:           "头部似乎倾斜。请把头摆正，让两眼在一条水平线上，重新拍摄或重新裁剪。",
	MouthCovered:     "口鼻似乎被遮挡。请取下口罩等遮挡物，重新拍摄。",
	HeadLarge:        "头部似乎过大：占照片宽度的 {figure}。建议重新裁剪，让头部小一些。",
	Colourless:       "照片似乎是黑白的。如有彩色证件照，建议换一张。",
	Blurred:          "照片似乎不清晰。如有更清晰的证件照，建议换一张。",
	TooDark:          "面部似乎偏暗。如有光线更好的证件照，建议换一张。",
	TooBright:        "面部似乎过亮。如有光线更柔和的证件照，建议换一张。",
	HeadLow:          "头部位置似乎偏低：头顶上方的空白占照片高度的 {figure}。建议重新裁剪，让头部靠上一些。",
	HeadCut:          "头顶似乎碰到了照片上边缘。建议重新裁剪，在头顶上方留一点空白。",
	HeadSmall:        "头部似乎偏小：只占照片宽度的 {figure}。建议重新裁剪，让头部大一些。",
	OffCentre:        "头部似乎不在正中：偏了照片宽度的 {figure}。建议重新裁剪，让头部居中。",
}

// colourTables names the colours that neither a check nor a mend understands.
const colourTables = "用查找表描述的少见颜色"

// saveAsJPG tells how, on what people have.
const saveAsJPG = "苹果手机：在“文件”中长按图片，选“快速操作 → 转换图像 → JPEG”；安卓手机：在相册中打开，编辑后另存为 JPG；Windows 电脑：用“画图”打开，选“另存为 → JPEG 图片”。"

// remedies tell for some formats, by their names, what is quicker than saving anew.
var remedies = map[string]string{
	"HEIC":   "拍摄前，苹果手机在“设置 → 相机 → 格式”中选“兼容性最佳”，安卓手机在相机设置中关闭 HEIF。已经拍好的，请存为 JPG 后再上传。" + saveAsJPG,
	"PDF":    "请上传照片本身，不要放在 PDF 里。",
	"ZIP":    "请先解压，再上传里面的 JPG 照片；Word、Excel 文件请换成照片本身。",
	"RAR":    "请先解压，再上传里面的 JPG 照片。",
	"7z":     "请先解压，再上传里面的 JPG 照片。",
	"Office": "请上传照片本身，不要放在文档里。",
	"MP4":    "请上传照片，不要上传视频。",
	"EXE":    "请选择照片文件本身。",
}

var placeNames = [places]string{
	upperLeft: "左上角", upperRight: "右上角", left: "左侧", right: "右侧", above: "头顶上方",
	lowerLeft: "左肩上方", lowerRight: "右肩上方",
}

var tintNames = [...]string{
	shaded: "有阴影或明暗不均", dark: "偏黑", grey: "偏灰", yellow: "偏黄", red: "偏红", blue: "偏蓝", green: "偏绿", purple: "偏紫",
}

// What was measured, where the sentence does without figures.
const (
	saySharpness = "清晰度 %d%%，清晰的照片至少 %d%%"
	sayDarkness  = "面部最亮处的亮度 %.0f%%，背景的亮度 %.0f%%"
	sayGlare     = "面部有 %.0f%% 的面积过曝"
)

// Refusals are the sentences with which a page can refuse a picture before it has
// travelled: by the name of its format, or by Transparent.
func Refusals() map[string]string {
	say := map[string]string{Transparent: Finding{Code: Transparent}.Sentence()}
	for _, kind := range []string{"HEIC", "AVIF", "WebP", "GIF", "BMP", "TIFF", "PDF"} {
		say[kind] = Finding{Code: WrongKind, Figure: kind}.Sentence()
	}
	return say
}

// bytesFinding words the size of the file: near a limit to the byte, so that
// 30,721 does not read as the very limit it exceeds.
func bytesFinding(n int, l Limits) Finding {
	f := Finding{Code: FewBytes}
	limit := l.MinBytes
	if n > l.MaxBytes {
		f.Code, limit = ManyBytes, l.MaxBytes
	}
	if max(n-limit, limit-n) < 1<<10 {
		f.Figure = grouped(n) + " 字节"
		f.Need = grouped(l.MinBytes) + " 与 " + grouped(l.MaxBytes) + " 字节之间"
	} else {
		f.Figure = Size(n)
		f.Need = Size(l.MinBytes) + " 与 " + Size(l.MaxBytes) + " 之间"
	}
	return f
}

// Size is a number of bytes as people read it.
func Size(n int) string {
	switch kb := float64(n) / (1 << 10); {
	case n < 1<<10:
		return fmt.Sprintf("%d 字节", n)
	case kb < 1000:
		return strings.TrimSuffix(strconv.FormatFloat(kb, 'f', 1, 64), ".0") + " KB"
	default:
		return strings.TrimSuffix(strconv.FormatFloat(kb/(1<<10), 'f', 1, 64), ".0") + " MB"
	}
}

// grouped writes 30721 as 30,721.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func sizeFinding(width, height int, l Limits) Finding {
	return Finding{Code: WrongSize, Figure: fmt.Sprintf("%d×%d", width, height), Need: fmt.Sprintf("%d×%d", l.Width, l.Height)}
}

// fewPixels words a picture, or a part of it, that is smaller than the photo.
func fewPixels(size image.Point, l Limits) Finding {
	return Finding{Code: FewPixels, Figure: fmt.Sprintf("%d×%d", size.X, size.Y), Need: fmt.Sprintf("%d×%d", (l.Width+1)/2, (l.Height+1)/2)}
}

// farAway words a head too small to be cut out.
func farAway(size image.Point, l Limits) Finding {
	f := fewPixels(size, l)
	f.Code = FarAway
	return f
}

func manyPixels(size image.Point) Finding {
	return Finding{Code: ManyPixels, Figure: fmt.Sprintf("%d×%d 像素", size.X, size.Y), Need: fmt.Sprintf("%d 万像素", maxPixels/10_000)}
}

// densePixels words a PNG whose pixels take more than usual.
func densePixels(size image.Point, deep, interlaced bool, most int) Finding {
	kind := "16 位、隔行扫描"
	switch {
	case !interlaced:
		kind = "16 位"
	case !deep:
		kind = "隔行扫描"
	}
	return Finding{Code: DensePixels, Figure: fmt.Sprintf("%d×%d 像素的 PNG（%s）", size.X, size.Y, kind), Need: fmt.Sprintf("%d 万像素", most/10_000)}
}

// tooLarge words a file that Fit does not take.
func tooLarge(n int) Finding {
	f := Finding{Code: TooLarge, Figure: Size(n), Need: Size(maxSourceBytes)}
	if f.Figure == f.Need {
		f.Figure, f.Need = grouped(n)+" 字节", grouped(maxSourceBytes)+" 字节"
	}
	return f
}

// unfit words the nearest that Fit came to the bytes asked for.
func unfit(n int, l Limits) Finding {
	f := bytesFinding(n, l)
	f.Code = Unfit
	return f
}

func orientationFinding(orientation int) Finding {
	return Finding{Code: Rotated, Figure: fmt.Sprintf("EXIF 方向 %d", orientation)}
}

// backdropFinding words the background: in plain words what the worst place is like, and the
// figures apart.
func backdropFinding(d backdrop, s Severity, l Limits) Finding {
	worst, all, need, kind := d.near, d.allNear, l.FailBelow, "接近白色"
	if s == Hint {
		worst, all, need, kind = d.clear, d.allClear, l.ClearFrom, "明显是白色"
	}
	place := placeNames[worst.place]
	f := Finding{Code: Background, Severity: s, Figure: place + tintNames[worst.tint]}
	if all == 0 {
		f.Figure = "整体" + tintNames[worst.tint]
	}
	f.Detail = fmt.Sprintf("%s%s的面积占 %d%%，整个背景占 %d%%，要求每处至少占 %d%%", place, kind, worst.share, all, need)
	return f
}

// percentage words a hint of which the figure is a share.
func percentage(code string, share float64) Finding {
	return Finding{Code: code, Severity: Hint, Figure: fmt.Sprintf("%.0f%%", 100*share)}
}

// measured words a hint that says what was measured apart.
func measured(code, detail string, figures ...any) Finding {
	return Finding{Code: code, Severity: Hint, Detail: fmt.Sprintf(detail, figures...)}
}
