package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/about"

	"github.com/PuerkitoBio/goquery"
)

var asked = about.Build{Version: "v1.2.3-test.4", Commit: "144852ba65e809ec2422c809d64cb523708ad92e", Date: time.Date(2026, 11, 30, 23, 42, 54, 0, time.UTC)}

// TestRelease makes a release for two targets in this folder, and from a copy of it in
// another one.
func TestRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("links the program four times")
	}
	here := runtime.GOOS + "_" + runtime.GOARCH
	r := release{root: "..", out: t.TempDir(), build: asked, targets: []target{{"windows", "amd64"}}, said: io.Discard}
	if i := slices.IndexFunc(targets, func(t target) bool { return t.os+"_"+t.arch == here }); i > 0 {
		r.targets = append(r.targets, targets[i])
	} else {
		r.targets = append(r.targets, targets[1])
	}
	again := r
	again.root, again.out = copied(t), filepath.Join(t.TempDir(), "of two", "folders")
	for _, r := range []release{r, again} {
		if err := r.make(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	made := content(t, r.out)
	for name, bytes := range content(t, again.out) {
		if made[name] != bytes {
			t.Errorf("%s is another one in another folder", name)
		}
	}
	for _, of := range r.targets {
		t.Run(of.os, func(t *testing.T) { testArchive(t, r, of, made) })
	}
	t.Run("sums", func(t *testing.T) {
		sums := ""
		for _, name := range []string{"certreissue_v1.2.3-test.4_windows_amd64.zip", "certreissue_v1.2.3-test.4_" + r.targets[1].os + "_" + r.targets[1].arch + ".tar.gz", "sbom.cdx.json"} {
			sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(made[name])), name)
		}
		if made["SHA256SUMS"] != sums || len(made) != 4 {
			t.Errorf("of %d files the sums are\n%swant\n%s", len(made), made["SHA256SUMS"], sums)
		}
	})
}

// testArchive looks into an archive, and runs the program in it where this machine can.
func testArchive(t *testing.T, r release, of target, made map[string]string) {
	files := unpacked(t, r.out, of)
	if names := fmt.Sprint(files.names); names != fmt.Sprint([]string{of.executable(), "手册.html", "NOTICES.txt"}) {
		t.Fatalf("it has %s", names)
	}
	for i, mode := range []fs.FileMode{0o755, 0o644, 0o644} {
		if files.modes[i] != mode || !files.times[i].Equal(asked.Date) {
			t.Errorf("%s: %v, %v", files.names[i], files.modes[i], files.times[i])
		}
	}
	program := filepath.Join(t.TempDir(), of.executable())
	if err := os.WriteFile(program, files.content[0], 0o700); err != nil {
		t.Fatal(err)
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	notices := string(files.content[2])
	testBill(t, info, made["sbom.cdx.json"])
	for _, module := range info.Deps {
		if !strings.Contains(notices, "\n"+module.Path+" "+module.Version+"\n") {
			t.Errorf("no notice of %s %s", module.Path, module.Version)
		}
	}
	testManual(t, string(files.content[1]))
	if of.os == "windows" {
		testResource(t, program)
	}
	if of.os != runtime.GOOS || of.arch != runtime.GOARCH {
		return
	}
	want := "certreissue v1.2.3-test.4\n提交 " + asked.Commit + "\n日期 2026-11-30T23:42:54Z\nGo " + info.GoVersion + " " + of.os + "/" + of.arch + "\n"
	for call, want := range map[string]string{"version": want, "--version": want, "licenses": notices} {
		if out, err := exec.Command(program, call).Output(); err != nil || string(out) != want {
			t.Errorf("%s: %v, %.300q, want %.300q", call, err, out, want)
		}
	}
}

// testBill holds the bill of materials against what is linked.
func testBill(t *testing.T, info *buildinfo.BuildInfo, written string) {
	var bill struct {
		BOMFormat string
		Metadata  struct {
			Timestamp string
			Component struct{ Name, Version string }
		}
		Components []struct {
			Name, Version, PURL string
			Licenses            []any
			Hashes              []struct{ Content string }
		}
	}
	if err := json.Unmarshal([]byte(written), &bill); err != nil {
		t.Fatal(err)
	}
	if of := bill.Metadata; bill.BOMFormat != "CycloneDX" || of.Component.Name != "certreissue" || of.Component.Version != asked.Version || of.Timestamp != "2026-11-30T23:42:54Z" {
		t.Errorf("the bill is of %+v", of)
	}
	var listed, others, linked []string
	for _, c := range bill.Components {
		if len(c.Licenses) == 0 {
			t.Errorf("%s has no licence", c.Name)
		}
		if strings.HasPrefix(c.PURL, "pkg:golang/") && len(c.Hashes) == 1 {
			listed = append(listed, c.Name+" "+c.Version)
		} else {
			others = append(others, c.Name+" "+c.Version)
		}
	}
	for _, module := range info.Deps {
		linked = append(linked, module.Path+" "+module.Version)
	}
	slices.Sort(listed)
	slices.Sort(linked)
	if !slices.Equal(listed, linked) {
		t.Errorf("listed are %q\nlinked %q", listed, linked)
	}
	std := "std " + strings.TrimPrefix(info.GoVersion, "go")
	if want := []string{"@mediapipe/face_detection 0.4.1646425229", "@zxcvbn-ts/language-common 4.1.3", std, "cropperjs 1.6.3"}; !slices.Equal(others, want) {
		t.Errorf("besides are listed %q, want %q", others, want)
	}
}

// testManual: the page needs nothing but itself.
func testManual(t *testing.T, page string) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if title := doc.Find("title").Text(); title != "证书补办申请系统 v1.2.3-test.4 使用手册" || doc.Find("[src], link").Length() > 0 {
		t.Errorf("the page is %q", title)
	}
	places := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, place *goquery.Selection) { places["#"+place.AttrOr("id", "")] = true })
	for _, name := range []string{"#退回旧版本", "#在反向代理之后运行", "#更新说明"} {
		if !places[name] {
			t.Errorf("there is no chapter %s", name)
		}
	}
	doc.Find("a").Each(func(_ int, link *goquery.Selection) {
		to, err := url.PathUnescape(link.AttrOr("href", ""))
		if err != nil || !places[to] && !strings.HasPrefix(to, "https://") {
			t.Errorf("%q leads to %q, %v", link.Text(), to, err)
		}
	})
}

// archived are the files of an archive, in its order.
type archived struct {
	names   []string
	modes   []fs.FileMode
	times   []time.Time
	content [][]byte
}

func (a *archived) add(name string, mode fs.FileMode, at time.Time, content io.Reader) error {
	whole, err := io.ReadAll(content)
	a.names, a.modes, a.times, a.content = append(a.names, name), append(a.modes, mode), append(a.times, at), append(a.content, whole)
	return err
}

func unpacked(t *testing.T, out string, of target) (all archived) {
	t.Helper()
	name := filepath.Join(out, "certreissue_v1.2.3-test.4_"+of.os+"_"+of.arch)
	if of.os == "windows" {
		z, err := zip.OpenReader(name + ".zip")
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		for _, file := range z.File {
			content, err := file.Open()
			if err == nil {
				err = all.add(file.Name, file.Mode(), file.Modified, content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	packed, err := os.ReadFile(name + ".tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	for list := tar.NewReader(z); ; {
		header, err := list.Next()
		if err == io.EOF {
			return all
		}
		if err == nil {
			err = all.add(header.Name, header.FileInfo().Mode(), header.ModTime, list)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// copied is the source in another folder, without git, as a tarball of another commit
// has it.
func copied(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (path != "." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || entry.Name() == "e2e"):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, path), 0o700)
		}
		content, err := os.ReadFile(filepath.Join("..", path))
		if err != nil {
			return err
		}
		if path == "about/stamp.txt" {
			content = []byte(about.Build{Version: "v0.9.0", Commit: "of a tarball"}.Stamp())
		}
		return os.WriteFile(filepath.Join(to, path), content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// content is what lies in a folder.
func content(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		var content []byte
		if content, err = os.ReadFile(filepath.Join(folder, entry.Name())); err != nil {
			break
		}
		files[entry.Name()] = string(content)
	}
	if err != nil {
		t.Fatal(err)
	}
	return files
}
