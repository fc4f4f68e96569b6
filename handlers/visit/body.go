package visit

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"time"

	"certreissue/spool"
	"certreissue/store"
	"certreissue/templates"
	"certreissue/typed"
)

// Bounds of a form in parts: how many bytes all its files keep in memory, the others
// being spooled, and how many parts it may have. Its words have those of any form.
const (
	filesInMemory = 1 << 20
	mostParts     = 1000
)

// File is what was posted for a field that takes files.
type File struct {
	Name  string // as the browser says
	Size  int64  // bytes
	small []byte // what it holds, or
	path  string // where that lies
}

// Open gives what the file holds.
func (f *File) Open() (io.ReadCloser, error) {
	if f.path == "" {
		return io.NopCloser(bytes.NewReader(f.small)), nil
	}
	return os.Open(f.path)
}

// form is a body on its way in.
type form struct {
	v      *Visit
	file   *multipart.Part   // the first file, of which nothing is read; nil where all is read
	parts  *multipart.Reader // what follows, nil in a form of words
	body   io.ReadCloser     // without a limit
	upTo   *limited
	count  int   // of the parts so far
	words  int64 // bytes that may still come, in parts that are no files
	memory int64 // bytes that files may still keep there
}

// limited reads a body up to a limit, which may be raised on the way.
type limited struct{ io.Reader }

// postsMuch tells whether the body may be more than a form of words.
func (v *Visit) postsMuch() bool { return v.R.ContentLength < 0 || v.R.ContentLength > formLimit }

// readWords reads what was posted as far as the first file, and no more of it than a
// form of words may have.
func (v *Visit) readWords() (*form, error) {
	f := &form{v: v, body: v.R.Body, words: formLimit, memory: filesInMemory}
	kind, _, _ := mime.ParseMediaType(v.R.Header.Get("Content-Type"))
	inParts := kind == "multipart/form-data"
	if v.R.ContentLength > formLimit && !inParts {
		return nil, &http.MaxBytesError{Limit: formLimit}
	}
	f.upTo = &limited{http.MaxBytesReader(v.W, f.body, formLimit)}
	v.R.Body = io.NopCloser(f.upTo)
	err := v.R.ParseForm() // of the address, where the body is in parts
	for field, texts := range v.R.PostForm {
		for i, text := range texts {
			texts[i] = meant(field, text)
		}
	}
	if v.Posted = v.R.PostForm; err == nil && inParts {
		if f.parts, err = v.R.MultipartReader(); err == nil {
			f.file, err = f.next()
		}
	}
	return f, f.done(err)
}

// meant is a field's text as it was meant. A password stays as it was typed.
func meant(field, text string) string {
	if strings.Contains(field, "password") {
		return text
	}
	return typed.Visible(text)
}

// readFiles reads the rest, within the limit of an upload, or with nil that of a form.
func (f *form) readFiles(upload *Upload) (err error) {
	if f.file == nil {
		return nil
	}
	if upload == nil && f.v.postsMuch() {
		return &http.MaxBytesError{Limit: formLimit}
	}
	if upload != nil {
		if f.v.R.ContentLength > upload.Limit {
			return &http.MaxBytesError{Limit: upload.Limit}
		}
		f.upTo.Reader = http.MaxBytesReader(f.v.W, f.body, upload.Limit)
		// Where it cannot be moved, the server's holds, which is meant for words.
		_ = http.NewResponseController(f.v.W).SetReadDeadline(time.Now().Add(upload.Time))
	}
	f.v.Files = map[string][]*File{}
	for f.file != nil && err == nil {
		field := f.file.FormName()
		file, takeErr := f.v.takeFile(f.file, f.memory)
		if file != nil {
			f.v.Files[field] = append(f.v.Files[field], file)
			f.memory -= int64(len(file.small))
		}
		if err = takeErr; err == nil {
			f.file, err = f.next()
		}
	}
	return f.done(err)
}

// next reads words until a file comes; nil is the end of the form. net/http would read
// both, but spools files into the system's own folder, which may be full, or not there,
// and before anybody has seen the token.
func (f *form) next() (*multipart.Part, error) {
	for ; f.count < mostParts; f.count++ {
		part, err := f.parts.NextPart()
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		field := part.FormName()
		if field == "" {
			continue
		}
		if part.FileName() != "" {
			f.count++
			return part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, f.words+1))
		if err != nil {
			return nil, err
		}
		if f.words -= int64(len(text)); f.words < 0 {
			return nil, &http.MaxBytesError{Limit: formLimit}
		}
		f.v.R.PostForm.Add(field, meant(field, string(text)))
	}
	return nil, errBody
}

// done says what an error of reading means.
func (f *form) done(err error) error {
	var tooLarge *http.MaxBytesError
	var file *store.FileError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return err
	case errors.As(err, &file):
		f.v.S.Log.Error("not spooled", "request", f.v.Number(), "error", err)
		f.v.retryAfter(time.Minute)
		return &PageError{http.StatusServiceUnavailable, templates.Error{Heading: sayRefused, Sentence: notSaved[file.Fault]}}
	}
	return errBody
}

// takeFile reads one file, into memory where it fits.
func (v *Visit) takeFile(part *multipart.Part, memory int64) (*File, error) {
	var small bytes.Buffer
	n, err := io.CopyN(&small, part, memory+1)
	if err == io.EOF {
		return &File{Name: part.FileName(), Size: n, small: small.Bytes()}, nil
	}
	if err != nil {
		return nil, err
	}
	to, err := v.spool().File()
	if err != nil {
		return nil, store.WriteError(string(v.spool()), err)
	}
	file := &File{Name: part.FileName(), path: to.Name()}
	body := &readOnly{from: io.MultiReader(&small, part)}
	file.Size, err = io.Copy(to, body)
	err = errors.Join(err, to.Close())
	if err != nil && body.err == nil { // it is the disk that failed, and not the line
		err = store.WriteError(file.path, err)
	}
	return file, err
}

// readOnly keeps the error of reading apart from that of writing.
type readOnly struct {
	from io.Reader
	err  error
}

func (r *readOnly) Read(b []byte) (int, error) {
	n, err := r.from.Read(b)
	if err != io.EOF {
		r.err = err
	}
	return n, err
}

// spool is where lies what a request needs on the disk.
func (v *Visit) spool() spool.Folder { return v.S.Store.Spool() }

// dropFiles deletes what the form's parts have left on the disk.
func (v *Visit) dropFiles() {
	for _, files := range v.Files {
		for _, file := range files {
			if file.path == "" {
				continue
			}
			if err := v.spool().Drop(file.path); err != nil {
				v.S.Log.Warn("a form's files stay", "request", v.Number(), "error", err)
			}
		}
	}
}
