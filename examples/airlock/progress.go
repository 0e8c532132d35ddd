package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/seed73825598/airlock/safezip"
)

// A bar shows on a terminal how far an extraction has come. It shows numbers only, never a name
// from the archive.
type bar struct {
	terminal *os.File
	drawn    *progressbar.ProgressBar // nil until the size is known
}

// newBar returns a bar on f, or nil if f is no terminal.
func newBar(f *os.File) *bar {
	if !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bar{terminal: f}
}

// show is called by safezip at most 20 times a second. A bar that cannot be drawn is no reason to
// stop.
func (b *bar) show(d safezip.Done) {
	if b.drawn == nil {
		if d.TotalBytes == 0 {
			return
		}
		b.drawn = progressbar.NewOptions64(d.TotalBytes,
			progressbar.OptionSetWriter(b.terminal),
			progressbar.OptionSetDescription("unpacking"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionShowTotalBytes(true),
			progressbar.OptionUseIECUnits(true),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetTheme(progressbar.Theme{Saucer: "=", SaucerHead: ">", SaucerPadding: " ",
				BarStart: "[", BarEnd: "]"}),
			progressbar.OptionFullWidth(),
			progressbar.OptionClearOnFinish(),
		)
		// Its clock starts here: bytes shown at the same instant would come at terabytes a second.
		_ = b.drawn.RenderBlank()
		return
	}
	_ = b.drawn.Set64(d.Bytes)
}

// clear gives the line back, whatever came of the extraction.
func (b *bar) clear() {
	if b.drawn != nil {
		_ = b.drawn.Clear()
	}
}
