package doctor

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// pair writes a certificate that ends after so long, and its key, for the names that the
// doctor is told.
func pair(t *testing.T, certFile, keyFile string, now time.Time, left time.Duration) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(left)}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	content := map[string][]byte{}
	content[certFile] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	content[keyFile] = append(content[keyFile], pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})...)
	for path, bytes := range content {
		if err := os.WriteFile(path, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWatch breaks what is watched, one after the other, and mends it.
func TestWatch(t *testing.T) {
	now := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	folder := t.TempDir()
	st, err := store.Open(filepath.Join(folder, "data.db"), store.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s := &Service{Data: st.Path(), CertFile: filepath.Join(folder, "cert.pem"), KeyFile: filepath.Join(folder, "key.pem")}
	every := func(reissue.AlarmKind) bool { return true }
	finds := func(why string, kind reissue.AlarmKind, texts ...string) {
		t.Helper()
		looked, found := Watch(Patient{Store: st, Service: s}, every)
		if len(looked) != len(watched) {
			t.Errorf("%s: only %v were looked at", why, looked)
		}
		if kind == "" && len(found) > 0 || kind != "" && (len(found) != 1 || found[0].Kind != kind) {
			t.Errorf("%s: found %v, want %q", why, found, kind)
			return
		}
		for _, text := range texts {
			if !strings.Contains(found[0].Sentence, text) {
				t.Errorf("%s: %q lacks %q", why, found[0].Sentence, text)
			}
		}
	}
	if looked, found := Watch(Patient{Store: st, Service: s}, every); len(found) > 0 || slices.Contains(looked, reissue.AlarmCertificate) {
		t.Errorf("of a certificate that cannot be read, as under renewal, %v is found, of %v", found, looked)
	}
	pair(t, s.CertFile, s.KeyFile, now, 15*24*time.Hour)
	finds("all is well", "")

	pair(t, s.CertFile, s.KeyFile, now, 13*24*time.Hour)
	finds("a certificate of 13 days", reissue.AlarmCertificate, "2026年12月14日 到期")
	pair(t, s.CertFile, s.KeyFile, now, -time.Minute)
	finds("a certificate that is over", reissue.AlarmCertificate, "不在有效期内")
	s.CertFile, s.KeyFile, s.ACMEHosts = "", "", []string{"bz.example.cn"}
	finds("none was asked for yet", "")
	must(os.Mkdir(st.Path()+".acme", 0o700))
	byAuthority := filepath.Join(st.Path()+".acme", "bz.example.cn")
	pair(t, byAuthority+".cert", byAuthority+".key", now, time.Hour)
	cert, err := os.ReadFile(byAuthority + ".cert")
	must(err)
	key, err := os.ReadFile(byAuthority + ".key")
	must(err)
	must(os.WriteFile(byAuthority, append(key, cert...), 0o600))
	finds("an authority's that was not renewed", reissue.AlarmCertificate, "到期")
	s.ACMEHosts = nil

	s.Mirror = store.MirrorStatus{Folder: "/mnt/usb/镜像", Every: 15 * time.Second, Since: time.Now(), Last: time.Now()}
	finds("a mirror", "")
	s.Mirror.Err = &store.MirrorError{Folder: s.Mirror.Folder, Fault: store.MirrorAway}
	finds("a mirror that is away", reissue.AlarmMirror, "找不到镜像文件夹")
	s.Mirror = store.MirrorStatus{}

	must(os.WriteFile(st.CopiesFolder(), nil, 0o600))
	if err := st.MakeCopy(t.Context(), reissue.System(), store.Nightly, nil); err == nil {
		t.Fatal("a copy was made without a folder")
	}
	looked, found := Watch(Patient{Store: st, Service: s}, every)
	if slices.Contains(looked, reissue.AlarmCopies) == (len(found) == 0) {
		t.Errorf("copies that cannot be made: %v, of %v", found, looked)
	}
	must(os.Remove(st.CopiesFolder()))
	finds("no copy since", reissue.AlarmCopies, "的备份没有成功")
	must(st.MakeCopy(t.Context(), reissue.System(), store.Nightly, nil))
	finds("a copy", "")
	now = now.Add(49 * time.Hour)
	finds("an old copy", reissue.AlarmCopies, "已超过两天")
	must(st.MakeCopy(t.Context(), reissue.System(), store.Nightly, nil))

	must(st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.SMTP.Host = "smtp.example.com"; return nil }))
	person, err := reissue.ParsePerson("", "110101199003071233", reissue.Today(now))
	must(err)
	_, err = st.Register(reissue.Account{Person: person, Name: "测试", Password: "hash", Email: "a@example.com"})
	must(err)
	waiting, err := st.Outbox(store.MailWaiting, "", 9)
	must(err)
	must(st.MailFailed(waiting.Rows[0].ID, "连接不上", false))
	finds("a mail has failed once", "")
	now = now.Add(30 * time.Minute)
	finds("for half an hour", reissue.AlarmMail, "有 1 封邮件送不到")
	must(st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.SMTP.Host = ""; return nil }))
	finds("nobody sends mails any more", "")

	free, err := freeSpace(folder)
	must(err)
	info, err := os.Stat(st.Path())
	must(err)
	if err := os.Truncate(st.Path(), int64(free)); err != nil {
		t.Logf("no file here can have %d bytes: %v", free, err)
	} else {
		finds("a file as large as what is free", reissue.AlarmDisk, "请清理磁盘")
		must(os.Truncate(st.Path(), info.Size()))
	}

	st.NoteDamage("申请 2600015 的校验值不符")
	finds("damage", reissue.AlarmData, "有 1 处损坏", "check -repair")
	if _, found = Watch(Patient{Store: st, Service: s}, every); strings.Contains(found[0].Sentence, "2600015") {
		t.Errorf("what is damaged leaves the house: %q", found[0].Sentence)
	}

	looked, found = Watch(Patient{Store: st, Service: s}, func(kind reissue.AlarmKind) bool { return kind != reissue.AlarmData })
	if slices.Contains(looked, reissue.AlarmData) || len(looked) != len(watched)-1 || len(found) != 0 {
		t.Errorf("what nobody can know yet is looked at: %v, %v", looked, found)
	}
}
