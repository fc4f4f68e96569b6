package store

import (
	"context"
	"os"

	bolt "go.etcd.io/bbolt"
)

// examination is one check of a file. Its work is counted in pages: those of the
// structure, and again those that each pass reads.
type examination struct {
	ctx         context.Context
	path        string // of the file
	report      func(Finding)
	progress    func(done, total int64)
	sizes       map[string]*bucketSize // of the buckets
	done, total float64
	deferred    []byte // the first line of an import that has not entered all; nil for none
}

// pass is one walk through records, with the buckets it reads from end to end.
type pass struct {
	reads []string
	walk  func(tx *bolt.Tx, x *examination)
}

// passes are all walks of a check: first through each table, its indexes once for its
// records and once for themselves, then through what must agree with one another.
func passes() (all []pass) {
	for _, t := range tables {
		buckets := t.buckets()
		all = append(all, pass{append(buckets, buckets[1:]...), t.check})
	}
	return append(all,
		pass{[]string{singles}, checkSingles},
		pass{[]string{applications.name, photos.name}, checkApplications},
		pass{[]string{forgottenDays.name, applications.name, days.name}, checkStatistics},
		pass{[]string{applications.name, batches.name}, checkBatches},
		pass{[]string{applications.name, proofs.name}, checkProofs},
		pass{[]string{imports.name, exams.name, certificates.name, certificateVersions.name, corrections.name, applications.name}, checkRegister},
		pass{[]string{applications.name}, checkPhotos},
		pass{[]string{mails.name}, checkMails},
		pass{[]string{lists.name, rowsOfLists.name}, checkLists},
		pass{[]string{accounts.name}, checkDigestCost},
		pass{[]string{audits.name}, checkAudit},
	)
}

// structure walks through all pages of the state that a transaction sees; sound is
// false where something is wrong, and was reported.
func (x *examination) structure(tx *bolt.Tx, most int) (sound bool, err error) {
	file, err := os.Open(x.path)
	if err != nil {
		return false, fileError(x.path, err)
	}
	defer file.Close()
	state, found := stateOf(file, int64(tx.DB().Info().PageSize), uint64(tx.ID()))
	if !found {
		return false, errOvertaken
	}
	// How large which bucket is shows only on the way; what is shown must not go back.
	x.total = 4 * float64(state.high)
	var faults int
	faults, x.sizes = checkPages(file, state, most, func(page uint64) { x.report(findPage(page)) }, func(pages uint64) { x.advance(float64(pages)) })
	return faults == 0, x.ctx.Err()
}

// contents is the check behind the structure, which is sound.
func (x *examination) contents(tx *bolt.Tx) error {
	if !checkTables(tx, x.report) {
		return nil
	}
	if deferred, err := deferredImport(tx); err == nil && deferred != nil { // what cannot be read is found with the table
		x.deferred = key(deferred.Deferred)
	}
	all := passes()
	x.total = x.done
	for _, p := range all {
		x.total += x.pages(p.reads)
	}
	end := x.done
	for _, p := range all {
		p.walk(tx, x)
		end += x.pages(p.reads)
		x.advance(end - x.done) // what its steps do not add up to
	}
	return x.ctx.Err()
}

// pages are how many some buckets have together.
func (x *examination) pages(buckets []string) (pages float64) {
	for _, name := range buckets {
		if size := x.sizes[name]; size != nil {
			pages += float64(size.pages)
		}
	}
	return pages
}

// advance says that so many pages more have been looked at.
func (x *examination) advance(pages float64) {
	if x.done += pages; x.progress != nil {
		x.progress(int64(x.done), int64(x.total))
	}
}

// step says that one entry more of some buckets was looked at, and tells whether to
// go on.
func (x *examination) step(buckets ...string) bool {
	pages := 0.0
	for _, name := range buckets {
		if size := x.sizes[name]; size != nil && size.entries > 0 {
			pages += float64(size.pages) / float64(size.entries)
		}
	}
	x.advance(pages)
	return x.ctx.Err() == nil
}
