package visit

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"os"

	"certreissue/spool"
	"certreissue/store"
)

// Bounds of a form in parts: how many bytes all its files keep in memory, the others
// being spooled, how many its words may have, and how many parts it may have.
const (
	filesInMemory = 1 << 20
	mostWords     = 10 << 20
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

// readParts reads a form in parts. net/http would do so, too, but spools into the
// system's own folder, which may be full, or not there.
func (v *Visit) readParts() error {
	if err := v.R.ParseForm(); err != nil {
		return err
	}
	reader, err := v.R.MultipartReader()
	if err != nil {
		return err
	}
	v.Files = map[string][]*File{}
	words, memory := int64(mostWords), int64(filesInMemory)
	for range mostParts {
		part, err := reader.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		field := part.FormName()
		switch {
		case field == "":
		case part.FileName() == "":
			text, err := io.ReadAll(io.LimitReader(part, words+1))
			if err != nil {
				return err
			}
			if words -= int64(len(text)); words < 0 {
				return errBody
			}
			v.R.PostForm.Add(field, string(text))
		default:
			file, err := v.takeFile(part, memory)
			if file != nil {
				v.Files[field] = append(v.Files[field], file)
				memory -= int64(len(file.small))
			}
			if err != nil {
				return err
			}
		}
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
