package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// TestCheckFinds plants one fault at a time into a file where everything is
// right, and wants it found.
func TestCheckFinds(t *testing.T) {
	var number, account uint64
	prepared := func(t *testing.T) *office {
		o := &office{clock: &clock{t: morning}, t: t}
		s, err := Open(filepath.Join(t.TempDir(), "data.db"), Options{Create: true, Now: o.now})
		o.must(err)
		o.Store = s
		t.Cleanup(func() { o.Close() })
		owner, a := o.applied(1)
		number, account = a.ID, owner.ID
		o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Telephone = "0311"; return nil }))
		o.decide(number, returnIt)
		if found := o.findings(); len(found) > 0 {
			t.Fatalf("before any fault: %v", found)
		}
		return o
	}
	// rewrite stores a record without its indexes and rules.
	rewrite := func(tx *txn, bucketName string, k []byte, record any) error {
		stored, err := encode(k, record)
		if err != nil {
			return err
		}
		return bucket(tx.Tx, bucketName).Put(k, stored)
	}
	for _, c := range []struct {
		reason string
		plant  func(*txn) error
		found  string
	}{
		{"held in a state that does not wait", func(tx *txn) error {
			a, err := applications.get(tx.Tx, key(number))
			if err != nil {
				return err
			}
			a.HeldUntil = "20260201"
			return rewrite(tx, "applications", key(number), a)
		}, "暂缓与状态或内部记录不符"},
		{"an index entry is missing", func(tx *txn) error {
			k, _ := bucket(tx.Tx, "applications.owner").Cursor().First()
			return bucket(tx.Tx, "applications.owner").Delete(bytes.Clone(k))
		}, "索引 applications.owner 缺少记录"},
		{"an index entry too many", func(tx *txn) error {
			return bucket(tx.Tx, "applications.owner").Put(append(key(uint64(99)), key(number)...), nil)
		}, "索引 applications.owner 有 2 项，应为 1 项"},
		{"an index entry too short for a key", func(tx *txn) error { return bucket(tx.Tx, "applications.owner").Put([]byte{1}, nil) }, "索引 applications.owner 有 2 项"},
		{"a record that cannot be read", func(tx *txn) error { return bucket(tx.Tx, "accounts").Put(key(account), []byte{0xff}) }, "考生账号 1 的记录已损坏"},
		{"a record with one bit turned", func(tx *txn) error { return turnBit(tx.Tx, "accounts", key(account)) }, "考生账号 1 的记录已损坏"},
		{"a photo with one bit turned", func(tx *txn) error { return turnBit(tx.Tx, "photos", key(number)) }, "照片已损坏"},
		{"a single with one bit turned", func(tx *txn) error { return turnBit(tx.Tx, singles, []byte("settings")) }, "系统记录“系统设置”已损坏"},
		{"a sequence that was set back", func(tx *txn) error { return bucket(tx.Tx, "accounts").SetSequence(0) }, "考生账号的编号序列已损坏"},
		{"a record under another key", func(tx *txn) error {
			a, err := accounts.get(tx.Tx, key(account))
			if err != nil {
				return err
			}
			a.ID = 77
			return rewrite(tx, "accounts", key(account), a)
		}, "考生账号 1 的记录已损坏"},
		{"a bucket is gone", func(tx *txn) error { return tx.DeleteBucket([]byte("mails.due")) }, "缺少表 mails.due"},
		{"an audit row was changed", func(tx *txn) error {
			row, err := audits.get(tx.Tx, key(uint64(2)))
			if err != nil {
				return err
			}
			row.New = "别的"
			return rewrite(tx, "audit", key(uint64(2)), row)
		}, "日志第 2 条：内容与校验值不符"},
		{"an audit row was taken out", func(tx *txn) error { return audits.delete(tx.Tx, key(uint64(2))) }, "日志第 3 条：与前一条"},
		{"the last audit row was taken out", func(tx *txn) error {
			k, _ := bucket(tx.Tx, "audit").Cursor().Last()
			return audits.delete(tx.Tx, bytes.Clone(k))
		}, "可能缺少日志"},
		{"an application's audit row is not there", func(tx *txn) error {
			a, err := applications.get(tx.Tx, key(number))
			if err != nil {
				return err
			}
			a.Revision++
			a.History = append(a.History, a.History[len(a.History)-1])
			return applications.put(tx.Tx, a)
		}, "修改次数与日志不符"},
		{"the status is not that of the history", func(tx *txn) error {
			a, err := applications.get(tx.Tx, key(number))
			if err != nil {
				return err
			}
			a.Status = "approved"
			return applications.put(tx.Tx, a)
		}, "状态与历史记录不符"},
		{"the photo is not there", func(tx *txn) error { return bucket(tx.Tx, "photos").Delete(key(number)) }, "缺少照片"},
		{"the photo is another", func(tx *txn) error { return photos.put(tx.Tx, number, []byte("jpeg")) }, "照片内容与登记不符"},
		{"a photo belongs to nothing", func(tx *txn) error { return bucket(tx.Tx, "photos").Put(key(uint64(5)), []byte("jpeg")) }, "有照片，但没有对应的申请"},
		{"a photo's key is none", func(tx *txn) error { return bucket(tx.Tx, "photos").Put([]byte{5}, []byte("jpeg")) }, "文件结构损坏"},
		{"a mail is not there", func(tx *txn) error { return mails.delete(tx.Tx, key(uint64(1))) }, "缺少通知邮件"},
		{"a mail belongs to nothing", func(tx *txn) error { return tx.post(&Mail{To: "a@example.com", Application: 5}) }, "所属申请不存在"},
		{"a password takes longer than any is said to", func(tx *txn) error {
			a, err := accounts.get(tx.Tx, key(account))
			if err != nil {
				return err
			}
			a.Password = bcryptOf("04")
			return accounts.put(tx.Tx, a)
		}, "考生账号 1：密码摘要比"},
		{"a list without its rows", func(tx *txn) error {
			return errors.Join(tx.keepList(&List{Kind: ListMailings}), rowsOfLists.delete(tx.Tx, key(uint64(1))))
		}, "批量办理记录 1：缺少各行的内容"},
		{"rows without their list", func(tx *txn) error {
			return errors.Join(tx.keepList(&List{Kind: ListMailings}), lists.delete(tx.Tx, key(uint64(1))))
		}, "批量办理记录 1：有各行的内容，但没有对应的记录"},
		{"a list that counts other rows", func(tx *txn) error {
			l := &List{Kind: ListMailings, Rows: []ListRow{{Application: number, Outcome: RowDone}}}
			return errors.Join(tx.keepList(l), rowsOfLists.put(tx.Tx, &listRows{List: 1}))
		}, "批量办理记录 1：份数与各行的内容不符"},
		{"the owner is not there", func(tx *txn) error { return accounts.delete(tx.Tx, key(account)) }, "申请人账号不存在"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			o := prepared(t)
			o.change(func(tx *txn) { o.must(c.plant(tx)) })
			var all []string
			for _, finding := range o.findings() {
				all = append(all, string(finding))
			}
			if !strings.Contains(strings.Join(all, "\n"), c.found) {
				t.Errorf("found %q, want %q", all, c.found)
			}
		})
	}
}

// turnBit turns the last bit but one of what a value says.
func turnBit(tx *bolt.Tx, name string, k []byte) error {
	stored := bytes.Clone(bucket(tx, name).Get(k))
	stored[len(stored)-sumLength-1] ^= 2
	return bucket(tx, name).Put(k, stored)
}

// TestCheckSaysOnce: bbolt's check and ours stumble over the same lengths.
func TestCheckSaysOnce(t *testing.T) {
	whole := smallFile(t, 12)
	page := os.Getpagesize()
	stumbled := 0
	for number := 2; number < 8; number++ {
		broken := bytes.Clone(whole)
		// The length of the first value of a leaf: behind 16 bytes of page header,
		// flags, position and length of the key.
		binary.NativeEndian.PutUint32(broken[number*page+28:], 1<<31-1)
		s, err := Open(write(t, broken), Options{})
		if err != nil {
			continue // refused before
		}
		found := map[Finding]int{}
		if err := s.Check(t.Context(), func(finding Finding) { found[finding]++ }, nil); err != nil {
			t.Error(err)
		}
		for finding, times := range found {
			if finding == findPage(uint64(number)) {
				stumbled++
			}
			if times > 1 {
				t.Errorf("page %d: %d times %q", number, times, finding)
			}
		}
		s.Abandon()
	}
	if stumbled == 0 {
		t.Error("no length reaches beyond the file")
	}
}

// TestCheckOfCircles spoils what says of a page, or of a bucket within one, where
// its children are: the check tells so, and does not go round.
func TestCheckOfCircles(t *testing.T) {
	whole, page := smallFile(t, 12), os.Getpagesize()
	const flags, count, header, element, firstChild, noKind = 8, 10, 16, 16, 24, 10
	find := func(what string, at int, value uint16, child, itself int) {
		t.Helper()
		broken := bytes.Clone(whole)
		binary.NativeEndian.PutUint16(broken[at:], value)
		binary.NativeEndian.PutUint64(broken[child:], uint64(itself))
		s, err := Open(write(t, broken), Options{})
		if err != nil {
			return // refused before
		}
		found, done := 0, make(chan error, 1)
		go func() { done <- s.Check(t.Context(), func(Finding) { found++ }, nil) }()
		select {
		case err = <-done:
			s.Abandon()
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: the check goes in circles", what)
		}
		if err != nil || found == 0 {
			t.Errorf("%s: %d findings, %v", what, found, err)
		}
	}
	reached := map[string]bool{}
	for number, kind := range kindsOfPages(t, whole) {
		from := number * page
		switch kind {
		case "branch":
			reached["branch"] = true
			find(fmt.Sprintf("page %d without children", number), from+count, 0, from+firstChild, number)
		case "leaf":
			find(fmt.Sprintf("page %d of no kind", number), from+flags, noKind, from+firstChild, number)
			for i := range int(binary.NativeEndian.Uint16(whole[from+count:])) {
				head := from + header + i*element
				word := func(n int) int { return int(binary.NativeEndian.Uint32(whole[head+4*n:])) }
				value := head + word(1) + word(2)                                   // behind the key
				if word(0) == 1 && binary.NativeEndian.Uint64(whole[value:]) == 0 { // a bucket whose page follows
					reached["inline"] = true
					find(fmt.Sprintf("bucket %s of no kind", whole[head+word(1):value]), value+header+flags, noKind, value+header+firstChild, 0)
				}
			}
		}
	}
	if len(reached) != 2 {
		t.Errorf("the file has only %v", reached)
	}
}

// kindsOfPages is what each page of a file is, as bbolt calls it.
func kindsOfPages(t *testing.T, whole []byte) map[int]string {
	t.Helper()
	db, err := bolt.Open(write(t, whole), 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kinds := map[int]string{}
	db.View(func(tx *bolt.Tx) error {
		for number := 0; ; {
			page, err := tx.Page(number)
			if page == nil {
				return err
			}
			kinds[number] = page.Type
			number++
			if page.Type != "free" {
				number += page.OverflowCount
			}
		}
	})
	return kinds
}

func TestCheckStops(t *testing.T) {
	o := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := o.Check(ctx, func(Finding) {}, nil); err != context.Canceled {
		t.Errorf("a check that was cancelled: %v", err)
	}
}

// TestCheckTellsHowFar: the share of a check that is done never goes back, is the whole
// in the end, and stands still in no pass: no step is a leap.
func TestCheckTellsHowFar(t *testing.T) {
	o := open(t)
	for n := range 40 {
		o.applied(n)
	}
	for range 400 {
		o.must(o.Downloaded(reissue.System()))
	}
	last, longest, share := int64(0), 0.0, 0.0
	o.must(o.Check(t.Context(), func(f Finding) { t.Error(f) }, func(done, total int64) {
		if now := float64(done) / float64(total); now < share {
			t.Errorf("%.3f is done after %.3f", now, share)
		}
		share = float64(done) / float64(total)
		last, longest = done, max(longest, float64(done-last)/float64(total))
	}))
	if share != 1 || longest > 0.03 {
		t.Errorf("in the end %.3f is done, and %.3f at once on the way", share, longest)
	}
}
