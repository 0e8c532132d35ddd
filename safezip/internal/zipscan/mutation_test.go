package zipscan

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// The values that one byte may be changed to without a finding, and why that is right. The rows are
// all there are: a field that is not here must not change unnoticed, and a field that is here must,
// in one of the archives, or the row is out of date.
var unnoticed = []struct {
	field  string   // a label
	moves  []string // the fields of Entry that the change shows in
	reason string
}{
	{"data", nil, "Scan reads no data; its checksum is compared when it is unpacked"},
	{"local.version", nil, "which program can unpack it is the central directory's word; nothing is unpacked " +
		"differently for it"},
	{"local.time", nil, "times are the central directory's word; real programs round the two differently"},
	{"local.date", nil, "as local.time"},
	{"local.compressed size", nil,
		"under bit 3 the field is zero or true, and one byte can be all that is missing to the truth"},
	{"local.size", nil, "as above"},
	{"local.extra 0001 data", nil, "as above, where the zip64 block holds it"},
	{"local.padding", []string{"Kinds"},
		"four bytes of zeros may become the header of an empty block that nobody knows"},
	{"central.creator's version", nil,
		"a version of the program that wrote the entry means nothing to those that read it"},
	{"central.creator's system", []string{"Kinds", "Mode"},
		"says how to read the attributes, which carry no structure"},
	{"central.version", nil, "up to the newest version that there is, all are read alike"},
	{"central.version's system", nil, "APPNOTE gives this byte no meaning"},
	{"central.time", []string{"Modified"}, "as local.time"},
	{"central.date", []string{"Modified"}, "as local.time"},
	{"central.internal attributes", nil, "a hint that the data is text"},
	{"central.external attributes", []string{"Kinds", "Mode"},
		"what the entry is: package safezip holds it against the name"},
	{"central.comment", nil, "text"},
	{"end64.creator", nil, "as central.creator's version"},
	{"end64.version", nil, "as local.version"},
	{"end.comment", nil, "text"},
	{"local.extra 5455 id", nil, "a block that nobody knows has no say, whatever it held before"},
	{"central.extra 5455 id", []string{"Modified", "Kinds"}, "as above; the MS-DOS time counts then"},
	{"local.extra cafe id", []string{"Kinds"}, "as above"},
	{"central.extra cafe id", []string{"Kinds"}, "as above"},
	{"local.extra 7075 id", []string{"Kinds"}, "as above; what it said was true"},
	{"central.extra 7075 id", []string{"Kinds"}, "as above; what it said was true"},
	{"local.extra 756e id", []string{"Kinds"}, "as above"},
	{"local.extra 6c78 id", []string{"Kinds"}, "as above"},
	{"local.extra 0001 id", []string{"Kinds"}, "as above, where nothing in the header refers to it"},
	{"local.extra 5455 length", []string{"Kinds"},
		"the extra fields may happen to be whole when they are cut otherwise: that moves nothing outside of them, and all " +
			"programs cut alike"},
	{"local.extra cafe length", []string{"Kinds"}, "as above"},
	{"central.extra 5455 length", []string{"Modified", "Kinds"}, "as above"},
	{"central.extra cafe length", []string{"Kinds"}, "as above"},
	{"local.extra 756e length", []string{"Kinds"}, "as above"},
	{"local.extra 6c78 length", []string{"Kinds"}, "as above"},
	{"local.extra 0001 length", []string{"Kinds"},
		"as above, where nothing in the header refers to it: what is cut off are zeros"},
	{"local.extra 5455 data", nil, "times are the central directory's word"},
	{"central.extra 5455 data", []string{"Modified"}, "a time"},
	{"local.extra cafe data", nil, "nobody knows what it means"},
	{"central.extra cafe data", nil, "nobody knows what it means"},
	{"local.extra 7075 data", nil,
		"the checksum of the name: a reader that finds it wrong takes the other name, which is the same"},
	{"central.extra 7075 data", nil, "as above"},
	{"local.extra 756e data", []string{"Kinds"}, "what the entry is, and its checksum, owner and group"},
	{"local.extra 6c78 data", []string{"Kinds"}, "what the entry is"},
}

// mutants are small honest archives, one for each shape of record. The lengths of their data are
// such that they differ from one another and from zero in more than one bit.
func mutants() map[string]zipbuild.Archive {
	text := bytes.Repeat([]byte("hello "), 7)
	m := map[string]zipbuild.Archive{
		"empty":         {},
		"empty, zip64":  {Zip64: true},
		"empty comment": {Comment: "nothing in here"},
		"plain": {Files: []zipbuild.File{
			{Name: "dir/", Mode: 0o040755}, {Name: "dir/a", Data: []byte("hello world"), Mode: 0o100644},
			{Name: "b", Data: text, Method: zipbuild.Deflate},
		}},
		"backwards": two(func(a *zipbuild.Archive) { a.Order = []int{1, 0} }),
		"comments": two(func(a *zipbuild.Archive) {
			a.Comment = "a comment"
			a.Files[0].EditCentral = func(h *zipbuild.Header) { h.Comment = "the comment of an entry" }
		}),
		"zip64": two(func(a *zipbuild.Archive) { a.Zip64, a.Files[0].Zip64, a.Files[1].Zip64 = true, true, true }),
		"zip64, repeated": two(func(a *zipbuild.Archive) {
			a.Zip64 = true
			a.EditEnd = func(e *zipbuild.End) {
				e.Count, e.OnDisk, e.DirSize, e.DirOffset = 2, 2, uint32(e.DirSize64), uint32(e.DirOffset64)
			}
		}),
		"zip64, room left": one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Extra = zipbuild.Block(idZip64, uint64(0), uint64(0)) }
		}),
		"true sizes before a descriptor": one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.Descriptor = zipbuild.Signed32
			f.EditLocal = func(h *zipbuild.Header) { h.CRC, h.Size, h.CompressedSize = zipbuild.CRC(f.Data), 11, 11 }
		}),
		"extras": two(func(a *zipbuild.Archive) {
			extra := func(seconds ...any) []byte {
				return slices.Concat(zipbuild.Block(idTimestamp, append([]any{[]byte{3}}, seconds...)...),
					zipbuild.Block(0xcafe, "known to nobody"),
					zipbuild.Block(idUnicodePath, []byte{1}, uint32(0xfedcba98), "a"))
			}
			a.Files[0].EditCentral = func(h *zipbuild.Header) { h.Extra = extra(uint32(0x65432101)) }
			a.Files[0].EditLocal = func(h *zipbuild.Header) {
				h.Extra = slices.Concat(extra(uint32(0x65432101), uint32(0x65432102)),
					zipbuild.Block(idASi, uint32(0x12345678), uint16(0o100644), uint32(0), uint16(1), uint16(1)),
					zipbuild.Block(idLibarchive, []byte{7}, uint16(3<<8), uint16(1), uint32(0o100644<<16)),
					make([]byte, 6))
			}
		}),
	}
	for name, d := range map[string]zipbuild.Descriptor{
		"plain 32": zipbuild.Plain32, "signed 32": zipbuild.Signed32, "plain 64": zipbuild.Plain64,
		"signed 64": zipbuild.Signed64,
	} {
		m["descriptor, "+name] = two(func(a *zipbuild.Archive) { a.Files[0].Descriptor, a.Files[1].Descriptor = d, d })
		m["descriptor, zip64, "+name] = one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.Descriptor, f.Zip64 = d,
				true
		})
	}
	return m
}

// errNoticed ends a scan at its first finding.
var errNoticed = errors.New("noticed")

// flips are the changes to a byte of value v: of the head of an extra field every one; of another
// field each bit, all bits, to values that stand for something, by the length of the data, and some
// that stand for nothing.
func flips(label string, v byte, at int) []byte {
	var f []byte
	if strings.Contains(label, ".extra ") && !strings.HasSuffix(label, " data") {
		for x := range 256 {
			f = append(f, byte(x))
		}
	} else {
		f = []byte{1, 2, 4, 8, 16, 32, 64, 128, 255, v, v ^ 1, v ^ 255, 11, byte(at*7 + 3), byte(at*13 + 5),
			byte(at*29 + 17)}
		slices.Sort(f)
	}
	return slices.DeleteFunc(slices.Compact(f), func(x byte) bool { return x == 0 })
}

// Every byte of every archive, changed in a dozen ways or in all: a finding, or a change that
// carries no structure.
func TestEveryByte(t *testing.T) {
	seen := map[string]bool{}
	for name, archive := range mutants() {
		t.Run(name, func(t *testing.T) {
			data := archive.Bytes()
			r := scanAll(t, data)
			r.mustBeClean(t)
			labels := labelsOf(t, data, r.Archive)
			b := start(t, limits.Limits{OutputBytes: limits.UnsafeUnlimited, Items: limits.UnsafeUnlimited,
				Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited})
			for i := range data {
				if testing.Short() && i%4 > 0 {
					continue
				}
				for _, flip := range flips(labels[i], data[i], i) {
					first := i == 0 || labels[i-1] != labels[i]
					if strings.HasSuffix(labels[i], ".flags") && first && flip&^flagLevel == 0 {
						continue // How hard an encoder tried is not compared.
					}
					data[i] ^= flip
					a, err := Scan(bytes.NewReader(data), int64(len(data)), Config{
						Op: "test", Budget: b, DirectoryBytes: math.MaxInt64,
						Report: func(Finding) error { return errNoticed },
					})
					data[i] ^= flip
					if err == nil {
						mayChange(t, labels[i], i, flip, r.Archive, a)
						seen[labels[i]] = true
					} else if !errors.Is(err, errNoticed) {
						t.Fatalf("%s (byte %d) ^ %#02x: %v", labels[i], i, flip, err)
					}
				}
			}
		})
	}
	for _, row := range unnoticed {
		if !seen[row.field] && !testing.Short() {
			t.Errorf("%s never changed unnoticed: the table is out of date", row.field)
		}
	}
}

// mayChange holds a change that nothing was said of against the table.
func mayChange(t *testing.T, label string, at int, flip byte, was, is *Archive) {
	t.Helper()
	var moves []string
	found := false
	for _, row := range unnoticed {
		if row.field == label {
			moves, found = row.moves, true
		}
	}
	if !found {
		t.Errorf("%s (byte %d) ^ %#02x: no finding", label, at, flip)
		return
	}
	if diff := cmp.Diff(was, is, cmpopts.IgnoreFields(Entry{}, moves...)); diff != "" {
		t.Errorf("%s (byte %d) ^ %#02x moves more than %v (-was +is):\n%s", label, at, flip,
			strings.Join(moves, ", "), diff)
	}
}
