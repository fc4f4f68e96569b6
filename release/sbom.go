package main

import (
	"context"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// bill and component are what release/tools/sbom reads.
type bill struct {
	Product, Version string
	Date             string
	Components       []component
}

type component struct {
	Name, Version, PURL string
	SHA256              string
	Notice              string
}

// bill is the bill of materials of all executables together: their modules, Go's
// library, and the vendored files.
func (r release) bill(ctx context.Context, infos []*buildinfo.BuildInfo, notices works) ([]byte, error) {
	b := bill{Product: product, Version: r.build.Version}
	if !r.build.Date.IsZero() {
		b.Date = r.build.Date.Format(time.RFC3339)
	}
	modules := map[string]*debug.Module{}
	for _, info := range infos {
		for _, module := range info.Deps {
			modules[module.Path] = module
		}
	}
	for _, w := range notices {
		c := component{Name: w.name, Version: w.version, PURL: w.purl, Notice: w.text}
		module, linked := modules[w.name]
		switch {
		case linked && module.Replace == nil && module.Version == w.version:
			sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(module.Sum, "h1:"))
			if err != nil {
				return nil, err
			}
			c.SHA256 = hex.EncodeToString(sum)
			delete(modules, w.name)
		case w.name == standard:
			c.Name, c.Version = "std", strings.TrimPrefix(infos[0].GoVersion, "go")
			c.PURL = "pkg:golang/std@" + c.Version
		case !slices.ContainsFunc(vendored, func(v work) bool { return v.name == w.name }):
			continue // of a target that is not built
		}
		b.Components = append(b.Components, c)
	}
	for path := range modules {
		return nil, fmt.Errorf("%s is in the executable, as something else than it has a notice for", path)
	}
	input, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	return r.tool(ctx, input, "./sbom")
}
