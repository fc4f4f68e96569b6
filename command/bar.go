package command

import (
	"io"
	"os"

	"certreissue/window"

	"github.com/schollz/progressbar/v3"
)

// bar is a progress bar on a terminal, and nothing elsewhere.
type bar struct {
	shown *progressbar.ProgressBar
	leave func()
}

func (p *Program) bar(title string) *bar {
	w, ok := p.stderr.(*lineWriter)
	if !ok {
		return &bar{}
	}
	file, ok := w.to.(*os.File)
	if !ok {
		return &bar{}
	}
	leave, draws := window.Drawing(file)
	if !draws {
		return &bar{}
	}
	return &bar{leave: leave, shown: progressbar.NewOptions64(1, progressbar.OptionSetWriter(file), progressbar.OptionSetDescription(title),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true), progressbar.OptionUseANSICodes(true))}
}

// set shows how far the work is.
func (b *bar) set(done, total int64) {
	if b.shown != nil && total > 0 {
		b.shown.ChangeMax64(total)
		// A terminal that cannot be written to shows no bar.
		_ = b.shown.Set64(done)
	}
}

// end clears the bar away.
func (b *bar) end() {
	if b.shown != nil {
		_ = b.shown.Finish()
		b.shown = nil
		b.leave()
	}
}

// afterBar writes lines below a bar, which is cleared away first.
type afterBar struct {
	*bar
	to io.Writer
}

func (a *afterBar) Write(b []byte) (int, error) {
	a.end()
	return a.to.Write(b)
}
