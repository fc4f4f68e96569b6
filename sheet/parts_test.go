package sheet

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// A register of 200,000 lines, nearly every text of which is another, is read within
// the bounds of memory, however it is written.
func TestLargeRegisters(t *testing.T) {
	if testing.Short() {
		t.Skip("200,000 lines are left out of a short run")
	}
	const rows = 200_000
	var out strings.Builder
	out.WriteString("姓名,证件号码,证书管理号\r\n")
	for i := range rows {
		fmt.Fprintf(&out, "王%d,1101011990%08d,A%09d\r\n", i, i, i)
	}
	list := out.String()
	inLine, shared := workbookOf(list)
	for reason, path := range map[string]string{
		"CSV":                      file(t, list),
		"a workbook":               archive(t, map[string]string{"xl/worksheets/sheet1.xml": inLine}),
		"a workbook, texts shared": archive(t, shared),
		"numbers that have lost digits": archive(t, map[string]string{"xl/worksheets/sheet1.xml": worksheet(`<row><c t="str"><v>证件号码</v></c></row>` +
			strings.Repeat(`<row><c><v>130102197001070000</v></c></row>`, rows))}),
	} {
		t.Run(reason, func(t *testing.T) {
			defer debug.SetGCPercent(debug.SetGCPercent(10))
			runtime.GC()
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			before, most := now.HeapAlloc, uint64(0)
			s, err := Open(path, spooled(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			read := 0
			for row, err := range s.Rows() {
				if err != nil || row.Fault != nil {
					t.Fatal(err, row.Fault)
				}
				if read++; read%1000 == 0 {
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc)
				}
			}
			if t.Logf("%d KB", (int64(most)-int64(before))>>10); read != rows || most > before+16<<20 {
				t.Errorf("%d rows, %d KB", read, (most-before)>>10)
			}
			os.Remove(path)
		})
	}
}

// workbookOf writes a list as a sheet whose texts stand in line, and as one whose texts
// are shared.
func workbookOf(list string) (inLine string, shared map[string]string) {
	var cells, numbers, texts strings.Builder
	known := map[string]int{}
	for line := range strings.Lines(list) {
		cells.WriteString("<row>")
		numbers.WriteString("<row>")
		for text := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			if _, ok := known[text]; !ok {
				known[text] = len(known)
				fmt.Fprintf(&texts, "<si><t>%s</t></si>", text)
			}
			fmt.Fprintf(&cells, `<c t="inlineStr"><is><t>%s</t></is></c>`, text)
			fmt.Fprintf(&numbers, `<c t="s"><v>%d</v></c>`, known[text])
		}
		cells.WriteString("</row>")
		numbers.WriteString("</row>")
	}
	return worksheet(cells.String()), map[string]string{"xl/worksheets/sheet1.xml": worksheet(numbers.String()),
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts.String() + `</sst>`}
}
