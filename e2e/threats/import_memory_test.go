package threats

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sheet"
	"certreissue/spool"
)

// largeRegister is a register of so many lines, cells by cells: people in no order, and
// numbers and names in another.
func largeRegister(t *testing.T, rows int) (list [][]string) {
	t.Helper()
	r := rand.New(rand.NewPCG(16, 1))
	list = append(list, strings.Split("考试年度,考试名称,姓名,证件号码,领取状态,专业,证书管理号,报名市", ","))
	for _, n := range r.Perm(rows) {
		name := fmt.Sprintf("王%c%c", '一'+rune(r.IntN(2000)), '一'+rune(r.IntN(2000)))
		list = append(list, []string{"2015", "一级建造师", name, rig.IDNumber(t, n), "已领取", fmt.Sprintf("专业%d", n), fmt.Sprintf("ZJ%012d", r.Int64N(1e12)), "石家庄市"})
	}
	return list
}

// commas writes a list as a CSV file.
func commas(t *testing.T, list [][]string, change func(line string) string) string {
	t.Helper()
	var b strings.Builder
	for i, cells := range list {
		line := strings.Join(cells, ",")
		if i > 0 && change != nil {
			line = change(line)
		}
		b.WriteString(line + "\r\n")
	}
	return rig.Write(t, "register.csv", []byte(b.String()))
}

// workbook writes a list as a workbook.
func workbook(t *testing.T, list [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "register.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	w, err := sheet.NewXLSX(out, "证书", spool.Of(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range list {
		if err := w.WriteRow(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}

// anonymous runs a command to its end, and is the most memory that is no file's that it
// has had at a time, in MB, and what it has said.
func anonymous(t *testing.T, args ...string) (mb int, said string) {
	t.Helper()
	process := rig.Process(t, nil, args...)
	var out rig.LockedBuffer
	process.Stdout, process.Stderr = &out, &out
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		process.Wait()
	}()
	for {
		select {
		case <-ended:
			return mb, out.String()
		case <-time.After(10 * time.Millisecond):
		}
		bytes, _ := memory(process.Process.Pid, "RssAnon") // none once it has ended
		mb = max(mb, int(bytes>>20))
	}
}

// TestLargeImports: a register of 200,000 lines takes hardly more memory than one of two,
// whatever it is, and whatever becomes of the lines.
func TestLargeImports(t *testing.T) {
	if testing.Short() {
		t.Skip("200,000 lines are left out of a short run")
	}
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a process is read from /proc")
	}
	const rows, most = 200_000, 100
	list := largeRegister(t, rows)
	small := commas(t, list[:3], nil)
	for _, c := range []struct {
		name, path, says string
	}{
		{"lines of text", commas(t, list, nil), "rejected=0"},
		{"a workbook", workbook(t, list), "rejected=0"},
		{"lines that are refused", commas(t, list, func(line string) string { return strings.Replace(line, "2015", "15", 1) }), fmt.Sprintf("rejected=%d", rows)},
		{"quotation marks that are left open", commas(t, list, func(line string) string { return strings.Replace(line, ",王", `,"王`, 1) }), fmt.Sprintf("rejected=%d", rows)},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := func() string { return filepath.Join(t.TempDir(), "data.db") }
			idle, _ := anonymous(t, "import", "certificates", small, "-data", file())
			took, said := anonymous(t, "import", "certificates", c.path, "-data", file())
			t.Logf("%d MB, and %d for two lines", took, idle)
			if took > idle+most {
				t.Errorf("%d MB, and %d for two lines", took, idle)
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("it has said %s", said[max(0, len(said)-400):])
			}
		})
	}
}
