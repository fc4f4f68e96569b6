package exchange

import (
	"errors"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// WriteCalls writes whom a staff member is to telephone, and what to say, as a table for
// a platform that sends short messages, and closes it: who has no telephone is left out. That
// is noted in the log.
func WriteCalls(st *store.Store, staff *reissue.Staff, w sheet.Writer) (err error) {
	defer func() { err = errors.Join(err, w.Close()) }()
	var chosen chosen
	chosen.limits(staff)
	if err := w.WriteRow(callColumns); err != nil {
		return err
	}
	count := 0
	err = st.EachCall(staff, func(call *store.Call) error {
		phone := reissue.PhoneKey(call.Application.Fields.Phone)
		if phone == "" {
			return nil
		}
		count++
		return w.WriteRow([]string{phone, call.Application.Call(call.Event, st.Settings(), reissue.Today(st.Now()))})
	})
	if err != nil {
		return err
	}
	return st.Exported(staff.Actor(), "calls", chosen, count)
}
