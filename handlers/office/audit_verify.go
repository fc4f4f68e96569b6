package office

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// mostFindings is how many findings the verification shows: a broken chain is
// broken from there on.
const mostFindings = 20

// showVerify checks the chain of the log, and compares a row with what stands on
// paper.
func (p *Pages) showVerify(v *visit.Visit) error {
	row, hash, found, err := p.Store.VerifyAudit(v.Staff.Actor())
	if err != nil {
		return err
	}
	data := templates.OfficeAuditVerify{Page: v.Page(), Row: row, Hash: hex.EncodeToString(hash)}
	for i, finding := range found {
		if i == mostFindings {
			data.More = len(found) - i
			break
		}
		data.Findings = append(data.Findings, string(finding))
	}
	query := v.R.URL.Query()
	if query.Has("hash") {
		data.Form.Values = query
		if data.Compared, data.Equal, err = p.compareHash(query.Get("row"), query.Get("hash")); err != nil {
			return err
		}
	}
	return v.Render(data)
}

// shortestHash is how much of a hash on paper must be typed: 64 bits are beyond
// chance.
const shortestHash = 16

func (p *Pages) compareHash(typedRow, typedHash string) (answer string, equal bool, err error) {
	row, err := strconv.ParseUint(strings.TrimSpace(typedRow), 10, 64)
	typed := strings.ToLower(strings.Join(strings.Fields(typedHash), ""))
	if err != nil || len(typed) < shortestHash {
		return sayBadRow, false, nil
	}
	hash, err := p.Store.AuditHash(row)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		return fmt.Sprintf(sayNoRow, row), false, nil
	case err != nil:
		return "", false, err
	case strings.HasPrefix(hex.EncodeToString(hash), typed):
		return fmt.Sprintf(sayHashEqual, row), true, nil
	}
	return fmt.Sprintf(sayHashOther, row), false, nil
}
