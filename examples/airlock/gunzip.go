package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

func gunzipCommand() command {
	return command{
		name: "gunzip", args: "FILE", summary: "decompress a gzip, bzip2, zstd, zlib or deflate stream within limits",
		about: "Decompresses FILE (\"-\" for standard input) to standard output, or to the new file of -o. The form is " +
			"told by the\n" +
			"first bytes, or by -format, which zlib and deflate need. What was printed before an error is not verified; the\n" +
			"file of -o is there only if all was.",
		prepare: func(fs *flag.FlagSet) action {
			g := &gunzip{limits: limitsFlag{limits.Limits{OutputBytes: limits.GiB, Time: time.Minute}}}
			fs.Var(&g.limits, "limits", "what the stream may cost: `LIMITS` among input= output= items= steps= memory= time=, "+
				"separated by spaces")
			fs.StringVar(&g.format, "format", "", "the `FORMAT`: gzip, bzip2, zstd, zlib or deflate")
			fs.StringVar(&g.to, "o", "", "write to the new `FILE` instead")
			fs.BoolVar(&g.multistream, "multistream", false, "read several gzip members or bzip2 streams as one")
			return g.run
		},
	}
}

// gunzip holds the flags of "airlock gunzip".
type gunzip struct {
	limits      limitsFlag
	format, to  string
	multistream bool
}

func (g *gunzip) run(ctx context.Context, args []string, out io.Writer) (err error) {
	if len(args) != 1 {
		return usageErrorf("want FILE after the flags, not %d arguments", len(args))
	}
	src := io.Reader(os.Stdin)
	if args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // Only read from.
		src = f
	}
	format, src, err := g.formatOf(src)
	if err != nil {
		return err
	}
	var opts []decompress.Option
	if g.multistream {
		opts = append(opts, decompress.Multistream())
	}
	r, err := decompress.NewReader(ctx, src, format, g.limits.Limits, opts...)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // The error that counts is that of the last Read.
	if g.to == "" {
		_, err = io.Copy(out, r)
		return err
	}
	return save(g.to, r)
}

// save copies r to a new file, and removes it after an error.
func save(name string, r io.Reader) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // The user names it.
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// formatOf finds out what the form of a stream is, and returns the stream with what was read of it.
func (g *gunzip) formatOf(src io.Reader) (decompress.Format, io.Reader, error) {
	forms, err := formats()
	if err != nil {
		return decompress.Format{}, nil, err
	}
	if g.format != "" {
		for _, f := range forms {
			if f.String() == g.format {
				return f, src, nil
			}
		}
		return decompress.Format{}, nil, usageErrorf("there is no format %s", limits.Quote(g.format))
	}
	prefix := make([]byte, decompress.MagicBytes)
	n, err := io.ReadFull(src, prefix)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return decompress.Format{}, nil, err
	}
	f, ok := decompress.Detect(prefix[:n], forms[:3]...)
	if !ok {
		return decompress.Format{}, nil, usageErrorf("the first bytes are those of no gzip, bzip2 or zstd stream; say " +
			"-format zlib or deflate if it is one")
	}
	return f, io.MultiReader(strings.NewReader(string(prefix[:n])), src), nil
}

// formats are the forms that gunzip knows; the first three have a magic that is sure.
func formats() ([]decompress.Format, error) {
	zst, err := decompress.NewFormat("zstd", []byte{0x28, 0xb5, 0x2f, 0xfd}, openZstd)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return []decompress.Format{decompress.Gzip, decompress.Bzip2, zst, decompress.Zlib, decompress.Deflate}, nil
}

// openZstd opens a decoder of zstd. The sender declares how much it needs; it gets no more than
// memory. One worker keeps it to what it is told.
func openZstd(src io.Reader, memory limits.Bytes) (io.ReadCloser, error) {
	const least = 1 << 10 // of the window, by the library
	d, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(uint64(max(memory, least))),
		zstd.WithDecoderMaxWindow(uint64(max(min(memory, 512*limits.MiB), least))))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}
