package command

import (
	"context"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"strings"

	"certreissue/photo"
	"certreissue/service"
	"certreissue/store"
)

// photo checks files by the guide's rules and says of each what is wrong with
// it. With -fit it makes one that passes out of a picture and writes that.
func (p *Program) photo(_ context.Context, args []string) error {
	f := newFlags("photo")
	fit := f.String("fit", "", "")
	files, err := f.parse(args, 1, math.MaxInt)
	if err != nil {
		return err
	}
	if f.given("fit") {
		if len(files) != 1 {
			return usageError(sayBadArguments("photo"))
		}
		return p.fitPhoto(*fit, files[0])
	}
	failed := false
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintf(p.stdout, "%s: %s\n", path, sayCannotRead(path))
			failed = true
			continue
		}
		checked, findings := photo.CheckFile(path, data, photo.DefaultLimits())
		failed = failed || checked.IsZero()
		p.sayPhoto(path, checked, findings)
	}
	if failed {
		return errSaid
	}
	return nil
}

// fitPhoto mends the picture of one file and writes it to another.
func (p *Program) fitPhoto(out, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return service.Refusal(sayCannotRead(path))
	}
	checked, findings := photo.Fit(data, image.Rectangle{}, photo.DefaultLimits())
	p.sayPhoto(path, checked, findings)
	if checked.IsZero() {
		return errSaid
	}
	return p.written(out, store.WriteWhole(out, func(to io.Writer) error {
		_, err := to.Write(checked.JPEG())
		return err
	}))
}

// sayPhoto prints the line of one file.
func (p *Program) sayPhoto(path string, checked photo.Checked, findings []photo.Finding) {
	var words []string
	if !checked.IsZero() {
		words = append(words, "ok")
	}
	for _, finding := range findings {
		words = append(words, finding.Sentence())
		if finding.Detail != "" {
			words[len(words)-1] += "（" + finding.Detail + "）"
		}
	}
	fmt.Fprintf(p.stdout, "%s: %s\n", path, strings.Join(words, "; "))
}
