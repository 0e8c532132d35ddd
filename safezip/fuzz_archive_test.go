package safezip_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// A blueprint is what the structured fuzz target and the differential test make an archive of. Its
// zero value is an archive of one empty file. Only Wrong makes an archive dishonest: everything
// else chooses among what real packers write, so that most blueprints with an empty Wrong are
// accepted, and those with a little in it are refused late.
type blueprint struct {
	Shape   []byte // choices for the archive and then for each entry
	Names   string // of the entries, between "|"
	Content string // of the entries, one after another
	Wrong   []byte // at most three changes
}

// build returns the archive.
func (b blueprint) build() []byte {
	a := b.honest()
	after := b.spoil(&a)
	data := a.Bytes()
	for _, change := range after {
		data = change(data)
	}
	return data
}

// choices is a supply of decisions; when it is used up, every decision is the first of its kind.
type choices struct{ left []byte }

func (c *choices) byte() byte {
	if len(c.left) == 0 {
		return 0
	}
	b := c.left[0]
	c.left = c.left[1:]
	return b
}

// pick returns a number below n, which is at most 256.
func (c *choices) pick(n int) int { return int(c.byte()) % n }

// one reports true once in n times, and false when the supply is used up.
func (c *choices) one(n int) bool { return c.pick(n) == n-1 }

// number returns a number that a record may hold: one near a border, or any.
func (c *choices) number() uint64 {
	borders := [...]uint64{0, 1, 4, 30, 1 << 15, 1<<16 - 1, 1 << 16, 1 << 31, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63,
		1<<64 - 1}
	if i := c.pick(len(borders) + 3); i < len(borders) {
		return borders[i]
	}
	raw := make([]byte, 8)
	copy(raw, c.some(9))
	return binary.LittleEndian.Uint64(raw)
}

// some returns up to n-1 bytes.
func (c *choices) some(n int) []byte {
	b := make([]byte, c.pick(n))
	for i := range b {
		b[i] = c.byte()
	}
	return b
}

// honest returns the archive without anything wrong in it but, perhaps, its names.
func (b blueprint) honest() zipbuild.Archive {
	c := &choices{b.Shape}
	names := strings.Split(b.Names, "|")
	if len(names) > maxBlueprintFiles {
		names = names[:maxBlueprintFiles]
	}
	a := zipbuild.Archive{Zip64: c.one(4)}
	if c.one(4) {
		a.Comment = string(c.some(40))
	}
	if a.Zip64 && c.one(3) {
		a.EditEnd = func(e *zipbuild.End) { // Zip64 records that repeat what the end record says.
			e.Count, e.OnDisk, e.DirSize, e.DirOffset = uint16(e.Count64), uint16(e.OnDisk64), uint32(e.DirSize64),
				uint32(e.DirOffset64)
		}
	}
	backwards := c.one(4)
	content := b.Content
	for i, name := range names {
		if name == "" && len(names) == 1 {
			name = "a"
		}
		n := min(len(content), 1<<c.pick(12))
		if strings.HasSuffix(name, "/") {
			n = 0
		}
		a.Files = append(a.Files, honestFile(c, name, content[:n]))
		content = content[n:]
		if backwards {
			a.Order = append([]int{i}, a.Order...)
		}
	}
	return a
}

const maxBlueprintFiles = 8

// honestFile returns an entry in one of the ways in which packers write it.
func honestFile(c *choices, name, data string) zipbuild.File {
	dir := strings.HasSuffix(name, "/")
	f := zipbuild.File{Name: name, Data: []byte(data), Zip64: c.one(5)}
	if c.one(3) {
		f.Data = bytes.Repeat(f.Data, 1+c.pick(40))
	}
	if c.pick(3) > 0 && !dir {
		f.Method = zipbuild.Deflate
	}
	if f.Method == zipbuild.Deflate {
		f.Raw = zipbuild.Deflated(f.Data) // Once, not for each header.
	}
	if dir && c.one(4) {
		f.Method, f.Raw = zipbuild.Deflate, []byte{3, 0}
	}
	if c.one(3) {
		f.Descriptor = zipbuild.Descriptor(c.pick(5))
	}
	f.Mode = honestMode(c, dir)
	var local, central []byte
	kind := c.pick(8)
	for range c.pick(3) {
		l, r := honestExtra(c, kind, &f, name)
		local, central = append(local, l...), append(central, r...)
		kind = (kind + 1 + c.pick(7)) % 8 // No id comes twice.
	}
	if c.one(6) {
		local = append(local, make([]byte, c.pick(9))...)
	}
	trueSizes, wideLocal := c.one(4), c.one(8)
	comment, level, version, text := "", uint16(c.pick(4))<<1, uint16(0), uint16(c.pick(2))
	if c.one(5) {
		comment = string(c.some(20))
	}
	if c.one(5) {
		version = []uint16{10, 20, 45, 46, 51, 63}[c.pick(6)]
	}
	dosDir := dir && c.one(2)
	f.EditLocal = func(h *zipbuild.Header) {
		h.Extra = slices.Concat(local, h.Extra)
		h.Flags |= level
		h.Wide = h.Wide || wideLocal
		if version != 0 {
			h.Version = version
		}
		if trueSizes && f.Descriptor != zipbuild.NoDescriptor {
			h.CRC, h.Size, h.CompressedSize = zipbuild.CRC(f.Data), uint64(len(f.Data)), uint64(compressedSize(f))
		}
	}
	f.EditCentral = func(h *zipbuild.Header) {
		h.Extra = slices.Concat(central, h.Extra)
		h.Flags |= level
		h.Comment, h.Internal = comment, text
		if version != 0 {
			h.Version = version
		}
		if dosDir {
			h.External |= 0x10
		}
	}
	return f
}

// compressedSize returns the size of an entry's data in the archive.
func compressedSize(f zipbuild.File) int {
	if f.Raw != nil {
		return len(f.Raw)
	}
	return len(f.Data)
}

// honestMode returns a Unix mode under which the owner can read and write, or none.
func honestMode(c *choices, dir bool) uint32 {
	permissions := []uint32{0o644, 0o755, 0o600, 0o777, 0o6755}[c.pick(5)]
	if dir {
		permissions |= 0o700
	}
	switch c.pick(4) {
	case 1:
		return permissions
	case 2, 3:
		if dir {
			return 0o040000 | permissions
		}
		return 0o100000 | permissions
	}
	return 0
}

// honestExtra returns an extra field as common packers write it, for the local header and for the
// central directory.
func honestExtra(c *choices, kind int, f *zipbuild.File, name string) (local, central []byte) {
	switch kind {
	case 0: // Info-ZIP's times: three in the local header, one in the directory.
		return zipbuild.Block(0x5455, []byte{3}, uint32(1714979290), uint32(1714979291)), zipbuild.Block(0x5455,
			[]byte{3}, uint32(1714979290))
	case 1: // Info-ZIP's owner.
		b := zipbuild.Block(0x7875, []byte{1, 4}, uint32(1000), []byte{4}, uint32(1000))
		return b, b
	case 2: // NTFS times, in the directory alone.
		return nil, zipbuild.Block(0x000a, uint32(0), uint16(1), uint16(24), uint64(133594200000000000),
			uint64(133594200000000000), uint64(133594200000000000))
	case 3: // Java's mark.
		return zipbuild.Block(0xcafe), zipbuild.Block(0xcafe)
	case 4: // The name once more.
		b := zipbuild.Block(0x7075, []byte{1}, zipbuild.CRC([]byte(name)), name)
		return b, b
	case 5: // libarchive repeats the attributes in the local header.
		if f.Mode == 0 {
			return nil, nil
		}
		return zipbuild.Block(0x6c78, []byte{5}, uint16(3<<8|20), f.Mode<<16), nil
	case 6: // Android aligns data with zeros after a length.
		return zipbuild.Block(0xd935, uint16(4), []byte{0, 0}), nil
	}
	id := 0xa000 | uint16(c.byte())
	b := zipbuild.Block(id, c.some(30))
	return b, b
}
