package photo

// headless reports what stands before a white wall and is nobody, however much of the
// middle it covers. What begins as wide as the picture is a landscape; what begins
// far down is a table or shoulders without a head; what hangs in the air without
// the colours of skin, or without any shades, is a sign. A white shirt too lets a head
// hang in the air.
func (g *grid) headless(person silhouette) bool {
	top, bottom := person.ends()
	switch width := person.width(min(top+2, rows-1)); {
	case top >= lowestTop, top > 0 && width*10 >= cols*9:
		return true
	case bottom >= rows-4:
		return false
	}
	return g.flat(person)
}

// lowestTop is the row below which no head begins: 65 % of the height.
const lowestTop = 58

// flat reports a silhouette that is coloured but hardly as skin is, or grey and of
// one brightness.
func (g *grid) flat(person silhouette) bool {
	var cells []cell
	for y := range rows {
		cells = append(cells, g[y][person.from[y]:person.to[y]]...)
	}
	skin, coloured := 0, 0
	for _, c := range cells {
		if c.skin() {
			skin++
		}
		if c.chroma() > 12 {
			coloured++
		}
	}
	n := len(cells)
	if 20*coloured > n {
		return 7*skin < n
	}
	light := lights(cells)
	return light[n*3/4]-light[n/10] < 12
}

// skin reports a colour that skin may have, dark or fair, in the two colour
// differences of JPEG (ITU-T T.871).
func (c cell) skin() bool {
	blue := -0.1687*c.r - 0.3313*c.g + 0.5*c.b
	red := 0.5*c.r - 0.4187*c.g - 0.0813*c.b
	return red >= 3 && red <= 50 && blue <= 2
}
