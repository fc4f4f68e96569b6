package commands

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/store"

	bolt "go.etcd.io/bbolt"
)

// TestBesideService: a command hands its task to the service that holds the
// file, or says who holds it.
func TestBesideService(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	run := r.Data + ".run"
	if info, err := os.Stat(run); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("DATA.run: %v, %v", info, err)
	}
	candidate := r.Register("测试", rig.LoopNumber)
	candidate.Apply("/apply/self", rig.ByHand(nil))

	if out := rig.Must(t, "", "import", "certificates", rig.Write(t, "more.csv", []byte(rig.LoopRegister)), "-data", r.Data); !strings.HasSuffix(out, "added=0 changed=0 unchanged=3 rejected=0\n") {
		t.Errorf("import: %s", out)
	}
	path := rig.Write(t, "bad.csv", []byte(strings.Replace(rig.LoopRegister, "未领取", "不明", 1)))
	code, out, _ := rig.Command(t, "", "import", "certificates", path, "-data", r.Data)
	rejected, err := os.ReadFile(path + ".rejected.csv")
	if code != command.ExitPartial || !strings.HasSuffix(out, "unchanged=2 rejected=1\n") || err != nil || !strings.Contains(string(rejected), ",3,领取状态,") {
		t.Errorf("an import in part: exit %d, %s, %q, %v", code, out, rejected, err)
	}
	if code, _, said := rig.Command(t, "", "import", "certificates", rig.Write(t, "none.csv", []byte("姓名\n甲乙\n")), "-data", r.Data); code != command.ExitFailed || !strings.Contains(said, "证件号码") {
		t.Errorf("an import without columns: exit %d, %s", code, said)
	}
	workbook := filepath.Join(t.TempDir(), "list.xlsx")
	rig.Must(t, "", "export", "applications", workbook, "-status", "等待审核", "-data", r.Data)
	if content, err := os.ReadFile(workbook); err != nil || !strings.HasPrefix(string(content), "PK") {
		t.Errorf("the export: %.10q, %v", content, err)
	}
	rig.Must(t, "lilei-pass1\n", "staff", "add", "lilei", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	r.Staff("lilei").Get("/office").Has("工作台")
	if out := rig.Must(t, "", "staff", "list", "-data", r.Data); strings.Count(out, "\n") != 4 {
		t.Errorf("staff list: %s", out)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", r.Data)
	rig.Must(t, "", "check", copied)
	rig.Must(t, "", "check", "-data", r.Data)
	if code, _, said := rig.Command(t, "", "backup", copied, "-data", r.Data); code != command.ExitFailed || !strings.Contains(said, copied+" 已存在") {
		t.Errorf("a second backup to the same place: exit %d, %s", code, said)
	}
	rig.Must(t, "", "check", copied)
	if unclean, err := store.Peek(copied); err != nil || unclean {
		t.Errorf("the backup is unclean: %v, %v", unclean, err)
	}

	pid := fmt.Sprintf("进程 %d", os.Getpid())
	for _, args := range [][]string{{"compact"}, {"restore", copied}, {"serve", "-addr", "127.0.0.1:0"}, {"demo", "-addr", "127.0.0.1:0"}} {
		code, _, said := rig.Command(t, "", append(args, "-data", r.Data)...)
		if code != command.ExitFailed || !strings.Contains(said, pid) {
			t.Errorf("%v: exit %d, %s", args, code, said)
		}
	}
	candidate.Get("/applications").Has("等待审核")
	if code := r.Stop(); code != command.ExitDone {
		t.Errorf("the service ends with %d", code)
	}
	if _, err := os.Stat(run); err == nil {
		t.Error("DATA.run is left behind")
	}
	if out := rig.Must(t, "", "compact", "-data", r.Data); !strings.Contains(out, "压缩完成") {
		t.Errorf("compact: %s", out)
	}
}

// TestRestore: numbers given out after the backup are not given out again, and
// who was signed in is not. A link to the data file leads to what is restored.
func TestRestore(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	candidate := r.Register("测试", rig.LoopNumber)
	first := candidate.Apply("/apply/self", rig.ByHand(nil))
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", r.Data)
	lost := candidate.Apply("/apply/self", rig.ByHand(map[string]string{"specialty": "安装"}))
	r.Stop()
	data := filepath.Join(t.TempDir(), "link.db")
	if os.Symlink(r.Data, data) != nil {
		data = r.Data // Windows lets only some people make links
	}
	out := rig.Must(t, "", "restore", copied, "-data", data)
	kept, err := filepath.Glob(r.Data + ".2*")
	if err != nil || len(kept) != 1 || !strings.Contains(out, kept[0]) {
		t.Fatalf("the file before is kept as %v: %s", kept, out)
	}
	rig.Must(t, "", "check", kept[0])

	again := rig.Start(t, "demo", "-data", r.Data)
	candidate.Running = again
	candidate.At("/applications").Leads("/login")
	candidate.Login(rig.LoopNumber, rig.CandidatePassword)
	candidate.Get(first).Has("等待审核")
	candidate.At(lost).Is(http.StatusNotFound)
	fresh := candidate.Apply("/apply/self", rig.ByHand(map[string]string{"specialty": "安装"}))
	// The last digit of a number is its check digit.
	sequence := func(application string) int {
		n, err := strconv.Atoi(strings.TrimPrefix(application, "/applications/"))
		if err != nil {
			t.Fatal(err)
		}
		return n / 10
	}
	if sequence(fresh) <= sequence(first)+1000 {
		t.Errorf("after the restore comes %s, before it came %s", fresh, lost)
	}
}

// TestRefusedRestore: what is no good backup is refused with advice about the
// backup, and nothing is changed by it.
func TestRefusedRestore(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.GuideRegister)), "-data", data)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	broken := append([]byte(nil), before...)
	for at := 2 * 4096; at < 5*4096; at += 2 {
		broken[at] ^= 0xff
	}
	for path, says := range map[string]string{
		filepath.Join(t.TempDir(), "missing.db"): "找不到备份文件", rig.Write(t, "text.db", []byte("not a backup")): "不是本系统的备份",
		rig.Write(t, "empty.db", nil): "换一份备份", rig.Write(t, "cut.db", before[:5*4096]): "换一份备份", rig.Write(t, "broken.db", broken): "换一份备份",
	} {
		code, _, said := rig.Command(t, "", "restore", path, "-data", data)
		if code != command.ExitFailed || !strings.Contains(said, path) || !strings.Contains(said, says) || strings.Contains(said, "-data") || strings.Count(said, "\n") != 1 {
			t.Errorf("exit %d: %q", code, said)
		}
	}
	after, err := os.ReadFile(data)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the data file has changed, or %v", err)
	}
	if files, _ := filepath.Glob(data + "*"); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "good.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.GuideRegister)), "-data", data)
	good, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db, err := bolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	files := map[string]string{
		"empty": rig.Write(t, "a.db", nil), "a text": rig.Write(t, "a.db", []byte("考试年度,考试名称\n")), "cut off": rig.Write(t, "a.db", good[:5*4096]),
		"one page": rig.Write(t, "a.db", good[:4096]), "foreign": foreign, "a directory": t.TempDir(), "missing": filepath.Join(t.TempDir(), "missing.db"),
	}
	// bbolt makes its files longer than it needs: only the beginning is in use.
	for at := 8192; at < 10*4096; at += 4096 {
		broken := append([]byte(nil), good...)
		for i := range 2048 {
			broken[at+i] = byte(i * 7)
		}
		files[fmt.Sprintf("damaged at %d", at)] = rig.Write(t, "a.db", broken)
	}
	bad := 0
	for why, path := range files {
		code, out, said := rig.Command(t, "", "check", path)
		if strings.HasPrefix(why, "damaged") && code == command.ExitDone {
			continue // that page was free
		}
		bad++
		if speaks(t, why, out+said); code != command.ExitFailed {
			t.Errorf("%s: check exits with %d: %s%s", why, code, out, said)
		}
		lines := strings.Split(strings.TrimSuffix(out+said, "\n"), "\n")
		slices.Sort(lines)
		if lines[0] == "" || len(slices.Compact(slices.Clone(lines))) != len(lines) {
			t.Errorf("%s: lines are repeated or blank: %q", why, lines)
		}
		if strings.HasPrefix(why, "damaged") || why == "missing" {
			continue
		}
		for _, args := range [][]string{{"serve", "-addr", "127.0.0.1:0"}, {"staff", "list"}, {"backup", filepath.Join(t.TempDir(), "b.db")}, {"compact"}} {
			code, out, said := rig.Command(t, "", append(args, "-data", path)...)
			if speaks(t, why, out+said); code != command.ExitFailed {
				t.Errorf("%s: %s exits with %d: %s%s", why, args[0], code, out, said)
			}
		}
	}
	if bad < 8 {
		t.Errorf("only %d files are bad", bad)
	}
}

// TestDemoAndService: a demo's file is not for the world, and a service's not
// for the demo.
func TestDemoAndService(t *testing.T) {
	t.Parallel()
	sampled := filepath.Join(t.TempDir(), "demo.db")
	r := rig.Start(t, "demo", "-data", sampled)
	if out := r.Out.String(); !strings.Contains(out, sampled) || !strings.Contains(out, r.URL+"/login") || !strings.Contains(out, "shenhe") {
		t.Errorf("the demo says %s", out)
	}
	for host, want := range map[string]int{"evil.example": http.StatusForbidden, "evil.example:80": http.StatusForbidden, "localhost": http.StatusOK, "[::1]:8080": http.StatusOK} {
		request, err := http.NewRequest(http.MethodGet, r.URL+"/login", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		r.Browser().Ask(request).Is(want)
	}
	r.Stop()
	code, _, said := rig.Command(t, "", "serve", "-data", sampled, "-addr", "0.0.0.0:0", "-plain-http")
	if speaks(t, "serve", said); code != command.ExitFailed || !strings.Contains(said, "演示数据") {
		t.Errorf("a demo's file is served to the world: exit %d, %s", code, said)
	}
	rig.Start(t, "serve", "-data", sampled).Stop()

	served := filepath.Join(t.TempDir(), "served.db")
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", served)
	rig.Start(t, "demo", "-data", served).Stop()
	rig.Start(t, "serve", "-data", served).Stop()
	code, _, said = rig.Command(t, "", "demo", "-data", served, "-addr", "127.0.0.1:0")
	if speaks(t, "demo", said); code != command.ExitFailed || !strings.Contains(said, "正式服务") {
		t.Errorf("a served file is shown as a demo: exit %d, %s", code, said)
	}
}

// TestUncleanStop: a service that was killed leaves a file that is checked
// before it is served again.
func TestUncleanStop(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "killed.db")
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	child := rig.Process(t, nil, "serve", "-data", data, "-addr", "127.0.0.1:0")
	said, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	for lines.Scan() && !strings.Contains(lines.Text(), "服务已启动") {
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
	if unclean, err := store.Peek(data); err != nil || !unclean {
		t.Fatalf("the killed service's file is unclean: %v, %v", unclean, err)
	}
	r := rig.Start(t, "serve", "-data", data)
	if out := r.Out.String(); !strings.Contains(out, "上次没有正常关闭，正在检查") {
		t.Errorf("the start says %s", out)
	}
	r.Browser().Get("/login").Is(http.StatusOK)
	r.Stop()
	if unclean, err := store.Peek(data); err != nil || unclean {
		t.Errorf("after a clean stop: %v, %v", unclean, err)
	}
}
