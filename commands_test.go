package main

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

	"certreissue/sample"
	"certreissue/sheet"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// write makes a file of a test and answers its path.
func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

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
	register := write(t, "register.csv", []byte(loopRegister))
	for line, want := range map[string]int{
		"help": exitDone, "-h": exitDone, "version": exitDone, "-version": exitUsage, "frobnicate": exitUsage, "version x": exitUsage,
		"import": exitUsage, "import certificates": exitUsage, "import people " + register: exitUsage, "import certificates a b": exitUsage,
		"import certificates " + register + " -blank-collected 是": exitUsage, "export exams x.xlsx": exitUsage, "export applications x.xlsx -status 没有": exitUsage,
		"staff": exitUsage, "staff add": exitUsage, "staff add 王芳": exitUsage, "staff add 王芳 -role king": exitUsage, "staff add a/b -role admin": exitUsage, "staff fire 王芳": exitUsage,
		"serve -addr 0.0.0.0:0": exitUsage, "serve -tls-cert x": exitUsage, "serve -public-url ftp://x": exitUsage, "serve now": exitUsage, "serve -trusted-proxy x": exitUsage,
		"serve -acme localhost": exitUsage, "serve -acme 192.0.2.1": exitUsage, "serve -acme bz.example.cn:443": exitUsage, "serve -acme bz.example.cn,": exitUsage,
		"serve -acme bz.example.cn -tls-cert a -tls-key b": exitUsage, "serve -acme": exitUsage, "demo -acme bz.example.cn": exitUsage,
		"demo -addr 0.0.0.0:0": exitUsage, "demo -applications -1": exitUsage, "demo -applications x": exitUsage,
		"check a b": exitUsage, "restore": exitUsage, "backup": exitUsage, "photo": exitUsage, "photo -fit a.jpg": exitUsage, "photo -fit a.jpg b.jpg c.jpg": exitUsage, "compact x": exitUsage, "doctor x": exitUsage,

		"import certificates missing.csv": exitFailed, "export applications x.xlsx": exitFailed, "backup copy.db": exitFailed, "check": exitFailed, "doctor": exitFailed,
		"check missing.db": exitFailed, "restore missing.db": exitFailed, "compact": exitFailed, "staff list": exitFailed, "staff password 王芳": exitFailed, "staff unlock 王芳": exitFailed,
		"serve -addr 127.0.0.1:99999": exitFailed, "photo missing.jpg": exitFailed, "photo -fit a.jpg missing.jpg": exitFailed,
	} {
		args := strings.Fields(line)
		if args[0] != "frobnicate" && args[0] != "help" && args[0] != "-h" {
			args = append(args, "-data", missing)
		}
		code, out, said := command(t, "", args...)
		if code != want {
			t.Errorf("%s: exit %d, want %d: %s%s", line, code, want, out, said)
		}
		if code != exitDone {
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
		"serve -trusted-proxy proxy": "-trusted-proxy 的内容“proxy”不对", "compact -- -data": "参数个数不对",
	} {
		code, out, said := command(t, "", strings.Fields(line)...)
		if code != exitUsage || out != "" || strings.Count(said, "\n") != 1 || !strings.Contains(said, says) {
			t.Errorf("%s: exit %d, %q, %q", line, code, out, said)
		}
		if words := regexp.MustCompile(`[a-z]+ [a-z]+`).FindAllString(strings.ReplaceAll(said, "certreissue help", ""), -1); words != nil {
			t.Errorf("%s: English %q in %q", line, words, said)
		}
	}
}

func TestFlagsAnywhere(t *testing.T) {
	t.Parallel()
	data, register := filepath.Join(t.TempDir(), "a.db"), write(t, "register.csv", []byte(loopRegister))
	if out := must(t, "", "import", "-data", data, "certificates", register); !strings.Contains(out, "已建立数据文件 "+data) || !strings.Contains(out, "新增报名市 ") || !strings.HasSuffix(out, "added=3 changed=0 unchanged=0 rejected=0\n") {
		t.Errorf("the first import says %q", out)
	}
	for _, args := range [][]string{{"import", "certificates", "--data=" + data, register}, {"import", "certificates", register, "--data", data}, {"import", "-data=" + data, "certificates", register}} {
		if out := must(t, "", args...); !strings.HasSuffix(out, "added=0 changed=0 unchanged=3 rejected=0\n") {
			t.Errorf("%v says %q", args, out)
		}
	}
}

// TestRejectedLines: the good lines are taken; the bad ones come back with
// their reasons, in a file that can be corrected and imported as it is.
func TestRejectedLines(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	bad := strings.NewReplacer("110101199003071233,未领取", "1.10101E+17,未领取", "20181103", "20191332").Replace(loopRegister)
	path := write(t, "register.csv", []byte(bad))
	code, out, said := command(t, "", "import", "certificates", path, "-data", data)
	if code != exitPartial || !strings.HasSuffix(out, "added=1 changed=0 unchanged=0 rejected=2\n") || !strings.Contains(said, path+".rejected.csv") {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	rejected, err := os.ReadFile(path + ".rejected.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(rejected)), "\r\n")
	header := strings.SplitN(loopRegister, "\n", 2)[0]
	if len(lines) != 3 || lines[0] != "\ufeff"+header+",行号,列,原因" {
		t.Fatalf("the rejected lines are %q", lines)
	}
	for i, want := range []string{",3,证件号码,", ",4,批准日期,"} {
		if !strings.Contains(lines[i+1], want) {
			t.Errorf("the line %q lacks %q", lines[i+1], want)
		}
	}
	mended := strings.NewReplacer("1.10101E+17", loopNumber, "20191332", "20181103").Replace(string(rejected))
	if out := must(t, "", "import", "certificates", write(t, "mended.csv", []byte(mended)), "-data", data); !strings.HasSuffix(out, "added=2 changed=0 unchanged=0 rejected=0\n") || strings.Contains(out, "已忽略") {
		t.Errorf("the mended file: %s", out)
	}

	// Half mended, it is rejected again in the same columns.
	half := write(t, "half.csv", []byte(strings.Replace(string(rejected), "1.10101E+17", loopNumber, 1)))
	if code, out, said := command(t, "", "import", "certificates", half, "-data", data); code != exitPartial || !strings.HasSuffix(out, "unchanged=1 rejected=1\n") {
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
	path := write(t, "register.csv", []byte(strings.Replace(loopRegister, "20181103", "20191332", 1)))
	rejected := path + ".rejected.csv"
	if code, out, said := command(t, "", "import", "certificates", path, "-data", data); code != exitPartial {
		t.Fatalf("exit %d: %s%s", code, out, said)
	}
	mend := func(content string) (out, said string) {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, said := command(t, "", "import", "certificates", path, "-data", data)
		if code != exitDone || !strings.HasSuffix(out, "rejected=0\n") {
			t.Fatalf("exit %d: %s%s", code, out, said)
		}
		return out, said
	}
	if _, said := mend(loopRegister); !strings.Contains(said, "已删除以前导入时留下的 "+rejected) {
		t.Errorf("the import says %q", said)
	}
	if _, err := os.Stat(rejected); err == nil {
		t.Error("the rejected lines are still there")
	}
	if err := os.WriteFile(rejected, []byte("姓名,原因\n张三,备忘\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	withReasons := strings.ReplaceAll(strings.Replace(loopRegister, "报名市\n", "报名市,原因\n", 1), "市\n", "市,备注\n")
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
	must(t, "", "import", "certificates", write(t, "register.csv", []byte(loopRegister)), "-data", data)
	for why, c := range map[string]struct{ name, content, says string }{
		"no column of states": {"a.csv", strings.NewReplacer("领取状态", "状态").Replace(loopRegister), "领取状态"},
		"no header":           {"a.csv", strings.SplitN(loopRegister, "\n", 2)[1], "证件号码"},
		"empty":               {"a.csv", "", "没有内容"},
		"header only":         {"a.csv", strings.SplitN(loopRegister, "\n", 2)[0], "只有表头"},
		"a web page":          {"a.xls", "<html><table><tr><td>姓名</td></tr></table></html>", "网页"},
		"half a workbook":     {"a.xlsx", "PK\x03\x04 and nothing more", ""},
	} {
		path := write(t, c.name, []byte(c.content))
		missing := filepath.Join(filepath.Dir(path), "new", "missing.db")
		for _, data := range []string{data, missing} {
			code, out, said := command(t, "", "import", "certificates", path, "-data", data)
			if code != exitFailed || out != "" || !strings.Contains(said, c.says) {
				t.Errorf("%s: exit %d: %s%s", why, code, out, said)
			}
			speaks(t, why, said)
		}
		if _, err := os.Stat(filepath.Dir(missing)); err == nil {
			t.Errorf("%s: a data file is made", why)
		}
	}
	// With the meaning of a blank given, an old list needs no states.
	old := strings.NewReplacer(",领取状态", "", ",已领取", "", ",未领取", "").Replace(loopRegister)
	if out := must(t, "", "import", "certificates", write(t, "old.csv", []byte(old)), "-blank-collected", "已领取", "-data", data); !strings.Contains(out, "changed=1 unchanged=2 rejected=0") {
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
	book, err := sheet.NewXLSX(file, "证书")
	if err != nil {
		t.Fatal(err)
	}
	if err := book.WriteRow(strings.Split(header, ",")); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		line := fmt.Sprintf("%d,一级建造师,张%c,%s,已领取,考全科,建筑工程,ZJ%06d,%d0920,石家庄市", 2010+i%10, rune(0x4e00+i), idNumber(t, i+1), i, 2010+i%10)
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
	data, list := filepath.Join(t.TempDir(), "a.db"), write(t, "register.csv", []byte(encoded))
	for i, want := range []string{"added=1000 changed=0 unchanged=0 rejected=0", "added=0 changed=0 unchanged=1000 rejected=0", "added=0 changed=0 unchanged=1000 rejected=0"} {
		if out := must(t, "", "import", "certificates", []string{list, path, list}[i], "-data", data); !strings.HasSuffix(out, want+"\n") {
			t.Errorf("import %d says %q, want %s", i, out, want)
		}
	}
	must(t, "", "check", "-data", data)
}

func TestPhotoCommand(t *testing.T) {
	t.Parallel()
	good, dim := write(t, "good.jpg", portrait()), write(t, "dim.jpg", sample.Portrait(3, true, color.Gray{Y: 216}))
	blue, text := write(t, "blue.jpg", sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})), write(t, "text.jpg", []byte("照片"))
	if out := must(t, "", "photo", good, dim); !strings.HasPrefix(out, good+": ok\n"+dim+": ok; 照片底色不够白") {
		t.Errorf("good ones: %q", out)
	}
	code, out, _ := command(t, "", "photo", good, blue, text)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitFailed || len(lines) != 3 || !strings.HasPrefix(lines[1], blue+": 照片底色不是白色") || strings.Contains(lines[2], "ok") {
		t.Errorf("exit %d: %q", code, lines)
	}
	speaks(t, "photo", out)
}

func TestPhotoFitCommand(t *testing.T) {
	t.Parallel()
	small, err := jpeg.Decode(bytes.NewReader(portrait()))
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
	in, out := write(t, "telephone.png", b.Bytes()), filepath.Join(t.TempDir(), "photo.jpg")
	if said := must(t, "", "photo", "-fit", out, in); said != in+": ok\n"+sayWritten(out)+"\n" {
		t.Errorf("it says %q", said)
	}
	if said := must(t, "", "photo", out); said != out+": ok\n" {
		t.Errorf("of the outcome: %q", said)
	}

	blue, none := write(t, "blue.jpg", sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})), filepath.Join(t.TempDir(), "none.jpg")
	code, said, _ := command(t, "", "photo", blue, "-fit", none)
	if _, err := os.Stat(none); code != exitFailed || err == nil || !strings.HasPrefix(said, blue+": 照片底色不是白色") {
		t.Errorf("before blue: exit %d, %q, %v", code, said, err)
	}
	speaks(t, "photo -fit", said)
}

func TestStaffCommands(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	out := must(t, "", "staff", "add", "王芳", "-role", "reviewer", "-role", "admin", "-city", "唐山市", "-data", data)
	first := oneTime(t, out)
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the data file: %v, %v", info, err)
	}
	for why, args := range map[string][]string{"the same name": {"staff", "add", "王芳", "-role", "auditor"}, "nobody": {"staff", "password", "李雷"}, "nobody to unlock": {"staff", "unlock", "李雷"}} {
		code, _, said := command(t, "", append(args, "-data", data)...)
		if speaks(t, why, said); code != exitFailed {
			t.Errorf("%s: exit %d", why, code)
		}
	}
	if code, _, said := command(t, "short\n", "staff", "add", "李雷", "-role", "auditor", "-password-stdin", "-data", data); code != exitFailed || !strings.Contains(said, "密码") {
		t.Errorf("a bad password: exit %d, %s", code, said)
	}
	if again := oneTime(t, must(t, "", "staff", "password", "王芳", "-data", data)); again == first {
		t.Error("the second one-time password is the first")
	}
	must(t, "wangfang88\n", "staff", "password", "王芳", "-password-stdin", "-data", data)
	must(t, "", "staff", "unlock", "王芳", "-data", data)
	if out := must(t, "", "staff", "list", "-data", data); out != "王芳  审核员、管理员  唐山市  未启用两步验证\n" {
		t.Errorf("staff list says %q", out)
	}
}
