// Package wine tries the program for Windows where there is no Windows. What wine does
// not do is not tried: it keeps no lists of rights beyond a file's mode and no accounts of
// services, knows no signs that draw over a line, and tells a program of Go neither of
// Ctrl-C nor of a window that is closed.
package wine

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestClick: a double click serves the installed place's file and opens the browser; a
// second one opens it on the first.
func TestClick(t *testing.T) {
	w := windows(t)
	data, address := rig.ListeningFile(t)
	content, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	w.put(t, content)
	w.click(t, "certreissue.exe")
	want := "http://" + address + "/office"
	if got := w.browsed(t, 1); got[0] != want {
		t.Errorf("the browser is sent to %q", got)
	}
	if answer, err := http.Get("http://" + address + "/healthz"); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%v, %v", answer, err)
	}
	run, err := os.ReadFile(w.installed("certreissue.db.run"))
	if err != nil {
		t.Fatal(err)
	}
	w.click(t, "certreissue.exe")
	if got := w.browsed(t, 2); !slices.Equal(got, []string{want, want}) {
		t.Errorf("the browser is sent to %q", got)
	}
	if again, err := os.ReadFile(w.installed("certreissue.db.run")); err != nil || string(again) != string(run) {
		t.Errorf("the first one is gone: %v", err)
	}
	w.wants(t, 0, "guanli", "staff", "list")
}

// TestRefusalStays: a window with a refusal is there until a key is pressed.
func TestRefusalStays(t *testing.T) {
	w := windows(t)
	w.put(t, []byte("no database"))
	w.click(t, "certreissue.exe")
	waits(t, "it does not start", func() bool { return w.poke("see") })
	for range 10 { // each takes a while
		if !w.poke("see") {
			t.Fatal("the window is gone")
		}
	}
	if !w.poke("key") {
		t.Error("no key can be pressed")
	}
	waits(t, "the window stays", func() bool { return !w.poke("see") })
}

// TestService: it is installed, started and stopped, closes its file, tells its log what a
// window would show, is what a double click leads to, and starts with the machine.
func TestService(t *testing.T) {
	w := windows(t)
	address := rig.FreeAddress(t)
	w.wants(t, 3, "还没有安装", "service", "status")
	w.wants(t, 0, `NT SERVICE\certreissue`, "service", "install", "-addr", rig.FreeAddress(t))
	w.wants(t, 0, "已安装成系统服务", "service", "install", "-addr", address) // once more, with another flag
	w.wants(t, 3, "没有运行", "service", "status")
	w.wants(t, 0, `certreissue.log`, "service", "start")
	w.wants(t, 0, "正在运行", "service", "status")
	waits(t, "it has not come up", func() bool {
		log, _ := os.ReadFile(w.installed("certreissue.log"))
		return strings.Contains(string(log), " 启动 ")
	})
	w.wants(t, 0, "一次性密码", "staff", "add", "guanli", "-role", "admin")
	w.click(t, "certreissue.exe")
	if got := w.browsed(t, 1); got[0] != "http://"+address+"/office" {
		t.Errorf("the browser is sent to %q", got)
	}
	w.wants(t, 0, "已停止", "service", "stop")
	w.wants(t, 3, "没有运行", "service", "status")
	if _, err := os.Stat(w.installed("certreissue.db.run")); err == nil {
		t.Error("it has not stopped by itself")
	}
	if code, said := w.run(t, "staff", "list"); code != 0 || strings.Contains(said, "没有正常关闭") || !strings.Contains(said, "guanli") {
		t.Errorf("exit %d, %s", code, said)
	}
	log, err := os.ReadFile(w.installed("certreissue.log"))
	for _, text := range []string{" 一次性代码 ", " 启动 ", " 停止"} {
		if err != nil || !strings.Contains(string(log), text) {
			t.Errorf("%v, the log has no %q:\n%s", err, text, log)
		}
	}
	w.reboot(t)
	waits(t, "it does not start with the machine", func() bool { code, _ := w.run(t, "service", "status"); return code == 0 })
	w.wants(t, 0, "不再随电脑启动", "service", "uninstall")
	w.wants(t, 3, "还没有安装", "service", "status")
}

// TestNetworkDrive: a data file on another machine's disk is refused, a backup is not.
func TestNetworkDrive(t *testing.T) {
	w := windows(t)
	shared := t.TempDir()
	letter := filepath.Join(w.top, "prefix", "dosdevices", "x:")
	if err := os.Symlink(shared, letter); err != nil {
		t.Fatal(err)
	}
	if err := w.command("wine", "reg", "add", `HKLM\Software\Wine\Drives`, "/v", "x:", "/d", "network", "/f").Run(); err != nil {
		t.Fatal(err)
	}
	w.reboot(t) // when it learns of drives
	for _, args := range [][]string{{"serve"}, {"staff", "list"}, {"staff", "add", "guanli", "-role", "admin"}, {"restore", `C:\a.db`}, {"service", "install"}} {
		w.wants(t, 1, "在网络驱动器上", append(args, "-data", `X:\sub\a.db`)...)
	}
	for _, args := range [][]string{{}, {"-print"}} {
		w.wants(t, 1, "系统服务看不到", append([]string{"service", "install", "-mirror", `X:\`}, args...)...)
	}
	w.wants(t, 0, "一次性密码", "staff", "add", "guanli", "-role", "admin")
	w.wants(t, 0, "已写入", "backup", `X:\b.db`)
	w.wants(t, 0, "没有发现问题", "check", `X:\b.db`)
	w.wants(t, 0, "已恢复", "restore", `X:\b.db`, "-data", `C:\program\other.db`)
}

// TestRights: the installed place's folder is shut when it is made; one that is not is
// named, with who may enter. Wine makes lists of the modes that it finds.
func TestRights(t *testing.T) {
	w := windows(t)
	w.wants(t, 0, "一次性密码", "staff", "add", "guanli", "-role", "admin")
	if _, said := w.run(t, "doctor"); strings.Contains(said, `可以进入或读写 C:\ProgramData\certreissue，`) || !strings.Contains(said, "文件权限") {
		t.Errorf("the folder is open:\n%s", said)
	}
	if info, err := os.Stat(w.installed("")); err != nil || info.Mode().Perm()&0o007 != 0 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.Chmod(w.installed(""), 0o777); err != nil {
		t.Fatal(err)
	}
	w.wants(t, 1, `其他账户（Everyone）可以进入或读写 C:\ProgramData\certreissue，`, "doctor")
	w.wants(t, 1, `icacls "C:\ProgramData\certreissue" /inheritance:d /remove:g *S-1-1-0`, "doctor")
}

// TestCodePage: what is written into a file is in the console's code page.
func TestCodePage(t *testing.T) {
	w := windows(t)
	for codePage, want := range map[string]string{"936": "\xcc\xe1\xbd\xbb ", "65001": "提交 "} { // 提交
		path := w.drive("program", "said.txt")
		w.click(t, "/wait", "cmd", "/c", "chcp "+codePage+" & certreissue version > said.txt")
		if said, err := os.ReadFile(path); err != nil || !strings.Contains(string(said), "\n"+want) {
			t.Errorf("%s: %q, %v", codePage, said, err)
		}
	}
}

// TestLife: a register is imported beside the service and copied, the disk is lost, the
// copy restored and served; a file of an older version is upgraded, and gone back from.
func TestLife(t *testing.T) {
	w := windows(t)
	register := w.drive("program", "档案.csv")
	if err := os.WriteFile(register, []byte(rig.LoopRegister), 0o600); err != nil {
		t.Fatal(err)
	}
	up := func() { // which a start waits for
		w.wants(t, 0, "服务已启动", "service", "start")
		waits(t, "it has not come up", func() bool {
			_, err := os.Stat(w.installed("certreissue.db.run"))
			return err == nil
		})
	}
	w.wants(t, 0, "已安装成系统服务", "service", "install", "-addr", rig.FreeAddress(t))
	up()
	w.wants(t, 0, "added=3", "import", "certificates", "档案.csv")
	w.wants(t, 0, "一次性密码", "staff", "add", "王芳", "-role", "admin")
	w.wants(t, 0, "已写入", "backup", `C:\program\copy.db`)
	w.wants(t, 0, "没有发现问题", "check", `C:\program\copy.db`)
	w.wants(t, 0, "服务已停止", "service", "stop")
	if err := os.RemoveAll(w.installed("")); err != nil {
		t.Fatal(err)
	}
	w.wants(t, 0, "已恢复到", "restore", `C:\program\copy.db`)
	up()
	w.wants(t, 0, "王芳", "staff", "list")
	w.wants(t, 0, "unchanged=3", "import", "certificates", "档案.csv")
	w.wants(t, 0, "服务已停止", "service", "stop")

	older, err := os.ReadFile("../../store/testdata/schema-5.db")
	if err != nil {
		t.Fatal(err)
	}
	w.put(t, older)
	up()
	w.wants(t, 0, "没有发现问题", "check")
	w.wants(t, 0, "服务已停止", "service", "stop")
	before := w.installed("certreissue.db.before-upgrade")
	if kept, err := os.ReadFile(before); err != nil || len(kept) == 0 {
		t.Fatalf("what was before is not kept: %v", err)
	}
	w.wants(t, 0, "已恢复到", "restore", `C:\ProgramData\certreissue\certreissue.db.before-upgrade`)
	w.wants(t, 0, "没有发现问题", "check")
	w.wants(t, 0, "不再随电脑启动", "service", "uninstall")
}
