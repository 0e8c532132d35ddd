package zipscan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// A packer makes honest archives at random: everything in them is something that a real program
// writes.
type packer struct {
	*rand.Rand
	names map[string]bool
}

func newPacker(seed uint64) *packer {
	return &packer{rand.New(rand.NewPCG(seed, 0)), map[string]bool{}}
}

// one reports true once in n times.
func (p *packer) one(n int) bool { return p.IntN(n) == 0 }

func (p *packer) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(p.Uint32())
	}
	if p.one(2) {
		return bytes.Repeat([]byte("ab"), n)[:n]
	}
	return b
}

func (p *packer) archive() zipbuild.Archive {
	a := zipbuild.Archive{Zip64: p.one(3)}
	if p.one(3) {
		a.Comment = strings.Repeat("comment ", p.IntN(50))
	}
	for range p.IntN(12) {
		a.Files = append(a.Files, p.file())
	}
	if p.one(3) {
		a.Order = p.Perm(len(a.Files))
	}
	if a.Zip64 && p.one(2) {
		// A value that the narrow fields can hold stands there too, as many programs do it.
		a.EditEnd = func(e *zipbuild.End) {
			e.OnDisk, e.Count, e.DirSize, e.DirOffset = uint16(e.OnDisk64), uint16(e.Count64), uint32(e.DirSize64),
				uint32(e.DirOffset64)
		}
	}
	return a
}

func (p *packer) name() string {
	for {
		name := fmt.Sprintf("n%d", p.IntN(1000))
		switch p.IntN(5) {
		case 0:
			name = "d/" + name
		case 1:
			name += strings.Repeat("-long", p.IntN(400))
		case 2:
			name += "\u00e4\u4e2d"
		}
		if !p.names[name] {
			p.names[name] = true
			return name
		}
	}
}

func (p *packer) file() zipbuild.File {
	f := zipbuild.File{Name: p.name(), Data: p.bytes(p.IntN(3) * p.IntN(2000)),
		Descriptor: zipbuild.Descriptor(p.IntN(5)), Zip64: p.one(4)}
	if p.one(2) {
		f.Method = zipbuild.Deflate
	}
	if p.one(6) {
		f.Name, f.Data, f.Mode = f.Name+"/", nil, 0o040755
	} else if p.one(2) {
		f.Mode = 0o100644
	}
	central, local := p.extras(f.Name)
	trueSizes, comment, data := p.one(3), strings.Repeat("c", p.IntN(2)*p.IntN(300)), f.Data
	size := uint64(len(data))
	compressed := size
	if f.Method == zipbuild.Deflate {
		f.Raw = zipbuild.Deflated(data)
		compressed = uint64(len(f.Raw))
	}
	level := uint16(p.IntN(4)) << 1
	f.EditCentral = func(h *zipbuild.Header) {
		h.Extra, h.Comment, h.Flags, h.Internal = central, comment, h.Flags|level, uint16(len(comment)&1)
	}
	roomLeft := p.one(5) && !f.Zip64
	f.EditLocal = func(h *zipbuild.Header) {
		h.Extra, h.Flags, h.Version = local, h.Flags|level, 10
		if trueSizes {
			h.CRC, h.Size, h.CompressedSize = zipbuild.CRC(data), size, compressed
		}
		if roomLeft {
			h.Extra = slices.Concat(zipbuild.Block(idZip64, make([]byte, 16)), h.Extra)
		}
	}
	return f
}

// extras returns the extra fields of the central directory and of the local header, which are not
// the same.
func (p *packer) extras(name string) (central, local []byte) {
	add := func(c, l []byte) {
		if p.one(3) {
			central, local = append(central, c...), append(local, l...)
		}
	}
	seconds := p.Uint32()
	add(zipbuild.Block(idTimestamp, []byte{3}, seconds), zipbuild.Block(idTimestamp, []byte{3}, seconds, seconds+1))
	add(zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(24), uint64(seconds)<<24, uint64(1), uint64(2)), nil)
	add(zipbuild.Block(0x7875, []byte{1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0}), zipbuild.Block(0x7875,
		[]byte{1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0}))
	add(zipbuild.Block(idUnicodePath, []byte{1}, uint32(7), name), zipbuild.Block(idUnicodePath, []byte{1}, uint32(7),
		name))
	add(zipbuild.Block(0xcafe), nil)
	add(nil, zipbuild.Block(0xd935, make([]byte, p.IntN(9))))
	add(make([]byte, p.IntN(8)), make([]byte, p.IntN(8)))
	return central, local
}

const honestArchives = 400

// No honest archive is refused, and everything that the scan says of it is true: by the bytes that
// went in, and by archive/zip.
func TestHonestArchives(t *testing.T) {
	for seed := range uint64(honestArchives) {
		a := newPacker(seed).archive()
		file := a.Bytes()
		r := scanAll(t, file)
		if r.err != nil || len(r.findings) > 0 {
			t.Fatalf("seed %d: err = %v, findings %+v", seed, r.err, r.findings)
		}
		if len(r.Entries) != len(a.Files) {
			t.Fatalf("seed %d: %d entries, want %d", seed, len(r.Entries), len(a.Files))
		}
		order := a.Order
		for i := range r.Entries {
			at := i
			if order != nil {
				at = order[i]
			}
			sameAsBuilt(t, fmt.Sprintf("seed %d, entry %d", seed, i), file, &r.Entries[i], &a.Files[at])
		}
		sameAsStandardLibrary(t, fmt.Sprintf("seed %d", seed), file, r.Archive)
		if t.Failed() {
			return
		}
	}
}

func sameAsBuilt(t *testing.T, where string, file []byte, e *Entry, f *zipbuild.File) {
	t.Helper()
	raw := f.Data
	if f.Method == zipbuild.Deflate {
		raw = f.Raw
	}
	if e.Name != f.Name || e.Size != int64(len(f.Data)) || e.Method != f.Method || e.CRC32 != zipbuild.CRC(f.Data) {
		t.Errorf("%s: %+v", where, e)
	}
	if e.DataOffset < 0 || e.DataOffset+e.CompressedSize > int64(len(file)) ||
		!bytes.Equal(file[e.DataOffset:e.DataOffset+e.CompressedSize], raw) {
		t.Errorf("%s: at %d there are not the %d bytes of its data", where, e.DataOffset, e.CompressedSize)
	}
	if string(file[e.HeaderOffset:e.HeaderOffset+4]) != localSignature ||
		string(file[e.CentralOffset:e.CentralOffset+4]) != centralSignature {
		t.Errorf("%s: no headers at %d and %d", where, e.HeaderOffset, e.CentralOffset)
	}
}

func sameAsStandardLibrary(t *testing.T, where string, file []byte, a *Archive) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: archive/zip: %v", where, err)
	}
	if len(z.File) != len(a.Entries) {
		t.Fatalf("%s: %d entries, archive/zip has %d", where, len(a.Entries), len(z.File))
	}
	total := int64(0)
	for i, f := range z.File {
		e := &a.Entries[i]
		total += e.Size
		off, err := f.DataOffset()
		if err != nil || off != e.DataOffset || f.Name != e.Name || f.UncompressedSize64 != uint64(e.Size) ||
			f.CompressedSize64 != uint64(e.CompressedSize) ||
			f.CRC32 != e.CRC32 || f.Method != e.Method || f.Flags != e.Flags {
			t.Errorf("%s, entry %d: %+v; archive/zip has %+v, data at %d, %v", where, i, e, f.FileHeader, off, err)
		}
		if uint16(f.Mode().Perm()) != e.Mode && e.Mode != 0 {
			t.Errorf("%s, entry %d: mode %o; archive/zip has %v", where, i, e.Mode, f.Mode())
		}
		content, err := f.Open()
		if err != nil {
			t.Fatalf("%s, entry %d: archive/zip: %v", where, i, err)
		}
		//nolint:gosec // An archive of our own. Copy has archive/zip compare the checksum, and the descriptor.
		n, err := io.Copy(io.Discard, content)
		if err != nil || n != e.Size {
			t.Errorf("%s, entry %d: archive/zip reads %d bytes, %v", where, i, n, err)
		}
	}
	if a.Size != total {
		t.Errorf("%s: %d bytes in all, want %d", where, a.Size, total)
	}
}

// The order of the directory changes nothing but the order of the entries: not their places, and
// not what an archive costs.
func TestOrderDoesNotMatter(t *testing.T) {
	for seed := range uint64(100) {
		a := newPacker(seed).archive()
		a.Order = nil
		straight := scanAll(t, a.Bytes())
		a.Order = rand.New(rand.NewPCG(seed, 1)).Perm(len(a.Files))
		shuffled := scanAll(t, a.Bytes())
		straight.mustBeClean(t)
		shuffled.mustBeClean(t)
		byName := func(e []Entry) map[string]Entry {
			m := map[string]Entry{}
			for _, e := range e {
				e.CentralOffset = 0
				m[e.Name] = e
			}
			return m
		}
		if diff := cmp.Diff(byName(straight.Entries), byName(shuffled.Entries)); diff != "" {
			t.Fatalf("seed %d (-straight +shuffled):\n%s", seed, diff)
		}
		straight.usage.Elapsed, shuffled.usage.Elapsed = 0, 0
		if diff := cmp.Diff(straight.usage, shuffled.usage); diff != "" {
			t.Fatalf("seed %d (-straight +shuffled):\n%s", seed, diff)
		}
	}
}

// Nor do findings depend on it: each is about one entry, and comes when that entry's turn in the
// file has come.
func TestOrderOfFindings(t *testing.T) {
	wrong := func(order []int) []place {
		a := many(6, func(i int, f *zipbuild.File) {
			switch i {
			case 1:
				f.EditLocal = func(h *zipbuild.Header) { h.Name = "other" }
			case 3:
				f.Before = []byte("gap")
			case 4:
				f.Descriptor, f.EditDescriptor = zipbuild.Signed32, func(h *zipbuild.Header) { h.CRC++ }
			}
		})
		a.Order = order
		return scanAll(t, a.Bytes()).places()
	}
	want := wrong(nil)
	if len(want) != 3 {
		t.Fatalf("findings %+v", want)
	}
	for seed := range uint64(50) {
		order := rand.New(rand.NewPCG(seed, 2)).Perm(6)
		if diff := cmp.Diff(want, wrong(order)); diff != "" {
			t.Fatalf("order %v (-want +got):\n%s", order, diff)
		}
	}
}

// Offsets are right after a prefix, too.
func TestHonestArchivesBehindAPrefix(t *testing.T) {
	for seed := range uint64(100) {
		a := newPacker(seed).archive()
		plain := scanAll(t, a.Bytes())
		a.Prefix = bytes.Repeat([]byte("#"), 1+int(seed)*7)
		file := a.Bytes()
		r := scanAll(t, file)
		if want := []place{{PrefixData, "", 0}}; !cmp.Equal(want, r.places()) || r.err != nil {
			t.Fatalf("seed %d: err = %v, findings %+v", seed, r.err, r.findings)
		}
		shift := int64(len(a.Prefix))
		for i, e := range plain.Entries {
			e.DataOffset, e.HeaderOffset, e.CentralOffset = e.DataOffset+shift, e.HeaderOffset+shift,
				e.CentralOffset+shift
			if diff := cmp.Diff(e, r.Entries[i]); diff != "" {
				t.Fatalf("seed %d, entry %d (-want +got):\n%s", seed, i, diff)
			}
		}
		if r.DirectoryOffset != plain.DirectoryOffset+shift {
			t.Fatalf("seed %d: directory at %d", seed, r.DirectoryOffset)
		}
		if !a.Zip64 { // For archive/zip the locator's offset has to count the prefix.
			sameAsStandardLibrary(t, fmt.Sprintf("seed %d", seed), file, r.Archive)
		}
	}
}
