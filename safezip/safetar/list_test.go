package safetar_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// TestAll: after Inspect the Report lists every entry, with its place if the archive is accepted.
func TestAll(t *testing.T) {
	top := func(more ...tarbuild.Header) []byte {
		return tarbuild.Archive(append([]tarbuild.Header{
			{Name: "top/", Type: tarbuild.TypeDir},
			{Name: "top/a", Data: []byte("data")},
			{Name: "./top/b", Type: tarbuild.TypeSymlink, Link: "a"},
			{Name: "._a", Data: []byte("macOS")},
		}, more...)...)
	}
	links := safetar.UnsafeSymlinks()
	for _, test := range []struct {
		name string
		data []byte
		opts []safetar.Option
		want []string // Name, Link and Path
	}{
		{"plain", top(), []safetar.Option{links},
			[]string{"top/||top", "top/a||top/a", "./top/b|a|top/b", "._a||._a"}},
		{"StripTop and SkipMacOS", top(), []safetar.Option{links, safetar.StripTop(), safetar.SkipMacOS()},
			[]string{"top/||.", "top/a||a", "./top/b|a|b", "._a||"}},
		{"StripPrefix and Select", top(), []safetar.Option{links, safetar.StripPrefix("top"),
			safetar.Select(func(e safetar.Entry) bool { return e.Name != "._a" && e.Name != "./top/b" })},
			[]string{"top/||.", "top/a||a", "./top/b|a|", "._a||"}},
		{"refused", top(tarbuild.Header{Name: "../c"}, tarbuild.Header{Name: "d"}), nil,
			[]string{"top/||", "top/a||", "./top/b|a|", "._a||", "../c||", "d||"}},
		{"cut off", top()[:1600], nil, []string{"top/||", "top/a||"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := safetar.Inspect(t.Context(), bytes.NewReader(test.data), tartest.Limits(), test.opts...)
			if err != nil && !errors.Is(err, limits.ErrRefused) {
				t.Fatal(err)
			}
			for range 2 {
				var got []string
				for e := range r.All() {
					got = append(got, e.Name+"|"+e.Link+"|"+e.Path)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
			for range r.All() {
				break // Leaving the loop early must not panic.
			}
		})
	}
}

// TestAllOfExtract: a Report of an extraction keeps no entries, which would cost memory.
func TestAllOfExtract(t *testing.T) {
	data := tarbuild.Archive(tarbuild.Header{Name: "a"})
	r, err := safetar.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), tartest.Limits())
	if err != nil {
		t.Fatal(err)
	}
	for e := range r.All() {
		t.Errorf("%+v", e)
	}
}

// TestListMemory: what Inspect keeps for All is held in the budget.
func TestListMemory(t *testing.T) {
	headers := make([]tarbuild.Header, 400)
	for i := range headers {
		headers[i] = tarbuild.Header{Name: tarbuild.Octal(int64(i))}
	}
	lim := tartest.Limits()
	for _, test := range []struct {
		memory limits.Bytes
		enough bool
	}{{380 * limits.KiB, true}, {180 * limits.KiB, false}} {
		lim.MemoryBytes = test.memory
		_, err := safetar.Inspect(t.Context(), bytes.NewReader(tarbuild.Archive(headers...)), lim)
		exceeded, refused := errors.AsType[*limits.ExceededError](err)
		if refused == test.enough || refused && exceeded.Resource != limits.MemoryBytes {
			t.Errorf("%v: %v", test.memory, err)
		}
	}
}
