package browser

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// printed is the page as a browser prints it: the size of each sheet, in points.
func (w *window) printed() (sheets []string) {
	w.t.Helper()
	pdf, err := chromedp.Call(w.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, box := range regexp.MustCompile(`/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(pdf.Data, -1) {
		width, _ := strconv.ParseFloat(string(box[1]), 64)
		height, _ := strconv.ParseFloat(string(box[2]), 64)
		sheets = append(sheets, fmt.Sprintf("%.0f × %.0f", width, height))
	}
	return sheets
}

// TestBrowserPrints prints what is made for paper: each on as many sheets of A4 as it should take, and what lies
// across the paper lying.
func TestBrowserPrints(t *testing.T) {
	t.Parallel()
	w := openWindow(rig.Start(t, "demo"), t, chromium(t), view{width: 1366})
	w.officeLogin("shenhe", "banli2026")
	first := func(list string) string {
		w.visit(list)
		return ask[string](w, `document.querySelector("main tbody th a").getAttribute("href")`)
	}
	number := func(status string) string {
		first("/office/applications?status=" + status)
		return ask[string](w, `document.querySelector("main tbody th a").innerText`)
	}
	returned, refused, ready := number("审核未过"), number("不予受理"), number("待领取")
	const upright, lying = "595 × 842", "842 × 595"
	for path, want := range map[string]string{
		"/office/letters?kind=returned&application=" + returned:           upright,
		"/office/letters?kind=refused&application=" + refused:             upright,
		"/office/letters?kind=ready&application=" + ready:                 upright,
		"/office/letters?kind=proxy&application=" + ready:                 upright,
		"/office/forms?application=" + returned:                           upright,
		"/office/forms?application=" + returned + "&application=" + ready: upright + ", " + upright,
		"/office/handout/sheet?application=" + ready:                      lying,
		first("/office/proofs") + "/proof":                                upright,
	} {
		w.visit(path)
		if got := strings.Join(w.printed(), ", "); got != want {
			t.Errorf("%s is printed on %s, want %s", path, got, want)
		}
	}
}
