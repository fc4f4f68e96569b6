package power

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// disk is a folder as a disk may have it when the power goes: what is there for sure,
// and what was asked for since, which may be there or not. It follows the steps of a
// trace. A call that it does not know ends the test.
type disk struct {
	*testing.T
	root    string // the folder's path
	top     *node
	told    strings.Builder // what the program has said, on its pipes and sockets
	places  map[place]int64
	syncing map[*call]int // how much of what was asked for the sync is about
	// touched counts what was asked for, synced and told, and named the names of it.
	touched, named int
}

// place is where a process goes on writing in an open file.
type place struct {
	number string
	*node
}

// node is a file or a directory: what is on the disk for sure, and what was asked for
// since its last sync, in its order.
type node struct {
	directory bool
	content   []byte
	asked     []change
	entries   map[string]*node
	moved     []move
}

// change is asked of a file: these bytes at an offset, or, where the size is not
// negative, this size.
type change struct {
	offset int64
	write  []byte
	size   int64
}

// move is asked of a directory: one name goes, "" for none, and one means this file,
// nil for none; both or neither are on the disk.
type move struct {
	from, name string
	to         *node
}

// apply gives the file after the change.
func (c change) apply(file []byte) []byte {
	size := max(c.offset+int64(len(c.write)), int64(len(file)))
	if c.size >= 0 {
		size = c.size
	}
	if grown := size - int64(len(file)); grown > 0 {
		file = append(file, make([]byte, grown)...)
	}
	copy(file[min(c.offset, size):], c.write)
	return file[:size]
}

func (m move) apply(entries map[string]*node) {
	delete(entries, m.from)
	if delete(entries, m.name); m.to != nil {
		entries[m.name] = m.to
	}
}

// after is the file with the changes, a copy.
func (n *node) after(changes []change) []byte {
	file := bytes.Clone(n.content)
	for _, c := range changes {
		file = c.apply(file)
	}
	return file
}

// named are a directory's entries after so many of its moves, a copy.
func (n *node) named(moves int) map[string]*node {
	entries := maps.Clone(n.entries)
	for _, m := range n.moved[:moves] {
		m.apply(entries)
	}
	return entries
}

// names are its entries as every process sees them.
func (n *node) names() map[string]*node { return n.named(len(n.moved)) }

// load is a disk that has a folder for sure.
func load(t *testing.T, root string) *disk {
	t.Helper()
	return &disk{T: t, root: root, top: loadNode(t, root), places: map[place]int64{}, syncing: map[*call]int{}}
}

func loadNode(t *testing.T, path string) *node {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return &node{content: content}
	}
	directory := &node{directory: true, entries: map[string]*node{}}
	for _, entry := range entries {
		directory.entries[entry.Name()] = loadNode(t, filepath.Join(path, entry.Name()))
	}
	return directory
}

// find is what a path means to every process now: the directory and the name in it,
// nil for one outside of the folder; and what has that name, nil for nothing.
func (d *disk) find(path string) (directory *node, name string, found *node) {
	if path == d.root {
		return d.top, "", d.top
	}
	inside, ok := strings.CutPrefix(path, d.root+"/")
	if !ok {
		return nil, "", nil
	}
	directory = d.top
	parts := strings.Split(inside, "/")
	for _, part := range parts[:len(parts)-1] {
		if directory = directory.names()[part]; directory == nil {
			d.Fatalf("%s lies in a directory that is not there", path)
		}
	}
	name = parts[len(parts)-1]
	return directory, name, directory.names()[name]
}

// opened is the file of the folder that a call has open, nil for one elsewhere, and for
// one of the spool that has lost its name: nobody looks for it after a cut.
func (d *disk) opened(file open) *node {
	if file.nameless && strings.Contains(file.path, ".spool/") {
		return nil
	}
	directory, _, found := d.find(file.path)
	if directory != nil && (found == nil || file.nameless) {
		d.Fatalf("a file without a name is changed: %s", file.path)
	}
	return found
}

// follow does a step of the trace.
func (d *disk) follow(s step) {
	d.Helper()
	switch {
	case s.failed():
	case s.end:
		d.ends(s.call)
	default:
		d.begins(s.call)
	}
}

// begins does what may be on the disk from the beginning of a call on.
func (d *disk) begins(c *call) {
	d.Helper()
	switch c.name {
	case "pwrite64", "write":
		d.write(c)
	case "ftruncate":
		file, _ := openFile(d.T, c.args)
		if n := d.opened(file); n != nil {
			d.ask(n, change{size: c.numbers(d.T)[0]})
		}
	case "fsync", "fdatasync":
		file, _ := openFile(d.T, c.args)
		if n := d.synced(file); n != nil {
			d.syncing[c] = len(n.asked) + len(n.moved)
		}
	}
}

// synced is opened for a sync, which a file that has lost its name may have too.
func (d *disk) synced(file open) *node {
	if file.nameless {
		return nil
	}
	return d.opened(file)
}

func (d *disk) write(c *call) {
	d.Helper()
	file, _ := openFile(d.T, c.args)
	if strings.HasPrefix(file.path, "pipe:") || strings.HasPrefix(file.path, "socket:") {
		d.told.WriteString(c.texts(d.T)[0])
		d.touched++
		return
	}
	n := d.opened(file)
	if n == nil {
		return
	}
	bytes, offset := []byte(c.texts(d.T)[0]), int64(0)
	if c.name == "pwrite64" {
		offset = c.numbers(d.T)[1]
	} else {
		at := place{file.number, n}
		offset = d.places[at]
		d.places[at] += int64(len(bytes))
	}
	d.ask(n, change{offset: offset, write: bytes, size: -1})
}

func (d *disk) ask(n *node, c change) {
	d.touched++
	n.asked = append(n.asked, c)
}

func (d *disk) name(directory *node, m move) {
	d.touched++
	d.named++
	directory.moved = append(directory.moved, m)
}

// ends does what is done when a call has ended.
func (d *disk) ends(c *call) {
	d.Helper()
	switch c.name {
	case "openat":
		d.open(c)
	case "lseek":
		file, _ := openFile(d.T, c.args)
		if _, _, n := d.find(file.path); n != nil {
			d.places[place{file.number, n}] = c.number(d.T)
		}
	case "copy_file_range":
		d.copy(c)
	case "fsync", "fdatasync":
		file, _ := openFile(d.T, c.args)
		if n := d.synced(file); n != nil {
			d.touched++
			n.sync(d.syncing[c])
		}
	case "mkdirat":
		if directory, name, _ := d.find(c.texts(d.T)[0]); directory != nil {
			d.name(directory, move{name: name, to: &node{directory: true, entries: map[string]*node{}}})
		}
	case "unlinkat":
		if directory, name, _ := d.find(c.texts(d.T)[0]); directory != nil {
			d.name(directory, move{name: name})
		}
	case "linkat", "renameat", "renameat2":
		d.move(c)
	case "pwrite64", "write", "ftruncate", "exit_group":
	default:
		for _, text := range append(c.texts(d.T), unhexed(d.T, c.args)...) {
			if directory, _, _ := d.find(text); directory != nil {
				d.Fatalf("no model of %s(%.300s)", c.name, c.args)
			}
		}
	}
}

// sync brings so much of what was asked for to the disk, for sure.
func (n *node) sync(asked int) {
	if n.directory {
		n.entries, n.moved = n.named(asked), n.moved[asked:]
		return
	}
	n.content, n.asked = n.after(n.asked[:asked]), n.asked[asked:]
}

func (d *disk) open(c *call) {
	d.Helper()
	file, _ := openFile(d.T, c.result)
	directory, name, n := d.find(file.path)
	if directory == nil || n == d.top {
		return
	}
	if strings.Contains(c.args, "O_APPEND") || file.nameless {
		d.Fatalf("no model of openat(%s) = %s", c.args, c.result)
	}
	if n == nil {
		n = &node{}
		d.name(directory, move{name: name, to: n})
	} else if strings.Contains(c.args, "O_TRUNC") {
		d.ask(n, change{})
	}
	d.places[place{file.number, n}] = 0
}

// copy is a write of what another file holds, without a detour.
func (d *disk) copy(c *call) {
	d.Helper()
	from, rest := openFile(d.T, c.args)
	_, rest, _ = strings.Cut(rest, ", NULL, ")
	to, rest := openFile(d.T, rest)
	source, target := d.opened(from), d.opened(to)
	if target == nil {
		return
	}
	if source == nil || !strings.HasPrefix(rest, ", NULL, ") {
		d.Fatalf("no model of copy_file_range(%s)", c.args)
	}
	length, whole := c.number(d.T), source.after(source.asked)
	at := d.places[place{from.number, source}]
	d.ask(target, change{offset: d.places[place{to.number, target}], write: whole[at : at+length], size: -1})
	d.places[place{from.number, source}] += length
	d.places[place{to.number, target}] += length
}

// move gives a file another name, or a second one. From one directory to another that is
// two moves, of which the disk may have either.
func (d *disk) move(c *call) {
	d.Helper()
	paths := c.texts(d.T)
	directory, from, n := d.find(paths[0])
	other, name, _ := d.find(paths[1])
	switch {
	case directory == nil && other == nil:
	case directory == nil || other == nil || n == nil:
		d.Fatalf("no model of %s(%q)", c.name, paths)
	case c.name == "linkat":
		d.name(other, move{name: name, to: n})
	case directory == other:
		d.name(directory, move{from: from, name: name, to: n})
	default:
		d.name(other, move{name: name, to: n})
		d.name(directory, move{name: from})
	}
}

// unhexed are the names of all open files among arguments.
func unhexed(t *testing.T, args string) (list []string) {
	t.Helper()
	for strings.Contains(args, "<") {
		var file open
		file, args = openFile(t, args)
		list = append(list, file.path)
	}
	return list
}
