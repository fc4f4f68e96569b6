package visit

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sync"

	"github.com/mojocn/base64Captcha"
)

// captchaInks are the paper, the ink of the digits and of the line through
// them, and two paler ones. A third of the dots has the ink of the digits, so
// that colour does not tell them apart; four colours make two bits a pixel.
var captchaInks = color.Palette{
	color.Gray{Y: 0xff},
	color.RGBA{R: 0x16, G: 0x3e, B: 0x73, A: 0xff},
	color.RGBA{R: 0x5f, G: 0x7d, B: 0xa8, A: 0xff},
	color.RGBA{R: 0xa3, G: 0xb5, B: 0xcf, A: 0xff},
}

// captchaLength is how many digits a captcha has, as in the guide.
const captchaLength = 4

// answerDriver draws lots for the answers.
var answerDriver = base64Captcha.NewDriverDigit(0, 0, captchaLength, 0, 0)

// digitDriver draws one digit among 30 dots. In one picture of the library's the digits
// run into each other, which people misread; apart, each stays within its own, as far as
// the library puts it to a side, skews and bends it. 72 pixels is the smallest height at
// which the digits are two dots wide: at half of it they are too thin to read, and in a
// larger one the line through them hides them.
var digitDriver = base64Captcha.NewDriverDigit(72, 66, 1, 0.15, 30)

// captchaEncoder uses its tables again: new ones for each picture are a megabyte
// of garbage.
var captchaEncoder = png.Encoder{BufferPool: &encoderBuffers{}}

type encoderBuffers struct{ pool sync.Pool }

func (b *encoderBuffers) Get() *png.EncoderBuffer {
	buffer, _ := b.pool.Get().(*png.EncoderBuffer)
	return buffer
}

func (b *encoderBuffers) Put(buffer *png.EncoderBuffer) { b.pool.Put(buffer) }

// drawDigits sets the digits' pictures side by side.
func drawDigits(answer string) []byte {
	cell := image.Rect(0, 0, digitDriver.Width, digitDriver.Height)
	picture := image.NewPaletted(image.Rect(0, 0, len(answer)*cell.Dx(), cell.Dy()), captchaInks)
	for i := range len(answer) {
		item, _ := digitDriver.DrawCaptcha(answer[i : i+1]) // never fails
		drawn := item.(*base64Captcha.ItemDigit).Paletted
		for y := range cell.Dy() {
			row := picture.Pix[y*picture.Stride+i*cell.Dx():]
			for x, ink := range drawn.Pix[y*drawn.Stride:][:cell.Dx()] {
				if ink > 0 {
					row[x] = 1 + (ink-1)%3
				}
			}
		}
	}
	var out bytes.Buffer
	captchaEncoder.Encode(&out, picture) // a Buffer takes everything
	return out.Bytes()
}

func speakDigits(answer string) []byte {
	item, _ := base64Captcha.NewDriverAudio(captchaLength, "zh").DrawCaptcha(answer) // never fails
	var out bytes.Buffer
	item.WriteTo(&out) // a Buffer takes everything
	return out.Bytes()
}
