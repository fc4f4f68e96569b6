package sheet

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"certreissue/typed"
)

// table is one of a file's: a visible worksheet, or the whole of a text.
type table struct {
	name string // of a worksheet
	size int64  // bytes that its rows are read from
	// rows reads the rows, from the start at each call, and stores how far it has come.
	// Blank ones may be left out. What a merged cell shows is in the others that it
	// reaches over only where that is asked: it takes a look at the whole sheet first.
	rows func(at *atomic.Int64, merged bool) iter.Seq2[raw, error]
	// lowest is the row that no header is looked for below.
	lowest int
	heads  []head
	fault  *FileFault // why there are none
}

// head is a row that may be the header: above that offices write titles and notes.
type head struct {
	line  int
	names []string
	fault *FileFault // why it cannot be
}

// Where the header is looked for: among so many rows that hold something, in a worksheet up
// to a row that no list begins below, so that one of nothing but frames is not read to its end.
const (
	mostHeads  = 10
	lowestHead = 1000
)

// readHeads reads the rows that may be the header. What is broken below them is told to
// whoever reads on.
func (t *table) readHeads(at *atomic.Int64, merged bool) {
	t.heads, t.fault = nil, nil
	for r, err := range t.rows(at, merged) {
		if err != nil {
			if len(t.heads) == 0 {
				t.fault = faultOf(err)
			}
			return
		}
		if h := headOf(r); len(h.names) > 0 {
			t.heads = append(t.heads, h)
		}
		if len(t.heads) == mostHeads || r.line >= t.lowest {
			return
		}
	}
}

func headOf(r raw) head {
	h := head{line: r.line}
	for _, cell := range r.cells {
		h.names = append(h.names, headerName(cell))
	}
	for len(h.names) > 0 && h.names[len(h.names)-1] == "" {
		h.names = h.names[:len(h.names)-1]
	}
	switch {
	case len(h.names) > MaxColumns:
		h.fault = &FileFault{Kind: TooManyColumns, Limit: MaxColumns}
	case r.fault != nil || slices.ContainsFunc(h.names, spoiltName):
		h.fault = &FileFault{Kind: BadHeader}
	}
	return h
}

// headerName gives a header cell as Header holds it.
func headerName(cell string) string { return columnName(typed.Clean(clean(cell))) }

// spoiltName tells a column name that no office writes: a line of prose, or
// what is left of text read in the wrong encoding.
func spoiltName(name string) bool {
	return utf8.RuneCountInString(name) > MaxCell || strings.ContainsRune(name, utf8.RuneError)
}

// refusal is why the table has no header, as far as that is told without knowing the
// columns.
func (t *table) refusal() *FileFault {
	if len(t.heads) == 0 {
		return t.fault
	}
	return t.heads[0].fault
}

// holds tells whether the rows that may be the header have the starred columns between
// them: a cell that reaches over several rows may then make one of them whole.
func (t *table) holds(want []Column) bool {
	return !slices.ContainsFunc(want, func(column Column) bool {
		return column.Starred && !slices.ContainsFunc(t.heads, func(h head) bool {
			return slices.Contains(h.names, columnName(column.Name))
		})
	})
}

// fit finds the first row that can be the header, or the one that comes nearest; nil
// where there is none.
func (t *table) fit(want []Column) (best *fit) {
	for _, h := range t.heads {
		if h.fault != nil {
			continue
		}
		if f := h.fit(want); f.nearer(best) {
			best = f
		}
	}
	return best
}

// fit is where the wanted columns stand in a row.
type fit struct {
	head
	at      []int // of each, its place, or -1
	unknown Unknown
	lacks   *HeaderFault // nil where the row can be the header
}

// nearer tells whether a row comes nearer the header than one before it.
func (f *fit) nearer(other *fit) bool {
	switch {
	case other == nil:
		return true
	case f.lacks == nil || other.lacks == nil:
		return other.lacks != nil
	}
	return len(f.lacks.Missing) < len(other.lacks.Missing)
}

func (h *head) fit(want []Column) *fit {
	places := make(map[string][]int, len(h.names))
	for i, name := range h.names {
		places[name] = append(places[name], i)
	}
	f := &fit{head: *h, at: make([]int, len(want))}
	lacks := HeaderFault{}
	for i, column := range want {
		found := places[columnName(column.Name)]
		delete(places, columnName(column.Name))
		f.at[i] = -1
		if len(found) > 0 {
			f.at[i] = found[0]
		} else if column.Starred {
			lacks.Missing = append(lacks.Missing, column.Name)
		}
		if len(found) > 1 {
			lacks.Doubled = append(lacks.Doubled, column.Name)
		}
	}
	for i, name := range h.names {
		if found := places[name]; name != "" && len(found) > 0 && found[0] == i {
			f.unknown = append(f.unknown, name)
		}
	}
	if lacks.Missing != nil || lacks.Doubled != nil {
		f.lacks = &lacks
	}
	return f
}
