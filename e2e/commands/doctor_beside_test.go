package commands

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"

	"github.com/emersion/go-smtp"
)

// mailServer is a mail server on this machine to which nobody may hand a mail.
func mailServer(t *testing.T) (port string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return noMails{}, nil }))
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port, server.Close
}

type noMails struct{ smtp.Session }

func (noMails) Mail(string, *smtp.MailOptions) error { return errors.New("no mail is wanted") }
func (noMails) Reset()                               {}
func (noMails) Logout() error                        { return nil }

// copiesOf waits for the first copy of a file that is served.
func copiesOf(t *testing.T, data string) (copies []string) {
	t.Helper()
	for range 3000 { // a minute, for busy machines
		if copies, _ = filepath.Glob(filepath.Join(data+".backups", "*.db")); len(copies) > 0 {
			return copies
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("no copy is made")
	return nil
}

// TestDoctorOpensTheNewestCopy: by the service and by the command alone, a copy that is
// damaged within is found out, and the service goes on.
func TestDoctorOpensTheNewestCopy(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	newest := copiesOf(t, r.Data)[0]
	finds(t, examined(t, r.Data, command.ExitDone, 0), map[string]string{"好 最新备份": "完好"})
	content, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	turned := bytes.ReplaceAll(content, []byte("guanli"), []byte("gvanli")) // in a record, which opens all the same
	if err := os.WriteFile(newest, turned, 0o600); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 最新备份": newest, "好 数据文件": "没有发现损坏"})
	if _, err := os.Stat(r.Data + ".spool"); err == nil {
		t.Error("what the check worked with stays")
	}
	r.Staff("guanli").Get("/office")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if code, _, said := rig.CommandWithin(t, stopped, "", "doctor", "-data", r.Data); code != command.ExitFailed || said != "已停止，没有做完。可以再运行一次同样的命令。\n" {
		t.Errorf("stopped: exit %d, %q", code, said)
	}
	r.Stop()
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 最新备份": "已损坏"})
	if err := os.Truncate(newest, 3*int64(os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 最新备份": "没有通过检查"})
}

// TestDoctorOpensACopyFromBeforeAnUpgrade: it is brought to today's schema in the spool,
// which is empty again afterwards, and stays as it is.
func TestDoctorOpensACopyFromBeforeAnUpgrade(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	old, err := os.ReadFile("../../store/testdata/schema-4.db")
	if err != nil {
		t.Fatal(err)
	}
	folder := data + ".backups"
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	name := time.Now().Add(-72*time.Hour).In(time.FixedZone("", 8*3600)).Format("20060102-150405") + ".db"
	copied := filepath.Join(folder, name)
	if err := os.WriteFile(copied, old, 0o600); err != nil {
		t.Fatal(err)
	}
	lines := examined(t, data, command.ExitFailed, 0) // for its age
	finds(t, lines, map[string]string{"好 最新备份": name, "要改 备份": "已超过两天"})
	after, err := os.ReadFile(copied)
	if err != nil || !bytes.Equal(after, old) {
		t.Errorf("the copy is another one now: %v", err)
	}
	for _, place := range []string{folder, filepath.Dir(data)} {
		entries, _ := os.ReadDir(place)
		for _, entry := range entries {
			if left := entry.Name(); left != name && left != filepath.Base(data) && left != filepath.Base(folder) {
				t.Errorf("%s stays in %s", left, place)
			}
		}
	}
}

// TestDoctorSeesProxies: what came through a proxy, and what only says so, is told of a
// service that runs; whoever watches it is no proxy.
func TestDoctorSeesProxies(t *testing.T) {
	t.Parallel()
	visit := func(url, header, value string) {
		t.Helper()
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set(header, value)
		answer, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	serve := func(args ...string) (data, url string) {
		data = rig.StaffedFile(t)
		addr := rig.FreeAddress(t)
		rig.Start(t, append([]string{"serve", "-data", data, "-addr", addr, "-public-url", "https://" + rig.PublicName}, args...)...)
		copiesOf(t, data)
		return data, "http://" + addr
	}
	data, url := serve("-trusted-proxy", "127.0.0.1")
	visit(url+"/healthz", "User-Agent", "monitor")
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"提示 代理": "还没有经过代理的访问"})
	visit(url+"/", "X-Real-IP", "198.51.100.1")
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 代理": "没有写明访客的地址"})
	visit(url+"/", "X-Forwarded-For", "198.51.100.1")
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"好 代理": "写明了访客的地址"})

	data, url = serve()
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"好 代理": "没有指定 -trusted-proxy"})
	visit(url+"/", "X-Forwarded-For", "198.51.100.1")
	lines := examined(t, data, command.ExitDone, 0)
	finds(t, lines, map[string]string{"提示 代理": "-trusted-proxy 127.0.0.1"})
	if strings.Contains(lines["提示 代理"], "198.51.100.1") {
		t.Errorf("doctor believes what a stranger says: %q", lines["提示 代理"])
	}
}

// TestDoctorSeesOthers: a file in the working directory may be the one that is meant.
func TestDoctorSeesOthers(t *testing.T) {
	t.Parallel()
	data, other := rig.StaffedFile(t), rig.StaffedFile(t)
	work := filepath.Dir(other)
	if err := os.Rename(other, filepath.Join(work, "certreissue.db")); err != nil {
		t.Fatal(err)
	}
	process := rig.Process(t, nil, "doctor", "-data", data)
	process.Dir = work
	if out, err := process.CombinedOutput(); err != nil || !strings.Contains(string(out), "提示  其他数据文件：附近还有本系统的其他数据文件："+filepath.Join(work, "certreissue.db")) {
		t.Errorf("%v, %s", err, out)
	}
}
