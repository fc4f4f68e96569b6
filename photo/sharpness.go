package photo

import "image"

// sharpness is how strongly brightness bends at the strongest hundredth of the
// middle of the picture, in percent of the contrast there. Motion and lack of
// focus take the bends away. It is measured on squares of a hundredth of the width:
// that averages the noise away, which would make up for any loss of edges, and what
// is blurred for an eye is blurred at this size.
func sharpness(img *image.YCbCr) int {
	side := max(1, img.Rect.Dx()/98)
	left, top := img.Rect.Dx()/4, img.Rect.Dy()/5
	w, h := img.Rect.Dx()/2/side, img.Rect.Dy()*3/5/side
	lumas, columns := make([]int, w*h), make([]int, w*side)
	var levels [256]int
	for y := range h {
		clear(columns)
		for line := range side {
			for x, luma := range img.Y[(top+y*side+line)*img.YStride+left:][:len(columns)] {
				columns[x] += int(luma)
			}
		}
		for x := range w {
			mean := 0
			for _, n := range columns[x*side:][:side] {
				mean += n
			}
			mean /= side * side
			lumas[y*w+x] = mean
			levels[mean]++
		}
	}
	var bends [4 * 256]int
	for y := 1; y < h-1; y++ {
		above, row, below := lumas[(y-1)*w:][:w], lumas[y*w:][:w], lumas[(y+1)*w:][:w]
		for x := 1; x < w-1; x++ {
			bend := 4*row[x] - row[x-1] - row[x+1] - above[x] - below[x]
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
