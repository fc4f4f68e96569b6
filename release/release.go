package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"certreissue/about"
)

const product = "certreissue"

// target is a system and a processor.
type target struct{ os, arch string }

var targets = []target{{"windows", "amd64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"linux", "loong64"}}

// executable is the program's name on the target.
func (t target) executable() string {
	if t.os == "windows" {
		return product + ".exe"
	}
	return product
}

// environment is what the go command must be told, and what it must not take from the
// person who runs it, where that would change the bytes.
func (t target) environment(goVersion string) []string {
	return []string{"GOOS=" + t.os, "GOARCH=" + t.arch, "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=", "GOFIPS140=off",
		"GOFLAGS=-mod=readonly", "GOWORK=off", "GOTOOLCHAIN=go" + goVersion}
}

// release is a version on its way into a folder.
type release struct {
	root, out string
	build     about.Build
	targets   []target
	said      io.Writer // what has been written, a line each
}

var versions = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// make writes everything, the sums last.
func (r release) make(ctx context.Context) error {
	if !versions.MatchString(r.build.Version) {
		return fmt.Errorf("%q is no version: write one such as v1.0.0", r.build.Version)
	}
	notices, err := noticesOf(ctx, r.root)
	if err != nil {
		return err
	}
	if notices.String() != about.Notices {
		return errors.New("about/notices.txt is not of these modules and files: go run ./release -notices")
	}
	manual, err := r.manual(ctx)
	if err != nil {
		return err
	}
	built, err := os.MkdirTemp("", "release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(built)
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	var infos []*buildinfo.BuildInfo
	var sums bytes.Buffer
	put := func(name string, content []byte) error {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), name)
		r.tell(name, content)
		return os.WriteFile(filepath.Join(r.out, name), content, 0o644)
	}
	for _, t := range r.targets {
		program, info, err := r.compile(ctx, t, built)
		if err != nil {
			return err
		}
		infos = append(infos, info)
		r.tell(t.os+"/"+t.arch, program)
		name, content, err := r.archive(t, []entry{{t.executable(), 0o755, program}, {"手册.html", 0o644, manual}, {"NOTICES.txt", 0o644, []byte(about.Notices)}})
		if err == nil {
			err = put(name, content)
		}
		if err != nil {
			return err
		}
	}
	bill, err := r.bill(ctx, infos, notices)
	if err == nil {
		err = put("sbom.cdx.json", bill)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), sums.Bytes(), 0o644)
}

// tell says how large something is.
func (r release) tell(name string, content []byte) {
	fmt.Fprintf(r.said, "%-42s %6.1f MB\n", name, float64(len(content))/1e6)
}

// compile makes the executable of a target in a folder, and reads from it what it was
// made of. Commit and version are handed over as git archive does it, and the go
// command does not ask git, so that a build from a tarball is the same.
func (r release) compile(ctx context.Context, t target, folder string) (program []byte, info *buildinfo.BuildInfo, err error) {
	goVersion, err := output(ctx, r.root, nil, "go", "list", "-m", "-f", "{{.GoVersion}}")
	if err != nil {
		return nil, nil, err
	}
	overlay, err := r.overlay(folder)
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(folder, t.os+"_"+t.arch)
	if _, err := output(ctx, r.root, t.environment(string(bytes.TrimSpace(goVersion))),
		"go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-overlay="+overlay, "-o", path, "."); err != nil {
		return nil, nil, err
	}
	if t.os == "windows" {
		if err := r.dress(ctx, path); err != nil {
			return nil, nil, err
		}
	}
	if info, err = buildinfo.ReadFile(path); err == nil {
		program, err = os.ReadFile(path)
	}
	return program, info, err
}

// dress gives an executable of Windows its icon and its version.
func (r release) dress(ctx context.Context, path string) error {
	icon, err := os.ReadFile(filepath.Join(r.root, "static", "icon.svg"))
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	_, err = r.tool(ctx, icon, "./resource", "-program", path, "-product", product, "-title", sayTitle, "-version", r.build.Version)
	return err
}

// overlay writes the stamp, and what tells the go command to take it in place of the
// one in the source.
func (r release) overlay(folder string) (path string, err error) {
	source, err := filepath.Abs(filepath.Join(r.root, "about", "stamp.txt"))
	if err != nil {
		return "", err
	}
	stamp, path := filepath.Join(folder, "stamp.txt"), filepath.Join(folder, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {source: stamp}})
	if err == nil {
		err = os.WriteFile(stamp, []byte(r.build.Stamp()), 0o600)
	}
	if err == nil {
		err = os.WriteFile(path, replace, 0o600)
	}
	return path, err
}

// tool runs a program of release/tools, which has libraries that the product has not.
func (r release) tool(ctx context.Context, input []byte, name string, args ...string) ([]byte, error) {
	run := exec.CommandContext(ctx, "go", append([]string{"run", name}, args...)...)
	run.Dir, run.Stdin, run.Env = filepath.Join(r.root, "release", "tools"), bytes.NewReader(input), append(os.Environ(), "GOWORK=off")
	return said(run)
}

// output runs a command in a folder and answers what it says.
func output(ctx context.Context, folder string, environment []string, name string, args ...string) ([]byte, error) {
	run := exec.CommandContext(ctx, name, args...)
	run.Dir, run.Env = folder, append(os.Environ(), environment...)
	return said(run)
}

func said(run *exec.Cmd) ([]byte, error) {
	var complaints bytes.Buffer
	run.Stderr = &complaints
	out, err := run.Output()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", filepath.Base(run.Path), err, bytes.TrimSpace(complaints.Bytes()))
	}
	return out, err
}
