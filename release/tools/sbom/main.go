// Command sbom writes a bill of materials in the format of CycloneDX on stdout, of
// what it is told on stdin.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/CycloneDX/cyclonedx-go"
	"github.com/google/licensecheck"
)

// bill is what package release tells.
type bill struct {
	Product, Version string
	Date             string // RFC 3339
	Components       []component
}

type component struct {
	Name, Version, PURL string
	SHA256              string // in hex; empty where there is none
	Notice              string
}

func main() {
	var b bill
	if err := json.NewDecoder(os.Stdin).Decode(&b); err != nil {
		log.Fatal(err)
	}
	bom := cyclonedx.NewBOM()
	bom.Metadata = &cyclonedx.Metadata{Timestamp: b.Date, Component: &cyclonedx.Component{
		Type: cyclonedx.ComponentTypeApplication, BOMRef: b.Product, Name: b.Product, Version: b.Version,
	}}
	list := []cyclonedx.Component{}
	for _, c := range b.Components {
		made := cyclonedx.Component{
			Type: cyclonedx.ComponentTypeLibrary, BOMRef: c.PURL, Name: c.Name, Version: c.Version, PackageURL: c.PURL, Scope: cyclonedx.ScopeRequired,
			Licenses: licenses(c.Notice),
		}
		if c.SHA256 != "" {
			made.Hashes = &[]cyclonedx.Hash{{Algorithm: cyclonedx.HashAlgoSHA256, Value: c.SHA256}}
		}
		list = append(list, made)
	}
	bom.Components = &list
	encoder := cyclonedx.NewBOMEncoder(os.Stdout, cyclonedx.BOMFileFormatJSON).SetPretty(true)
	if err := encoder.EncodeVersion(bom, cyclonedx.SpecVersion1_6); err != nil {
		log.Fatal(err)
	}
}

// grant is beside Google's licences, and none.
const grant = "GooglePatentsFile"

// licenses are those whose texts a notice has.
func licenses(notice string) *cyclonedx.Licenses {
	var list cyclonedx.Licenses
	known := map[string]bool{}
	for _, match := range licensecheck.Scan([]byte(notice)).Match {
		if !match.IsURL && match.ID != grant && !known[match.ID] {
			known[match.ID] = true
			list = append(list, cyclonedx.LicenseChoice{License: &cyclonedx.License{ID: match.ID}})
		}
	}
	if list == nil {
		return nil
	}
	return &list
}
