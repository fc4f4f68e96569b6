package sample

import (
	"errors"

	"certreissue/reissue"
	"certreissue/store"
)

// batchDays are the days on which what is approved goes into production, counted
// back from today; the new certificates come arrival days later.
var batchDays = []int{340, 280, 220, 160, 100, 45, 14}

const (
	arrival = 25
	// Batches are locked when the counters have closed, reported two days later,
	// and come before the counters open.
	closing, opening, reporting = 17*60 + 30, 8*60 + 30, 2
)

// The agent of those who did not collect themselves.
const (
	agentName   = "刘建民"
	agentNumber = "130000195803150216"
)

// makeBatches plans what happens to the batches, and one that is still being
// made up today.
func (s *stage) makeBatches() {
	for _, day := range batchDays {
		var made []uint64
		s.add(day, closing, func() (err error) {
			made, err = s.lockBatches(reissue.Today(s.calendar.at(day-arrival, 0)))
			return err
		})
		s.add(day-reporting, opening, func() error {
			return s.moveBatches(made, reissue.BatchReport)
		})
		if day >= arrival {
			s.add(day-arrival, opening, func() error {
				return errors.Join(s.moveBatches(made, reissue.BatchArrive), s.tellArrival(made))
			})
		}
	}
	s.add(0, dayMinutes, func() error {
		_, err := s.store.MakeBatch(s.staff["shenhe"], store.BatchPlan{Collect: store.Collect{City: openBatchCity}})
		return ignoreNothing(err)
	})
}

// openBatchCity is whose approved applications are being collected.
const openBatchCity = "石家庄市"

// lockBatches puts everything that is approved into batches.
func (s *stage) lockBatches(expected string) (made []uint64, err error) {
	for {
		b, err := s.store.MakeBatch(s.staff["shenhe"], store.BatchPlan{Expected: expected})
		if err != nil {
			return made, ignoreNothing(err)
		}
		made = append(made, b.ID)
		if _, err := s.store.MoveBatch(s.staff["shenhe"], b.ID, b.Revision, reissue.BatchLock, ""); err != nil {
			return made, err
		}
	}
}

// ignoreNothing takes a batch refused because nothing is approved for none.
func ignoreNothing(err error) error {
	var problems reissue.Problems
	if errors.As(err, &problems) {
		return nil
	}
	return err
}

func (s *stage) moveBatches(made []uint64, act reissue.BatchAct) error {
	for _, number := range made {
		b, err := s.store.Batch(s.staff["shenhe"], number)
		if err != nil {
			return err
		}
		if _, err := s.store.MoveBatch(s.staff["shenhe"], number, b.Revision, act, ""); err != nil {
			return err
		}
	}
	return nil
}

// tellArrival notes that everybody knows of an arrival but the one whose address is
// dead, and who is still to be told.
func (s *stage) tellArrival(made []uint64) error {
	who := map[uint64]string{}
	for key, account := range s.accounts {
		who[account] = key
	}
	for _, number := range made {
		_, page, err := s.store.BatchPage(s.staff["shenhe"], number, "", reissue.MaxBatch)
		if err != nil {
			return err
		}
		for _, a := range page.Rows {
			if err := s.told(who[a.Owner], a.History[len(a.History)-1].Mail); err != nil {
				return err
			}
		}
	}
	return nil
}
