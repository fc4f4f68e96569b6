//go:build !windows

package doctor

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"certreissue/store"
)

// within opens a new file some folders below a folder of the test.
func within(t *testing.T, p Patient, folder string) Patient {
	t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(filepath.Join(folder, "data.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	p.Store = st
	return p
}

// TestParents: every folder on the way to the file is looked at, also that in which a
// link to it lies, and named with the command against it.
func TestParents(t *testing.T) {
	top := t.TempDir()
	above, folder := filepath.Join(top, "a"), filepath.Join(top, "a", "b")
	p := within(t, well(t), folder)
	p.finds(t, Good, lookParents)
	for _, open := range []string{above, folder} {
		for _, mode := range []os.FileMode{0o720, 0o702} {
			if err := os.Chmod(open, mode); err != nil {
				t.Fatal(err)
			}
			p.finds(t, Mend, lookParents, "chmod go-w "+open)
		}
		if err := os.Chmod(open, 0o777|os.ModeSticky); err != nil {
			t.Fatal(err)
		}
		p.finds(t, Good, lookParents)
		if err := os.Chmod(open, 0o700); err != nil {
			t.Fatal(err)
		}
	}

	links := filepath.Join(top, "links")
	if err := os.Mkdir(links, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(links, "data.db")
	if err := os.Symlink(p.Store.Path(), link); err != nil {
		t.Fatal(err)
	}
	path := p.Store.Path()
	if err := p.Store.Close(); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(link, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	p.Store = st
	p.finds(t, Good, lookParents)
	for _, open := range []string{links, filepath.Dir(path)} {
		if err := os.Chmod(open, 0o702); err != nil {
			t.Fatal(err)
		}
		p.finds(t, Mend, lookParents, "chmod go-w "+open)
		if err := os.Chmod(open, 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

// TestParentOfAnother: whose folder it is can put another file in it. The file's own
// owner may have it, whoever looks.
func TestParentOfAnother(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives a folder to somebody else")
	}
	above := filepath.Join(t.TempDir(), "a")
	p := within(t, well(t), filepath.Join(above, "b"))
	if err := os.Chown(above, 54321, 0); err != nil {
		t.Fatal(err)
	}
	p.finds(t, Mend, lookParents, "文件夹 "+above+" 属于用户 54321", "chown root "+above)
	if err := os.Chown(p.Store.Path(), 54321, 0); err != nil {
		t.Fatal(err)
	}
	p.finds(t, Good, lookParents)
}

// TestNetwork: a file on another machine's disk is told of; the mirror may be there.
func TestNetwork(t *testing.T) {
	p := well(t)
	p.finds(t, Good, lookNetwork)
	d := p.listening(net.Listen)
	d.onNetwork = func(path string) bool { return path == p.Store.Path() }
	d.finds(t, Mend, lookNetwork, p.Store.Path(), "本机的磁盘")
	d.onNetwork = func(path string) bool { return path != p.Store.Path() }
	d.finds(t, Good, lookNetwork)
}

// TestSpool: the folder for what lies there for a while is made when it is used; what
// others may enter, what cannot be used, and what was left behind is told.
func TestSpool(t *testing.T) {
	p := well(t)
	folder := string(p.Store.Spool())
	p.finds(t, Good, lookSpool, folder)
	if _, err := os.Lstat(folder); err == nil {
		t.Error("the folder stays")
	}
	put(t, filepath.Join(folder, "upload"), []byte("张三"))
	p.finds(t, Hint, lookSpool, folder, "自动清除")
	beside := p
	beside.Service = &Service{}
	beside.finds(t, Good, lookSpool) // somebody is uploading
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	beside.finds(t, Mend, lookRights, "chmod 700 "+folder)

	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	put(t, folder, nil) // is no folder
	p.finds(t, Mend, lookSpool, "不能使用 "+folder)
	p.finds(t, Good, lookWriting)
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	p.finds(t, Good, lookSpool)
}

// TestPortOfRoot: what root may use, the service's user may not.
func TestPortOfRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives a file to somebody else")
	}
	p := well(t)
	p.Addr = "127.0.0.1:443"
	free := func(network, _ string) (net.Listener, error) { return net.Listen(network, "127.0.0.1:0") }
	p.listening(free).finds(t, Good, lookPort, "127.0.0.1:443")
	if err := os.Chown(p.Store.Path(), 54321, 0); err != nil {
		t.Fatal(err)
	}
	p.listening(free).finds(t, Hint, lookPort, "54321", "service install")
	p.Addr = "127.0.0.1:8443"
	p.listening(free).finds(t, Good, lookPort)
}
