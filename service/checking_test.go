package service

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgress: a child's progress comes to the console every ten seconds, and to
// the page whenever it is asked for; findings pass.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told bytes.Buffer
		tell := TellProgress(&told)
		for done := range int64(100_001) {
			tell(done, 100_000)
		}
		if n := strings.Count(told.String(), "\n"); n != 1001 {
			t.Errorf("told %d times", n)
		}
		var out bytes.Buffer
		s := &Service{Out: &out}
		if said := s.checked.sentence(); said != "" {
			t.Errorf("while nothing is checked: %s", said)
		}
		s.checked.begin()
		if said, want := s.checked.sentence(), "正在检查数据文件：已完成 0%。"; said != want {
			t.Errorf("%s, want %s", said, want)
		}
		lines := strings.SplitAfter(told.String(), "\n")
		lines = append(lines[:251], "申请 5：缺少照片\n") // a quarter
		if found := s.hearChild(&slowly{lines: lines}); found != 1 {
			t.Errorf("%d findings", found)
		}
		if said, want := s.checked.sentence(), "正在检查数据文件：已完成 25%，大约还需 13 分钟。"; said != want {
			t.Errorf("%s, want %s", said, want)
		}
		said := out.String()
		if n := strings.Count(said, "已完成"); n < 20 || n > 26 {
			t.Errorf("said %d times in 250 s:\n%s", n, said)
		}
		if !strings.Contains(said, "\n申请 5：缺少照片\n") {
			t.Errorf("the finding is lost:\n%s", said)
		}
	})
}

// slowly gives a line a second.
type slowly struct{ lines []string }

func (s *slowly) Read(b []byte) (int, error) {
	if len(s.lines) == 0 {
		return 0, fmt.Errorf("the end")
	}
	time.Sleep(time.Second)
	n := copy(b, s.lines[0])
	s.lines = s.lines[1:]
	return n, nil
}
