package reissue

import (
	"slices"
	"strings"

	"certreissue/typed"
)

// MaskEmail is an address of which only its owner knows more: z***@qq.com; "" for what
// is none.
func MaskEmail(address string) string {
	local, domain, is := strings.Cut(address, "@")
	letters := []rune(local)
	switch {
	case !is:
		return ""
	case len(letters) < 2:
		return "***@" + domain
	}
	return string(letters[:1]) + "***@" + domain
}

// providers are those whose addresses most candidates have.
var providers = []string{"qq.com", "163.com", "126.com", "139.com", "sina.com", "sohu.com", "foxmail.com", "aliyun.com", "outlook.com", "gmail.com"}

// AskEmail asks about an address that looks like a slip of one at a provider in use,
// unless it is the one that was asked about before.
func (p *Problems) AskEmail(field, address, confirmed string) {
	local, domain, _ := strings.Cut(address, "@")
	domain = strings.ToLower(domain)
	if typed.Address(confirmed) == address || slices.Contains(providers, domain) {
		return
	}
	for _, provider := range providers {
		if oneSlip(domain, provider) {
			p.Ask(field, sayEmailSlip(local+"@"+provider))
			return
		}
	}
}

// oneSlip tells whether one letter too many, too few, wrong, or two turned round
// make b of a.
func oneSlip(a, b string) bool {
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	a, b = a[start:], b[start:]
	end := func(a, b string, skipA, skipB int) bool {
		return len(a) >= skipA && len(b) >= skipB && a[skipA:] == b[skipB:]
	}
	turned := len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
	return turned || end(a, b, 1, 1) || end(a, b, 1, 0) || end(a, b, 0, 1)
}
