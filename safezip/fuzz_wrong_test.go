package safezip_test

import (
	"slices"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// spoil makes up to three changes to an honest archive, as Wrong says, and returns those that are
// to be made to its bytes.
func (b blueprint) spoil(a *zipbuild.Archive) []func([]byte) []byte {
	c := &choices{b.Wrong}
	var after []func([]byte) []byte
	for range c.pick(4) {
		switch c.pick(5) {
		case 0:
			after = append(after, spoilBytes(c))
		case 1:
			spoilLayout(c, a)
		case 2:
			spoilEnd(c, a)
		case 3:
			spoilHeader(c, &a.Files[c.pick(len(a.Files))])
		case 4:
			spoilFile(c, a, c.pick(len(a.Files)))
		}
	}
	return after
}

// spoilBytes changes the finished archive.
func spoilBytes(c *choices) func([]byte) []byte {
	kind, at, value := c.pick(3), int(c.byte())<<8|int(c.byte()), c.byte()
	return func(data []byte) []byte {
		at %= len(data) + 1
		switch {
		case kind == 0 && at < len(data):
			data[at] ^= max(value, 1)
		case kind == 1:
			return data[:at]
		case kind == 2:
			return append(data[:at:at], append([]byte{value}, data[at:]...)...)
		}
		return data
	}
}

// spoilLayout puts bytes where none belong, or leaves out and repeats directory headers.
func spoilLayout(c *choices, a *zipbuild.Archive) {
	f := &a.Files[c.pick(len(a.Files))]
	switch c.pick(11) {
	case 0:
		a.Prefix = strayBytes(c)
	case 1:
		a.BeforeDir = strayBytes(c)
	case 2:
		a.InDir = strayBytes(c)
	case 3:
		a.AfterDir = strayBytes(c)
	case 4:
		a.Trailing = strayBytes(c)
	case 5:
		a.Zip64, a.Zip64Data = true, strayBytes(c)
	case 6:
		a.Comment = string(strayBytes(c))
	case 7:
		f.Before = strayBytes(c)
	case 8:
		f.Slack = strayBytes(c)
	case 9:
		f.After = strayBytes(c)
	case 10:
		a.Order = nil
		for range c.pick(8) {
			a.Order = append(a.Order, c.pick(len(a.Files)))
		}
	}
}

// strayBytes returns bytes, or a record, that stand where they do not belong.
func strayBytes(c *choices) []byte {
	h := zipbuild.Header{Creator: 20, Version: 20, Name: "stray"}
	switch c.pick(6) {
	case 1:
		return zipbuild.LocalHeader(h)
	case 2:
		return zipbuild.CentralHeader(h)
	case 3:
		return zipbuild.Archive{Files: []zipbuild.File{{Name: "stray"}}}.Bytes()
	case 4:
		return make([]byte, 4*(1+c.pick(6)))
	case 5:
		return append([]byte("PK\x07\x08"), c.some(24)...)
	}
	return append([]byte{c.byte()}, c.some(64)...)
}

// alter gives a field another value: any, or one beside its own.
func alter[T uint16 | uint32 | uint64](c *choices) func(field *T) {
	kind, value := c.pick(4), c.number()
	return func(field *T) {
		switch kind {
		case 0:
			*field = T(value)
		case 1:
			*field++
		case 2:
			*field--
		case 3:
			*field ^= 1 << (value % 16)
		}
	}
}

// spoilEnd changes a field of the end records.
func spoilEnd(c *choices, a *zipbuild.Archive) {
	earlier, field := a.EditEnd, c.pick(16)
	short, middle, long := alter[uint16](c), alter[uint32](c), alter[uint64](c)
	a.EditEnd = func(e *zipbuild.End) {
		if earlier != nil {
			earlier(e)
		}
		switch field {
		case 0, 1, 2, 3, 4:
			short([]*uint16{&e.Disk, &e.DirDisk, &e.OnDisk, &e.Count, &e.CommentLen}[field])
		case 5, 6, 7, 8, 9, 10:
			middle([]*uint32{&e.DirSize, &e.DirOffset, &e.Disk64, &e.DirDisk64, &e.LocatorDisk,
				&e.LocatorDisks}[field-5])
		case 11, 12, 13, 14:
			long([]*uint64{&e.DirSize64, &e.DirOffset64, &e.RecordSize64, &e.LocatorOffset}[field-11])
		case 15:
			short(&e.Count)
			e.OnDisk, e.Count64, e.OnDisk64 = e.Count, uint64(e.Count), uint64(e.Count)
		}
	}
}

// spoilHeader changes a field of the local header, of the central one, of both, or of the data
// descriptor.
func spoilHeader(c *choices, f *zipbuild.File) {
	which, field := c.pick(4), c.pick(19)
	short, middle, long := alter[uint16](c), alter[uint32](c), alter[uint64](c)
	text, block := hostileName(c), strayExtra(c)
	change := func(h *zipbuild.Header) {
		switch field {
		case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9:
			short([]*uint16{&h.Creator, &h.Version, &h.Flags, &h.Method, &h.Time, &h.Date, &h.Disk, &h.Internal,
				&h.NameLen, &h.ExtraLen}[field])
		case 10, 11:
			middle([]*uint32{&h.CRC, &h.External}[field-10])
		case 12, 13, 14:
			long([]*uint64{&h.CompressedSize, &h.Size, &h.Offset}[field-12])
		case 15:
			h.Name = text
		case 16:
			h.Extra = slices.Concat(h.Extra, block)
		case 17:
			h.Wide = !h.Wide
		case 18:
			h.Signature = "PK\x03\x05"
		}
	}
	follow := func(edit *func(h *zipbuild.Header)) {
		earlier := *edit
		*edit = func(h *zipbuild.Header) {
			if earlier != nil {
				earlier(h)
			}
			change(h)
		}
	}
	if which == 0 || which == 2 {
		follow(&f.EditLocal)
	}
	if which == 1 || which == 2 {
		follow(&f.EditCentral)
	}
	if which == 3 {
		f.Descriptor = max(f.Descriptor, zipbuild.Signed32)
		follow(&f.EditDescriptor)
	}
}

// strayExtra returns an extra field that has a say in what an entry is, or any other, or a broken
// one.
func strayExtra(c *choices) []byte {
	mode := []uint16{0o100644, 0o040755, 0o120777, 0o010644, 0o060644, 0}[c.pick(6)]
	switch c.pick(7) {
	case 0:
		rest := zipbuild.Block(0, mode, uint32(0), uint16(0), uint16(0), c.some(8))[4:]
		return zipbuild.Block(0x756e, zipbuild.CRC(rest), rest)
	case 1:
		return zipbuild.Block(0x6c78, []byte{c.byte()}, uint16(3<<8), uint32(mode)<<16)
	case 2:
		return zipbuild.Block(0x000d, make([]byte, 12), c.some(8))
	case 3:
		return zipbuild.Block(0x7075, []byte{1}, uint32(c.number()), c.some(8))
	case 4:
		return zipbuild.Block(0x0001, make([]byte, 8*c.pick(5)), c.some(16))
	case 5:
		return zipbuild.Block(uint16(c.number()), c.some(40))
	}
	return c.some(12)
}

// hostileName returns a name that breaks a rule, or nearly.
func hostileName(c *choices) string {
	names := [...]string{
		"../evil", "/evil", "C:evil", `\\host\evil`, "a\nb", "", "a//b", "./", "./a", "a", "a/", "A", `a\b`, "nul",
		"a.", "a:b", "\xe4", "a/b", "a/b/c/d/e/f/g/h/i", "a\x00b",
	}
	if i := c.pick(len(names) + 2); i < len(names) {
		return names[i]
	}
	return string(c.some(20))
}

// spoilFile changes an entry as a whole.
func spoilFile(c *choices, a *zipbuild.Archive, i int) {
	f := &a.Files[i]
	switch c.pick(9) {
	case 0:
		f.Hidden = true
	case 1:
		if i > 0 {
			f.Shares = 1 + c.pick(i)
		}
	case 2:
		f.Raw = append([]byte{c.byte()}, c.some(200)...)
	case 3:
		spoilKind(c, f)
	case 4:
		f.Name = hostileName(c)
	case 5:
		f.Descriptor = zipbuild.Descriptor(c.pick(5))
	case 6:
		f.Zip64, f.Bare = !f.Zip64, c.one(2)
	case 7:
		f.Extra = strayExtra(c)
	case 8:
		// A link to another entry: it takes UnsafeSymlinks to be let in.
		f.Mode, f.Method, f.Data, f.Raw = 0o120777, zipbuild.Store, []byte(a.Files[c.pick(len(a.Files))].Name), nil
	}
}

// spoilKind gives an entry a system and attributes of which each program makes something else: the
// systems are known ones, the attributes a Unix mode or an Amiga's over those of
// MS-DOS (volume label 0x08, directory 0x10, device 0x40, link 0x400).
func spoilKind(c *choices, f *zipbuild.File) {
	host := []uint16{3, 0, 11, 10, 1, 14, 19, 6, 2, 5, 7, 16, 30}[c.pick(13)]
	mode := []uint32{
		0, 0o120777, 0o010644, 0o020644, 0o060644, 0o140755, 0o040755, 0o100644, 0o004644, 0o002644, 0o170644,
		0o050644, 0o130644, 0xffff,
	}[c.pick(14)]
	attributes := []uint32{0, 0x20, 0x08, 0x10, 0x40, 0x400, 0x01, 0xffff}[c.pick(8)]
	earlier := f.EditCentral
	f.EditCentral = func(h *zipbuild.Header) {
		if earlier != nil {
			earlier(h)
		}
		h.Creator, h.External = host<<8|20, mode<<16|attributes
	}
}
