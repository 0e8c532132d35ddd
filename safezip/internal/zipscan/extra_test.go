package zipscan

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// extras returns one() with extra fields in the central directory and others in the local header.
func extras(central, local []byte) zipbuild.Archive {
	return one(func(_ *zipbuild.Archive, f *zipbuild.File) {
		f.EditCentral = func(h *zipbuild.Header) { h.Extra = central }
		f.EditLocal = func(h *zipbuild.Header) { h.Extra = local }
	})
}

func TestExtraFields(t *testing.T) {
	block := zipbuild.Block
	// The list is read by the same rules in both headers.
	for _, c := range []struct {
		name  string
		extra []byte
		want  []limits.Rule
		says  string
	}{
		{name: "unknown block", extra: block(0xcafe, uint32(7))},
		{name: "empty block", extra: block(0xcafe)},
		{name: "two blocks", extra: slices.Concat(block(0xcafe), block(0xcaff, "xyz"))},
		{name: "one byte of padding", extra: []byte{0}},
		{name: "three bytes of padding", extra: []byte{0, 0, 0}},
		{name: "padding", extra: make([]byte, 64)},
		{name: "padding behind a block", extra: slices.Concat(block(0xcafe), make([]byte, 7))},
		{name: "block of the greatest length", extra: block(0xcafe, make([]byte, max16-4))},
		{name: "id 0 with data", extra: block(0, "xyz")},

		{name: "stray byte", extra: []byte{1}, want: []limits.Rule{ExtraField}, says: "1 stray bytes"},
		{name: "stray bytes", extra: []byte{0, 0, 1}, want: []limits.Rule{ExtraField}, says: "3 stray bytes"},
		{name: "something in the padding", extra: []byte{0, 0, 0, 0, 1}, want: []limits.Rule{ExtraField},
			says: "5 stray bytes"},
		{name: "stray bytes behind a block", extra: append(block(0xcafe), 'x'), want: []limits.Rule{ExtraField}},
		{name: "longer by a byte than what is left", extra: []byte{0xfe, 0xca, 1, 0}, want: []limits.Rule{ExtraField},
			says: "0xcafe says it is 1 bytes long, and 0 are left"},
		{name: "much longer than what is left", extra: []byte{0xfe, 0xca, 0xff, 0xff, 1},
			want: []limits.Rule{ExtraField}, says: "65535 bytes long, and 1 are left"},
		{name: "twice", extra: slices.Concat(block(0xcafe), block(0xcafe)), want: []limits.Rule{ExtraField},
			says: "0xcafe comes twice"},
		{name: "twice, not in a row", extra: slices.Concat(block(0xcafe), block(0xcaff), block(0xcafe)),
			want: []limits.Rule{ExtraField}},
		{name: "three times", extra: slices.Concat(block(0xcafe), block(0xcafe), block(0xcafe)),
			want: []limits.Rule{ExtraField, ExtraField}},
		{name: "greatest id twice", extra: slices.Concat(block(max16), block(max16)), want: []limits.Rule{ExtraField}},
		{name: "zip64 twice", extra: slices.Concat(block(idZip64), block(idZip64)), want: []limits.Rule{ExtraField}},

		{name: "Unicode path that agrees", extra: block(idUnicodePath, []byte{1}, uint32(0), "a")},
		{name: "Unicode path that disagrees", extra: block(idUnicodePath, []byte{1}, uint32(0), "b"),
			want: []limits.Rule{UnicodePath}, says: `"b"`},
		{name: "Unicode path of another version", extra: block(idUnicodePath, []byte{2}, uint32(0), "a"),
			want: []limits.Rule{UnicodePath}},
		{name: "Unicode path of no length", extra: block(idUnicodePath), want: []limits.Rule{UnicodePath}},
		{name: "Unicode path too short by a byte", extra: block(idUnicodePath, []byte{1, 0, 0, 0}),
			want: []limits.Rule{UnicodePath}},
		{name: "Unicode path without a name", extra: block(idUnicodePath, []byte{1, 0, 0, 0, 0}),
			want: []limits.Rule{UnicodePath}},
		{name: "Unicode path that goes on", extra: block(idUnicodePath, []byte{1}, uint32(0), "a\x00"),
			want: []limits.Rule{UnicodePath}},
	} {
		for where, archive := range map[string]zipbuild.Archive{"central": extras(c.extra, nil),
			"local": extras(nil, c.extra)} {
			t.Run(c.name+" "+where, func(t *testing.T) {
				off := int64(0)
				if where == "central" {
					off = oneDir
				}
				r := scanAll(t, archive.Bytes())
				var want []place
				for _, rule := range c.want {
					want = append(want, place{rule, "a", off})
				}
				if diff := cmp.Diff(want, r.places()); diff != "" || r.err != nil {
					t.Errorf("err = %v, findings (-want +got):\n%s", r.err, diff)
				}
				if c.says != "" && (len(r.findings) == 0 || !strings.Contains(r.findings[0].Detail, c.says)) {
					t.Errorf("findings %+v do not say %q", r.findings, c.says)
				}
				stopsAtFirst(t, archive.Bytes(), r.findings)
			})
		}
	}
}

// The ids of one header are forgotten before the next: what both headers of an entry hold, and what
// two entries hold, is no duplicate. That must be so after a finding, too.
func TestExtraIDsOfOneHeaderOnly(t *testing.T) {
	all := slices.Concat(zipbuild.Block(0xcafe), zipbuild.Block(0xcaff), zipbuild.Block(max16))
	a := two(func(a *zipbuild.Archive) { a.Files[0].Extra, a.Files[1].Extra = all, all })
	scanAll(t, a.Bytes()).mustBeClean(t)

	a.Files[0].Extra = append(slices.Clone(all), "stray"...)
	r := scanAll(t, a.Bytes())
	// The stray bytes, in both headers of the first entry.
	if len(r.findings) != 2 || r.err != nil {
		t.Errorf("err = %v, findings %+v", r.err, r.findings)
	}
}

func TestIDSet(t *testing.T) {
	var s idSet
	for range 2 {
		for id := range 1 << 16 {
			if !s.add(uint16(id)) {
				t.Fatalf("%#04x is not fresh", id)
			}
		}
		for id := range 1 << 16 {
			if s.add(uint16(id)) {
				t.Fatalf("%#04x is fresh twice", id)
			}
		}
		s.clear()
	}
}

// A header of 65,535 bytes of extra fields holds 16,383 empty blocks. That many ids are checked in
// one pass, without an allocation for each.
func TestExtraFlood(t *testing.T) {
	var flood []byte
	for id := range max16 / 4 {
		flood = append(flood, zipbuild.Block(uint16(id+0x8000))...)
	}
	data := extras(flood, flood).Bytes()
	r := scanAll(t, data)
	r.mustBeClean(t)
	if got := allocated(func() { scanAll(t, data) }); got > 1<<20 {
		t.Errorf("%d bytes allocated", got)
	}
	twice := slices.Concat(flood[:4*8000], flood[:4*8000])
	if r := scanAll(t, extras(twice, nil).Bytes()); len(r.findings) != 8000 || r.err != nil {
		t.Errorf("err = %v, %d findings; want one a duplicate", r.err, len(r.findings))
	}
}

func TestTimes(t *testing.T) {
	const (
		unix      = 1_600_000_000
		year10000 = uint64(253_402_300_800+11_644_473_600) * 10_000_000
	)
	dos := time.Date(2024, 5, 6, 7, 8, 10, 0, time.UTC)
	stamp := zipbuild.Block(idTimestamp, []byte{1}, uint32(unix))
	ticks := uint64(unix+11_644_473_600)*10_000_000 + 1_234_567
	ntfs := zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(24), ticks, ticks+1, ticks+2)
	precise := time.Unix(unix, 123_456_700).UTC()
	for _, c := range []struct {
		name    string
		central []byte
		want    time.Time
	}{
		{"MS-DOS", nil, dos},
		{"Info-ZIP", stamp, time.Unix(unix, 0).UTC()},
		{"Info-ZIP before 1970", zipbuild.Block(idTimestamp, []byte{1}, uint32(0xffffffff)), time.Unix(-1, 0).UTC()},
		{"Info-ZIP with three times", zipbuild.Block(idTimestamp, []byte{7}, uint32(unix), uint32(1), uint32(2)),
			time.Unix(unix, 0).UTC()},
		{"Info-ZIP without the one that counts", zipbuild.Block(idTimestamp, []byte{2}, uint32(unix)), dos},
		{"Info-ZIP too short", zipbuild.Block(idTimestamp, []byte{1, 0, 0, 0}), dos},
		{"Info-ZIP empty", zipbuild.Block(idTimestamp), dos},
		{"NTFS", ntfs, precise},
		{"NTFS of the first instant", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(8), uint64(0)),
			time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"NTFS of the last instant of four-digit years", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(8),
			year10000-1), time.Date(9999, 12, 31, 23, 59, 59, 999_999_900, time.UTC)},
		{"NTFS of the year 10000", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(8), year10000), dos},
		{"NTFS of the greatest value", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(8),
			uint64(math.MaxUint64)), dos},
		{"NTFS of another tag", zipbuild.Block(idNTFS, uint32(0), uint16(2), uint16(24), ticks), dos},
		{"NTFS too short", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(24), uint32(1), uint16(1), []byte{1}),
			dos},
		{"NTFS with a short tag", zipbuild.Block(idNTFS, uint32(0), uint16(1), uint16(7), ticks), dos},
		{"both", slices.Concat(stamp, ntfs), time.Unix(unix, 0).UTC()},
		{"both, the other way round", slices.Concat(ntfs, stamp), time.Unix(unix, 0).UTC()},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := scanAll(t, extras(c.central, nil).Bytes())
			r.mustBeClean(t)
			if got := r.Entries[0].Modified; !got.Equal(c.want) || got.Location() != time.UTC {
				t.Errorf("Modified = %v, want %v", got, c.want)
			}
			// A time in the local header alone is not used.
			r = scanAll(t, extras(nil, c.central).Bytes())
			r.mustBeClean(t)
			if got := r.Entries[0].Modified; !got.Equal(dos) {
				t.Errorf("from the local header: Modified = %v, want %v", got, dos)
			}
		})
	}
}

func TestDOSTimes(t *testing.T) {
	date := func(y, m, d int) uint16 { return uint16((y-1980)<<9 | m<<5 | d) }
	clock := func(h, m, s int) uint16 { return uint16(h<<11 | m<<5 | s/2) }
	at := func(y int, mo time.Month, d, h, mi, s int) time.Time {
		return time.Date(y, mo, d, h, mi, s, 0, time.UTC)
	}
	for _, c := range []struct {
		name        string
		date, clock uint16
		want        time.Time
	}{
		{"first", date(1980, 1, 1), 0, at(1980, 1, 1, 0, 0, 0)},
		{"last", date(2107, 12, 31), clock(23, 59, 58), at(2107, 12, 31, 23, 59, 58)},
		{"leap day", date(2024, 2, 29), clock(12, 0, 0), at(2024, 2, 29, 12, 0, 0)},
		{"no leap day", date(2023, 2, 29), 0, time.Time{}},
		{"2100 is no leap year", date(2100, 2, 29), 0, time.Time{}},
		{"all zeros", 0, 0, time.Time{}},
		{"day 0", date(2024, 5, 0), 0, time.Time{}},
		{"month 0", date(2024, 0, 5), 0, time.Time{}},
		{"month 13", date(2024, 13, 5), 0, time.Time{}},
		{"31 June", date(2024, 6, 31), 0, time.Time{}},
		{"hour 24", date(2024, 6, 30), clock(24, 0, 0), time.Time{}},
		{"hour 31", date(2024, 6, 30), clock(31, 0, 0), time.Time{}},
		{"minute 60", date(2024, 6, 30), clock(1, 60, 0), time.Time{}},
		{"second 60", date(2024, 6, 30), clock(1, 59, 60), time.Time{}},
		{"second 62", date(2024, 6, 30), clock(1, 59, 62), time.Time{}},
		{"all ones", max16, max16, time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := scanAll(t, editBoth(func(h *zipbuild.Header) { h.Date, h.Time = c.date, c.clock }).Bytes())
			r.mustBeClean(t)
			if got := r.Entries[0].Modified; !got.Equal(c.want) {
				t.Errorf("Modified = %v, want %v", got, c.want)
			}
		})
	}
}

// Every value of both fields gives a time that says the same when it is taken apart, or none.
func TestDOSTimesExhaustive(t *testing.T) {
	valid := 0
	for date := range 1 << 16 {
		got := new(extra).modified(uint16(date), 0)
		if got.IsZero() {
			continue
		}
		valid++
		if back := (got.Year()-1980)<<9 | int(got.Month())<<5 | got.Day(); back != date {
			t.Fatalf("date %04x gives %v, which is %04x", date, got, back)
		}
	}
	if want := 128*365 + 128/4 - 1; valid != want {
		t.Errorf("%d dates, want %d", valid, want)
	}
	valid = 0
	for clock := range 1 << 16 {
		got := new(extra).modified(0x21, uint16(clock))
		if got.IsZero() {
			continue
		}
		valid++
		if back := got.Hour()<<11 | got.Minute()<<5 | got.Second()/2; back != clock {
			t.Fatalf("time %04x gives %v, which is %04x", clock, got, back)
		}
	}
	if want := 24 * 60 * 30; valid != want {
		t.Errorf("%d times, want %d", valid, want)
	}
}

func TestKinds(t *testing.T) {
	const file, dir, link, special, unknown, linked = KindFile, KindDir, KindSymlink, KindSpecial, KindUnknown,
		KindLinked
	asi := func(mode uint16, target string) []byte {
		return zipbuild.Block(idASi, uint32(0), mode, uint32(0), uint16(0), uint16(0), target)
	}
	for _, c := range []struct {
		name     string
		system   uint16
		external uint32
		extra    []byte
		kinds    Kind
		mode     uint16
	}{
		{name: "nothing said"},
		{name: "Unix file", system: madeOnUnix, external: 0o100644 << 16, kinds: file, mode: 0o644},
		{name: "Unix directory", system: madeOnUnix, external: 0o040755<<16 | attributeDirectory, kinds: dir,
			mode: 0o755},
		{name: "Unix link", system: madeOnUnix, external: 0o120777 << 16, kinds: link, mode: 0o777},
		{name: "Unix FIFO", system: madeOnUnix, external: 0o010644 << 16, kinds: KindFIFO, mode: 0o644},
		{name: "Unix character device", system: madeOnUnix, external: 0o020644 << 16, kinds: special, mode: 0o644},
		{name: "Unix block device", system: madeOnUnix, external: 0o060644 << 16, kinds: special, mode: 0o644},
		{name: "Unix socket", system: madeOnUnix, external: 0o140644 << 16, kinds: special, mode: 0o644},
		{name: "Unix, set-id and sticky bits", system: madeOnUnix, external: 0o107777 << 16, kinds: file, mode: 0o777},
		{name: "Unix, no type", system: madeOnUnix, external: 0o644 << 16, mode: 0o644},
		{name: "Unix, a type that there is not", system: madeOnUnix, external: 0o170644 << 16, kinds: unknown,
			mode: 0o644},
		{name: "Unix file that MS-DOS calls a directory", system: madeOnUnix,
			external: 0o100644<<16 | attributeDirectory, kinds: file | dir, mode: 0o644},
		{name: "Darwin link", system: madeOnDarwin, external: 0o120755 << 16, kinds: link, mode: 0o755},
		{name: "FAT directory", system: madeOnFAT, external: attributeDirectory, kinds: dir},
		{name: "FAT archive bit", system: madeOnFAT, external: 0x20},
		{name: "FAT with a Unix mode", system: madeOnFAT, external: 0o120644 << 16, kinds: link},
		{name: "NTFS directory", system: madeOnNTFS, external: attributeDirectory, kinds: dir},
		{name: "HPFS directory", system: madeOnHPFS, external: attributeDirectory, kinds: dir},
		{name: "VFAT directory", system: madeOnVFAT, external: attributeDirectory, kinds: dir},
		{name: "NTFS directory by Info-ZIP", system: madeOnNTFSToo, external: attributeDirectory, kinds: dir},
		{name: "Atari directory", system: madeOnAtari, external: attributeDirectory, kinds: dir},
		{name: "FAT volume label", system: madeOnFAT, external: attributeVolume, kinds: special},
		{name: "FAT device", system: madeOnFAT, external: attributeDevice, kinds: special},
		{name: "NTFS reparse point", system: madeOnNTFS, external: attributeReparse, kinds: link},
		{name: "NTFS reparse point of a directory", system: madeOnNTFSToo,
			external: attributeReparse | attributeDirectory, kinds: link | dir},
		{name: "Unix: these bits mean nothing", system: madeOnUnix,
			external: 0o100644<<16 | attributeVolume | attributeDevice | attributeReparse, kinds: file, mode: 0o644},
		{name: "Amiga: the MS-DOS bits mean something else", system: madeOnAmiga,
			external: attributeDirectory | attributeVolume},
		{name: "Amiga directory", system: madeOnAmiga, external: amigaDir << 16, kinds: dir | kindOfMode(amigaDir)},
		{name: "Amiga file", system: madeOnAmiga, external: 0o2000 << 16, kinds: kindOfMode(0o2000)},
		{name: "Amiga with a Unix mode", system: madeOnAmiga, external: 0o120644<<16 | attributeDirectory, kinds: link},
		{name: "unknown system", system: 255, external: 0o100644<<16 | attributeDirectory, kinds: file},

		{name: "Unix block without a target", extra: zipbuild.Block(idUnix, make([]byte, 12))},
		{name: "Unix block with a target", extra: zipbuild.Block(idUnix, make([]byte, 12), "x"), kinds: linked},
		{name: "ASi file", extra: asi(0o100644, ""), kinds: file},
		{name: "ASi link", extra: asi(0o120777, "/etc/passwd"), kinds: link | linked},
		{name: "ASi directory", extra: asi(0o040755, ""), kinds: dir},
		{name: "ASi too short", extra: zipbuild.Block(idASi, uint32(0), uint16(0o120777), uint32(0), uint16(0),
			[]byte{0})},
		{name: "libarchive: external attributes", extra: zipbuild.Block(idLibarchive, []byte{4},
			uint32(0o120777<<16)), kinds: link},
		{name: "libarchive: all", extra: zipbuild.Block(idLibarchive, []byte{7}, uint16(madeOnUnix<<8), uint16(0),
			uint32(0o040755<<16)), kinds: dir},
		{name: "libarchive: made on FAT", extra: zipbuild.Block(idLibarchive, []byte{7}, uint16(madeOnFAT<<8),
			uint16(0), uint32(attributeDirectory)), kinds: dir},
		{name: "libarchive: made on an Amiga", extra: zipbuild.Block(idLibarchive, []byte{5}, uint16(1<<8),
			uint32(attributeDirectory))},
		{name: "libarchive: without version", extra: zipbuild.Block(idLibarchive, []byte{6}, uint16(1),
			uint32(0o100644<<16)), kinds: file},
		{name: "libarchive: no attributes", extra: zipbuild.Block(idLibarchive, []byte{3}, uint16(0), uint16(0))},
		{name: "libarchive: empty", extra: zipbuild.Block(idLibarchive)},
		{name: "libarchive: cut in the version", extra: zipbuild.Block(idLibarchive, []byte{1, 0})},
		{name: "libarchive: cut in the internal attributes", extra: zipbuild.Block(idLibarchive, []byte{2, 0})},
		{name: "libarchive: cut in the attributes", extra: zipbuild.Block(idLibarchive, []byte{4, 0, 0, 0})},

		{name: "attributes and extra fields that disagree", system: madeOnUnix, external: 0o100644 << 16,
			extra: asi(0o120777, ""), kinds: file | link, mode: 0o644},
	} {
		t.Run(c.name, func(t *testing.T) {
			attributes := func(h *zipbuild.Header) { h.Creator, h.External = c.system<<8|20, c.external }
			for where, edit := range map[string][2][]byte{"central": {c.extra, nil}, "local": {nil, c.extra}} {
				r := scanAll(t, one(func(_ *zipbuild.Archive, f *zipbuild.File) {
					f.EditCentral = func(h *zipbuild.Header) {
						attributes(h)
						h.Extra = edit[0]
					}
					f.EditLocal = func(h *zipbuild.Header) { h.Extra = edit[1] }
				}).Bytes())
				r.mustBeClean(t)
				if e := r.Entries[0]; e.Kinds != c.kinds || e.Mode != c.mode {
					t.Errorf("%s: Kinds = %05b, Mode = %#o; want %05b, %#o", where, e.Kinds, e.Mode, c.kinds, c.mode)
				}
			}
		})
	}
}

// Every field of an Entry, from an archive in which each has a value of its own.
func TestEntry(t *testing.T) {
	data := bytes.Repeat([]byte("abc"), 100)
	raw := zipbuild.Deflated(data)
	a := two(func(a *zipbuild.Archive) {
		a.Files[1] = zipbuild.File{
			Name: "d/\u00e4.txt", Data: data, Method: zipbuild.Deflate, Mode: 0o100640, Descriptor: zipbuild.Signed64,
			Zip64:       true,
			EditCentral: func(h *zipbuild.Header) { h.Comment = "a comment" },
		}
		a.Comment, a.Zip64 = "another comment", true
	})
	file := a.Bytes()
	r := scanAll(t, file)
	r.mustBeClean(t)
	e := r.Entries[1]
	dir := int64(bytes.Index(file, []byte(centralSignature)))
	want := Entry{
		Name: "d/\u00e4.txt", Modified: time.Date(2024, 5, 6, 7, 8, 10, 0, time.UTC), Size: 300,
		CompressedSize: int64(len(raw)),
		CentralOffset:  dir + centralSize + 1, HeaderOffset: secondFile, DataOffset: int64(bytes.Index(file, raw)),
		CRC32: zipbuild.CRC(data), Method: Deflate, Flags: flagDescriptor | flagUTF8, Mode: 0o640, Kinds: KindFile,
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
	if !e.UTF8() || r.Entries[0].UTF8() {
		t.Error("UTF8 does not say what bit 11 says")
	}
	if r.DirectoryOffset != dir || r.Size != 311 {
		t.Errorf("directory at %d, want %d; size %d, want 311", r.DirectoryOffset, dir, r.Size)
	}
	end := int64(bytes.Index(file, []byte(end64Signature)))
	if r.DirectorySize != end-dir {
		t.Errorf("directory of %d bytes, want %d", r.DirectorySize, end-dir)
	}
}
