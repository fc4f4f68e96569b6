package exchange

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"testing"

	"certreissue/docs"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// TestContract compares docs/contract.md with the columns of every spreadsheet.
func TestContract(t *testing.T) {
	for heading, columns := range map[string][]sheet.Column{
		"### The register":                 certificateColumns(""),
		"### The accounts of 证书邮寄系统":       accountColumns,
		"### The list of tracking numbers": mailingColumns,
		"### The list of new numbers":      numberColumns,
	} {
		var described []sheet.Column
		for _, row := range docs.Rows(t, "contract.md", heading) {
			described = append(described, sheet.Column{Name: row[0], Starred: row[1] == "yes"})
		}
		if !slices.Equal(described, columns) {
			t.Errorf("%s: described are %v, read are %v", heading, described, columns)
		}
	}
	st, err := store.Open(filepath.Join(t.TempDir(), "a.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var written bytes.Buffer
	if err := WriteApplications(st, reissue.Console(), store.Filter{}, sheet.NewCSV(&written)); err != nil {
		t.Fatal(err)
	}
	header, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(written.Bytes(), []byte("\xef\xbb\xbf")))).Read()
	if err != nil {
		t.Fatal(err)
	}
	for heading, columns := range map[string][]string{"### The applications": header, "### The roster of a batch": reissue.RosterChoice, "### The stubs": ProofColumns,
		"### The calls": callColumns} {
		var described []string
		for _, row := range docs.Rows(t, "contract.md", heading) {
			described = append(described, row[0])
		}
		if !slices.Equal(described, columns) {
			t.Errorf("%s: described are %q, written are %q", heading, described, columns)
		}
	}
}
