// Command inflatebench inflates the same data with decompress, compress/flate and
// klauspost/compress/flate, in turn, and prints medians and ratios.
//
//	go run ./internal/tools/bench/cmd/inflatebench [-rounds N] [FILE…]
//
// Without files it takes the source code and a program of the Go installation. The processor time
// of the thread is measured, so that a busy machine does not change the ratios much.
package main

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	kflate "github.com/klauspost/compress/flate"
	"golang.org/x/sys/unix"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

func main() {
	rounds := flag.Int("rounds", 9, "runs of each decoder on each text; the median is printed")
	flag.Parse()
	if err := run(os.Stdout, *rounds, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "inflatebench:", err)
		os.Exit(1)
	}
}

// A text is data to be deflated and inflated.
type text struct {
	name   string
	data   []byte
	repeat int // how often it is inflated in one run, by a new reader each time
}

const most = 8 << 20 // bytes of a text

func run(out io.Writer, rounds int, files []string) error {
	texts, err := load(files)
	if err != nil {
		return err
	}
	runtime.LockOSThread()
	fmt.Fprintln(out, "| text | ratio | compress/flate | klauspost | decompress | decompress : compress/flate | : "+
		"klauspost |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|")
	for _, t := range texts {
		deflated, err := compress(t.data)
		if err != nil {
			return err
		}
		times := make([][]time.Duration, len(decoders))
		for round := range rounds {
			for i := range decoders {
				i = (i + round) % len(decoders)
				took, err := measure(decoders[i], deflated, t)
				if err != nil {
					return err
				}
				times[i] = append(times[i], took)
			}
		}
		var speed [3]float64
		for i := range times {
			slices.Sort(times[i])
			speed[i] = float64(len(t.data)*t.repeat) / 1e6 / times[i][len(times[i])/2].Seconds()
		}
		fmt.Fprintf(out, "| %s | %.2f | %.0f MB/s | %.0f MB/s | %.0f MB/s | %.2f | %.2f |\n", t.name,
			float64(len(t.data))/float64(len(deflated)), speed[0], speed[1], speed[2], speed[2]/speed[0], speed[2]/speed[1])
	}
	return nil
}

// load reads the texts.
func load(files []string) ([]text, error) {
	if len(files) > 0 {
		var texts []text
		for _, f := range files {
			data, err := os.ReadFile(f) //nolint:gosec // Named by the user.
			if err != nil {
				return nil, err
			}
			texts = append(texts, text{filepath.Base(f), data[:min(len(data), most)], 1})
		}
		return texts, nil
	}
	root := runtime.GOROOT() //nolint:staticcheck // The data of a benchmark.
	source, err := gather(filepath.Join(root, "src"), ".go")
	if err != nil {
		return nil, err
	}
	prose, err := gather(root, ".md", ".html", ".txt")
	if err != nil {
		return nil, err
	}
	program, err := os.ReadFile(filepath.Join(root, "bin", "go")) //nolint:gosec // Go's own.
	if err != nil {
		return nil, err
	}
	return []text{
		{"text", prose, 1}, {"source code", source, 1}, {"program", program[:min(len(program), most)], 1},
		{"4 KiB of source", source[100_000 : 100_000+4096], 500},
	}, nil
}

// gather reads files of the suffixes below a directory, up to most bytes.
func gather(dir string, suffixes ...string) ([]byte, error) {
	var all []byte
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || len(all) >= most {
			return err
		}
		for _, suffix := range suffixes {
			if strings.HasSuffix(path, suffix) {
				data, err := os.ReadFile(path) //nolint:gosec // Of the Go installation.
				all = append(all, data...)
				return err
			}
		}
		return nil
	})
	return all[:min(len(all), most)], err
}

func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decoders open a reader of a deflate stream; compress/flate comes first.
var decoders = []func(deflated []byte) (io.Reader, error){
	func(deflated []byte) (io.Reader, error) { return flate.NewReader(bytes.NewReader(deflated)), nil },
	func(deflated []byte) (io.Reader, error) { return kflate.NewReader(bytes.NewReader(deflated)), nil },
	func(deflated []byte) (io.Reader, error) {
		return decompress.NewReader(context.Background(), bytes.NewReader(deflated), decompress.Deflate,
			limits.Limits{OutputBytes: limits.GiB, Time: time.Minute})
	},
}

func drain(r io.Reader, buf []byte, total *int64) error {
	for {
		n, err := r.Read(buf)
		*total += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// measure returns the processor time of one run.
func measure(open func([]byte) (io.Reader, error), deflated []byte, t text) (time.Duration, error) {
	buf := make([]byte, 64<<10)
	before, err := cpu()
	if err != nil {
		return 0, err
	}
	total := int64(0)
	for range t.repeat {
		r, err := open(deflated)
		if err != nil {
			return 0, err
		}
		if err := drain(r, buf, &total); err != nil {
			return 0, err
		}
	}
	if total != int64(len(t.data)*t.repeat) {
		return 0, fmt.Errorf("%d bytes came out", total)
	}
	after, err := cpu()
	return after - before, err
}

func cpu() (time.Duration, error) {
	var r unix.Rusage
	err := unix.Getrusage(unix.RUSAGE_THREAD, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano()), err
}
