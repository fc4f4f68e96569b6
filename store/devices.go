package store

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"time"

	"certreissue/reissue"
)

// device is a browser in which a staff member has signed in. It holds a random mark, the
// file only its hash, and gives no rights: it only keeps strangers' failures apart.
// Several people may sign in on one.
type device struct {
	ID    uint64         `cbor:"1,keyasint"`
	Hash  []byte         `cbor:"2,keyasint"` // SHA-256 of the mark
	Staff uint64         `cbor:"3,keyasint"`
	Seen  reissue.Moment `cbor:"4,keyasint"` // the last sign-in
}

// DeviceLife is how long a device is known after the last sign-in; of more than
// mostDevices of one staff member the oldest make room.
const (
	DeviceLife  = 90 * 24 * time.Hour
	mostDevices = 10
)

var devices = Table[device]{
	numbered: true,
	name:     "devices",
	key:      func(d *device) []byte { return key(d.ID) },
	indexes: []Index[device]{
		// Whose device it is that has a mark.
		{name: "mark", unique: true, keys: func(d *device) [][]byte { return [][]byte{key(hashKey(d.Hash), d.Staff)} }},
		// Forgetting those of a staff member.
		{name: "staff", keys: func(d *device) [][]byte { return [][]byte{key(d.Staff)} }},
	},
}

// place is under what attempts on the device are counted: it stays when the mark changes.
func (d *device) place() string { return "device " + strconv.FormatUint(d.ID, 10) }

// known tells whether the last sign-in is not too long ago.
func (d *device) known(now reissue.Moment) bool { return now-d.Seen < millis(DeviceLife) }

// knownDevice is the device of a mark on which somebody of a name has signed in before;
// nil where there is none.
func knownDevice(tx *txn, name, mark string) (*device, error) {
	staff, err := staffNamed(tx, name)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	d, err := devices.unique(tx.Tx, "mark", key(tokenHash(mark), staff.ID))
	if err != nil || !d.known(tx.moment) {
		if tx.leftOut(err) {
			err = nil
		}
		return nil, ignoreNotFound(err)
	}
	return d, nil
}

// rememberDevice notes that a staff member has signed in on the device that had the
// mark before. It has a new one now, for everybody who is known on it: who has seen or
// planted the old one has nothing.
func rememberDevice(tx *txn, staff uint64, before, mark string) error {
	here, err := devices.readable(tx, "mark", tokenHash(before))
	if err != nil {
		return err
	}
	own := slices.IndexFunc(here, func(d *device) bool { return d.Staff == staff })
	if own < 0 {
		number, err := devices.next(tx.Tx)
		if err != nil {
			return err
		}
		own, here = len(here), append(here, &device{ID: number, Staff: staff})
	}
	here[own].Seen = tx.moment
	for _, d := range here {
		d.Hash = tokenHash(mark)
		if err := devices.put(tx.Tx, d); err != nil {
			return err
		}
	}
	all, err := devices.readable(tx, "staff", key(staff))
	slices.SortFunc(all, func(a, b *device) int { return cmp.Compare(b.Seen, a.Seen) })
	for i, d := range all {
		if i >= mostDevices || !d.known(tx.moment) {
			err = errors.Join(err, devices.delete(tx.Tx, key(d.ID)))
		}
	}
	return err
}

// forgetDevices lets no device of a staff member be known any more.
func forgetDevices(tx *txn, staff uint64) error {
	list, err := devices.readable(tx, "staff", key(staff))
	for _, d := range list {
		err = errors.Join(err, devices.delete(tx.Tx, key(d.ID)))
	}
	return err
}
