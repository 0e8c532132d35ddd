package main

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// A bomb is an archive and its name.
type bomb struct {
	name string
	data []byte
}

// bombs builds the four archives of which none may cost more than being looked at.
func bombs() ([]bomb, error) {
	ten, err := zeros(160)
	if err != nil {
		return nil, err
	}
	one, err := zeros(1)
	if err != nil {
		return nil, err
	}
	many := make([]zipbuild.File, 160)
	for i := range many {
		many[i] = one
		many[i].Name = fmt.Sprintf("zeros%03d", i)
	}
	list := []bomb{
		{"one file of 10 GiB", zipbuild.Archive{Files: []zipbuild.File{ten}}.Bytes()},
		{"160 files of 64 MiB", zipbuild.Archive{Files: many}.Bytes()},
	}
	for c := range ziptest.Hostile() {
		if c.Rule == safezip.RuleOverlap && (strings.HasSuffix(c.Name, "/full") || strings.HasSuffix(c.Name,
			"/quoted")) {
			list = append(list, bomb{c.Name, c.Data})
		}
	}
	return list, nil
}

// zeros returns an entry of n × 64 MiB of zeros. A flushed deflate stream can be repeated, so no
// more than 64 MiB are compressed.
func zeros(n int) (zipbuild.File, error) {
	const block = 64 << 20
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return zipbuild.File{}, err
	}
	if _, err := w.Write(make([]byte, block)); err != nil {
		return zipbuild.File{}, err
	}
	if err := w.Flush(); err != nil {
		return zipbuild.File{}, err
	}
	declare := func(h *zipbuild.Header) { h.Size = uint64(n) * block } //nolint:gosec // A small number.
	return zipbuild.File{
		Name: "zeros", Method: zipbuild.Deflate, Raw: append(bytes.Repeat(b.Bytes(), n), 3, 0), Zip64: true,
		EditLocal: declare, EditCentral: declare,
	}, nil
}

// defuse prints how long each bomb takes to be refused, and fails if anything is written.
func defuse(ctx context.Context, out io.Writer, base string, rounds int) error {
	list, err := bombs()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nBombs, medians of %d\n\n| bomb | archive | refused after | written | because "+
		"|\n|---|---|---|---|---|\n", rounds)
	for _, b := range list {
		var results []result
		var refusal error
		for range rounds {
			dir := filepath.Join(base, "bomb")
			start := time.Now()
			_, refusal = safezip.Extract(ctx, dir, bytes.NewReader(b.data), int64(len(b.data)),
				limits.Limits{OutputBytes: limits.GiB, Items: 10_000, Time: time.Minute})
			results = append(results, result{Elapsed: time.Since(start)})
			if !errors.Is(refusal, limits.ErrRefused) {
				return fmt.Errorf("%s was not refused: %w", b.name, refusal)
			}
			if left, err := os.ReadDir(base); err != nil || len(left) > 0 {
				return fmt.Errorf("%s left %d files: %w", b.name, len(left), err)
			}
		}
		because := "a limit"
		if rule, ok := errors.AsType[*safezip.RuleError](refusal); ok {
			because = string(rule.Rule)
		}
		fmt.Fprintf(out, "| %s | %d KiB | %v | 0 | %s |\n", b.name, len(b.data)>>10,
			summarize(results).Elapsed.Round(time.Microsecond), because)
	}
	return nil
}
