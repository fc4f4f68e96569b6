package commands

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/sheet"
	"certreissue/spool"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// speaks fails unless what a command said is Chinese and shows nothing of the
// inside.
func speaks(t *testing.T, what, said string) {
	t.Helper()
	if !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s: no Chinese sentence in %q", what, said)
	}
	for _, inside := range []string{"panic", "goroutine", ".go:", "SIGBUS", "fault address"} {
		if strings.Contains(said, inside) {
			t.Errorf("%s: %q in %q", what, inside, said)
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing.db")
	register := rig.Write(t, "register.csv", []byte(rig.LoopRegister))
	for line, want := range map[string]int{
		"help": command.ExitDone, "-h": command.ExitDone, "version": command.ExitDone, "-version": command.ExitDone, "--version": command.ExitDone, "-version x": command.ExitUsage, "licenses": command.ExitDone, "licenses x": command.ExitUsage, "serve -version": command.ExitUsage, "frobnicate": command.ExitUsage, "version x": command.ExitUsage,
		"import": command.ExitUsage, "import certificates": command.ExitUsage, "import people " + register: command.ExitUsage, "import certificates a b": command.ExitUsage,
		"import certificates " + register + " -blank-collected 是": command.ExitUsage, "export exams x.xlsx": command.ExitUsage, "export applications x.xlsx -status 没有": command.ExitUsage,
		"staff": command.ExitUsage, "staff add": command.ExitUsage, "staff add 王芳": command.ExitUsage, "staff add 王芳 -role king": command.ExitUsage, "staff add a/b -role admin": command.ExitUsage, "staff fire 王芳": command.ExitUsage,
		"serve -addr 0.0.0.0:0": command.ExitUsage, "serve -tls-cert x": command.ExitUsage, "serve -public-url ftp://x": command.ExitUsage, "serve now": command.ExitUsage, "serve -trusted-proxy x": command.ExitUsage, "serve -trusted-proxy 0.0.0.0/0": command.ExitUsage, "serve -trusted-proxy ::/1 -trusted-proxy 10.0.0.1,8000::/1": command.ExitUsage,
		"serve -acme localhost": command.ExitUsage, "serve -acme 192.0.2.1": command.ExitUsage, "serve -acme bz.example.cn:443": command.ExitUsage, "serve -acme bz.example.cn,": command.ExitUsage,
		"serve -acme bz.example.cn -tls-cert a -tls-key b": command.ExitUsage, "serve -acme": command.ExitUsage, "demo -acme bz.example.cn": command.ExitUsage,
		"demo -addr 0.0.0.0:0": command.ExitUsage, "demo -applications -1": command.ExitUsage, "demo -applications x": command.ExitUsage,
		"check a b": command.ExitUsage, "restore": command.ExitUsage, "backup": command.ExitUsage, "photo": command.ExitUsage, "photo -fit a.jpg": command.ExitUsage, "photo -fit a.jpg b.jpg c.jpg": command.ExitUsage, "compact x": command.ExitUsage, "doctor x": command.ExitUsage,
		"service": command.ExitUsage, "service fly": command.ExitUsage, "service install now": command.ExitUsage, "service status -addr x": command.ExitUsage, "service start -print": command.ExitUsage, "service install -addr 0.0.0.0:0": command.ExitUsage,

		"import certificates missing.csv": command.ExitFailed, "export applications x.xlsx": command.ExitFailed, "backup copy.db": command.ExitFailed, "check": command.ExitFailed, "doctor": command.ExitFailed,
		"check missing.db": command.ExitFailed, "restore missing.db": command.ExitFailed, "compact": command.ExitFailed, "staff list": command.ExitFailed, "staff password 王芳": command.ExitFailed, "staff unlock 王芳": command.ExitFailed,
		"serve -addr 127.0.0.1:99999": command.ExitFailed, "photo missing.jpg": command.ExitFailed, "photo -fit a.jpg missing.jpg": command.ExitFailed,
	} {
		args := strings.Fields(line)
		if args[0] != "frobnicate" && args[0] != "help" && args[0] != "-h" {
			args = append(args, "-data", missing)
		}
		code, out, said := rig.Command(t, "", args...)
		if code != want {
			t.Errorf("%s: exit %d, want %d: %s%s", line, code, want, out, said)
		}
		if code != command.ExitDone {
			speaks(t, line, out+said)
		}
		if _, err := os.Stat(missing); err == nil {
			t.Fatalf("%s has made the data file", line)
		}
	}
}

// TestUsageSentences: wrong words on the command line get one Chinese sentence.
func TestUsageSentences(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"-nosuch": "没有 -nosuch 这个选项", "serve --nosuch=1": "没有 --nosuch 这个选项", "staff list -role": "-role 后面缺少内容",
		"serve -addr": "-addr 后面缺少内容", "check -data": "-data 后面缺少内容", "staff add 王芳 -role boss": "角色应为",
		"demo -applications many": "-applications 的内容“many”不对", "serve -plain-http=perhaps": "-plain-http 的内容“perhaps”不对",
		"serve -acme a.cn -acme /etc": "-acme 的“/etc”不是公网域名", "serve -tls-cert a -tls-key b -acme a.cn": "只能用一种",
		"serve -trusted-proxy proxy": "-trusted-proxy 的内容“proxy”不对", "serve -trusted-proxy 128.0.0.0/1 -trusted-proxy 0.0.0.0/1": "-trusted-proxy 包括了所有地址", "compact -- -data": "参数个数不对",
	} {
		code, out, said := rig.Command(t, "", strings.Fields(line)...)
		if code != command.ExitUsage || out != "" || strings.Count(said, "\n") != 1 || !strings.Contains(said, says) {
			t.Errorf("%s: exit %d, %q, %q", line, code, out, said)
		}
		if words := regexp.MustCompile(`[a-z]+ [a-z]+`).FindAllString(strings.ReplaceAll(said, "certreissue help", ""), -1); words != nil {
			t.Errorf("%s: English %q in %q", line, words, said)
		}
	}
}

func TestFlagsAnywhere(t *testing.T) {
	t.Parallel()
	data, register := filepath.Join(t.TempDir(), "a.db"), rig.Write(t, "register.csv", []byte(rig.LoopRegister))
	if out := rig.Must(t, "", "import", "-data", data, "certificates", register); !strings.Contains(out, "已建立数据文件 "+data) || !strings.Contains(out, "新增报名市 ") || !strings.HasSuffix(out, "added=3 changed=0 unchanged=0 rejected=0\n") {
		t.Errorf("the first import says %q", out)
	}
	for _, args := range [][]string{{"import", "certificates", "--data=" + data, register}, {"import", "certificates", register, "--data", data}, {"import", "-data=" + data, "certificates", register}} {
		if out := rig.Must(t, "", args...); !strings.HasSuffix(out, "added=0 changed=0 unchanged=3 rejected=0\n") {
			t.Errorf("%v says %q", args, out)
		}
	}
}

// TestRejectedLines: the good lines are taken; the bad ones come back with
// their reasons, in a file that can be corrected and imported as it is.
func TestRejectedLines(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	bad := strings.NewReplacer("110101199003071233,未领取", "1.10101E+17,未领取", "20181103", "20191332").Replace(rig.LoopRegister)
	path := rig.Write(t, "register.csv", []byte(bad))
	code, out, said := rig.Command(t, "", "import", "certificates", path, "-data", data)
	if code != command.ExitPartial || !strings.HasSuffix(out, "added=1 changed=0 unchanged=0 rejected=2\n") || !strings.Contains(said, path+".rejected.csv") {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	rejected, err := os.ReadFile(path + ".rejected.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(rejected)), "\r\n")
	header := strings.SplitN(rig.LoopRegister, "\n", 2)[0]
	if len(lines) != 3 || lines[0] != "\ufeff"+header+",行号,列,原因" {
		t.Fatalf("the rejected lines are %q", lines)
	}
	for i, want := range []string{",3,证件号码,", ",4,批准日期,"} {
		if !strings.Contains(lines[i+1], want) {
			t.Errorf("the line %q lacks %q", lines[i+1], want)
		}
	}
	mended := strings.NewReplacer("1.10101E+17", rig.LoopNumber, "20191332", "20181103").Replace(string(rejected))
	if out := rig.Must(t, "", "import", "certificates", rig.Write(t, "mended.csv", []byte(mended)), "-data", data); !strings.HasSuffix(out, "added=2 changed=0 unchanged=0 rejected=0\n") || strings.Contains(out, "已忽略") {
		t.Errorf("the mended file: %s", out)
	}

	// Half mended, it is rejected again in the same columns.
	half := rig.Write(t, "half.csv", []byte(strings.Replace(string(rejected), "1.10101E+17", rig.LoopNumber, 1)))
	if code, out, said := rig.Command(t, "", "import", "certificates", half, "-data", data); code != command.ExitPartial || !strings.HasSuffix(out, "unchanged=1 rejected=1\n") {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	again, err := os.ReadFile(half + ".rejected.csv")
	if lines := strings.Split(string(again), "\r\n"); err != nil || len(lines) != 3 || lines[0] != "\ufeff"+header+",行号,列,原因" ||
		strings.Count(lines[1], "批准日期") != 1 || !strings.Contains(lines[1], ",唐山市,3,批准日期,") {
		t.Errorf("rejected again: %q, %v", again, err)
	}
}

// TestOldRejectedLines: once a file is taken whole, the lines that it was
// rejected with before are gone; a file of somebody else's in their place and
// an office's own column 原因 stay.
func TestOldRejectedLines(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	path := rig.Write(t, "register.csv", []byte(strings.Replace(rig.LoopRegister, "20181103", "20191332", 1)))
	rejected := path + ".rejected.csv"
	if code, out, said := rig.Command(t, "", "import", "certificates", path, "-data", data); code != command.ExitPartial {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	mend := func(content string) (out, said string) {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, said := rig.Command(t, "", "import", "certificates", path, "-data", data)
		if code != command.ExitDone || !strings.HasSuffix(out, "rejected=0\n") {
			t.Fatalf("exit %d: %s%s", code, out, said)
		}
		return out, said
	}
	if _, said := mend(rig.LoopRegister); !strings.Contains(said, "已删除以前导入时留下的 "+rejected) {
		t.Errorf("the import says %q", said)
	}
	if _, err := os.Stat(rejected); err == nil {
		t.Error("the rejected lines are still there")
	}
	if err := os.WriteFile(rejected, []byte("姓名,原因\n张三,备忘\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	withReasons := strings.ReplaceAll(strings.Replace(rig.LoopRegister, "报名市\n", "报名市,原因\n", 1), "市\n", "市,备注\n")
	if out, said := mend(withReasons); !strings.Contains(out, "已忽略：原因") || said != "" {
		t.Errorf("the import says %q and %q", out, said)
	}
	if _, err := os.Stat(rejected); err != nil {
		t.Error("somebody else's file is gone")
	}
}

func TestUnusableSheets(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.LoopRegister)), "-data", data)
	for why, c := range map[string]struct{ name, content, says string }{
		"no column of states": {"a.csv", strings.NewReplacer("领取状态", "状态").Replace(rig.LoopRegister), "领取状态"},
		"no header":           {"a.csv", strings.SplitN(rig.LoopRegister, "\n", 2)[1], "证件号码"},
		"empty":               {"a.csv", "", "没有内容"},
		"header only":         {"a.csv", strings.SplitN(rig.LoopRegister, "\n", 2)[0], "只有表头"},
		"a web page":          {"a.xls", "<html><table><tr><td>姓名</td></tr></table></html>", "网页"},
		"half a workbook":     {"a.xlsx", "PK\x03\x04 and nothing more", ""},
	} {
		path := rig.Write(t, c.name, []byte(c.content))
		missing := filepath.Join(filepath.Dir(path), "new", "missing.db")
		for _, data := range []string{data, missing} {
			code, out, said := rig.Command(t, "", "import", "certificates", path, "-data", data)
			if code != command.ExitFailed || out != "" || !strings.Contains(said, c.says) {
				t.Errorf("%s: exit %d: %s%s", why, code, out, said)
			}
			speaks(t, why, said)
		}
		if _, err := os.Stat(filepath.Dir(missing)); err == nil {
			t.Errorf("%s: a data file is made", why)
		}
	}
	// With the meaning of a blank given, an old list needs no states.
	old := strings.NewReplacer(",领取状态", "", ",已领取", "", ",未领取", "").Replace(rig.LoopRegister)
	if out := rig.Must(t, "", "import", "certificates", rig.Write(t, "old.csv", []byte(old)), "-blank-collected", "已领取", "-data", data); !strings.Contains(out, "changed=1 unchanged=2 rejected=0") {
		t.Errorf("an old list: %s", out)
	}
}

// TestLargeRegister: the same thousand lines in GB18030 and as a workbook are
// the same register.
func TestLargeRegister(t *testing.T) {
	t.Parallel()
	text := strings.Builder{}
	header := "考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市"
	text.WriteString(header + "\n")
	path := filepath.Join(t.TempDir(), "register.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book, err := sheet.NewXLSX(file, "证书", spool.Folder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	if err := book.WriteRow(strings.Split(header, ",")); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		line := fmt.Sprintf("%d,一级建造师,张%c,%s,已领取,考全科,建筑工程,ZJ%06d,%d0920,石家庄市", 2010+i%10, rune(0x4e00+i), rig.IDNumber(t, i+1), i, 2010+i%10)
		text.WriteString(line + "\n")
		if err := book.WriteRow(strings.Split(line, ",")); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text.String())
	if err != nil {
		t.Fatal(err)
	}
	data, list := filepath.Join(t.TempDir(), "a.db"), rig.Write(t, "register.csv", []byte(encoded))
	for i, want := range []string{"added=1000 changed=0 unchanged=0 rejected=0", "added=0 changed=0 unchanged=1000 rejected=0", "added=0 changed=0 unchanged=1000 rejected=0"} {
		if out := rig.Must(t, "", "import", "certificates", []string{list, path, list}[i], "-data", data); !strings.HasSuffix(out, want+"\n") {
			t.Errorf("import %d says %q, want %s", i, out, want)
		}
	}
	rig.Must(t, "", "check", "-data", data)
}

func TestPhotoCommand(t *testing.T) {
	t.Parallel()
	good, dim := rig.Write(t, "good.jpg", rig.Portrait()), rig.Write(t, "dim.jpg", sample.Portrait(3, true, color.Gray{Y: 216}))
	blue, text := rig.Write(t, "blue.jpg", sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})), rig.Write(t, "text.jpg", []byte("照片"))
	if out := rig.Must(t, "", "photo", good, dim); !strings.HasPrefix(out, good+": ok\n"+dim+": ok; 照片底色不够白") {
		t.Errorf("good ones: %q", out)
	}
	code, out, _ := rig.Command(t, "", "photo", good, blue, text)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != command.ExitFailed || len(lines) != 3 || !strings.HasPrefix(lines[1], blue+": 照片底色不是白色") || strings.Contains(lines[2], "ok") {
		t.Errorf("exit %d: %q", code, lines)
	}
	speaks(t, "photo", out)
}

func TestPhotoFitCommand(t *testing.T) {
	t.Parallel()
	small, err := jpeg.Decode(bytes.NewReader(rig.Portrait()))
	if err != nil {
		t.Fatal(err)
	}
	large := image.NewRGBA(image.Rect(0, 0, 4*295, 4*413))
	for y := range large.Rect.Dy() {
		for x := range large.Rect.Dx() {
			large.Set(x, y, small.At(x/4, y/4))
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, large); err != nil {
		t.Fatal(err)
	}
	in, out := rig.Write(t, "telephone.png", b.Bytes()), filepath.Join(t.TempDir(), "photo.jpg")
	if said := rig.Must(t, "", "photo", "-fit", out, in); said != in+": ok\n"+"已写入 "+out+"\n" {
		t.Errorf("it says %q", said)
	}
	if said := rig.Must(t, "", "photo", out); said != out+": ok\n" {
		t.Errorf("of the outcome: %q", said)
	}

	blue, none := rig.Write(t, "blue.jpg", sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})), filepath.Join(t.TempDir(), "none.jpg")
	code, said, _ := rig.Command(t, "", "photo", blue, "-fit", none)
	if _, err := os.Stat(none); code != command.ExitFailed || err == nil || !strings.HasPrefix(said, blue+": 照片底色不是白色") {
		t.Errorf("before blue: exit %d, %q, %v", code, said, err)
	}
	speaks(t, "photo -fit", said)
}

func TestStaffCommands(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	out := rig.Must(t, "", "staff", "add", "王芳", "-role", "reviewer", "-role", "admin", "-city", "唐山市", "-data", data)
	first := rig.OneTime(t, out)
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the data file: %v, %v", info, err)
	}
	for why, args := range map[string][]string{"the same name": {"staff", "add", "王芳", "-role", "auditor"}, "nobody": {"staff", "password", "李雷"}, "nobody to unlock": {"staff", "unlock", "李雷"}} {
		code, _, said := rig.Command(t, "", append(args, "-data", data)...)
		if speaks(t, why, said); code != command.ExitFailed {
			t.Errorf("%s: exit %d", why, code)
		}
	}
	if code, _, said := rig.Command(t, "short\n", "staff", "add", "李雷", "-role", "auditor", "-password-stdin", "-data", data); code != command.ExitFailed || !strings.Contains(said, "密码") {
		t.Errorf("a bad password: exit %d, %s", code, said)
	}
	if again := rig.OneTime(t, rig.Must(t, "", "staff", "password", "王芳", "-data", data)); again == first {
		t.Error("the second one-time password is the first")
	}
	rig.Must(t, "wangfang88\n", "staff", "password", "王芳", "-password-stdin", "-data", data)
	rig.Must(t, "", "staff", "unlock", "王芳", "-data", data)
	if out := rig.Must(t, "", "staff", "list", "-data", data); out != "王芳  审核员、管理员  唐山市  未启用两步验证\n" {
		t.Errorf("staff list says %q", out)
	}
}
