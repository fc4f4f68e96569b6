package exchange

import (
	"errors"
	"strconv"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// ProofsSheet is the name of the sheet in a workbook of stubs.
const ProofsSheet = sheetProofs

// WriteProofs writes the stubs of a staff member's cities that pass the filter as a
// table, the newest first, and closes it. names are those of staff. ID numbers are
// masked: that somebody was given a proof is what the list says. The log is told as by
// WriteApplications.
func WriteProofs(st *store.Store, staff *reissue.Staff, filter store.StubFilter, names map[uint64]string, w sheet.Writer) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := w.WriteRow(ProofColumns); err != nil {
		return err
	}
	count := 0
	err = st.EachStub(staff, filter, func(stub *store.Stub) error {
		count++
		name, number := "", ""
		if a := stub.Application; a != nil {
			name, number = a.Fields.Name, a.Person.Number.String()
		}
		return w.WriteRow([]string{reissue.ShowProofNumber(stub.Number), stub.Issued.String(), strconv.FormatUint(stub.Proof.Application, 10), name, number, stub.Exam, stub.City,
			names[stub.By], strconv.Itoa(stub.Reprints), stub.Reprinted.String(), StubState(stub), stub.Voided.String()})
	})
	if err != nil {
		return err
	}
	return st.Exported(staff.Actor(), "proofs", chosenProofs(staff, &filter), count)
}

// StubState is how a proof stands, in words.
func StubState(stub *store.Stub) string {
	switch {
	case stub.Voided != 0:
		return sayVoid
	case stub.Forgotten:
		return sayForgotten
	case stub.Application == nil:
		return sayElsewhere
	}
	return stub.Application.Status.Word()
}
