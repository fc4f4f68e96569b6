package idcard

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
)

// A Number is masked on every way by which values reach logs, errors and pages unasked: fmt, log/slog,
// encoding/json and html/template. It has no MarshalText or MarshalBinary, because the file keeps the number
// whole. Three ways go round the mask, since they ask no method of the value: an unexported struct field printed
// with its struct, the key of a map in JSON, and %p, which go vet refuses.

// Full is the whole number, for the owner's pages, the review and the keys of the file.
func (n Number) Full() string { return string(n) }

// String is the number with all but its first and last character hidden, as long as the number is: the usual
// mask of 6 + 4 leaves fewer than four possible numbers beside a month of birth. Two characters or less are
// hidden altogether.
func (n Number) String() string {
	r := []rune(string(n))
	if len(r) <= 2 {
		return strings.Repeat("*", len(r))
	}
	return string(r[0]) + strings.Repeat("*", len(r)-2) + string(r[len(r)-1])
}

// Format lets every verb of fmt see the masked number, %x and %#v included.
func (n Number) Format(f fmt.State, verb rune) {
	fmt.Fprintf(f, fmt.FormatString(f, verb), n.String())
}

// LogValue masks the number in log/slog.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalJSON masks the number in JSON, which is for people to look at; it cannot be read back.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(n.String()) }
