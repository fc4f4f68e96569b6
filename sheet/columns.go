package sheet

// Column is a column that a caller wants. Starred ones, as the list of
// columns marks them, must be in the header.
type Column struct {
	Name    string
	Starred bool
}

// Unknown lists columns of a file that nobody asked for.
type Unknown []string

// Columns finds the table and its header, the first of the first ten rows of a visible
// worksheet that has every starred column, and the wanted columns in it: at[i] is the
// position of want[i] in Row.Cells, or -1. Columns that nobody wants are named in unknown,
// in the file's order. Where no row is a header the error names, of the row that comes
// nearest in any worksheet, every starred column that is missing and every wanted one that
// is there twice, in a *HeaderFault, or is a *FileFault.
func (s *Sheet) Columns(want []Column) (at []int, unknown Unknown, err error) {
	var nearest *fit
	for _, t := range s.tables {
		found := t.fit(want)
		if found != nil && (found.lacks != nil || found.line > t.heads[0].line) && t.holds(want) {
			t.readHeads(&s.at, true)
			found = t.fit(want)
		}
		if found == nil || !found.nearer(nearest) {
			continue
		}
		s.choose(t, found.head)
		if nearest = found; found.lacks == nil {
			break
		}
	}
	if nearest != nil && nearest.lacks == nil {
		s.asked = make([]bool, len(s.Header))
		for _, i := range nearest.at {
			if i >= 0 {
				s.asked[i] = true
			}
		}
		return nearest.at, nearest.unknown, nil
	}
	if nearest == nil || len(nearest.lacks.Missing) == starred(want) {
		for _, t := range s.tables {
			if fault := t.refusal(); fault != nil {
				return nil, nil, named(fault, s.path)
			}
		}
	}
	nearest.lacks.Sheet = s.sheet()
	return nearest.at, nearest.unknown, nearest.lacks
}

// sheet names the worksheet that is read, where there are several.
func (s *Sheet) sheet() string {
	if len(s.tables) == 1 {
		return ""
	}
	return s.table.name
}

func starred(want []Column) (n int) {
	for _, column := range want {
		if column.Starred {
			n++
		}
	}
	return n
}
