package face

import "github.com/viterin/vek/vek32"

// The library has assembly for amd64 with AVX2 and FMA. Elsewhere its own loops take twice as long as
// multiplyPlainly, and not all of what it needs can be built.
func init() {
	if vek32.Info().Acceleration {
		product = multiply
	}
}

// unshared is less than the library shares out among processors. A run has one processor: the others
// are for other people's photos.
const unshared = 99_999

// multiply is the library's product.
func multiply(made, weights, seen []float32, inputs int) {
	seen = seen[:inputs*together]
	for rows := unshared / len(seen); len(weights) > 0; {
		some := min(rows, len(weights)/inputs)
		vek32.MatMul_Into(made[:some*together], weights[:some*inputs], seen, inputs)
		made, weights = made[some*together:], weights[some*inputs:]
	}
}
