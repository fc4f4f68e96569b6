package face

// firstPlane is the convolution of the picture, of stride 2. For the product a place sees
// 75 numbers: line by line, column by column, red, green and blue.
//
//go:norace
func (n *network) firstPlane(w *work) plane {
	out := newPlane(w.planes[0][:], side/2, firsts)
	for y := range out.size {
		for k := range kernel * kernel {
			red, green, blue := w.seen[colours*k*together:][:together], w.seen[(colours*k+1)*together:][:together], w.seen[(colours*k+2)*together:][:together]
			line := w.picture[(2*y+k/kernel)*padded+k%kernel:][:side-1]
			for p := range red {
				pixel := &line[2*p]
				red[p], green[p], blue[p] = pixel[0], pixel[1], pixel[2]
			}
		}
		n.first.mix(w)
		for c, bias := range n.first.bias {
			rectify(out.inner(c, y), w.mixed[c*together:][:together], bias)
		}
	}
	return out
}
