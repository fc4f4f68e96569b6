package service

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"
)

// TestLogged: what a service says that nobody sees is lines of its log, each with its
// time.
func TestLogged(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintln(logged{newLog(&b)}, sayFirstAdmin("http://127.0.0.1:8080", "ABCDEFGHIJ"))
	line := `\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INF `
	if !regexp.MustCompile(`^` + line + `系统还没有管理员.*\n` + line + `一次性代码 ABCDEFGHIJ\n$`).Match(b.Bytes()) {
		t.Error(b.String())
	}
}
