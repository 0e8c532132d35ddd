package tarscan

import (
	"bytes"
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/nature"
)

// A form is the family of a header, by its magic.
type form uint8

const (
	formUstar form = iota // and pax
	formGNU
	formOld // v7: no magic
)

// A header is one block of POSIX.1-1988, field by field.
type header struct {
	at       int64
	form     form
	name     string
	mode     int64
	size     int64
	modified int64
	typ      byte
	link     string
	prefix   string
}

// The types of headers.
const (
	typeFile     = '0'
	typeOldFile  = 0
	typeHardLink = '1'
	typeSymlink  = '2'
	typeChar     = '3'
	typeBlock    = '4'
	typeDir      = '5'
	typeFIFO     = '6'
	typePax      = 'x'
	typeGlobal   = 'g'
	typeLongName = 'L'
	typeLongLink = 'K'
	typeSparse   = 'S'
)

// isRecord reports a header that is about another one.
func (h *header) isRecord() bool {
	return h.typ == typePax || h.typ == typeGlobal || h.typ == typeLongName || h.typ == typeLongLink
}

// A fields reads the fields of a header in their order.
type fields struct {
	rest []byte
}

func (f *fields) next(n int) []byte {
	field := f.rest[:n]
	f.rest = f.rest[n:]
	return field
}

// text is a field up to its first NUL, or all of it.
func (f *fields) text(n int) string {
	field := f.next(n)
	if i := bytes.IndexByte(field, 0); i >= 0 {
		field = field[:i]
	}
	return string(field)
}

// parse reads a header.
func (s *Scanner) parse(block *[blockSize]byte, at int64) (*header, error) {
	s.where = ""
	if err := s.checksum(block, at); err != nil {
		return nil, err
	}
	h := &header{at: at}
	f := fields{block[:]}
	h.name = f.text(100)
	s.where = h.name
	number := func(field string, n int, negative bool) (int64, error) {
		v, problem := parseNumber(f.next(n), negative)
		if problem != "" {
			return 0, s.refuse(NumberFormat, at, "the %s %s", field, problem)
		}
		return v, nil
	}
	var err error
	read := func(to *int64, field string, n int, negative bool) {
		var v int64
		if err == nil {
			v, err = number(field, n, negative)
		}
		if to != nil {
			*to = v
		}
	}
	read(&h.mode, "mode", 8, false)
	read(nil, "user id", 8, true)
	read(nil, "group id", 8, true)
	read(&h.size, "size", 12, false)
	read(&h.modified, "time", 12, true)
	if err != nil {
		return nil, err
	}
	f.next(8) // The checksum has been verified.
	h.typ = f.next(1)[0]
	h.link = f.text(100)
	magic := f.next(8)
	f.next(32 + 32) // Names of owners.
	devices := f.next(8 + 8)
	prefix := f.next(155)
	switch {
	case string(magic[:6]) == "ustar\x00":
		h.form = formUstar
		if i := bytes.IndexByte(prefix, 0); i >= 0 {
			prefix = prefix[:i]
		}
		h.prefix = string(prefix)
		if err := s.unused(devices, at); err != nil {
			return nil, err
		}
		return h, s.star(block, at)
	case string(magic) == "ustar  \x00":
		h.form = formGNU
		if err := s.unused(devices, at); err != nil {
			return nil, err
		}
	default:
		h.form = formOld
		if isVersion7(block) {
			return h, nil
		}
		if err := s.allow(OldFormat, at, "the header has no magic of ustar, and something after the fields of "+
			"Version 7"); err != nil {
			return nil, err
		}
	}
	if prefix[0] != 0 {
		return nil, s.refuse(Malformed, at, "the header is not of the ustar form and has something where that has a prefix, "+
			"which only some programs put before the name")
	}
	if h.form == formGNU {
		return h, s.sparse(h, block)
	}
	return h, nil
}

// isVersion7 reports a header of Version 7: nothing stands after the link. GNU tar writes zeros
// where later forms have the numbers of a device.
func isVersion7(block *[blockSize]byte) bool {
	const linkEnd, devices, prefix = 257, 329, 345
	return bytes.Equal(block[linkEnd:devices], zeros[linkEnd:devices]) &&
		len(bytes.Trim(block[devices:prefix], "0\x00")) == 0 &&
		bytes.Equal(block[prefix:], zeros[prefix:])
}

// unused judges the numbers of a device. They say nothing about what is let through, and many
// programs leave them blank. A program that reads them all the same takes no archive in which they
// are no numbers.
func (s *Scanner) unused(devices []byte, at int64) error {
	for _, field := range [...][]byte{devices[:8], devices[8:]} {
		if len(bytes.Trim(field, " \x00")) == 0 {
			continue
		}
		if _, problem := parseNumber(field, true); problem != "" && problem != unterminated {
			return s.refuse(NumberFormat, at, "the device number %s", problem)
		}
	}
	return nil
}

// sparse refuses a header of GNU tar that has the fields of a sparse file and is of another type:
// bsdtar takes the size from there all the same.
func (s *Scanner) sparse(h *header, block *[blockSize]byte) error {
	const from, to = 386, 495 // Four pieces, the mark that more follow, and the size.
	if h.typ == typeSparse || bytes.Equal(block[from:to], zeros[from:to]) {
		return nil
	}
	return s.refuse(Sparse, h.at, "the header has the fields of a sparse file of GNU tar and is of another type")
}

// star judges a header that ends as those of Schily's star do: the last 24 bytes of its prefix are
// two times.
func (s *Scanner) star(block *[blockSize]byte, at int64) error {
	const prefix, accessed, changed, trailer = 345, 476, 488, 508
	if string(block[trailer:]) != "tar\x00" {
		return nil
	}
	if bytes.IndexByte(block[prefix:accessed], 0) < 0 {
		return s.refuse(Malformed, at, "the header ends as those of star do and has a longer prefix than these: "+
			"some programs cut it off")
	}
	for _, field := range [...][]byte{block[accessed:changed], block[changed:500]} {
		if len(bytes.Trim(field, " \x00")) == 0 {
			continue
		}
		if _, problem := parseNumber(field, true); problem != "" {
			return s.refuse(NumberFormat, at, "a time of star's %s", problem)
		}
	}
	return nil
}

// checksum verifies the sum of the bytes of a header, in which its own field counts as spaces. Old
// programs took bytes for signed numbers; both sums are known to all readers.
func (s *Scanner) checksum(block *[blockSize]byte, at int64) error {
	const from, to = 148, 156
	var unsigned, signed int64
	for i, b := range block {
		if i >= from && i < to {
			b = ' '
		}
		unsigned += int64(b)
		signed += int64(int8(b))
	}
	sum, problem := parseNumber(block[from:to], false)
	if problem != "" || sum != unsigned && sum != signed {
		detail := "the block is no tar header: its checksum is not the sum of its bytes"
		if at == 0 {
			detail = "this is no tar archive: " + cmp.Or(otherNature(block[:]),
				"the checksum of its first header is not the sum of its bytes")
		}
		return s.refuse(HeaderChecksum, at, "%s", detail)
	}
	return nil
}

// otherNature says what a file is that begins with head, if it is known to be no tar archive, or
// "".
func otherNature(head []byte) string {
	what := nature.Of(head)
	if what == nature.Tar {
		return ""
	}
	return what
}

// maxOctal is the largest size that the octal field holds.
const maxOctal = 1<<33 - 1

// unterminated is what is wrong with a number that fills its field.
const unterminated = "is not terminated"

// parseNumber reads a number: octal digits that a space or NUL ends, with spaces before them, or
// base-256 (the first bit set). A field of NULs is 0. It returns what is wrong, if something is.
func parseNumber(field []byte, negative bool) (n int64, problem string) {
	if field[0]&0x80 != 0 {
		return parseBase256(field, negative)
	}
	rest := bytes.TrimLeft(field, " ")
	digits := rest
	for i, b := range rest {
		if b < '0' || b > '7' {
			digits, rest = rest[:i], rest[i:]
			break
		}
	}
	switch {
	case len(digits) == len(rest) && len(rest) > 0 && rest[0] >= '0' && rest[0] <= '7':
		return 0, unterminated
	case len(bytes.Trim(rest, " \x00")) > 0:
		return 0, "is not an octal number"
	case len(digits) == 0 && len(rest) == 0:
		return 0, "is blank"
	}
	for _, b := range digits {
		n = n<<3 | int64(b-'0') // At most 11 digits.
	}
	return n, ""
}

// parseBase256 reads a number in two's complement, of which the first bit is a mark.
func parseBase256(field []byte, negative bool) (n int64, problem string) {
	minus := field[0]&0x40 != 0
	if minus && !negative {
		return 0, "is below zero"
	}
	fill := byte(0)
	if minus {
		fill = 0xff
	}
	for i, b := range field {
		if i == 0 {
			b = b&0x7f | fill&0x80
		}
		if i < len(field)-8 && b != fill || i == len(field)-8 && b&0x80 != fill&0x80 {
			return 0, "does not fit into 63 bits"
		}
		n = n<<8 | int64(b)
	}
	return n, ""
}

// entry makes the entry of a header and what records say about it.
func (s *Scanner) entry(h *header, about *records) (*Entry, error) {
	e := &Entry{Name: h.name, Link: h.link, Size: h.size, Mode: h.mode & 0o7777, Modified: time.Unix(h.modified, 0),
		UTF8: true, Offset: h.at}
	if h.prefix != "" {
		e.Name = h.prefix + "/" + h.name
	}
	if err := about.apply(s, h, e); err != nil {
		return nil, err
	}
	s.where = e.Name
	if err := s.kind(h, e); err != nil {
		return nil, err
	}
	if e.Kind == File {
		s.expect(e.Size)
	}
	if e.Kind == File || e.Kind == Dir {
		e.Link = "" // Some programs leave something there.
	}
	return e, nil
}

// kind decides what an entry is, and refuses one that programs take for different things.
func (s *Scanner) kind(h *header, e *Entry) error {
	slash := len(e.Name) > 0 && e.Name[len(e.Name)-1] == '/'
	switch h.typ {
	case typeFile:
		if slash {
			return s.refuse(TypeMismatch, h.at, "a file whose name ends in a slash, which some programs make a directory")
		}
	case typeOldFile:
		// Version 7 had no type for directories, and the slash said it. In later forms it says so to
		// some readers only.
		switch own := strings.HasSuffix(h.name, "/"); {
		case own != slash:
			return s.refuse(TypeMismatch, h.at, "a file of the old type, and only one of its two names ends in a slash: Python "+
				"goes by that of the header, and reads headers in the data of a directory")
		case slash && h.form == formOld:
			e.Kind = Dir
		case slash:
			return s.refuse(TypeMismatch, h.at, "a file whose name ends in a slash, which some programs make a directory")
		}
	case typeDir:
		e.Kind = Dir
	case typeSymlink:
		e.Kind = Symlink
	case typeHardLink:
		e.Kind = HardLink
	case typeChar, typeBlock, typeFIFO:
		return s.refuse(SpecialFile, h.at, "a device or FIFO")
	case typeSparse:
		return s.refuse(Sparse, h.at, "a sparse file of GNU tar")
	default:
		return s.refuse(UnknownType, h.at, "the type %s is known to some programs only", limits.Quote(string(rune(h.typ))))
	}
	switch {
	case e.Kind == File && e.Size == 0 && e.Link != "":
		return s.refuse(TypeMismatch, h.at, "an empty file with the target of a link, %s: busybox makes a hard link of it",
			limits.Quote(e.Link))
	case e.Kind == File:
		return nil
	case (e.Kind == Symlink || e.Kind == HardLink) && slash:
		return s.refuse(TypeMismatch, h.at, "a link whose name ends in a slash")
	case (e.Kind == Symlink || e.Kind == HardLink) && h.link == "" && e.Link != "":
		if err := s.linkInRecord(h, e); err != nil || e.Size == 0 {
			return err
		}
	case e.Size == 0:
		return nil
	case e.Kind == Dir:
		return s.refuse(DirWithData, h.at, "a directory of %d bytes: some programs skip them, others read headers there",
			e.Size)
	}
	return s.refuse(SizeOnLink, h.at, "a link of %d bytes: some programs skip them, others read headers there", e.Size)
}

// linkInRecord judges a link whose target stands in a record alone: bsdtar makes an empty file of
// it. Some honest programs leave the field of the header empty if the target does not fit there
// (the tar of Rust) or has nothing that is ASCII (Go's). If neither is so, it was made to be read
// in two ways.
func (s *Scanner) linkInRecord(h *header, e *Entry) error {
	const field = 100
	isASCII := func(r rune) bool { return r < utf8.RuneSelf }
	if len(e.Link) < field && strings.ContainsFunc(e.Link, isASCII) {
		return s.refuse(TypeMismatch, h.at, "a link to %s, which only a record says and the header has room for: "+
			"bsdtar makes an empty file of it", limits.Quote(e.Link))
	}
	return s.cfg.Note(Finding{Where: e.Name, Offset: h.at,
		Detail: "the target of the link stands in a record alone: bsdtar makes an empty file of it"})
}
