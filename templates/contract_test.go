package templates

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"certreissue/docs"

	"github.com/PuerkitoBio/goquery"
)

// described are the fields of each address, as docs/contract.md has them.
func described(t *testing.T) map[string][]string {
	fields := map[string][]string{}
	for _, heading := range []string{"### For everybody", "### For candidates", "### For the office"} {
		for _, row := range docs.Rows(t, "contract.md", heading) {
			fields[row[0]] = strings.Fields(row[2])
		}
	}
	return fields
}

// patternOf is the described address that an action means: the one that matches
// it with the fewest wildcards.
func patternOf(addresses map[string][]string, method, action string) (best string) {
	path := action[:strings.IndexAny(action+"?", "?#")]
	parts := strings.Split(path, "/")
	wild := len(parts) + 1
	for address := range addresses {
		verb, pattern, _ := strings.Cut(address, " ")
		segments := strings.Split(pattern, "/")
		if verb != method || len(segments) != len(parts) {
			continue
		}
		wildcards := 0
		fits := true
		for i, segment := range segments {
			if strings.HasPrefix(segment, "{") {
				wildcards++
			} else if segment != parts[i] {
				fits = false
			}
		}
		if fits && wildcards < wild {
			best, wild = address, wildcards
		}
	}
	return best
}

// scripted are posted by a script of the page, and by no form.
var scripted = []string{"POST /apply/photo", "POST /apply/photo/crop", "POST /office/accounts/{id}/apply/photo", "POST /office/accounts/{id}/apply/photo/crop"}

// TestContract compares the fields of docs/contract.md with those that the forms
// of all pages send.
func TestContract(t *testing.T) {
	addresses, set := described(t), newSet(t)
	row := regexp.MustCompile(`-\d+$`)
	sent := map[string]map[string]bool{}
	for name, data := range sample() {
		document(t, render(t, set, data)).Find("form").Each(func(_ int, form *goquery.Selection) {
			method, action := strings.ToUpper(form.AttrOr("method", "get")), form.AttrOr("action", "")
			address := patternOf(addresses, method, action)
			if address == "" {
				t.Errorf("%s: a form %s %s, which is not described", name, method, action)
				return
			}
			if sent[address] == nil {
				sent[address] = map[string]bool{}
			}
			form.Find("[name]").Each(func(_ int, control *goquery.Selection) {
				field := row.ReplaceAllString(control.AttrOr("name", ""), "-N")
				if field == "csrf_token" {
					return
				}
				sent[address][field] = true
				if !slices.Contains(addresses[address], field) {
					t.Errorf("%s: %s is sent to %s, and not described", name, field, address)
				}
			})
		})
	}
	for address, fields := range addresses {
		if slices.Contains(scripted, address) {
			continue
		}
		if sent[address] == nil && strings.HasPrefix(address, "POST ") {
			t.Errorf("no page of the samples has a form to %s", address)
		}
		for _, field := range fields {
			if !sent[address][field] {
				t.Errorf("no form sends %s to %s", field, address)
			}
		}
	}
}
