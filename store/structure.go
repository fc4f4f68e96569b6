package store

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
)

// A page of bbolt begins with its number (8 bytes), its kind and the count of its
// elements (2 each), and how many pages follow it as a part of it (4). Elements
// are of 16 bytes and point to their keys, counted from where the element begins.
const (
	pageBranch   = 0x01
	pageLeaf     = 0x02
	pageMeta     = 0x04
	pageFreelist = 0x10

	elementLength = 16
	bucketElement = 1 // in a leaf: the value is a bucket
	bucketHeader  = 16

	// longestPage is more than this program has ever put into one: the longest value
	// is an upload.
	longestPage = 64 << 20
)

// structure is a walk through all pages that a state of the file is made of, which
// sees to it that a walk through the records comes to no harm: bbolt believes what
// a page says, so a wrong length or reference ends its own check in a fault of
// memory, or sends it round in circles. Here each page is read, and entered, once.
type structure struct {
	file     io.ReaderAt
	pageSize uint64
	high     uint64 // the first number behind the last page
	seen     []bool // by page
	free     []bool
	report   func(page uint64)
	faults   int
	most     int          // faults that end the walk
	step     func(uint64) // hears how many pages were looked at; nil for nobody
	// pages and entries of each bucket on the top, its overflow and all.
	sizes map[string]*bucketSize
	// salvage hears what can still be read; nil for nobody. inside is the bucket.
	salvage *salvage
	inside  string
}

type bucketSize struct{ pages, entries uint64 }

// checkPages walks through the pages of the state that a meta page names. It tells
// of each page that is wrong, up to most of them, and how large the buckets are.
func checkPages(file io.ReaderAt, m meta, most int, report func(page uint64), step func(pages uint64)) (faults int, sizes map[string]*bucketSize) {
	w := &structure{file: file, pageSize: uint64(m.pageSize), high: m.high, seen: make([]bool, m.high), free: make([]bool, m.high),
		report: report, most: most, step: step, sizes: map[string]*bucketSize{}}
	// Of the two meta pages only the one that counts must be good, and it is: the other
	// may be half written, and the next commit writes it anew.
	w.seen[0], w.seen[1] = true, true
	w.freelist(m.freelist)
	w.bucket(m.root, nil)
	for number := range m.high {
		if !w.seen[number] && !w.free[number] {
			w.fault(number)
		}
	}
	return w.faults, w.sizes
}

// salvagePages walks through what can be entered of the pages of a state.
func salvagePages(file io.ReaderAt, m meta, into *salvage) {
	w := &structure{file: file, pageSize: uint64(m.pageSize), high: m.high, seen: make([]bool, m.high), free: make([]bool, m.high),
		report: func(uint64) {}, most: math.MaxInt, sizes: map[string]*bucketSize{}, salvage: into}
	w.seen[0], w.seen[1] = true, true
	w.freelist(m.freelist)
	w.bucket(m.root, nil)
}

func (w *structure) fault(page uint64) {
	if w.faults < w.most {
		w.faults++
		w.report(page)
	}
}

// page is what lies in a page and those that belong to it: its kind and count, and
// all its bytes. ok is false, and said, where it is not what the reference to it
// takes it for, or has been entered before.
func (w *structure) page(number uint64) (kind, count uint16, data []byte, ok bool) {
	if w.faults == w.most || number < 2 || number >= w.high || w.seen[number] {
		w.fault(number)
		return 0, 0, nil, false
	}
	w.seen[number] = true
	head := make([]byte, w.pageSize)
	if _, err := w.file.ReadAt(head, int64(number*w.pageSize)); err != nil {
		w.fault(number)
		return 0, 0, nil, false
	}
	order := binary.NativeEndian
	more := uint64(order.Uint32(head[12:]))
	length := (more + 1) * w.pageSize
	if order.Uint64(head) != number || w.free[number] || number+more >= w.high || length > longestPage {
		w.fault(number)
		return 0, 0, nil, false
	}
	if data = head; more > 0 {
		data = make([]byte, length)
		copy(data, head)
		if _, err := w.file.ReadAt(data[w.pageSize:], int64((number+1)*w.pageSize)); err != nil {
			w.fault(number)
			return 0, 0, nil, false
		}
	}
	for part := number + 1; part <= number+more; part++ {
		if w.seen[part] || w.free[part] {
			w.fault(part)
			return 0, 0, nil, false
		}
		w.seen[part] = true
	}
	if w.step != nil {
		w.step(more + 1)
	}
	return order.Uint16(head[8:]), order.Uint16(head[10:]), data, true
}

// freelist reads which pages belong to nothing.
func (w *structure) freelist(number uint64) {
	kind, short, data, ok := w.page(number)
	if !ok {
		return
	}
	if kind != pageFreelist {
		w.fault(number)
		return
	}
	count, ids := uint64(short), data[pageHeader:]
	if short == math.MaxUint16 { // more than the header can say
		count, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if count > uint64(len(ids)/8) {
		w.fault(number)
		return
	}
	for i := range count {
		id := binary.NativeEndian.Uint64(ids[8*i:])
		if id < 2 || id >= w.high || w.free[id] || w.seen[id] {
			w.fault(number)
			continue
		}
		w.free[id] = true
	}
}

// bucket walks through the tree under a root page. Pages and entries are counted
// to size; nil is the root of all buckets.
func (w *structure) bucket(root uint64, size *bucketSize) { w.tree(root, nil, nil, true, size) }

// tree walks through a page and what lies under it, whose keys begin with low and
// end before high; nil is no bound. Only the root of a tree may be empty.
func (w *structure) tree(number uint64, low, high []byte, isRoot bool, size *bucketSize) {
	kind, count, data, ok := w.page(number)
	if !ok {
		w.salvage.miss(w.inside, low, high)
		return
	}
	if size != nil {
		size.pages += uint64(len(data)) / w.pageSize
	}
	keys, sound := keysOf(kind, count, data, low, high)
	if !sound || count == 0 && (kind == pageBranch || !isRoot) {
		w.fault(number)
		w.salvage.miss(w.inside, low, high)
		if kind == pageLeaf && w.salvage != nil {
			w.rescue(number, count, data)
		}
		return
	}
	if kind == pageLeaf {
		w.leaf(number, keys, data, low, high, size)
		return
	}
	for i, key := range keys {
		until := high
		if i+1 < len(keys) {
			until = keys[i+1]
		}
		w.tree(binary.NativeEndian.Uint64(data[pageHeader+i*elementLength+8:]), key, until, false, size)
	}
}

// leaf goes through the elements of a sound leaf: buckets on the top, values within.
func (w *structure) leaf(number uint64, keys [][]byte, data, low, high []byte, size *bucketSize) {
	if size != nil {
		size.entries += uint64(len(keys))
	}
	verified := true
	for i, key := range keys {
		element := data[pageHeader+i*elementLength:]
		isBucket := binary.NativeEndian.Uint32(element) == bucketElement
		switch {
		case isBucket != (w.inside == ""):
			w.fault(number)
			verified = false
		case isBucket:
			w.within(number, key, valueOf(element))
		default:
			verified = w.salvage.hear(w.inside, key, valueOf(element)) && verified
		}
	}
	if !verified { // a key among these may be another's
		w.salvage.miss(w.inside, low, high)
	}
}

// rescue takes single elements out of a leaf that is not sound as a whole: what they
// say has its own checksums.
func (w *structure) rescue(number uint64, count uint16, data []byte) {
	if len(data) < pageHeader+elementLength {
		return
	}
	first, _, _ := extent(pageLeaf, data[pageHeader:]) // which knows how many elements it follows
	for i := range max(uint64(count), first/elementLength) {
		from := pageHeader + i*elementLength
		if from+elementLength > uint64(len(data)) {
			return
		}
		element := data[from:]
		at, length, behind := extent(pageLeaf, element)
		if at < elementLength || at+length+behind > uint64(len(element)) {
			continue
		}
		if key := element[at : at+length]; w.inside == "" {
			w.within(number, key, valueOf(element))
		} else {
			w.salvage.hear(w.inside, key, valueOf(element))
		}
	}
}

// within walks through a bucket that is a value of a leaf: by its root page, or
// where that is 0 by the page that follows.
func (w *structure) within(page uint64, name, value []byte) {
	if len(value) < bucketHeader {
		w.fault(page)
		return
	}
	size := &bucketSize{}
	w.sizes[string(name)] = size
	w.inside = string(name)
	defer func() { w.inside = "" }()
	w.salvage.count(w.inside, binary.NativeEndian.Uint64(value[8:]))
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		w.bucket(root, size)
		return
	}
	inline := value[bucketHeader:]
	if len(inline) < pageHeader {
		w.fault(page)
		return
	}
	kind, count := binary.NativeEndian.Uint16(inline[8:]), binary.NativeEndian.Uint16(inline[10:])
	keys, sound := keysOf(kind, count, inline, nil, nil)
	if !sound || kind != pageLeaf {
		w.fault(page)
		w.salvage.miss(w.inside, nil, nil)
		return
	}
	w.leaf(page, keys, inline, nil, nil, size)
}

// keysOf are the keys of a branch or a leaf. sound is false where it is neither,
// reaches beyond its bytes, or has its keys out of order or of their bounds. bbolt
// writes keys and values without gaps behind the last element, which tells a wrong count.
func keysOf(kind, count uint16, data, low, high []byte) (keys [][]byte, sound bool) {
	if kind != pageBranch && kind != pageLeaf || pageHeader+int(count)*elementLength > len(data) {
		return nil, false
	}
	next := uint64(pageHeader + int(count)*elementLength)
	for i := range int(count) {
		from := uint64(pageHeader + i*elementLength)
		at, length, behind := extent(kind, data[from:])
		if from+at != next || next+length+behind > uint64(len(data)) {
			return nil, false
		}
		key := data[next : next+length]
		next += length + behind
		if i > 0 && bytes.Compare(keys[i-1], key) >= 0 || low != nil && bytes.Compare(key, low) < 0 || high != nil && bytes.Compare(key, high) >= 0 {
			return nil, false
		}
		keys = append(keys, key)
	}
	return keys, true
}

// extent is where the key of an element begins, and the lengths of key and value.
func extent(kind uint16, element []byte) (at, key, value uint64) {
	order := binary.NativeEndian
	if kind == pageBranch {
		return uint64(order.Uint32(element)), uint64(order.Uint32(element[4:])), 0
	}
	return uint64(order.Uint32(element[4:])), uint64(order.Uint32(element[8:])), uint64(order.Uint32(element[12:]))
}

// valueOf is the value of a leaf's element, which keysOf found sound.
func valueOf(element []byte) []byte {
	order := binary.NativeEndian
	from := order.Uint32(element[4:]) + order.Uint32(element[8:])
	return element[from : from+order.Uint32(element[12:])]
}
