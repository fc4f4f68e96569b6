module certreissue/release/tools

go 1.26.8

require (
	github.com/CycloneDX/cyclonedx-go v0.12.0
	github.com/google/licensecheck v0.3.1
	github.com/yuin/goldmark v1.8.7
)
