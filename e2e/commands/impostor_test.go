package commands

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestImpostor: where a service was killed, and its port is another program's by now,
// commands neither tell it the token nor send it a file, and work on the file themselves.
func TestImpostor(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	r := rig.Start(t, "serve", "-data", data)
	left, err := os.ReadFile(data + ".run")
	if err != nil {
		t.Fatal(err)
	}
	r.Stop()
	var run map[string]any
	if err := json.Unmarshal(left, &run); err != nil {
		t.Fatal(err)
	}
	register := rig.Write(t, "register.csv", []byte(rig.LoopRegister))
	for kind, start := range map[string]func(*testing.T, *overheard) string{"plain": plainImpostor, "TLS": tlsImpostor} {
		heard := &overheard{}
		_, port, _ := net.SplitHostPort(start(t, heard))
		old := maps.Clone(run)
		old["port"] = json.Number(port)
		bare := maps.Clone(old)
		delete(bare, "certificate") // as an older version leaves it
		for _, stale := range []map[string]any{old, bare} {
			content, err := json.Marshal(stale)
			if err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"import", "certificates", register}, {"staff", "list"}, {"backup", filepath.Join(t.TempDir(), "copy.db")}, {"check"}} {
				if err := os.WriteFile(data+".run", content, 0o600); err != nil {
					t.Fatal(err)
				}
				if code, out, said := rig.Command(t, "", append(args, "-data", data)...); code != command.ExitDone {
					t.Errorf("%s impostor: %v ends with %d: %s%s", kind, args, code, out, said)
				}
			}
		}
		heard.Lock()
		if said := heard.Bytes(); bytes.Contains(said, []byte(run["token"].(string))) || bytes.Contains(said, []byte("POST")) {
			t.Errorf("a %s impostor hears %q", kind, said)
		}
		heard.Unlock()
	}
	rig.Start(t, "serve", "-data", data) // takes none of them for another service
}

// overheard is what commands have told an impostor.
type overheard struct {
	sync.Mutex
	bytes.Buffer
}

// plainImpostor answers whatever it is told with "all is well".
func plainImpostor(t *testing.T, heard *overheard) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buffer := make([]byte, 64<<10)
				n, _ := conn.Read(buffer)
				heard.Lock()
				heard.Write(buffer[:n])
				heard.Unlock()
				_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
			}()
		}
	}()
	return listener.Addr().String()
}

// tlsImpostor does so with a certificate of the same name, which is its own.
func tlsImpostor(t *testing.T, heard *overheard) string {
	t.Helper()
	made, key := signed(t, 1, "certreissue", nil, nil)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		heard.Lock()
		defer heard.Unlock()
		_ = r.Write(heard)
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{made.Raw}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}
