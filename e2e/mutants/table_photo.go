package mutants

// What is broken of photos.
var ofPhotos = []mutant{
	// Colours that are not those of other photos.
	{"a photo in CMYK is taken as it is", "photo/photo.go",
		"p.config.ColorModel == color.CMYKModel", "p.config.ColorModel == color.AlphaModel", "TestForeignColours"},
	{"a photo in a wide gamut is taken as it is", "photo/photo.go",
		"	case readProfile(p.icc) != nil:", "	case false:", "TestForeignColours"},
	{"a profile of inks makes no difference", "photo/source.go",
		"return readInks(p.icc).on(img), err", "return img, err", "TestFitInks"},
	{"the table of inks is read backwards", "photo/inks.go",
		"	for ink := 3; ink >= 0; ink-- {", "	for ink := range 4 {", "TestFitInks"},
	{"a profile has one part", "photo/strip.go",
		"	p.icc = append(p.icc, part[2:]...)", "	p.icc = part[2:]", "TestFitInks"},
	{"parts of a profile stand in any order", "photo/strip.go",
		"int(part[0]) != p.iccParts || ", "", "TestFitInks"},

	// Files as programs write them.
	{"fill bytes end a scan", "photo/strip.go",
		"		case rst0 <= marker && marker <= rst7:\n			i =", "		case marker == rst0 && data[i+1] == rst0:\n			i =", "TestFillBytes"},
	{"what the decoder cannot read is damaged", "photo/photo.go",
		"err != nil && p.restarts && p.scans > 1", "err != nil && false", "TestRestartsOfManyScans"},
}
