package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// register is a list of certificates as offices keep it, 12 cells a row.
func register(rows int) string {
	var out strings.Builder
	out.WriteString("考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,性别,出生年月,证书管理号,批准日期,报名市\r\n")
	for i := range rows {
		fmt.Fprintf(&out, "2016,一级建造师,王䶮%d,1101011990%08d,已领取,考全科,建筑工程,男,199003,A%09d,20160925,石家庄市\r\n", i, i, i)
	}
	return out.String()
}

// Reading a CSV file of 100,000 rows, beside a bare encoding/csv over the same
// file in the same loop: "of-bare" is the bare time divided by ours.
func BenchmarkReadCSV(b *testing.B) {
	const rows = 100_000
	list := register(rows)
	for _, test := range []struct{ name, content string }{
		{"UTF-8", list},
		{"UTF-8 quoted", strings.ReplaceAll(strings.ReplaceAll(`"`+strings.TrimSuffix(list, "\r\n")+`"`, ",", `","`), "\r\n", "\"\r\n\"")},
		{"GB18030", encode(b, simplifiedchinese.GB18030, list)},
	} {
		b.Run(test.name, func(b *testing.B) {
			path := file(b, test.content)
			var ours, bare time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				bareCSV(b, path, rows, test.name == "GB18030")
				split := time.Now()
				readAll(b, path, rows)
				bare, ours = bare+split.Sub(began), ours+time.Since(split)
			}
			b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
			b.ReportMetric(float64(rows*b.N)/ours.Seconds(), "rows/s")
		})
	}
}

func bareCSV(b *testing.B, path string, rows int, chinese bool) {
	in, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	var from io.Reader = in
	if chinese {
		from = simplifiedchinese.GB18030.NewDecoder().Reader(in)
	}
	r := csv.NewReader(from)
	r.ReuseRecord = true
	count := -1
	for {
		_, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		count++
	}
	if count != rows {
		b.Fatalf("%d rows", count)
	}
}

func readAll(b *testing.B, path string, rows int) {
	s, err := Open(path, spooled(b))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	count := 0
	for row, err := range s.Rows() {
		if err != nil || row.Fault != nil {
			b.Fatal(err, row.Fault)
		}
		count++
	}
	if count != rows {
		b.Fatalf("%d rows", count)
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	const rows = 5_000
	out, err := os.CreateTemp(b.TempDir(), "")
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	w, err := NewXLSX(out, "名单", spooled(b))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(register(rows)) {
		if err := w.WriteRow(strings.Split(strings.TrimSpace(line), ",")); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		readAll(b, out.Name(), rows)
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkWrite(b *testing.B) {
	const rows = 10_000
	list := strings.Split(register(rows), "\r\n")
	for name, create := range map[string]func() Writer{
		"CSV":  func() Writer { return NewCSV(io.Discard) },
		"XLSX": func() Writer { return must(NewXLSX(io.Discard, "名单", spooled(b))) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w := create()
				for _, line := range list {
					if err := w.WriteRow(strings.Split(line, ",")); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
