package photo

import "image"

// sharpness is how strongly brightness bends at the strongest hundredth of the
// middle of the picture, in percent of the contrast there. Motion and lack of
// focus take the bends away. It is measured on squares of a hundredth of the width:
// that averages the noise away, which would make up for any loss of edges, and what
// is blurred for an eye is blurred at this size.
func sharpness(img *image.RGBA) int {
	side := max(1, img.Rect.Dx()/98)
	left, top := img.Rect.Dx()/4, img.Rect.Dy()/5
	w, h := img.Rect.Dx()/2/side, img.Rect.Dy()*3/5/side
	lumas := make([]int, w*h)
	for i := range lumas {
		x, y := left+i%w*side, top+i/w*side
		for line := range side {
			pix := img.Pix[(y+line)*img.Stride+4*x:][:4*side]
			for p := 0; p < len(pix); p += 4 {
				lumas[i] += 2*int(pix[p]) + 5*int(pix[p+1]) + int(pix[p+2])
			}
		}
		lumas[i] /= 8 * side * side
	}

	var levels [256]int
	var bends [4 * 256]int
	for i, luma := range lumas {
		levels[luma]++
		if x, y := i%w, i/w; x > 0 && x < w-1 && y > 0 && y < h-1 {
			bend := 4*luma - lumas[i-1] - lumas[i+1] - lumas[i-w] - lumas[i+w]
			bends[max(bend, -bend)]++
		}
	}
	contrast := percentile(levels[:], 99) - percentile(levels[:], 1)
	return 100 * percentile(bends[:], 99) / max(contrast, 1)
}

// percentile is the value that share percent of what a histogram counts do not
// exceed.
func percentile(counts []int, share int) int {
	all, below := 0, 0
	for _, n := range counts {
		all += n
	}
	for value, n := range counts {
		if below += n; below*100 >= all*share {
			return value
		}
	}
	return 0
}
