package visit

import (
	"bytes"
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

// captchaDriver draws four digits, as in the guide, among 120 dots. 72 pixels
// is the smallest height at which the digits are two dots wide: at half of it
// they are too thin to read. With more skew than 0.4 they run into each other.
var captchaDriver = base64Captcha.NewDriverDigit(72, 196, 4, 0.4, 120)

// captchaEncoder uses its tables again: new ones for each picture are a megabyte
// of garbage.
var captchaEncoder = png.Encoder{BufferPool: &encoderBuffers{}}

type encoderBuffers struct{ pool sync.Pool }

func (b *encoderBuffers) Get() *png.EncoderBuffer {
	buffer, _ := b.pool.Get().(*png.EncoderBuffer)
	return buffer
}

func (b *encoderBuffers) Put(buffer *png.EncoderBuffer) { b.pool.Put(buffer) }

func drawDigits(answer string) []byte {
	item, _ := captchaDriver.DrawCaptcha(answer) // never fails
	picture := item.(*base64Captcha.ItemDigit).Paletted
	for i, ink := range picture.Pix {
		if ink > 0 {
			picture.Pix[i] = 1 + (ink-1)%3
		}
	}
	picture.Palette = captchaInks
	var out bytes.Buffer
	captchaEncoder.Encode(&out, picture) // a Buffer takes everything
	return out.Bytes()
}

func speakDigits(answer string) []byte {
	item, _ := base64Captcha.NewDriverAudio(captchaDriver.Length, "zh").DrawCaptcha(answer) // never fails
	var out bytes.Buffer
	item.WriteTo(&out) // a Buffer takes everything
	return out.Bytes()
}
