package office

import (
	"slices"

	"certreissue/templates"
)

// nameProblems gives problems the ids of one of several forms on a page: the
// form's name before the field's. Of a page whose forms share some fields only,
// those are named; none is all.
func nameProblems(form *templates.Form, name string, shared ...string) {
	for i := range form.Problems {
		if field := &form.Problems[i].Field; *field != "" && (len(shared) == 0 || slices.Contains(shared, *field)) {
			form.Asked[name+"-"+*field] = form.Asked[*field]
			*field = name + "-" + *field
		}
	}
}
