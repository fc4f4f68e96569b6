package office

import (
	"fmt"
	"math"

	"certreissue/photo"
)

// The findings of the photo check in the words of the office: what is so, without the
// advice that candidates are given.

// findingWords take the finding's figure, or in the case of a tilt its degrees, where there is a verb.
var findingWords = map[string]string{
	photo.Nobody:       "未检测到人脸",
	photo.Several:      "有第二张脸",
	photo.SideFace:     "不是正面",
	photo.Tilted:       "头部倾斜 %s",
	photo.MouthCovered: "口鼻被遮挡",
	photo.Background:   "背景%s",
	photo.HeadLow:      "头部偏低，上方空白占高度的 %s",
	photo.HeadCut:      "头顶碰到上边缘",
	photo.HeadSmall:    "头部偏小，占宽度的 %s",
	photo.HeadLarge:    "头部偏大，占宽度的 %s",
	photo.OffCentre:    "头部不居中，偏宽度的 %s",
	photo.Colourless:   "黑白照片",
	photo.Blurred:      "不清晰",
	photo.TooDark:      "面部偏暗",
	photo.TooBright:    "面部过亮",
}

// sayFinding words one finding, with what was measured.
func sayFinding(f photo.Finding, seen *photo.Seen) string {
	figure := f.Figure
	if f.Code == photo.Tilted {
		figure = fmt.Sprintf("%.0f°", math.Abs(seen.Tilt))
	}
	said := findingWords[f.Code]
	if figure != "" {
		said = fmt.Sprintf(said, figure)
	}
	if f.Detail != "" {
		said += "（" + f.Detail + "）"
	}
	return said
}
