// Command costs tells what real files cost under generous limits, as a place to begin from when
// limits are chosen:
//
//	go run ./internal/tools/bench/cmd/costs FILE…
//
// A drawing (.svg) is judged under safexml.SVG, an office file (.docx, .xlsx) and any other archive
// (.zip) are unpacked, .tar, .tgz and .tar.gz by safetar; any other .xml, .rss and .atom are
// validated, a SAML response (.saml) under safexml.SAML. Of a log (.log) each line is searched for
// an IP address, and of names (.names) each line is signed up; the dearest line is told.
package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

func main() {
	flag.Parse()
	if err := run(context.Background(), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "costs:", err)
		os.Exit(1)
	}
}

// generous lets every honest file pass.
var generous = limits.Limits{OutputBytes: 4 * limits.GiB, Items: 1_000_000, Depth: 100, MemoryBytes: limits.GiB,
	Time: time.Minute}

// run prints a line for each file.
func run(ctx context.Context, files []string) error {
	t := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "file\tbytes\toutput\titems\tdepth\tsteps\tmemory\ttime")
	for _, file := range files {
		data, err := os.ReadFile(file) //nolint:gosec // The caller names it.
		if err != nil {
			return err
		}
		var used limits.Usage
		watched := limits.WithObserver(ctx, limits.Observer{Func: func(_ context.Context, e limits.Event) {
			if e.Usage.Steps >= used.Steps {
				used = e.Usage
			}
		}})
		if err := spend(watched, file, data); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprintf(t, "%s\t%v\t%v\t%d\t%d\t%d\t%v\t%v\n", filepath.Base(file), limits.Bytes(len(data)), used.OutputBytes,
			used.Items, used.Depth, used.Steps, used.MemoryBytes, used.Elapsed.Round(time.Microsecond))
	}
	return t.Flush()
}

// spend does what a service would do with a file.
func spend(ctx context.Context, file string, data []byte) (err error) {
	dir, err := os.MkdirTemp("", "costs-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	within, r := generous, bytes.NewReader(data)
	within.InputBytes = limits.GiB
	switch name := strings.ToLower(file); {
	case strings.HasSuffix(name, ".svg"):
		within.OutputBytes = 0
		_, err = safexml.Validate(ctx, r, within, safexml.SVG(), safexml.DataImages())
	case strings.HasSuffix(name, ".saml"):
		within.OutputBytes = 0
		_, err = safexml.Validate(ctx, r, within, safexml.SAML())
	case strings.HasSuffix(name, ".docx"), strings.HasSuffix(name, ".xlsx"), strings.HasSuffix(name, ".zip"):
		_, err = safezip.Extract(ctx, dir+"/out", r, r.Size(), within, safezip.UnicodeNames(), safezip.SkipMacOS())
	case strings.HasSuffix(name, ".tar"), strings.HasSuffix(name, ".tgz"), strings.HasSuffix(name, ".tar.gz"):
		_, err = safetar.Extract(ctx, dir+"/out", r, within, safetar.UnicodeNames())
	case strings.HasSuffix(name, ".log"):
		re := saferegex.MustCompile(`\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b`,
			limits.Limits{InputBytes: limits.MiB, Time: time.Second})
		err = eachLine(data, func(line string) error {
			_, err := re.MatchString(ctx, line)
			return err
		})
	case strings.HasSuffix(name, ".names"):
		var p *unicodeid.Profile
		if p, err = unicodeid.New(limits.Limits{InputBytes: 255, Items: 64, Time: time.Second}); err == nil {
			err = eachLine(data, func(line string) error {
				_, err := p.Register(ctx, line)
				return err
			})
		}
	default:
		within.OutputBytes = 0
		_, err = safexml.Validate(ctx, r, within)
	}
	return err
}

func eachLine(data []byte, do func(line string) error) error {
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if err := do(lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}
