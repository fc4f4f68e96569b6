package sheet

// Column is a column that a caller wants. Starred ones, as the list of
// columns marks them, must be in the header.
type Column struct {
	Name    string
	Starred bool
}

// Unknown lists columns of a file that nobody asked for.
type Unknown []string

// Columns finds the header, the first of the first ten rows that has every starred
// column, and the wanted columns in it: at[i] is the position of want[i] in Row.Cells, or
// -1. Columns that nobody wants are named in unknown, in the file's order. Where no row is
// a header the error names of the row that comes nearest every starred column that is
// missing and every wanted one that is there twice, in a *HeaderFault, or is a *FileFault.
func (s *Sheet) Columns(want []Column) (at []int, unknown Unknown, err error) {
	var nearest *HeaderFault
	for _, h := range s.heads {
		if h.fault != nil {
			continue
		}
		found, rest, fault := h.columns(want)
		if fault == nil {
			s.choose(h)
			s.asked = make([]bool, len(s.Header))
			for _, i := range found {
				if i >= 0 {
					s.asked[i] = true
				}
			}
			return found, rest, nil
		}
		if nearest == nil || len(fault.Missing) < len(nearest.Missing) {
			s.choose(h)
			at, unknown, nearest = found, rest, fault
		}
	}
	if first := s.heads[0]; first.fault != nil && (nearest == nil || len(nearest.Missing) == starred(want)) {
		s.choose(first)
		return nil, nil, named(first.fault, s.path)
	}
	return at, unknown, nearest
}

func starred(want []Column) (n int) {
	for _, column := range want {
		if column.Starred {
			n++
		}
	}
	return n
}

// columns finds the wanted columns among the names of a row; fault is nil where it can
// be the header.
func (h *head) columns(want []Column) (at []int, unknown Unknown, fault *HeaderFault) {
	places := make(map[string][]int, len(h.names))
	for i, name := range h.names {
		places[name] = append(places[name], i)
	}
	lacks := HeaderFault{}
	at = make([]int, len(want))
	for i, column := range want {
		found := places[columnName(column.Name)]
		delete(places, columnName(column.Name))
		at[i] = -1
		if len(found) > 0 {
			at[i] = found[0]
		} else if column.Starred {
			lacks.Missing = append(lacks.Missing, column.Name)
		}
		if len(found) > 1 {
			lacks.Doubled = append(lacks.Doubled, column.Name)
		}
	}
	for i, name := range h.names {
		if found := places[name]; name != "" && len(found) > 0 && found[0] == i {
			unknown = append(unknown, name)
		}
	}
	if lacks.Missing != nil || lacks.Doubled != nil {
		return at, unknown, &lacks
	}
	return at, unknown, nil
}
