//go:build !windows

package store

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"certreissue/reissue"
)

// BenchmarkMirrorTurn is a turn after 20 small commits, on files of several sizes.
// It tells the processor's time, the time on the clock, and what was written.
func BenchmarkMirrorTurn(b *testing.B) {
	for _, megabytes := range []int{16, 256, 1024} {
		b.Run(fmt.Sprintf("%dMB", megabytes), func(b *testing.B) {
			s, err := Open(filepath.Join(b.TempDir(), "data.db"), Options{Create: true})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Abandon()
			picture := make([]byte, 20<<10)
			for n := uint64(1); ; n += 500 {
				err := s.update(reissue.System(), func(tx *txn) error {
					for i := range uint64(500) {
						rand.Read(picture)
						if err := photos.put(tx.Tx, n+i, picture); err != nil {
							return err
						}
					}
					if tx.Size() >= int64(megabytes)<<20 {
						n = 0
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
				if n == 0 {
					break
				}
			}
			m := NewMirror(s, b.TempDir(), false)
			turn := func() time.Duration {
				for n := range 20 {
					if err := s.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Notice = fmt.Sprint(time.Now(), n); return nil }); err != nil {
						b.Fatal(err)
					}
				}
				before := processor()
				b.StartTimer()
				if _, err := m.Turn(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				return processor() - before
			}
			for range 3 { // both files are there
				turn()
			}
			runtime.GC()
			b.ResetTimer()
			spent := time.Duration(0)
			for range b.N {
				spent += turn()
			}
			b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/turn")
		})
	}
}

// processor is what this process has had of it.
func processor() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
