package reissue

// Reminders are after how many days the desk reminds the office of what does not go
// on. In the record 0 is the usual number, so that offices that have never decided
// are reminded, too, and -1 is never.
type Reminders struct {
	Returned int `cbor:"1,keyasint,omitempty"` // since an application was returned and not saved again
	Batch    int `cbor:"2,keyasint,omitempty"` // since the day on which a batch was expected
	Collect  int `cbor:"3,keyasint,omitempty"` // since a new certificate has waited to be collected
}

// The usual days.
const (
	usualReturned = 30
	usualBatch    = 3
	usualCollect  = 60
)

// ReturnedDays, BatchDays and CollectDays are the days that hold, 0 for never.
func (r Reminders) ReturnedDays() int { return daysOf(r.Returned, usualReturned) }
func (r Reminders) BatchDays() int    { return daysOf(r.Batch, usualBatch) }
func (r Reminders) CollectDays() int  { return daysOf(r.Collect, usualCollect) }

// daysOf are the days that a record's number stands for.
func daysOf(stored, usual int) int {
	if stored == 0 {
		return usual
	}
	return max(stored, 0)
}

// storedDays undoes daysOf.
func storedDays(days, usual int) int {
	switch days {
	case usual:
		return 0
	case 0:
		return -1
	}
	return days
}
