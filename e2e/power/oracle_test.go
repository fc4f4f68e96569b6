package power

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime/debug"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"
)

// contents are the records of a data file by bucket and key, without their checksums.
// They are read by bbolt and CBOR alone, as docs/format.md says: what the store's own
// code believes is what is to be proven.
type contents map[string]map[string][]byte

// record is one that was decoded, by the numbers of docs/format.md.
type record map[uint64]any

// Numbers of values in records.
const (
	identitySchema = 2
	identityInUse  = 6
	identityPurged = 9
	identityPlace  = 14

	importID       = 1
	importFinished = 6
	importCounts   = 8
	importLate     = 14
	countAdded     = uint64(1)

	certificateImport = 15
	accountEmail      = 4
	settingsTelephone = 3
	eventAct          = 2
	history           = 13
	auditAct          = 5
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(key, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value)
}

// read reads a data file and verifies every checksum in it; an error tells what is not
// whole. Files of schemas before 4 have no checksums, and one that is half way has some.
func read(path string) (c contents, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("bbolt: %v", fault)
		}
	}()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	c = contents{}
	err = db.View(func(tx *bolt.Tx) error {
		sealed, err := hasSums(tx)
		if err != nil {
			return err
		}
		return tx.ForEach(func(name []byte, bucket *bolt.Bucket) error {
			records := map[string][]byte{}
			c[string(name)] = records
			return bucket.ForEach(func(k, stored []byte) error {
				value, err := unseal(k, stored, string(name) != "photos", sealed)
				if err != nil {
					return fmt.Errorf("%s %x: %w", name, k, err)
				}
				records[string(k)] = append([]byte{}, value...)
				return nil
			})
		})
	})
	return c, err
}

// hasSums tells whether every value has its checksum.
func hasSums(tx *bolt.Tx) (bool, error) {
	singles := tx.Bucket([]byte("singles"))
	if singles == nil {
		return false, fmt.Errorf("no singles")
	}
	var identity record
	if _, err := cbor.UnmarshalFirst(singles.Get([]byte("identity")), &identity); err != nil {
		return false, fmt.Errorf("identity: %w", err)
	}
	schema, _ := identity[identitySchema].(uint64)
	return schema >= 4 && identity[identityPlace] == nil, nil
}

// unseal is a stored value without its checksum, where it has one; an index entry is
// empty and has none.
func unseal(key, stored []byte, encoded, sealed bool) ([]byte, error) {
	if len(stored) == 0 {
		return nil, nil
	}
	rest := stored
	if encoded {
		var err error
		if rest, err = cbor.UnmarshalFirst(stored, new(any)); err != nil {
			return nil, err
		}
	}
	value := stored[:len(stored)-len(rest)]
	if !encoded {
		end := max(len(stored)-4, 0)
		value, rest = stored[:end], stored[end:]
	}
	switch {
	case len(rest) == 4 && binary.BigEndian.Uint32(rest) == sumOf(key, value):
		return value, nil
	case !sealed && (len(rest) == 0 || !encoded):
		return stored, nil
	}
	return nil, fmt.Errorf("the checksum is wrong")
}

// decoded are the records of a bucket.
func (c contents) decoded(bucket string) (list []record) {
	for _, value := range c[bucket] {
		list = append(list, decode(value))
	}
	return list
}

// single is one of the singles, nil for none.
func (c contents) single(name string) record {
	value, there := c["singles"][name]
	if !there {
		return nil
	}
	return decode(value)
}

func decode(value []byte) (r record) {
	if err := cbor.Unmarshal(value, &r); err != nil {
		panic(err) // read has decoded it once
	}
	return r
}

// meddle changes a data file as no version of the program would.
func meddle(path string, change func(*bolt.Tx) error) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	if err := db.Update(change); err != nil {
		return err
	}
	return db.Close()
}

// setPurged puts the mark on a file that deleted records lie in its free pages.
func setPurged(tx *bolt.Tx) error {
	singles := tx.Bucket([]byte("singles"))
	name := []byte("identity")
	var identity record
	if _, err := cbor.UnmarshalFirst(singles.Get(name), &identity); err != nil {
		return err
	}
	identity[identityPurged] = true
	value, err := cbor.Marshal(identity)
	if err != nil {
		return err
	}
	return singles.Put(name, binary.BigEndian.AppendUint32(value, sumOf(name, value)))
}
