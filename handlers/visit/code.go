package visit

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"certreissue/static"

	"github.com/skip2/go-qrcode"
)

// SendCode answers with a QR code.
func (v *Visit) SendCode(text string) error {
	svg, err := Code(text)
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "image/svg+xml")
	v.W.Header().Set("Content-Length", strconv.Itoa(len(svg)))
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(svg)
	return nil
}

// Code is a QR code as SVG, which prints sharp at every size.
func Code(text string) ([]byte, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, err
	}
	rows := code.Bitmap() // with the quiet zone that scanners need
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path d="`, len(rows), len(rows))
	for y, row := range rows {
		for x, dark := range row {
			if dark {
				fmt.Fprintf(&svg, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	svg.WriteString(`"/></svg>`)
	return svg.Bytes(), nil
}

// PaperStyle is the style of what is made to be printed, for what is kept without the
// site.
func PaperStyle() template.CSS { return template.CSS(static.Text("paper.css")) }
