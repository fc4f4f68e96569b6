package sheet

// Column is a column that a caller wants. Starred ones, as the list of
// columns marks them, must be in the header.
type Column struct {
	Name    string
	Starred bool
}

// Unknown lists columns of a file that nobody asked for.
type Unknown []string

// Columns finds the wanted columns in the header: at[i] is the position of
// want[i] in Row.Cells, or -1. Columns that nobody wants are named in unknown,
// in the file's order. The error, a *HeaderFault, names every starred column
// that is missing and every wanted one that is there twice.
func (s *Sheet) Columns(want []Column) (at []int, unknown Unknown, err error) {
	places := make(map[string][]int, len(s.Header))
	for i, name := range s.Header {
		places[name] = append(places[name], i)
	}
	var fault HeaderFault
	at = make([]int, len(want))
	for i, column := range want {
		found := places[columnName(column.Name)]
		delete(places, columnName(column.Name))
		at[i] = -1
		if len(found) > 0 {
			at[i] = found[0]
		} else if column.Starred {
			fault.Missing = append(fault.Missing, column.Name)
		}
		if len(found) > 1 {
			fault.Doubled = append(fault.Doubled, column.Name)
		}
	}
	for i, name := range s.Header {
		if found := places[name]; name != "" && len(found) > 0 && found[0] == i {
			unknown = append(unknown, name)
		}
	}
	if fault.Missing != nil || fault.Doubled != nil {
		return at, unknown, &fault
	}
	return at, unknown, nil
}
