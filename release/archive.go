package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"time"
)

// entry is a file of an archive.
type entry struct {
	name    string
	mode    fs.FileMode
	content []byte
}

// archive packs a target's files, a zip for Windows and a tar.gz elsewhere, as of the
// date of the commit.
func (r release) archive(t target, entries []entry) (name string, content []byte, err error) {
	at := r.build.Date
	if at.IsZero() {
		at = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // zip knows no day before
	}
	name, pack := product+"_"+r.build.Version+"_"+t.os+"_"+t.arch, tarball
	if t.os == "windows" {
		name, pack = name+".zip", zipped
	} else {
		name += ".tar.gz"
	}
	var packed bytes.Buffer
	err = pack(&packed, entries, at)
	return name, packed.Bytes(), err
}

func tarball(to io.Writer, entries []entry, at time.Time) error {
	packer := gzip.NewWriter(to)
	archive := tar.NewWriter(packer)
	for _, e := range entries {
		// The format of GNU has Chinese names as they are; of PAX some programs read ASCII only.
		header := &tar.Header{Name: e.name, Mode: int64(e.mode), Size: int64(len(e.content)), ModTime: at, Format: tar.FormatGNU}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(e.content); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), packer.Close())
}

func zipped(to io.Writer, entries []entry, at time.Time) error {
	archive := zip.NewWriter(to)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: at}
		header.SetMode(e.mode)
		w, err := archive.CreateHeader(header)
		if err == nil {
			_, err = w.Write(e.content)
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}
