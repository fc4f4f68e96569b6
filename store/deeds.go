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

func staffName(tx *txn, row *Audit) (string, error) {
	if row.Kind != "staff" {
		return "", nil
	}
	member, err := staffs.get(tx.Tx, key(row.By))
	if err != nil {
		return "", ignoreNotFound(err)
	}
	return member.Name, nil
}
