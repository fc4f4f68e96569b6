package commands

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/store"
)

// examined has the doctor look at a data file, on a clock that differs, and
// answers its lines by weight and subject.
func examined(t *testing.T, data string, wantExit int, skew time.Duration) map[string]string {
	t.Helper()
	var out, said strings.Builder
	p := &command.Program{Now: func() time.Time { return time.Now().Add(skew) }}
	if code := p.Run(t.Context(), []string{"doctor", "-data", data}, strings.NewReader(""), &out, &said); code != wantExit || said.Len() != 0 {
		t.Errorf("exit %d, want %d:\n%s%s", code, wantExit, &out, &said)
	}
	lines := map[string]string{}
	for line := range strings.Lines(out.String()) {
		what, sentence, found := strings.Cut(strings.TrimSuffix(line, "\n"), "：")
		if speaks(t, "doctor", line); !found {
			t.Errorf("the line %q", line)
		}
		lines[strings.Join(strings.Fields(what), " ")] = sentence
	}
	return lines
}

// finds fails unless there are lines of these weights and subjects that hold the
// texts.
func finds(t *testing.T, lines, want map[string]string) {
	t.Helper()
	for what, text := range want {
		if sentence, found := lines[what]; !found || !strings.Contains(sentence, text) {
			t.Errorf("%s: %q lacks %q in\n%v", what, sentence, text, lines)
		}
	}
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"好 文件权限": data, "提示 加密": "没有运行", "提示 对外地址": "没有设置", "好 时钟": "北京时间",
		"提示 备份": "还没有备份", "好 演示数据": "没有", "提示 工作人员": "只有一个管理员", "提示 邮件": "没有设置", "提示 保存期限": "照片、申请、账号没有设置", "提示 两步验证": "只用密码"})

	rig.Must(t, "", "staff", "add", "接班", "-role", "admin", "-data", data)
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"提示 工作人员": "接班 还在用一次性密码"})
	finds(t, examined(t, data, command.ExitFailed, -time.Hour), map[string]string{"要改 时钟": "早于日志最后一条"})

	login := sample.Logins()[slices.IndexFunc(sample.Logins(), func(l sample.Login) bool { return l.Office })]
	rig.Must(t, login.Password+"\n", "staff", "password", "接班", "-password-stdin", "-data", data)
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"好 演示数据": "没有", "好 工作人员": "2 个管理员"}) // of another name
	if code, _, _ := rig.Command(t, login.Password+"\n", "staff", "password", login.Username, "-password-stdin", "-data", data); code != command.ExitDone {
		rig.Must(t, login.Password+"\n", "staff", "add", login.Username, "-role", "reviewer", "-password-stdin", "-data", data)
	}
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 演示数据": "账号“" + login.Username + "”"})
	rig.Must(t, "shenhe-pass1\n", "staff", "password", login.Username, "-password-stdin", "-data", data)

	if err := os.Chmod(data, 0o644); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 文件权限": "chmod 600 " + data})
	served := rig.Start(t, "serve", "-data", data)
	if out := served.Out.String(); !strings.Contains(out, "chmod 600 "+data) {
		t.Errorf("the service starts without a word on its file: %s", out)
	}
	served.Stop()
	if err := os.Chmod(data, 0o600); err != nil {
		t.Fatal(err)
	}
	older := data + ".20261101-080000"
	if err := os.WriteFile(older, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 文件权限": older})
	os.Remove(older)
	if err := os.Chmod(filepath.Dir(data), 0o777); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 上级文件夹": "chmod go-w " + filepath.Dir(data)})

	none := filepath.Join(t.TempDir(), "none.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.LoopRegister)), "-data", none)
	finds(t, examined(t, none, command.ExitFailed, 0), map[string]string{"要改 工作人员": "没有管理员"})
}

// TestDoctorBesideService: how the service runs, only the service knows.
func TestDoctorBesideService(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	admin.Eventually("/office/backup", "最近一次成功的备份")
	finds(t, examined(t, r.Data, command.ExitDone, 0), map[string]string{"好 加密": "只能在本机访问", "好 备份": "最近一次成功的备份在"})
	port, stop := mailServer(t)
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"smtp_host": "0.0.0.0", "smtp_port": port, "smtp_security": "none", "smtp_from": "office@example.cn", "photo_months": "24"})
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 对外地址": "没有链接", "提示 邮件": "没有加密", "好 邮件服务器": "0.0.0.0 可以连接", "提示 保存期限": "申请、账号没有设置"})
	stop()
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 邮件服务器": "连接邮件服务器失败"})
	r.Pass(72 * time.Hour)
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 备份": "已超过两天"})
	r.Pass(-96 * time.Hour)
	finds(t, examined(t, r.Data, command.ExitFailed, 0), map[string]string{"要改 备份": "晚于现在"})
	r.Stop()

	serve := func(args ...string) string {
		data := rig.StaffedFile(t)
		rig.Start(t, append([]string{"serve", "-data", data}, args...)...)
		return data
	}
	finds(t, examined(t, serve("-plain-http", "-addr", "0.0.0.0:0"), command.ExitFailed, 0), map[string]string{"要改 加密": "明文"})
	proxied := []string{"-plain-http", "-addr", "0.0.0.0:0", "-public-url", "https://" + rig.PublicName}
	finds(t, examined(t, serve(proxied...), command.ExitDone, 0), map[string]string{"提示 加密": "-trusted-proxy", "好 对外地址": rig.PublicName})
	finds(t, examined(t, serve(append(proxied, "-trusted-proxy", "127.0.0.1")...), command.ExitDone, 0), map[string]string{"好 加密": "反向代理"})
	finds(t, examined(t, serve(append(proxied, "-trusted-proxy", "10.0.0.0/8,128.0.0.0/2")...), command.ExitFailed, 0), map[string]string{"要改 加密": "128.0.0.0/2 太大"})
	finds(t, examined(t, serve("-public-url", "http://"+rig.PublicName), command.ExitFailed, 0), map[string]string{"要改 对外地址": "https"})
	finds(t, examined(t, serve("-acme", rig.PublicName), command.ExitFailed, 0), map[string]string{"要改 加密": "首次访问"})

	made, key := signed(t, 1, rig.PublicName, nil, nil)
	pair := []string{"-tls-cert", rig.Write(t, "cert.pem", certificatePEM(made)), "-tls-key", rig.Write(t, "key.pem", keyPEM(t, key)), "-public-url"}
	finds(t, examined(t, serve(append(pair, "https://other.example.cn")...), command.ExitFailed, 0), map[string]string{"要改 加密": "other.example.cn"})
	data := rig.StaffedFile(t)
	r = rig.Start(t, append([]string{"serve", "-data", data}, append(pair, "https://"+rig.PublicName)...)...)
	finds(t, examined(t, data, command.ExitDone, 0), map[string]string{"好 加密": "有效期至"})
	if err := os.Chmod(pair[3], 0o644); err != nil {
		t.Fatal(err)
	}
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 加密": "chmod o= " + pair[3]})
	if err := os.Chmod(pair[3], 0o600); err != nil {
		t.Fatal(err)
	}
	r.Pass(80 * 24 * time.Hour)
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 加密": "请尽快续期"})
	r.Pass(20 * 24 * time.Hour)
	finds(t, examined(t, data, command.ExitFailed, 0), map[string]string{"要改 加密": "不在有效期内"})

	demo := filepath.Join(t.TempDir(), "demo.db")
	st, err := store.Open(demo, store.Options{Create: true, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	st.Close()
	finds(t, examined(t, demo, command.ExitFailed, 0), map[string]string{"要改 演示数据": "演示用的数据文件"})
}
