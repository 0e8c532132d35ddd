// Command office prints the text of office documents that come from unknown senders: .docx
// documents and .xlsx workbooks, read in memory.
//
//	office [-limits "output=100MiB steps=50e6 memory=64MiB time=10s"] FILE...
//
// The archive and every XML part of it share one envelope of limits. Every part is judged, those
// that the text is not taken from included, before a word is printed. The exit status is 1 if a
// document was refused, and 2 if it could not be read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: arguments in, text out.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("office", flag.ContinueOnError)
	flags.SetOutput(errs)
	b := Bounds{Envelope: limits.Limits{OutputBytes: 100 * limits.MiB, Steps: 50_000_000, MemoryBytes: 64 * limits.MiB,
		Time: 10 * time.Second}, Rows: 100_000, Columns: 1000, Text: 16 * limits.MiB}
	flags.Var(&b.Envelope, "limits", "what one document may cost in all: `LIMITS` among output= steps= memory= time=")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	status := 0
	for _, name := range flags.Args() {
		doc, err := readFile(ctx, name, b)
		switch {
		case err == nil:
			_, err = fmt.Fprintf(out, "%s: %s, %d words\n%s\n", limits.Quote(name), doc.Kind, doc.Words, doc.Text)
			if err != nil {
				return 2
			}
		case errors.Is(err, limits.ErrRefused):
			fmt.Fprintln(errs, "office:", err)
			status = max(status, 1)
		default:
			fmt.Fprintln(errs, "office:", err)
			status = 2
		}
	}
	return status
}

// readFile is Read of a file.
func readFile(ctx context.Context, name string, b Bounds) (*Document, error) {
	f, err := os.Open(name) //nolint:gosec // The user's own path.
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // Only read from.
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return Read(ctx, f, info.Size(), b)
}
