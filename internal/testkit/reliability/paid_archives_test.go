//go:build linux && !race

package reliability

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// dearArchives are inputs of safezip, safetar and decompress.
func dearArchives() []dear {
	return []dear{
		{"zip: links to links", 500, 1_000_000, func(t *testing.T, n int) func(context.Context, limits.Limits) error {
			files := []zipbuild.File{{Name: "f"}, {Name: "d/"}}
			way := strings.Repeat("d/../", 800)
			for i := range n {
				target := fmt.Sprintf("%s%d", way, i-1)
				if i%38 == 0 {
					target = "f"
				}
				files = append(files, zipbuild.File{Name: fmt.Sprint(i), Data: []byte(target), Mode: 0o120777})
			}
			return extracted(t, files, safezip.UnsafeSymlinks())
		}},
		{"zip: entries in disorder", 50_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			files := make([]zipbuild.File, n)
			for i := range files {
				files[i].Name = fmt.Sprint(i)
			}
			return inspected(zipbuild.Archive{Files: files, Order: rand.New(rand.NewPCG(1, 2)).Perm(n), Zip64: true})
		}},
		{"zip: deep names", 2000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			files := make([]zipbuild.File, n)
			for i := range files {
				files[i].Name = strings.Repeat("a/", 500) + fmt.Sprint(i)
			}
			return inspected(zipbuild.Archive{Files: files})
		}},
		{"zip: short names", 30_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			files := make([]zipbuild.File, n)
			for i := range files {
				files[i].Name = fmt.Sprintf("long name number %d.t%d", i, i)
				if i < 10_000 {
					files[i].Name = fmt.Sprintf("abcdef~%d.%03d", i%10, i/10)
				}
			}
			return inspected(zipbuild.Archive{Files: files})
		}},
		{"zip: versions of names", 30_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			files := make([]zipbuild.File, n)
			for i := range files {
				files[i].Name = fmt.Sprintf("%d;1", i)
			}
			return inspected(zipbuild.Archive{Files: files})
		}},
		{"zip: second readings", 4 << 20, 0, func(t *testing.T, n int) func(context.Context, limits.Limits) error {
			return extracted(t, []zipbuild.File{{Name: "a", Data: bytes.Repeat([]byte("PK\x07\x08"), n/4),
				Descriptor: zipbuild.Signed32}})
		}},
		{"gzip: blocks of nothing", 50_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			// A block with codes of its own, and a stored one that fills the last byte: both are empty.
			block := []byte("\x04\xc0\x81\x00\x00\x00\x00\x00\x90\xff\x6a\x04\x00\x00\xff\xff")
			data := append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), bytes.Repeat(block, n)...)
			data = append(data, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0)
			return func(ctx context.Context, lim limits.Limits) error {
				r, err := decompress.NewReader(ctx, bytes.NewReader(data), decompress.Gzip, lim)
				if err != nil {
					return err
				}
				defer func() { _ = r.Close() }()
				_, err = io.Copy(io.Discard, r)
				return err
			}
		}},
		{"tar: pax records", 20, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			var records []string
			for i := range 8000 {
				records = append(records, fmt.Sprintf("SCHILY.xattr.%d", i), "")
			}
			var headers []tarbuild.Header
			for i := range n {
				headers = append(headers, tarbuild.Pax(records...), tarbuild.Header{Name: fmt.Sprint(i)})
			}
			data := tarbuild.Archive(headers...)
			return func(ctx context.Context, lim limits.Limits) error {
				_, err := safetar.Inspect(ctx, bytes.NewReader(data), lim)
				return err
			}
		}},
		{"tar: names that a lifted rule notes", 40_000, 0, func(*testing.T, int) func(context.Context, limits.Limits) error {
			return func(ctx context.Context, lim limits.Limits) error {
				w, err := safetar.NewWriter(ctx, io.Discard, lim, safetar.UnsafeAllow(safetar.RuleShortNameCollision))
				if err != nil {
					return err
				}
				defer func() { _ = w.Close() }()
				for i := range 20_000 {
					if err := w.WriteFile(fmt.Sprintf("%d/abcdef~1", i), nil); err != nil {
						return err
					}
					if err := w.WriteFile(fmt.Sprintf("%d/abcdefghi", i), nil); err != nil {
						return err
					}
				}
				_, err = w.Finish()
				return err
			}
		}},
	}
}

func extracted(t *testing.T, files []zipbuild.File, opts ...safezip.Option) func(context.Context, limits.Limits) error {
	t.Helper()
	data := zipbuild.Archive{Files: files}.Bytes()
	return func(ctx context.Context, lim limits.Limits) error {
		_, err := safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)), lim,
			append(opts, safezip.Workers(1))...)
		return err
	}
}

func inspected(a zipbuild.Archive) func(context.Context, limits.Limits) error {
	data := a.Bytes()
	return func(ctx context.Context, lim limits.Limits) error {
		_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), lim)
		return err
	}
}
