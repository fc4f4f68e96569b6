package threats

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// spoil turns a bit in every place of a file where a text stands.
func spoil(t *testing.T, path, text string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found := 0
	for at := 0; ; at++ {
		next := bytes.Index(content[at:], []byte(text))
		if next < 0 {
			break
		}
		at += next
		// The program may have written another page there meanwhile.
		now := make([]byte, len(text))
		if _, err := file.ReadAt(now, int64(at)); err != nil {
			t.Fatal(err)
		}
		if string(now) != text {
			continue
		}
		found++
		if _, err := file.WriteAt([]byte{text[0] ^ 1}, int64(at)); err != nil {
			t.Fatal(err)
		}
	}
	if found == 0 {
		t.Fatalf("%s does not hold %q", path, text)
	}
}

// the telephone of every application that is made by rig.Apply; the register has none.
const phone = "13800138000"

// spoilable is a file of somebody who has applied, and the application's address.
func spoilable(t *testing.T) (data, application string) {
	t.Helper()
	data = rig.StaffedFile(t)
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.LoopRegister)), "-data", data)
	r := rig.Start(t, "demo", "-data", data)
	_, submitted := r.Apply("测试", rig.LoopNumber)
	r.Stop()
	return data, strings.TrimSuffix(submitted.Path, "/submitted")
}

// unzipped are the files of a ZIP by their names.
func unzipped(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	pack, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range pack.File {
		if files[entry.Name], err = fs.ReadFile(pack, entry.Name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestDamagedRecordIsNotShown: beneath the running service a bit turns. The page of
// the record it is in says so, everything else goes on, and the office is told.
func TestDamagedRecordIsNotShown(t *testing.T) {
	t.Parallel()
	data, application := spoilable(t)
	r := rig.Start(t, "demo", "-data", data)
	other := r.Register("李四", "440308199901101512")
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	whole := strings.TrimPrefix(other.Apply("/apply/self", rig.ByHand(nil)), "/applications/")
	spoil(t, data, phone)

	clerk.At("/office"+application).Is(http.StatusServiceUnavailable).Has("记录已损坏", "check -repair")
	if list := clerk.Get("/office/applications"); strings.Contains(list.Text(), "110101") {
		t.Error("the list shows the damaged record")
	}
	archive := unzipped(t, admin.Get("/office/archive?year="+whole[:4]).Body)
	if len(archive) != 2 || archive[whole+".html"] == nil {
		t.Errorf("the archive has %d files, and not %s", len(archive), whole)
	}
	if line := unzipped(t, archive["index.xlsx"])["xl/worksheets/sheet1.xml"]; !bytes.Contains(line, []byte("无法读取")) {
		t.Errorf("the index does not tell what it lacks: %s", line)
	}
	admin.Get("/office").Has("数据文件有 1 处损坏", "的记录已损坏", "check -repair")
	clerk.Get("/office").Has("请告诉管理员")
	owner := r.Browser()
	owner.Login(rig.LoopNumber, rig.CandidatePassword)
	owner.At(application).Is(http.StatusServiceUnavailable).Has("请联系本中心", "请求编号")
	owner.Get("/profile")
	other.Get("/apply")
	admin.Get("/office/certificates")
	r.Stop()
	if code, out, said := rig.Command(t, "", "check", "-data", data); code != command.ExitFailed || !strings.Contains(out, "申请 ") || !strings.Contains(out, "已损坏") {
		t.Errorf("check: exit %d, %s%s", code, out, said)
	}
}

// TestDamagedFileIsNotServed: a file that was closed cleanly is checked all the same,
// and what can be done is said with the copy's name.
func TestDamagedFileIsNotServed(t *testing.T) {
	t.Parallel()
	data, _ := spoilable(t)
	folder := data + ".backups"
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(folder, "20260102-030000.db")
	rig.Must(t, "", "backup", copied, "-data", data)
	spoil(t, data, phone)
	for _, args := range [][]string{{"serve"}, {"demo"}} {
		code, out, said := rig.Command(t, "", append(args, "-addr", "127.0.0.1:0", "-data", data)...)
		if code != command.ExitFailed || !strings.Contains(out, "的记录已损坏") || !strings.Contains(said, copied) {
			t.Errorf("%v: exit %d, %s%s", args, code, out, said)
		}
	}
	if code, out, said := rig.Command(t, "", "check", "-data", data); code != command.ExitFailed || !strings.Contains(out, "的记录已损坏") || !strings.Contains(said, copied) {
		t.Errorf("check: exit %d, %s%s", code, out, said)
	}
	rig.Must(t, "", "restore", copied, "-data", data)
	rig.Must(t, "", "check", data)
}

// TestLargeFileIsCheckedWhileServed: a file beyond 256 MB that was closed cleanly is
// served at once, and its damage found meanwhile; a small one's would keep it from
// being served.
func TestLargeFileIsCheckedWhileServed(t *testing.T) {
	t.Parallel()
	data, _ := spoilable(t)
	if err := os.Mkdir(data+".backups", 0o700); err != nil { // the night's copy, so that nothing else looks
		t.Fatal(err)
	}
	rig.Must(t, "", "backup", filepath.Join(data+".backups", time.Now().In(time.FixedZone("", 8*3600)).Format("20060102-150405.db")), "-data", data)
	spoil(t, data, phone)
	if err := os.Truncate(data, 257<<20); err != nil { // with nothing in it
		t.Fatal(err)
	}
	r := rig.Start(t, "serve", "-data", data)
	r.Says("数据文件有损坏")
	r.Says("检查了数据文件")
	code, out, _ := rig.Command(t, "", "doctor", "-data", data)
	if code != command.ExitFailed || !strings.Contains(out, "要改  数据文件：申请 ") {
		t.Errorf("doctor: exit %d, %s", code, out)
	}
}

// TestRepairCommand: a damaged record comes back from a copy, without one it is named,
// and the repaired file is served; the damaged one stays as it is.
func TestRepairCommand(t *testing.T) {
	t.Parallel()
	data, _ := spoilable(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", data)
	spoil(t, data, phone)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]struct {
		code int
		line string
	}{
		"":                   {command.ExitPartial, "未能找回：申请 "},
		copied:               {command.ExitDone, "已从 " + copied + " 取回"},
		filepath.Dir(copied): {command.ExitDone, "已从 " + copied + " 取回"},
	} {
		out := filepath.Join(t.TempDir(), "repaired.db")
		args := []string{"check", "-repair", out, "-data", data}
		if from != "" {
			args = append(args, "-from", from)
		}
		code, told, said := rig.Command(t, "", args...)
		if code != want.code || !strings.Contains(told, want.line) {
			t.Errorf("from %q: exit %d, %s%s", from, code, told, said)
		}
		rig.Must(t, "", "check", out)
		list := filepath.Join(t.TempDir(), "list.csv")
		rig.Must(t, "", "export", "applications", list, "-data", out)
		if content, err := os.ReadFile(list); err != nil || (want.code == command.ExitDone) != strings.Contains(string(content), phone) {
			t.Errorf("from %q: %s, %v", from, content, err)
		}
		if code, _, said := rig.Command(t, "", args...); code != command.ExitFailed || !strings.Contains(said, "已存在") {
			t.Errorf("over an old one: exit %d, %s", code, said)
		}
		rig.Start(t, "demo", "-data", out).Stop()
	}
	if after, err := os.ReadFile(data); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the damaged file has changed, %v", err)
	}
}
