package face

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/image/draw"
)

// referenceFile holds what others answer: TensorFlow Lite for the network by itself, and
// MediaPipe for the pictures that drawn makes. To make it anew, in an empty FOLDER:
//
//	npm install @tensorflow/tfjs-core@4.9.0 @tensorflow/tfjs-backend-cpu@4.9.0 @tensorflow/tfjs-tflite@0.0.1-alpha.10 @mediapipe/face_detection@0.4.1646425229
//
// and at the top of the repository, where there is chromium-headless-shell:
//
//	go test ./face -run TestKeepReference -keep-reference FOLDER
const referenceFile = "testdata/reference.json"

var keepReference = flag.String("keep-reference", "", "the folder with node_modules that knows reference values")

type reference struct {
	Every int                           // so many anchors further stands the next of Raw
	Raw   [][1 + values]float32         // score and values, for the picture that noise makes
	Faces map[string][][4 + 2*6]float64 // of the pictures that drawn makes: left, top, right, bottom, points, in pixels
}

// drawn are pictures of invented people.
func drawn(t testing.TB) map[string]*image.RGBA {
	portrait := func(name string) image.Image {
		img, err := jpeg.Decode(bytes.NewReader(portrait(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	picture := func(w, h int) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{120, 140, 150, 255}), image.Point{}, draw.Src)
		return img
	}
	put := func(on *image.RGBA, x, y, w int, img image.Image) *image.RGBA {
		draw.BiLinear.Scale(on, image.Rect(x, y, x+w, y+w*413/295), img, img.Bounds(), draw.Src, nil)
		return on
	}
	man, woman := portrait("man"), portrait("woman")
	return map[string]*image.RGBA{
		"man":    put(picture(295, 413), 0, 0, 295, man),
		"woman":  put(picture(295, 413), 0, 0, 295, woman),
		"both":   put(put(picture(640, 400), 40, 30, 220, man), 400, 100, 120, woman),
		"pair":   put(put(picture(600, 420), 10, 0, 290, woman), 320, 40, 260, man),
		"long":   put(picture(300, 700), 30, 260, 240, woman),
		"nobody": picture(400, 300),
	}
}

// portrait is a file of one of two people who were drawn.
func portrait(t testing.TB, name string) []byte {
	data, err := os.ReadFile("testdata/" + name + ".jpg")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// noise is an input of the network.
func noise() (picture [side * side]triple) {
	r := rand.New(rand.NewPCG(1, 2))
	for y := range side {
		for x := range side {
			for c := range colours {
				wave := math.Sin(float64(x*(c+1))/9) * math.Cos(float64(y)/float64(7+c))
				picture[y*side+x][c] = float32(0.6*wave + 0.4*(2*r.Float64()-1))
			}
		}
	}
	return picture
}

// TestKeepReference asks a browser. It is no test.
func TestKeepReference(t *testing.T) {
	if *keepReference == "" {
		t.Skip("-keep-reference says where to find them")
	}
	pictures, found := drawn(t), make(chan []byte, 1)
	routes := http.NewServeMux()
	routes.Handle("/node_modules/", http.FileServer(http.Dir(*keepReference)))
	routes.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "testdata/reference.html") })
	routes.HandleFunc("/input", func(w http.ResponseWriter, r *http.Request) { binary.Write(w, binary.LittleEndian, noise()) })
	routes.HandleFunc("/pictures", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(slices.Sorted(maps.Keys(pictures)))
	})
	routes.HandleFunc("/picture/{name}", func(w http.ResponseWriter, r *http.Request) { png.Encode(w, pictures[r.PathValue("name")]) })
	routes.HandleFunc("/found", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		found <- body
	})
	server := httptest.NewServer(routes)
	defer server.Close()
	browser := exec.Command("chromium-headless-shell", "--no-sandbox", "--enable-unsafe-swiftshader", "--remote-debugging-port=0", "--user-data-dir="+t.TempDir(), server.URL)
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	defer browser.Wait()
	defer browser.Process.Kill()
	select {
	case body := <-found:
		if !json.Valid(body) {
			t.Fatalf("%s", body)
		}
		if err := os.WriteFile(filepath.FromSlash(referenceFile), body, 0o644); err != nil {
			t.Fatal(err)
		}
	case <-time.After(3 * time.Minute):
		t.Fatal("the browser does not answer")
	}
}
