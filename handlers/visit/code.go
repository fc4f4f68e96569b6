package visit

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"

	"github.com/skip2/go-qrcode"
)

// SendCode answers with a QR code as SVG, which prints sharp at every size.
func (v *Visit) SendCode(text string) error {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return err
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
	v.W.Header().Set("Content-Type", "image/svg+xml")
	v.W.Header().Set("Content-Length", strconv.Itoa(svg.Len()))
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(svg.Bytes())
	return nil
}
