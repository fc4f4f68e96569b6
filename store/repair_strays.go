package store

// dropStrays deletes what belongs to a record that is not there.
func (r *repair) dropStrays(tx *txn) error {
	var strayVersions [][]byte
	for v, err := range certificateVersions.all(tx.Tx) {
		if err != nil {
			return err
		}
		if !certificates.has(tx.Tx, key(v.Before.ID)) {
			strayVersions = append(strayVersions, certificateVersions.key(v))
		}
	}
	var strayCorrections []uint64
	for c, err := range corrections.all(tx.Tx) {
		if err != nil {
			return err
		}
		if !certificates.has(tx.Tx, key(c.Certificate)) {
			strayCorrections = append(strayCorrections, c.ID)
		}
	}
	var strayMails []uint64
	for m, err := range mails.all(tx.Tx) {
		if err != nil {
			return err
		}
		if m.Application != 0 && !applications.has(tx.Tx, key(m.Application)) {
			strayMails = append(strayMails, m.ID)
		}
	}
	var strayPhotos []uint64
	for k := range photos.keys(tx.Tx) {
		if a, err := applications.get(tx.Tx, k); err != nil || !a.Photo.Given() {
			strayPhotos = append(strayPhotos, id(k))
		}
	}
	for _, k := range strayVersions {
		r.lose(findLost(certificateVersions.name, k))
		if err := certificateVersions.delete(tx.Tx, k); err != nil {
			return err
		}
	}
	for _, number := range strayCorrections {
		r.lose(findLost(corrections.name, key(number)))
		if err := corrections.delete(tx.Tx, key(number)); err != nil {
			return err
		}
	}
	for _, number := range strayMails {
		r.lose(findLost(mails.name, key(number)))
		if err := mails.delete(tx.Tx, key(number)); err != nil {
			return err
		}
	}
	for _, number := range strayPhotos {
		r.lose(findLost(photos.name, key(number)))
		if err := photos.delete(tx.Tx, number); err != nil {
			return err
		}
	}
	r.kept -= len(strayVersions) + len(strayCorrections) + len(strayMails) + len(strayPhotos)
	return nil
}
