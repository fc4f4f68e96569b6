package service

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"certreissue/spool"
	"certreissue/store"
)

// A running service leaves DATA.run beside the data file: a command that finds
// it and gets an answer hands its task to the service. Requests carry the task
// as a header and the input as the body; the answer is a stream of notes, between
// which the pieces of the output lie as they are.

// runFile is the content of DATA.run.
type runFile struct {
	PID         int    `json:"pid"`
	Port        int    `json:"port"`
	Token       string `json:"token"`
	Certificate string `json:"certificate"` // DER in base64
}

func runPath(data string) string { return data + ".run" }

func readRun(path string) (run runFile, err error) {
	content, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(content, &run)
	}
	return run, err
}

// note is one line of the service's answer.
type note struct {
	Say    string       `json:"say,omitempty"`    // a line for people
	Done   int64        `json:"done,omitempty"`   // progress …
	Total  int64        `json:"total,omitempty"`  // … of
	Output int          `json:"output,omitempty"` // so many bytes of the output file follow the line
	Copied *store.State `json:"copied,omitempty"` // the output is a backup of this state
	End    bool         `json:"end,omitempty"`
	Result string       `json:"result,omitempty"` // with End: what it came to, a key of results
	Failed string       `json:"failed,omitempty"` // with End: the Chinese sentence
}

// results are the errors that tell what a task came to, by their word in a note.
var results = map[string]error{"partial": ErrPartial, "unwell": ErrUnwell}

// taskHeader carries the task; header values are one line of ASCII.
const taskHeader = "X-Task"

// control is the address at which a service takes the tasks of commands.
type control struct {
	runFile
	path   string // of DATA.run
	url    string // of the service, for people
	kept   string // where its room is kept while no service runs
	server *http.Server
	cancel context.CancelFunc // of the tasks
	// with is what tasks are carried out with; nil while the service starts, and
	// when it stops.
	with atomic.Pointer[served]
}

// served is an open file and how it is served.
type served struct {
	how *Config
	st  *store.Store
}

// announce leaves DATA.run beside the data file before that is opened: while it
// is checked and compacted, which may take minutes, commands are refused with a
// sentence. Only one service at a time can announce itself.
func announce(data, url string) (*control, error) {
	if hold, err := store.HoldFile(data); err == nil {
		defer hold.Release()
	} else if file := (*store.FileError)(nil); errors.As(err, &file) && file.Fault == store.Busy {
		return nil, HeldBy(data, err)
	} // What else is wrong with the file says whoever opens it.
	if err := MustBeStopped(data); err != nil {
		return nil, err
	}
	proof, certificate, err := newProof()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	tasks, cancel := context.WithCancel(context.Background())
	c := &control{path: runPath(data), url: url, kept: filepath.Join(store.CopiesFolder(data), "run"), cancel: cancel,
		runFile: runFile{PID: os.Getpid(), Port: listener.Addr().(*net.TCPAddr).Port, Token: rand.Text() + rand.Text(), Certificate: certificate}}
	c.server = &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: c, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{proof}, MinVersion: tls.VersionTLS13}, BaseContext: func(net.Listener) context.Context { return tasks }}
	if err := c.write(); err != nil && !isFull(err) {
		cancel()
		listener.Close()
		return nil, err
	}
	go c.server.ServeTLS(listener, "", "")
	return c, nil
}

// write leaves DATA.run. A full disk has room for it where an earlier service ran:
// that one's lies there still, or is kept for it.
func (c *control) write() error {
	os.Rename(c.kept, c.path)
	content, err := json.Marshal(c.runFile)
	if err != nil {
		return err
	}
	err = store.WriteWhole(c.path, func(to io.Writer) error { _, err := to.Write(content); return err })
	if isFull(err) && overwrite(c.path, content) == nil {
		return nil
	}
	return err
}

func isFull(err error) bool {
	file, ok := errors.AsType[*store.FileError](err)
	return ok && file.Fault == store.Full
}

// runLength is more than DATA.run is ever long, in bytes.
const runLength = 1024

// overwrite fills a file that is there without taking more room for it.
func overwrite(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	line := append(content, bytes.Repeat([]byte(" "), max(0, runLength-len(content)))...)
	_, err = file.WriteAt(line, 0)
	return errors.Join(err, file.Close())
}

// begin takes tasks from now on.
func (c *control) begin(how *Config, st *store.Store) error {
	// Another service may have announced itself for a file that did not exist yet.
	if run, err := readRun(c.path); err != nil || run != c.runFile {
		if err := c.write(); err != nil {
			return err
		}
	}
	c.with.Store(&served{how, st})
	return nil
}

// stop removes DATA.run, and ends the tasks under way at their next whole step.
func (c *control) stop() {
	c.with.Store(nil)
	if run, err := readRun(c.path); err == nil && run == c.runFile {
		// Blank, so that nobody takes it for a service, with its room.
		if overwrite(c.path, nil) != nil || os.Rename(c.path, c.kept) != nil {
			os.Remove(c.path) // there is no folder of copies
		}
	}
	c.cancel()
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	_ = c.server.Shutdown(drain) // those that do not end are cut off
	c.server.Close()
}

// ServeHTTP answers a command: with the token, a GET tells where people find the
// service, and a POST is a task.
func (c *control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if subtle.ConstantTimeCompare([]byte(token), []byte(c.Token)) != 1 {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodPost {
		io.WriteString(w, c.url)
		return
	}
	with := c.with.Load()
	if with == nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	serveTask(with.how, with.st, w, r)
}

// serveTask carries out a command's task.
func serveTask(how *Config, st *store.Store, w http.ResponseWriter, r *http.Request) {
	var t Task
	if err := json.Unmarshal([]byte(r.Header.Get(taskHeader)), &t); err != nil {
		http.Error(w, "bad task", http.StatusBadRequest)
		return
	}
	notes := &noteWriter{w: w, encoder: json.NewEncoder(w)}
	h := Hands{config: how, Say: sayWriter{notes}, Output: outputWriter{notes}, Progress: func(done, total int64) { notes.send(note{Done: done, Total: total}) },
		Copied: func(of store.State) { notes.send(note{Copied: &of}) }}
	err := func() error {
		if t.Do == "import" { // which alone reads a file
			input, err := keepInput(st.Spool(), r.Body)
			if err != nil {
				return err
			}
			defer st.Spool().Drop(input)
			h.Input = input
		}
		return perform(r.Context(), st, t, h)
	}()
	last := note{End: true}
	for word, result := range results {
		if errors.Is(err, result) {
			last.Result = word
		}
	}
	if err != nil && last.Result == "" {
		last.Failed = Sentence(Spoken(err))
	}
	notes.send(last)
}

// keepInput spools what was sent.
func keepInput(spooled spool.Folder, body io.Reader) (path string, err error) {
	file, err := spooled.File()
	if err != nil {
		return "", store.WriteError(string(spooled), err)
	}
	_, err = io.Copy(file, body)
	if err = errors.Join(err, file.Close()); err != nil {
		spooled.Drop(file.Name())
		return "", store.WriteError(string(spooled), err)
	}
	return file.Name(), nil
}

// noteWriter sends notes as lines of JSON.
type noteWriter struct {
	w       http.ResponseWriter
	encoder *json.Encoder
}

func (n *noteWriter) send(message note) error {
	if err := n.encoder.Encode(message); err != nil {
		return err
	}
	return http.NewResponseController(n.w).Flush()
}

type sayWriter struct{ *noteWriter }

func (s sayWriter) Write(b []byte) (int, error) { return len(b), s.send(note{Say: string(b)}) }

type outputWriter struct{ *noteWriter }

// taskPatience is how long a command may leave what it is sent: behind it a read
// transaction may be open, which must not stay for one that has been halted.
const taskPatience = time.Minute

func (o outputWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	// A server that cannot move the deadline has none.
	_ = http.NewResponseController(o.w).SetWriteDeadline(time.Now().Add(taskPatience))
	if err := o.encoder.Encode(note{Output: len(b)}); err != nil {
		return 0, err
	}
	return o.w.Write(b)
}
