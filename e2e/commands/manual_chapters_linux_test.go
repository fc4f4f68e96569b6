package commands

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"certreissue/command"
	"certreissue/e2e/rig"

	"github.com/xuri/excelize/v2"
)

// manual are the chapters, in its order.
var manual = []chapter{
	{name: "unpack", before: download, lines: []line{
		{text: "sha256sum -c --ignore-missing SHA256SUMS", says: "certreissue_v1.0.0_linux_amd64.tar.gz: "},
		{text: "mkdir -p /opt/certreissue"},
		{text: "tar -xzf certreissue_版本_linux_amd64.tar.gz -C /opt/certreissue"},
		{text: "certreissue version", says: "提交 "},
		{text: "certreissue licenses", says: "MIT"},
	}, after: func(m *machine) { m.get("opt/certreissue") }},

	{name: "try", lines: []line{
		{text: "certreissue demo", says: "guanli", do: serves(nil)},
		{text: "certreissue demo -data demo.db", says: "guanli", do: serves(nil)},
		{text: "certreissue demo -applications 1000", says: "guanli", do: serves(nil)},
	}, after: func(m *machine) { m.get("demo.db") }},

	{name: "install", before: withKey, lines: []line{
		{text: "sudo ./certreissue service install -print", says: "User=certreissue"},
		{text: "sudo ./certreissue service install -addr 0.0.0.0:443 -tls-cert /etc/certreissue/证书.pem -tls-key /etc/certreissue/私钥.pem -public-url https://bz.example.cn", says: "CAP_NET_BIND_SERVICE", do: takesFlags},
		{text: `certreissue service install -addr 0.0.0.0:443 -tls-cert C:\证书\证书.pem -tls-key C:\证书\私钥.pem -public-url https://bz.example.cn`, says: "-public-url https://bz.example.cn", do: takesFlags},
		{text: "sudo chgrp certreissue /etc/certreissue/私钥.pem"},
		{text: "sudo chmod 640 /etc/certreissue/私钥.pem"},
		{text: "sudo chown -R certreissue: /srv/certreissue"},
		{text: "certreissue serve -addr 0.0.0.0:443 -tls-cert 证书.pem -tls-key 私钥.pem -public-url https://bz.example.cn", says: "服务已启动，请用浏览器打开 https://bz.example.cn", do: serves(nil)},
		{text: "certreissue serve -addr 0.0.0.0:443 -acme bz.example.cn", says: "-acme bz.example.cn", do: takesFlags}, // TestACME has an authority
		{text: "certreissue serve -addr 127.0.0.1:8080 -trusted-proxy 127.0.0.1 -public-url https://bz.example.cn", says: "服务已启动，请用浏览器打开 https://bz.example.cn", do: serves(nil)},
	}, after: func(m *machine) {
		if info, err := os.Stat("etc/私钥.pem"); err != nil || info.Mode().Perm() != 0o640 {
			m.Errorf("the key: %v, %v", info, err)
		}
	}},

	{name: "first day", before: withLists, lines: []line{
		{text: "certreissue serve", says: "一次性代码", do: serves(firstAdmin)},
		{text: "certreissue staff add 王芳 -role admin -role reviewer", says: "王芳 的一次性密码："},
		{text: "certreissue staff add 李强 -role reviewer", says: "李强 的一次性密码："},
		{text: "certreissue import certificates 档案.xlsx", says: "added=3"},
		{text: "certreissue import accounts 账号.xlsx", says: "added=1"},
		{text: "certreissue staff add 赵敏 -role reviewer -city 石家庄市", says: "赵敏 的一次性密码："},
		{text: "certreissue staff list", says: "赵敏  审核员  石家庄市  未启用两步验证"},
		{text: "certreissue serve -mirror /mnt/usb/镜像", says: "服务已启动", do: serves(func(_ *machine, r *rig.Running) {
			r.Staff("主管").Eventually("/office/backup", "秒前")
		})},
		{text: "certreissue doctor", says: "好    文件权限："},
	}, after: func(m *machine) {
		for _, name := range []string{"mirror-a.db", "mirror-b.db"} {
			m.get(filepath.Join("usb", "镜像", name))
		}
	}},

	{name: "every day", before: withWork, lines: []line{
		{text: "certreissue serve -log certreissue.log", says: "服务已启动", do: serves(func(m *machine, r *rig.Running) {
			r.Staff("guanli").Eventually("/office/backup", "最近一次成功的备份")
			copies, err := filepath.Glob("certreissue.db.backups/*.db")
			if err != nil || len(copies) != 1 {
				m.Fatalf("copies %q, %v", copies, err)
			}
			m.put("certreissue.db.backups/20261201-030000.db", m.get(copies[0]))
		})},
		{text: "certreissue check certreissue.db.backups/20261201-030000.db", says: "检查完成，没有发现问题。"},
		{text: "certreissue backup /mnt/usb/20261201.db", says: "已写入 "},
		{text: "certreissue backup /mnt/usb/20261201.age", says: "请把口令抄在纸上", do: typesBack},
		{text: "certreissue check /mnt/usb/20261201.age", says: "检查完成，没有发现问题。", do: typesPassphrase},
		{text: "certreissue check 20261201.age -passphrase-stdin", says: "检查完成，没有发现问题。", do: func(m *machine, args []string) string {
			m.put("20261201.age", m.get("usb/20261201.age"))
			return typesPassphrase(m, args)
		}},
		{text: "certreissue export archive 存档2025.zip -year 2025", says: "已写入 存档2025.zip"},
		{text: "certreissue export applications 名单.xlsx -status 等待审核", says: "已写入 名单.xlsx"},
		{text: "certreissue compact", says: "压缩完成"},
		{text: "certreissue check", says: "检查完成，没有发现问题。"},
		{text: "certreissue photo 照片.jpg", says: "照片.jpg: ok"},
		{text: "certreissue photo -fit 合格.jpg 照片.jpg", says: "已写入 合格.jpg"},
		{text: "sudo ./certreissue backup 备份.db -data /var/lib/certreissue/certreissue.db", says: "已写入 备份.db", do: func(m *machine, args []string) string {
			m.put("lib/certreissue.db", m.get("certreissue.db"))
			return runs(m, args)
		}},
	}, after: func(m *machine) {
		if log := string(m.get("certreissue.log")); !strings.Contains(log, " 启动 ") || !strings.Contains(log, " 停止") || !strings.Contains(log, " 备份 ") {
			m.Errorf("the log says %s", log)
		}
	}},

	{name: "drill", before: withLockedCopy, lines: []line{
		{text: "certreissue restore /mnt/usb/20261201.age -data 演练.db", says: "已恢复到 ", do: typesPassphrase},
		{text: "certreissue check 演练.db", says: "检查完成，没有发现问题。"},
		{text: "certreissue serve -data 演练.db", says: "服务已启动", do: serves(workIsThere)},
	}},

	{name: "move", before: withWork, lines: []line{
		{text: "certreissue backup /mnt/usb/搬家.db", says: "已写入 "},
		{text: "certreissue restore /mnt/usb/搬家.db -data certreissue.db", says: "已恢复到 ", do: func(m *machine, args []string) string {
			diskLost(m)
			return runs(m, args)
		}},
		{text: "certreissue restore 原来的数据.db", says: "已恢复到 ", do: fromBefore},
		{text: "sudo ./certreissue restore 原来的数据.db -data /var/lib/certreissue/certreissue.db", says: "已恢复到 ", do: fromBefore},
	}, after: func(m *machine) {
		serves(workIsThere)(m, []string{"serve"})
		serves(workIsThere)(m, []string{"serve", "-data", "lib/certreissue.db"})
	}},

	{name: "upgrade", before: withOldFile, lines: []line{
		{text: "certreissue backup 升级前.db", says: "已写入 升级前.db"},
		{text: "certreissue export applications 升级后.xlsx", says: "已写入 升级后.xlsx"},
		{text: "certreissue restore certreissue.db.before-upgrade", says: "已恢复到 ", do: func(m *machine, args []string) string {
			rig.Must(m.T, "", "check", "certreissue.db.before-upgrade") // of which schema it is TestEveryAge tells
			return runs(m, args)
		}},
	}, after: func(m *machine) {
		if list := exported(m.T, "certreissue.db", "list.csv"); strings.Count(string(list), "\n") != 4 {
			m.Errorf("not the three applications and a head: %s", list)
		}
	}},

	{name: "disk lost", before: withLockedCopy, lines: []line{
		{text: "certreissue restore /mnt/usb/镜像", says: "选用最新的完好的一份", do: lostThen(runs)},
		{text: "certreissue restore /mnt/usb/20261201.db", says: "已恢复到 ", do: lostThen(runs)},
		{text: "certreissue restore /mnt/usb/20261201.age -data certreissue.db", says: "已恢复到 ", do: lostThen(typesPassphrase)},
		{text: "certreissue serve -mirror /mnt/usb/镜像 -mirror-replace", says: "服务已启动", do: serves(func(_ *machine, r *rig.Running) {
			r.Staff("guanli").Eventually("/office/backup", "秒前")
		})},
		{text: "certreissue serve -new", says: "已建立数据文件", do: func(m *machine, args []string) string {
			if err := os.Rename("certreissue.db", "旧.db"); err != nil {
				m.Fatal(err)
			}
			if said := endsWith(command.ExitFailed)(m, []string{"serve"}); !strings.Contains(said, "但附近有本系统的其他数据文件") {
				m.Errorf("without -new: %s", said)
			}
			return serves(nil)(m, args)
		}},
	}},

	{name: "damage", before: withDamage, lines: []line{
		{text: "certreissue check -repair 修复.db -from certreissue.db.backups", says: "从副本取回 1 条"},
		{text: "certreissue restore 修复.db", says: "已恢复到 "},
		{text: "certreissue restore certreissue.db.backups", says: "选用最新的完好的一份"},
	}, after: func(m *machine) { serves(workIsThere)(m, []string{"serve"}) }},

	{name: "administrator lost", before: withAdministrator, lines: []line{
		{text: "certreissue staff password 王芳", says: "王芳 的一次性密码："},
		{text: "certreissue staff unlock 王芳", says: "王芳：已完成。"},
		{text: "certreissue staff add 李强 -role admin", says: "李强 的一次性密码："},
	}},
}

// heldElsewhere are commands for which a test would need root, a running systemd or
// Windows: the test that holds what they do, or the file whose sentences tell to type them,
// or why there is neither.
var heldElsewhere = map[string]string{
	"certreissue service start":            "test unit.TestStart",
	"sudo ./certreissue service start":     "test unit.TestStart",
	"certreissue service stop":             "test unit.TestStop",
	"sudo ./certreissue service stop":      "test unit.TestStop",
	"certreissue service status":           "test e2e/commands.TestServiceStatus",
	"certreissue service uninstall":        "test unit.TestUninstall",
	"sudo ./certreissue service uninstall": "test unit.TestUninstall",
	"journalctl -u certreissue":            "words unit/words.go",
	"journalctl -u certreissue -n 20":      "words unit/words.go",
	"service status":                       "test e2e/commands.TestServiceStatus",
	"service install":                      "test e2e/commands.TestServicePrint",
	"staff list":                           "test e2e/commands.TestStaffCommands",
	"staff password":                       "test e2e/commands.TestStaffCommands",
	"staff unlock":                         "test e2e/commands.TestStaffCommands",
	"certutil -hashfile certreissue_版本_windows_amd64.zip SHA256":                                                                      "paper a program of Windows",
	`netsh advfirewall firewall add rule name=certreissue dir=in action=allow program="C:\Program Files\certreissue\certreissue.exe"`: "paper a program of Windows",
}

// download is what lies in a folder after a download: the archive and the sums.
func download(m *machine) {
	m.put("certreissue", []byte("the program"))
	runsElse(m, []string{"tar", "-czf", "certreissue_v1.0.0_linux_amd64.tar.gz", "certreissue"})
	sum := sha256.Sum256(m.get("certreissue_v1.0.0_linux_amd64.tar.gz"))
	m.put("SHA256SUMS", fmt.Appendf(nil, "%x  certreissue_v1.0.0_linux_amd64.tar.gz\n%x  certreissue_v1.0.0_windows_amd64.zip\n", sum, sum))
}

func withKey(m *machine) {
	certificate, key := signed(m.T, 1, rig.PublicName, nil, nil)
	for _, folder := range []string{".", "etc"} {
		m.put(filepath.Join(folder, "证书.pem"), certificatePEM(certificate))
		m.put(filepath.Join(folder, "私钥.pem"), keyPEM(m.T, key))
	}
}

func withLists(m *machine) {
	m.book("档案.xlsx", rig.LoopRegister)
	m.book("账号.xlsx", "姓名,身份证号,邮箱,密码摘要\n测试,"+rig.LoopNumber+",a@example.com,sha256:"+rig.SumHex("sha256", "kaosheng88")+"\n")
}

// book writes a workbook with the text of a list.
func (m *machine) book(name, list string) {
	m.Helper()
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		m.Fatal(err)
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			m.Fatal(err)
		}
	}
	if err := book.SaveAs(name); err != nil {
		m.Fatal(err)
	}
}

// firstAdmin is the first administrator with the code that the window shows.
func firstAdmin(m *machine, r *rig.Running) {
	code := regexp.MustCompile(`一次性代码 (\S+)`).FindStringSubmatch(r.Out.String())
	if code == nil {
		m.Fatalf("no code in %s", r.Out)
	}
	b := r.Browser()
	b.Sends(b.Get("/office/first-admin").Has("创建第一个管理员"), rig.FormTo("/office/first-admin"),
		map[string]string{"code": code[1], "username": "主管", "password": "主管-pass1", "password_confirm": "主管-pass1"}).Has("管理员账号已创建")
	r.Says(" 备份 ") // of the first start, which doctor asks for
}

// withWork is an office where a candidate has applied.
func withWork(m *machine) {
	m.put("register.csv", []byte(rig.LoopRegister))
	m.put("照片.jpg", rig.Portrait())
	copied(m.T, rig.StaffedFile(m.T), m.folder, "certreissue.db")
	rig.Must(m.T, "", "import", "certificates", "register.csv")
	r := rig.Start(m.T, "demo", "-data", "certreissue.db")
	r.Apply("测试", rig.LoopNumber)
	r.Stop()
}

// workIsThere is what whoever has restored looks for: the office opens, the application
// and its photo are there, and no mail goes out by itself.
func workIsThere(_ *machine, r *rig.Running) {
	r.Staff("guanli").Get("/office/mail").Has("恢复发送")
	clerk := r.Staff("shenhe")
	found := clerk.Get("/office/applications?status=等待审核").Has("测试")
	clerk.Get(found.Find("tbody th a").AttrOr("href", "")).Is(http.StatusOK).Has("测试", "照片")
}

// withLockedCopy is withWork with all kinds of copies on the other disk.
func withLockedCopy(m *machine) {
	withWork(m)
	serves(func(_ *machine, r *rig.Running) { r.Staff("guanli").Eventually("/office/backup", "秒前") })(m, []string{"serve", "-mirror", filepath.Join(m.folder, "usb", "镜像")})
	rig.Must(m.T, "", "backup", "usb/20261201.db")
	typesBack(m, []string{"backup", "usb/20261201.age"})
}

// diskLost takes away all that lay on the first disk.
func diskLost(m *machine) {
	m.Helper()
	lost, err := filepath.Glob("certreissue.db*")
	if err != nil || len(lost) == 0 {
		m.Fatalf("nothing to lose: %v", err)
	}
	for _, name := range lost {
		if err := os.RemoveAll(name); err != nil {
			m.Fatal(err)
		}
	}
}

// lostThen restores after the loss, and looks at what is there then.
func lostThen(restore func(*machine, []string) string) func(*machine, []string) string {
	return func(m *machine, args []string) string {
		m.Helper()
		diskLost(m)
		said := restore(m, args)
		serves(workIsThere)(m, []string{"serve"})
		return said
	}
}

// fromBefore restores the file of whoever has not had a service before.
func fromBefore(m *machine, args []string) string {
	m.Helper()
	m.put("原来的数据.db", m.get("usb/搬家.db"))
	return runs(m, args)
}

func withOldFile(m *machine) {
	content := m.get(filepath.Join(m.home, "..", "..", "store", "testdata", "schema-5.db"))
	m.put("certreissue.db", content)
}

// withDamage is withWork where the disk has turned a bit after the night's copy.
func withDamage(m *machine) {
	withWork(m)
	if err := os.Mkdir("certreissue.db.backups", 0o700); err != nil {
		m.Fatal(err)
	}
	rig.Must(m.T, "", "backup", "certreissue.db.backups/20261201-030000.db")
	content := m.get("certreissue.db")
	at := bytes.LastIndex(content, []byte("13800138000"))
	if at < 0 {
		m.Fatal("no telephone number is in the file")
	}
	m.put("certreissue.db", bytes.ReplaceAll(content, []byte("13800138000"), []byte("03800138000")))
	if said := endsWith(command.ExitFailed)(m, []string{"check"}); !strings.Contains(said, "申请") {
		m.Errorf("check says %s", said)
	}
}

func withAdministrator(m *machine) {
	rig.Must(m.T, "", "staff", "add", "王芳", "-role", "admin")
}
