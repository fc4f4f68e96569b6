// Command resource puts into an executable of Windows what it has besides its code: the
// icon, from the drawing on stdin, what Windows shows of the version, and that paths may
// be long.
package main

import (
	"bytes"
	"flag"
	"image"
	"io"
	"log"
	"os"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

// sizes are those that Windows shows icons at, in pixels.
var sizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

const chinese = 0x0804

func main() {
	product := flag.String("product", "", "the name of the executable without its ending")
	title := flag.String("title", "", "what the product is called")
	shown := flag.String("version", "", "the version, such as v1.0.0-rc.1")
	program := flag.String("program", "", "the executable")
	flag.Parse()
	icon, err := drawn()
	if err != nil {
		log.Fatal(err)
	}
	var info version.Info
	number, _, _ := strings.Cut(strings.TrimPrefix(*shown, "v"), "-") // Windows compares numbers only
	info.SetFileVersion(number)
	info.SetProductVersion(number)
	for key, text := range map[string]string{version.ProductName: *title, version.FileDescription: *title, version.ProductVersion: *shown, version.FileVersion: *shown,
		version.InternalName: *product, version.OriginalFilename: *product + ".exe"} {
		if err := info.Set(chinese, key, text); err != nil {
			log.Fatal(err)
		}
	}
	var set winres.ResourceSet
	set.SetVersionInfo(info)
	set.SetManifest(winres.AppManifest{ExecutionLevel: winres.AsInvoker, Compatibility: winres.Win10AndAbove, LongPathAware: true})
	if err := set.SetIcon(winres.ID(1), icon); err != nil {
		log.Fatal(err)
	}
	if err := put(&set, *program); err != nil {
		log.Fatal(err)
	}
}

// put writes the executable anew.
func put(set *winres.ResourceSet, program string) error {
	content, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	if err := set.WriteToEXE(&whole, bytes.NewReader(content)); err != nil {
		return err
	}
	return os.WriteFile(program, whole.Bytes(), 0o700)
}

// drawn is the icon in all sizes, each drawn by itself.
func drawn() (*winres.Icon, error) {
	svg, err := io.ReadAll(os.Stdin)
	if err != nil {
		return nil, err
	}
	var pictures []image.Image
	for _, size := range sizes {
		drawing, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
		if err != nil {
			return nil, err
		}
		for i := range drawing.SVGPaths { // the library enlarges shapes, and not lines
			drawing.SVGPaths[i].LineWidth *= float64(size) / drawing.ViewBox.W
		}
		picture := image.NewRGBA(image.Rect(0, 0, size, size))
		drawing.SetTarget(0, 0, float64(size), float64(size))
		drawing.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, picture, picture.Bounds())), 1)
		pictures = append(pictures, picture)
	}
	return winres.NewIconFromImages(pictures)
}
