package face

// product makes made, outputs × together, of weights, outputs × inputs, and seen, inputs × together.
// Where a library knows the processor it is the library's.
var product = multiplyPlainly

// multiplyPlainly is the product for any processor. Two outputs of two places are made at a time, since
// what is at hand is used twice, and more sums would not stay in registers; of two inputs at a time, since
// to go on takes time, too. The number of outputs is even.
//
//go:norace
func multiplyPlainly(made, weights, seen []float32, inputs int) {
	var both [most][2]float32 // what the two places see
	for p := 0; p < together; p += 2 {
		for i := range inputs {
			both[i] = [2]float32(seen[i*together+p:])
		}
		for o := 0; o*inputs < len(weights); o += 2 {
			first, second := weights[o*inputs:][:inputs], weights[(o+1)*inputs:][:inputs]
			both := both[:len(first)]
			var a0, a1, b0, b1 float32
			i := 0
			for ; i < len(first)-1; i += 2 {
				a, b, u := first[i], second[i], &both[i]
				a0 += u[0] * a
				a1 += u[1] * a
				b0 += u[0] * b
				b1 += u[1] * b
				a, b, u = first[i+1], second[i+1], &both[i+1]
				a0 += u[0] * a
				a1 += u[1] * a
				b0 += u[0] * b
				b1 += u[1] * b
			}
			if i < len(first) { // one is left
				a, b, u := first[i], second[i], &both[i]
				a0 += u[0] * a
				a1 += u[1] * a
				b0 += u[0] * b
				b1 += u[1] * b
			}
			*(*[2]float32)(made[o*together+p:]) = [2]float32{a0, a1}
			*(*[2]float32)(made[(o+1)*together+p:]) = [2]float32{b0, b1}
		}
	}
}
