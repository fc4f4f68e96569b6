package scm

import (
	"strings"
	"testing"
)

// TestText: what is installed is shown: the command as Windows splits it, the account,
// and what that one is given.
func TestText(t *testing.T) {
	e := Entry{Program: `C:\Program Files\certreissue\certreissue.exe`, Args: []string{"-data", `D:\数据\a b\`, "-public-url", `https://"x"`, "-log", ""},
		Own: `C:\ProgramData\certreissue`, Writes: []string{`E:\镜像`}, Reads: []string{`C:\key.pem`}}
	text := e.Text()
	for _, line := range []string{
		`命令 "C:\Program Files\certreissue\certreissue.exe" service run -data "D:\数据\a b\\" -public-url "https://\"x\"" -log ""`,
		`账户 NT SERVICE\certreissue，只保留权限 SeChangeNotifyPrivilege`,
		`文件夹 C:\ProgramData\certreissue 只有管理员、系统和这个账户能进入（D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-80-3550854380-3048747080-2418086155-2655099229-2838980789)）`,
		`这个账户可以写 E:\镜像`, `这个账户可以读 C:\key.pem`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	if text := (Entry{Program: "p", Args: []string{"-data", "d"}}).Text(); strings.Contains(text, "文件夹") || strings.Contains(text, "可以写") {
		t.Errorf("elsewhere: %s", text)
	}
}
