package exchange

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"

	bolt "go.etcd.io/bbolt"
)

// BenchmarkImportCertificates takes in a register of 100,000 lines, from the CSV
// file to the last synced page, beside a bare load of the same bytes into bbolt
// in the same loop: every bucket's pairs from memory, in the order of the keys,
// in transactions of the same size. "of-bare" is the bare time divided by ours.
func BenchmarkImportCertificates(b *testing.B) {
	const rows = 100_000
	list := filepath.Join(b.TempDir(), "register.csv")
	if err := os.WriteFile(list, []byte(register(rows)), 0o600); err != nil {
		b.Fatal(err)
	}
	var ours, bare time.Duration
	for n := 0; b.Loop(); n++ {
		path := filepath.Join(b.TempDir(), fmt.Sprint(n, ".db"))
		st, err := store.Open(path, store.Options{Create: true})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		out, err := Certificates(context.Background(), st, Job{Path: list, By: reissue.System(), Alone: true})
		ours += time.Since(began)
		if err != nil || out.Added != rows {
			b.Fatal(out.Counts, err)
		}
		if err := st.Close(); err != nil {
			b.Fatal(err)
		}
		bare += bareLoad(b, path, path+".bare")
		b.ReportMetric(float64(size(b, path))/rows, "B/row")
	}
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
	b.ReportMetric(float64(rows*b.N)/ours.Seconds(), "rows/s")
}

// register is a list as offices keep it: people in no order, a fifth of them
// with several certificates.
func register(rows int) string {
	r := rand.New(rand.NewPCG(1, 1))
	var out strings.Builder
	out.WriteString("考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,性别,出生年月,证书管理号,批准日期,报名市\r\n")
	exams := []string{"一级建造师", "二级建造师", "监理工程师", "执业药师", "经济师"}
	specialties := []string{"建筑工程", "机电工程", "公路工程", "市政公用工程"}
	cities := []string{"石家庄市", "唐山市", "保定市", "沧州市", "邯郸市"}
	var person, name string
	for i := range rows {
		if i%5 != 1 {
			person, name = someone(r), fmt.Sprintf("王%c%c", '一'+rune(r.IntN(500)), '一'+rune(r.IntN(500)))
		}
		year := 2000 + r.IntN(17)
		fmt.Fprintf(&out, "%d,%s,%s,%s,已领取,考全科,%s,男,,A%d%08d,%d0625,%s\r\n",
			year, exams[i%5], name, person, specialties[r.IntN(4)], year, i, year, cities[r.IntN(5)])
	}
	return out.String()
}

// someone is an ID number of a man.
func someone(r *rand.Rand) string {
	stem := fmt.Sprintf("1301%02d%d%02d%02d%02d%d", 1+r.IntN(80), 1955+r.IntN(45), 1+r.IntN(12), 1+r.IntN(28), r.IntN(100), 1+2*r.IntN(5))
	for _, last := range "0123456789X" {
		if _, err := idcard.Parse(stem+string(last), "20260115"); err == nil {
			return stem + string(last)
		}
	}
	panic("no check character fits")
}

// bareLoad copies all pairs of one file into another, and answers how long the
// writing took.
func bareLoad(b *testing.B, from, to string) time.Duration {
	type bucket struct {
		name  []byte
		pairs [][2][]byte
	}
	var buckets []bucket
	source, err := bolt.Open(from, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer source.Close()
	err = source.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, in *bolt.Bucket) error {
			one := bucket{name: []byte(string(name))}
			err := in.ForEach(func(k, v []byte) error {
				one.pairs = append(one.pairs, [2][]byte{[]byte(string(k)), []byte(string(v))})
				return nil
			})
			buckets = append(buckets, one)
			return err
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	db, err := bolt.Open(to, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, InitialMmapSize: 4 << 30})
	if err != nil {
		b.Fatal(err)
	}
	for _, one := range buckets {
		for first := true; first || len(one.pairs) > 0; first = false {
			n := min(len(one.pairs), 20_000)
			err := db.Update(func(tx *bolt.Tx) error {
				out, err := tx.CreateBucketIfNotExists(one.name)
				if err != nil {
					return err
				}
				out.FillPercent = 0.95
				for _, pair := range one.pairs[:n] {
					if err := out.Put(pair[0], pair[1]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			one.pairs = one.pairs[n:]
		}
	}
	took := time.Since(began)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return took
}

func size(b *testing.B, path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
