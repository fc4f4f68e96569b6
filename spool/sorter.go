package spool

import (
	"context"
	"iter"

	"github.com/lanrat/extsort"
)

// sortedAtOnce is how many texts of a Sorter lie in memory before they are put on the
// disk; some five times as many on their way there.
const sortedAtOnce = 20_000

// Sorter puts texts into the order of their bytes. However many they are they take little
// memory: those beyond the first twenty thousand lie in the folder.
type Sorter struct {
	Len    int // how many there are
	folder Folder
	path   string
	in     chan<- string
	full   <-chan struct{} // closed once no more are taken
	out    <-chan string
	errs   <-chan error
	stop   context.CancelFunc
}

// Sorter makes one. Whoever takes it closes it.
func (f Folder) Sorter() (*Sorter, error) {
	path, err := f.Folder()
	if err != nil {
		return nil, err
	}
	in, full := make(chan string), make(chan struct{})
	s := &Sorter{folder: f, path: path, in: in, full: full}
	var sorter *extsort.StringSorter
	sorter, s.out, s.errs = extsort.Strings(in, &extsort.Config{ChunkSize: sortedAtOnce, NumWorkers: 1, TempFilesDir: path})
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go func() {
		defer close(full)
		sorter.Sort(ctx)
	}()
	return s, nil
}

// Add gives it one more text. Its errors are those of the folder.
func (s *Sorter) Add(text string) error {
	select {
	case s.in <- text:
		s.Len++
		return nil
	case <-s.full:
		return s.fault(<-s.errs)
	}
}

// Sorted are the texts in their order, to be asked for once, when the last has been
// added. An error ends them.
func (s *Sorter) Sorted() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s.end()
		for text := range s.out {
			if !yield(text, nil) {
				return
			}
		}
		if err := <-s.errs; err != nil {
			yield("", s.fault(err))
		}
	}
}

func (s *Sorter) end() {
	if s.in != nil {
		close(s.in)
		s.in = nil
	}
}

func (s *Sorter) fault(err error) error { return &Fault{s.folder, err} }

// Close removes what lies in the folder.
func (s *Sorter) Close() error {
	s.stop()
	s.end()
	for range s.out { // it closes its file before it says that there are no more
	}
	return s.folder.Drop(s.path)
}
