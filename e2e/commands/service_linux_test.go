package commands

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/unit"
)

// TestServicePrint: the unit starts what serve would with the same flags, and showing it
// makes nothing.
func TestServicePrint(t *testing.T) {
	t.Parallel()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	data := filepath.Join(folder, "office.db")
	text := rig.Must(t, "", "service", "install", "-print")
	if !strings.Contains(text, " serve -data /var/lib/certreissue/certreissue.db\n") || strings.Contains(text, "CAP_") {
		t.Errorf("without flags:\n%s", text)
	}
	text = rig.Must(t, "", "service", "-print", "install", "-data", data, "-addr", "0.0.0.0:443", "-tls-cert", "cert.pem", "--tls-key=/etc/key.pem", "-mirror", "镜像", "-mirror-every", "30s",
		"-trusted-proxy", "127.0.0.1", "-trusted-proxy", "10.0.0.1,10.0.0.2", "-public-url", "https://bz.example.cn", "-mirror-replace", "-log", "/var/log/certreissue/a.log", "-new")
	for _, line := range []string{
		" serve -data " + data + " -addr 0.0.0.0:443 -tls-cert " + here + "/cert.pem -tls-key /etc/key.pem -mirror " + here + "/镜像 -mirror-every 30s -trusted-proxy 127.0.0.1 -trusted-proxy 10.0.0.1,10.0.0.2" +
			" -public-url https://bz.example.cn -mirror-replace -log /var/log/certreissue/a.log\n",
		"\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n", "\nReadWritePaths=" + folder + " /var/log/certreissue -" + here + "/镜像\n",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
	if list, err := os.ReadDir(folder); err != nil || len(list) > 0 {
		t.Errorf("showing makes %v, %v", list, err)
	}
}

// TestServicePrintStored: what the office has set counts where no flag says otherwise.
func TestServicePrintStored(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	mirror := t.TempDir()
	admin := r.Staff("guanli")
	admin.Sends(admin.Get("/office/backup"), rig.FormTo("/office/backup"), map[string]string{"mirror_folder": mirror})
	r.Stop()
	if text := rig.Must(t, "", "service", "install", "-print", "-data", r.Data); !strings.Contains(text, " -"+mirror+"\n") {
		t.Errorf("the mirror cannot be written:\n%s", text)
	}
}

// TestServiceStatus: where no service runs the answer is 3.
func TestServiceStatus(t *testing.T) {
	t.Parallel()
	if unit.Here().Running() {
		t.Skip("this machine runs the service")
	}
	code, out, said := rig.Command(t, "", "service", "status")
	if code != command.ExitNotRunning || said != "" {
		t.Errorf("exit %d, %q", code, said)
	}
	speaks(t, "service status", out)
}

// withoutRights skips where everybody may listen at every port.
func withoutRights(t *testing.T) {
	t.Helper()
	if first, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start"); err != nil || strings.TrimSpace(string(first)) != "1024" {
		t.Skipf("here no port takes a right: %s, %v", first, err)
	}
}

// TestPortWithoutRights: a port that takes a right is refused with the ways to it.
func TestPortWithoutRights(t *testing.T) {
	t.Parallel()
	withoutRights(t)
	data := filepath.Join(t.TempDir(), "a.db")
	said, err := rig.Process(t, asAnybody(t), "serve", "-addr", "127.0.0.1:443", "-data", data).CombinedOutput()
	for _, text := range []string{"没有权限使用地址 127.0.0.1:443 的端口", "1024", "setcap", "service install", "-addr"} {
		if !strings.Contains(string(said), text) {
			t.Errorf("%v: no %q in %q", err, text, said)
		}
	}
	if _, statErr := os.Stat(data); err == nil || statErr == nil {
		t.Errorf("%v, and the file: %v", err, statErr)
	}
}

// TestDoctorPortWithoutRights: before the service is started in vain.
func TestDoctorPortWithoutRights(t *testing.T) {
	t.Parallel()
	withoutRights(t)
	data := rig.StaffedFile(t)
	st, err := store.Open(data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Listen = "127.0.0.1:443"; return nil })
	if err := errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	said, err := rig.Process(t, asAnybody(t), "doctor", "-data", data).CombinedOutput()
	if err == nil || !strings.Contains(string(said), "要改  端口：当前用户没有权限使用设置的地址 127.0.0.1:443") {
		t.Errorf("%v, %s", err, said)
	}
}
