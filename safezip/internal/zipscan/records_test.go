package zipscan

import (
	"bytes"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// Archives whose records lie near and far, with and without descriptors, in and out of the
// directory's order, with names longer than a piece: a source in memory and another say the same
// (scanUnder compares them), and every entry is where it is.
func TestRecordsNearAndFar(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		edit func(i int, f *zipbuild.File)
		back bool
	}{
		{name: "no entry", n: 0},
		{name: "one", n: 1},
		{name: "as many as pieces", n: piecesAtOnce},
		{name: "one more", n: piecesAtOnce + 1},
		{name: "many", n: 5*piecesAtOnce + 3},
		{name: "many, backwards", n: 5*piecesAtOnce + 3, back: true},
		{name: "near and far", n: 200, edit: func(i int, f *zipbuild.File) {
			f.Data = make([]byte, []int{0, farApart - 60, farApart, 100, longestRead, 1}[i%6])
			f.Descriptor = zipbuild.Descriptor(i % 5)
		}},
		{name: "long names and extra fields", n: 100, edit: func(i int, f *zipbuild.File) {
			f.Name += string(bytes.Repeat([]byte{'n'}, i*5))
			f.Extra = zipbuild.Block(0xcafe, make([]byte, i%7*100))
			f.Descriptor = zipbuild.Descriptor(i % 5)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := many(c.n, c.edit)
			for i := range c.n {
				if c.back {
					a.Order = append(a.Order, c.n-1-i)
				}
			}
			data := a.Bytes()
			r := scanAll(t, data)
			r.mustBeClean(t)
			if len(r.Entries) != c.n {
				t.Fatalf("%d entries, want %d", len(r.Entries), c.n)
			}
			for k, e := range r.Entries {
				header := data[e.HeaderOffset:e.DataOffset]
				name := header[localSize:][:le16(header[26:])]
				if string(header[:4]) != localSignature || string(name) != e.Name ||
					len(header) != localSize+len(name)+int(le16(header[28:])) {
					t.Fatalf("entry %d: %q, from %d to %d", k, e.Name, e.HeaderOffset, e.DataOffset)
				}
			}
		})
	}
}
