package face

import "strconv"

// The network. Numbers are float32.
//
//	128×128×3  a convolution 5×5 of stride 2, relu → 64×64×24
//	           16 blocks: a convolution 3×3 of each channel by itself; one 1×1 over all
//	           channels; what came in is added; relu. Where the stride is 2, what came in
//	           is halved first, by the largest of each 2×2. New channels come in as zeros.
//	 16×16×88  after 11 blocks: the head for small faces, 2 anchors a place
//	   8×8×96  after 16: the head for large ones, 6 anchors a place
//
// Padding is TensorFlow's SAME: zeros, and where their number is odd one more at the
// right and lower edges.
const (
	side    = 128 // of the picture that goes in
	colours = 3
	values  = 16 // of an anchor: middle, size, six points; in 128ths of the picture, from the anchor's place

	kernel = 5 // the side of the first convolution
	firsts = 24
	padded = side + kernel - 2 // one line before the picture, two after

	most = 96 // channels; more than the first convolution sees
)

// stages are what comes out of each block.
var stages = [...]struct{ channels, stride int }{
	{24, 1}, {28, 1}, {32, 2}, {36, 1}, {42, 1}, {48, 2}, {56, 1}, {64, 1},
	{72, 1}, {80, 1}, {88, 1}, {96, 2}, {96, 1}, {96, 1}, {96, 1}, {96, 1},
}

// head is where faces are read off.
type head struct {
	name    string // ending of its tensors' names
	after   int    // so many blocks
	size    int    // places in a row, and rows
	anchors int    // at each place
}

var heads = [...]head{{"_8", 11, 16, 2}, {"_16", 16, 8, 6}}

type network struct {
	first  dense
	blocks [len(stages)]block
	scores [len(heads)]dense // of each anchor of a place
	values [len(heads)]dense // of each anchor of a place, one after the other
}

type block struct {
	stride, outputs int
	depth           [][9]float32 // the 3×3 of each channel
	depthBias       []float32
	dense
}

// dense takes each output of a place from all inputs of the place: a 1×1 convolution.
type dense struct {
	weights []float32 // of each output for each input
	bias    []float32
}

// newNetwork puts the weights of the file in the order in which they are used.
func newNetwork(tensors map[string]tensor) (*network, error) {
	s := shelf{tensors: tensors}
	n := &network{first: dense{s.floats("conv2d/Kernel", firsts, kernel, kernel, colours), s.floats("conv2d/Bias", firsts)}}
	channels := firsts
	for i, stage := range stages {
		numbered := "conv2d"
		if i > 0 {
			numbered += "_" + strconv.Itoa(i)
		}
		b := block{stage.stride, stage.channels, make([][9]float32, channels), s.floats("depthwise_"+numbered+"/Bias", channels), dense{}}
		for j, w := range s.floats("depthwise_"+numbered+"/Kernel", 1, 3, 3, channels) {
			b.depth[j%channels][j/channels] = w
		}
		numbered = "conv2d_" + strconv.Itoa(i+1)
		b.dense = dense{s.floats(numbered+"/Kernel", stage.channels, 1, 1, channels), s.floats(numbered+"/Bias", stage.channels)}
		n.blocks[i], channels = b, stage.channels
	}
	for i, h := range heads {
		channels := stages[h.after-1].channels
		for _, part := range []struct {
			name  string
			to    *dense
			width int
		}{{"classificator", &n.scores[i], h.anchors}, {"regressor", &n.values[i], h.anchors * values}} {
			name := part.name + h.name
			*part.to = dense{s.floats(name+"/Kernel", part.width, 1, 1, channels), s.floats(name+"/Bias", part.width)}
		}
	}
	return n, s.err
}
