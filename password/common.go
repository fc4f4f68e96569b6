package password

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed common.txt
var commonFile string

// common is the block list in lower case. It is read at the first use, because most commands check no password.
var common = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool, strings.Count(commonFile, "\n"))
	for line := range strings.Lines(commonFile) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			set[line] = true
		}
	}
	return set
})
