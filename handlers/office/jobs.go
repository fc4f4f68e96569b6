package office

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/spool"
)

// errJobRunning refuses a second long work on the register beside the first.
var errJobRunning = errors.New("another job is running")

// job is an uploaded spreadsheet on its way: looked through first, and imported
// when somebody says so. It lives in memory and goes on when its page is closed.
type job struct {
	id    string
	name  string       // of the file, as it came
	dir   string       // of the file; the rejected lines lie beside it
	spool spool.Folder // where those are, until the job is removed
	blank reissue.BlankCollected

	mu sync.Mutex
	jobState
}

// jobState is how a job stands.
type jobState struct {
	phase       jobPhase
	done, total int64
	outcome     exchange.Outcome
	correct     []int          // lines that shall be carried out as corrections
	number      uint64         // the import, once it has begun
	by          *reissue.Staff // who has confirmed it, and when
	confirmed   reissue.Moment
	failed      string // why the phase could not be finished, in words
}

type jobPhase int

// A job is looked through, waits for a decision, and is imported.
const (
	jobChecking jobPhase = iota
	jobChecked
	jobImporting
	jobImported
	jobFailed
)

func (p jobPhase) running() bool { return p == jobChecking || p == jobImporting }

func (j *job) state() jobState {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.jobState
}

func (j *job) change(do func(*jobState)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	do(&j.jobState)
}

// path is where the uploaded file lies.
func (j *job) path() string { return filepath.Join(j.dir, j.name) }

// rejected is where the lines that were not taken lie.
func (j *job) rejected() string { return j.dir + ".xlsx" }

func (j *job) remove() {
	j.spool.Drop(j.dir)
	j.spool.Drop(j.rejected())
}

// jobs are the long works on the register: one runs at a time, and the last few
// are remembered.
type jobs struct {
	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup

	mu     sync.Mutex
	busy   bool
	closed bool
	list   []*job
	// refused are the sentences for imports that could not be taken back, as long
	// as nobody tries again.
	refused map[uint64]string
}

// mostJobs bounds what abandoned uploads keep on the disk.
const mostJobs = 8

func newJobs() *jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &jobs{ctx: ctx, stop: stop, refused: map[uint64]string{}}
}

// close breaks off what runs, waits for it, and removes every file.
func (j *jobs) close() {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.stop()
	j.work.Wait()
	for _, job := range j.list {
		job.remove()
	}
}

// run does a long work in the background; the error is errJobRunning.
func (j *jobs) run(do func(ctx context.Context)) (ended <-chan struct{}, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.busy || j.closed {
		return nil, errJobRunning
	}
	j.busy = true
	end := make(chan struct{})
	j.work.Go(func() {
		defer close(end)
		do(j.ctx)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.busy = false
	})
	return end, nil
}

// add remembers a new job, and forgets the oldest.
func (j *jobs) add(job *job) {
	j.mu.Lock()
	defer j.mu.Unlock()
	job.id = rand.Text()
	j.list = append(j.list, job)
	if len(j.list) > mostJobs {
		j.list[0].remove()
		j.list = j.list[1:]
	}
}

// find is the remembered job that passes, nil for none.
func (j *jobs) find(is func(*job) bool) *job {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, job := range j.list {
		if is(job) {
			return job
		}
	}
	return nil
}

// refuse notes why an import could not be taken back; "" forgets it.
func (j *jobs) refuse(number uint64, sentence string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.refused[number] = sentence; sentence == "" {
		delete(j.refused, number)
	}
}

func (j *jobs) refusal(number uint64) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.refused[number]
}

// patience is how long an answer waits for a job: most are done by then, and
// the visitor is spared the page in between.
const patience = time.Second

// wait waits for the end of a work, but not for long, and tells whether it has
// come.
func wait(ended <-chan struct{}) bool {
	select {
	case <-ended:
		return true
	case <-time.After(patience):
		return false
	}
}
