package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"

	"github.com/skip2/go-qrcode"
)

// codeApplication is the QR code of the number of one's own application.
func (s *Server) codeApplication(v *visit) error {
	a, err := v.own()
	if err != nil {
		return err
	}
	return v.sendCode(number(a.ID))
}

// codeReview is the same for the papers that the office prints.
func (s *Server) codeReview(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if _, err := s.store.Application(v.staff, id); err != nil {
		return err
	}
	return v.sendCode(number(id))
}

// sendCode answers with a QR code as SVG, which prints sharp at every size.
func (v *visit) sendCode(text string) error {
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
	v.w.Header().Set("Content-Type", "image/svg+xml")
	v.w.Header().Set("Content-Length", strconv.Itoa(svg.Len()))
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(svg.Bytes())
	return nil
}
