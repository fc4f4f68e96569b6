package commands

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestLogFile: what the service does stands in its log, a line each that begins with
// its time, in a file that nobody else may read and that does not grow for ever.
func TestLogFile(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "office.log")
	long := bytes.Repeat([]byte("2026-01-01 00:00:00 INF before\n"), 11<<20/31)
	if err := os.WriteFile(file, long, 0o644); err != nil {
		t.Fatal(err)
	}
	r := rig.Start(t, "serve", "-data", data, "-log", file)
	rig.Must(t, "", "import", "certificates", rig.Write(t, "档案.csv", []byte(rig.LoopRegister)), "-data", data)
	said := func() string {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	for range 3000 { // a minute, for busy machines, until the first night's copy
		if strings.Contains(said(), " INF 备份 ") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.Stop()

	log := said()
	for _, line := range []string{" INF 启动 版本=", " 数据文件=" + data, " 地址=" + r.URL, " INF 备份 文件夹=" + data + ".backups", " INF 导入 文件=档案.csv 新增=", " 未导入=0"} {
		if !strings.Contains(log, line) {
			t.Errorf("the log has no %q:\n%s", line, log)
		}
	}
	lines := strings.Split(strings.TrimSpace(log), "\n")
	for _, line := range lines {
		if _, err := time.Parse(time.DateTime, line[:min(len(line), len(time.DateTime))]); err != nil {
			t.Errorf("a line does not begin with its time: %q", line)
		}
	}
	if !strings.HasSuffix(lines[len(lines)-1], " INF 停止") {
		t.Errorf("the last line is %q", lines[len(lines)-1])
	}
	kept, _ := filepath.Glob(filepath.Join(folder, "office-*.log"))
	if len(kept) != 1 || len(log) > 1<<20 {
		t.Errorf("a file of 11 MB: %d are put aside, and it has %d bytes", len(kept), len(log))
	}
	for _, path := range append(kept, file) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// TestLogRefused: a log that cannot be, and one that would spoil the data, is told
// before anything is done.
func TestLogRefused(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	for path, sentence := range map[string]string{data: "就是数据文件", filepath.Join(t.TempDir(), "nowhere", "x.log"): "无法写入日志文件", t.TempDir(): "无法写入日志文件"} {
		code, _, said := rig.Command(t, "", "serve", "-addr", "127.0.0.1:0", "-data", data, "-log", path)
		if code != 1 || !strings.Contains(said, sentence) || strings.Count(said, "\n") != 1 {
			t.Errorf("-log %s: %d, %s", path, code, said)
		}
	}
	if after, _ := os.ReadFile(data); !bytes.Equal(before, after) {
		t.Error("the data file was written to")
	}
}
