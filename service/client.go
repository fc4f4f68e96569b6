package service

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"certreissue/spool"
	"certreissue/store"
)

// Client is a running service that answers.
type Client struct {
	runFile
	URL string // where people find it
}

// Find is the service that holds a data file, nil where none answers that can prove to
// be it: a DATA.run may be left over from one that was killed.
func Find(data string) *Client {
	run, err := readRun(runPath(data))
	if err != nil {
		return nil
	}
	c := &Client{runFile: run}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	answer, err := c.request(ctx, http.MethodGet, "", nil)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	url, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return nil
	}
	c.URL = string(url)
	return c
}

func (c *Client) request(ctx context.Context, method, t string, body io.Reader) (*http.Response, error) {
	proven, err := c.proven()
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("https://127.0.0.1:%d/", c.Port), body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.Token)
	r.Header.Set(taskHeader, t)
	// No proxy of the environment may come between.
	return (&http.Client{Transport: &http.Transport{TLSClientConfig: proven}}).Do(r)
}

// perform has the service carry out a task, or as much of it as it comes to before ctx
// ends.
func (c *Client) perform(ctx context.Context, t Task, h Hands) error {
	err := c.have(ctx, t, h)
	if err != nil && ctx.Err() != nil {
		return Refusal(sayCutShort)
	}
	return err
}

func (c *Client) have(ctx context.Context, t Task, h Hands) error {
	encoded, err := json.Marshal(t)
	if err != nil {
		return err
	}
	var body io.Reader
	if h.Input != "" {
		file, err := os.Open(h.Input)
		if err != nil {
			return err
		}
		defer file.Close()
		body = file
	}
	answer, err := c.request(ctx, http.MethodPost, asciiJSON(encoded), body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusServiceUnavailable {
		return Refusal(sayNotReady(c.PID))
	}
	lines := bufio.NewReader(answer.Body)
	var piece []byte
	for {
		var n note
		line, err := lines.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &n)
		}
		if err != nil {
			return Refusal(sayServiceGone)
		}
		switch {
		case n.End && n.Failed != "":
			return Refusal(n.Failed)
		case n.End:
			return results[n.Result]
		case n.Copied != nil:
			if h.Copied != nil {
				h.Copied(*n.Copied)
			}
		case n.Say != "":
			io.WriteString(h.Say, n.Say)
		case n.Total > 0:
			if h.Progress != nil {
				h.Progress(n.Done, n.Total)
			}
		case n.Output > 0:
			piece = slices.Grow(piece[:0], n.Output)[:n.Output]
			if _, err := io.ReadFull(lines, piece); err != nil {
				return Refusal(sayServiceGone)
			}
			if _, err := h.Output.Write(piece); err != nil {
				return err
			}
		}
	}
}

// asciiJSON escapes what may not stand in a header.
func asciiJSON(encoded []byte) string {
	var b strings.Builder
	for _, r := range string(encoded) {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Copy is a copy of what the service holds, in a folder. Whoever takes it drops it.
func (c *Client) Copy(ctx context.Context, into spool.Folder) (path string, err error) {
	file, err := into.File()
	if err != nil {
		return "", store.WriteError(string(into), err)
	}
	err = c.perform(ctx, Task{Do: "backup"}, Hands{Output: file, Say: io.Discard})
	err = errors.Join(err, file.Close())
	if disk, ok := errors.AsType[*fs.PathError](err); ok {
		err = store.WriteError(file.Name(), disk)
	}
	if err != nil {
		into.Drop(file.Name())
	}
	return file.Name(), err
}
