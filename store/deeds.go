package store

// Deed is a row of the log with the name of the staff member who acted, "" for
// nobody of the staff.
type Deed struct {
	*Audit
	Name string
}

// deedsOf are the last deeds on one record, the newest first.
func deedsOf(tx *txn, object string, number uint64) (deeds []Deed, err error) {
	for _, k := range audits.entries(tx.Tx, "object", key(object, number), nil, true) {
		if len(deeds) == mostFound {
			break
		}
		row, err := audits.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		name, err := staffName(tx, row)
		if err != nil {
			return nil, err
		}
		deeds = append(deeds, Deed{row, name})
	}
	return deeds, nil
}

// staffName names the staff member who acted, "" for others.
func staffName(tx *txn, row *Audit) (string, error) {
	if row.Kind != "staff" {
		return "", nil
	}
	return memberName(tx, row.By)
}

// memberName is the name of a staff member, "" where there is none.
func memberName(tx *txn, number uint64) (string, error) {
	member, err := staffs.get(tx.Tx, key(number))
	if err != nil {
		return "", ignoreNotFound(err)
	}
	return member.Name, nil
}
