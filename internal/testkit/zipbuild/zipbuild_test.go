package zipbuild_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

var text = bytes.Repeat([]byte("some text. "), 30)

// An archive that the builder makes without an edit is one that another reader reads, byte for
// byte.
func TestHonest(t *testing.T) {
	shapes := map[string]zipbuild.Descriptor{
		"no descriptor": zipbuild.NoDescriptor, "signed 32": zipbuild.Signed32, "signed 64": zipbuild.Signed64,
	}
	for name, shape := range shapes {
		for _, wide := range []bool{false, true} {
			a := zipbuild.Archive{Comment: "a comment", Zip64: wide, Files: []zipbuild.File{
				{Name: "dir/", Mode: 0o040755},
				{Name: "dir/stored", Data: text, Mode: 0o100640, Descriptor: shape, Zip64: wide},
				{Name: "deflated", Data: text, Method: zipbuild.Deflate, Descriptor: shape, Zip64: wide},
				{Name: "\u00e4", Extra: zipbuild.Block(0xcafe, uint16(1))},
			}}
			z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(len(a.Bytes())))
			if err != nil {
				t.Fatalf("%s, zip64 %t: %v", name, wide, err)
			}
			if z.Comment != a.Comment || len(z.File) != len(a.Files) {
				t.Fatalf("%s, zip64 %t: %d files, comment %q", name, wide, len(z.File), z.Comment)
			}
			for i, f := range z.File {
				want := &a.Files[i]
				content, err := f.Open()
				if err != nil {
					t.Fatalf("%s, zip64 %t, %s: %v", name, wide, want.Name, err)
				}
				got, err := io.ReadAll(content)
				if err != nil || !bytes.Equal(got, want.Data) || f.Name != want.Name || f.Method != want.Method ||
					f.NonUTF8 {
					t.Errorf("%s, zip64 %t, %s: %+v, %d bytes, %v", name, wide, want.Name, f.FileHeader, len(got), err)
				}
				if want.Mode != 0 && f.ExternalAttrs>>16 != want.Mode {
					t.Errorf("%s: attributes %#x", want.Name, f.ExternalAttrs)
				}
				if y, m, d := f.Modified.Date(); y != 2024 || m != 5 || d != 6 {
					t.Errorf("%s: %v", want.Name, f.Modified)
				}
			}
		}
	}
}

func u16(b []byte, at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
func u64(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }

// Each field stands at the place that APPNOTE gives it in both headers.
func TestHeaderLayout(t *testing.T) {
	h := zipbuild.Header{
		Creator: 0x0102, Version: 0x0304, Flags: 0x0506, Method: 0x0708, Time: 0x090a, Date: 0x0b0c, CRC: 0x0d0e0f10,
		CompressedSize: 0x11121314, Size: 0x15161718, Offset: 0x191a1b1c, Name: "name", Comment: "com",
		Extra: []byte("extra"),
		Disk:  0x1d1e, Internal: 0x1f20, External: 0x21222324,
	}
	local, central := zipbuild.LocalHeader(h), zipbuild.CentralHeader(h)
	if len(local) != 30+4+5 || len(central) != 46+4+5+3 {
		t.Fatalf("headers of %d and %d bytes", len(local), len(central))
	}
	type fields struct {
		Version, Flags, Method, Time, Date      uint16
		CRC, CompressedSize, Size               uint32
		NameLen, ExtraLen                       uint16
		Creator, CommentLen, Disk, Internal     uint16
		External, Offset                        uint32
		Signature, Name, Extra, Comment, Beyond string
	}
	common := func(b []byte, at int) fields {
		return fields{
			Version: u16(b, at), Flags: u16(b, at+2), Method: u16(b, at+4), Time: u16(b, at+6), Date: u16(b, at+8),
			CRC:            u32(b, at+10),
			CompressedSize: u32(b, at+14), Size: u32(b, at+18), NameLen: u16(b, at+22), ExtraLen: u16(b, at+24),
			Signature: string(b[:4]),
		}
	}
	want := fields{
		Version: h.Version, Flags: h.Flags, Method: h.Method, Time: h.Time, Date: h.Date, CRC: h.CRC,
		CompressedSize: 0x11121314, Size: 0x15161718,
		NameLen: 4, ExtraLen: 5, Signature: "PK\x03\x04", Name: "name", Extra: "extra",
	}
	got := common(local, 4)
	got.Name, got.Extra = string(local[30:34]), string(local[34:])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("local header (-want +got):\n%s", diff)
	}
	want.Signature, want.Creator, want.CommentLen, want.Disk, want.Internal, want.External, want.Offset,
		want.Comment = "PK\x01\x02", h.Creator, 3, h.Disk, h.Internal, h.External, 0x191a1b1c, "com"
	got = common(central, 6)
	got.Creator, got.CommentLen, got.Disk, got.Internal, got.External, got.Offset = u16(central, 4), u16(central, 32),
		u16(central, 34), u16(central, 36), u32(central, 38), u32(central, 42)
	got.Name, got.Extra, got.Comment = string(central[46:50]), string(central[50:55]), string(central[55:])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("central header (-want +got):\n%s", diff)
	}
}

func TestHeaderLies(t *testing.T) {
	h := zipbuild.Header{Name: "name", Extra: []byte("extra"), Size: 1 << 40, CompressedSize: 1<<32 + 7,
		Signature: "ABCD", NameLen: 1000, ExtraLen: 2000}
	local, central := zipbuild.LocalHeader(h), zipbuild.CentralHeader(h)
	if string(local[:4]) != "ABCD" || string(central[:4]) != "ABCD" || u16(local, 26) != 1000 ||
		u16(local, 28) != 2000 || u16(central, 28) != 1000 || u16(central, 30) != 2000 {
		t.Errorf("signature and lengths: % x, % x", local[:30], central[:46])
	}
	if u32(local, 18) != 7 || u32(local, 22) != 0 {
		t.Errorf("sizes are not cut to 32 bits: % x", local[:30])
	}
	h.Wide = true
	for name, b := range map[string][]byte{"local": zipbuild.LocalHeader(h), "central": zipbuild.CentralHeader(h)} {
		at := bytes.Index(b, []byte("name")) + 4
		if u16(b, at) != 1 || u64(b, at+4) != 1<<40 || u64(b, at+12) != 1<<32+7 ||
			!bytes.HasSuffix(b, []byte("extra")) {
			t.Errorf("%s: the zip64 block does not hold size and compressed size, in this order: % x", name, b)
		}
	}
	long := zipbuild.LocalHeader(zipbuild.Header{Name: strings.Repeat("n", 70_000)})
	if u16(long, 26) != 0xffff || len(long) != 30+70_000 {
		t.Errorf("a name of 70,000 bytes: length %d, %d bytes in all", u16(long, 26), len(long))
	}
}

func TestDescriptors(t *testing.T) {
	crc := zipbuild.CRC(text)
	for shape, want := range map[zipbuild.Descriptor][]any{
		zipbuild.NoDescriptor: {},
		zipbuild.Plain32:      {crc, uint32(7), uint32(330)},
		zipbuild.Signed32:     {[]byte("PK\x07\x08"), crc, uint32(7), uint32(330)},
		zipbuild.Plain64:      {crc, uint64(7), uint64(330)},
		zipbuild.Signed64:     {[]byte("PK\x07\x08"), crc, uint64(7), uint64(330)},
	} {
		b := zipbuild.Archive{Files: []zipbuild.File{{
			Name: "a", Data: text, Raw: []byte("RAWDATA"), Method: zipbuild.Deflate, Descriptor: shape,
			After: []byte("AFTER"),
		}}}.Bytes()
		var d bytes.Buffer
		for _, v := range want {
			if err := binary.Write(&d, binary.LittleEndian, v); err != nil {
				t.Fatal(err)
			}
		}
		if from := 30 + 1; !bytes.HasPrefix(b[from:], []byte("RAWDATA"+d.String()+"AFTER")) {
			t.Errorf("shape %d: %q", shape, b[from:from+50])
		}
		flags, sizes := u16(b, 6), u64(b, 18)
		if streamed := shape != zipbuild.NoDescriptor; streamed != (flags == zipbuild.FlagDescriptor) ||
			streamed != (sizes == 0) {
			t.Errorf("shape %d: flags %#x, sizes %#x", shape, flags, sizes)
		}
	}
}

// Every hook reaches its record, and no other.
func TestEdits(t *testing.T) {
	plain := zipbuild.Archive{Zip64: true, Files: []zipbuild.File{{Name: "a", Data: text,
		Descriptor: zipbuild.Signed32}}}
	honest := plain.Bytes()
	central := bytes.Index(honest, []byte("PK\x01\x02"))
	descriptor := bytes.Index(honest, []byte("PK\x07\x08"))
	end64 := bytes.Index(honest, []byte("PK\x06\x06"))
	for name, c := range map[string]struct {
		edit     func(a *zipbuild.Archive)
		from, to int
	}{
		"local": {func(a *zipbuild.Archive) {
			a.Files[0].EditLocal = func(h *zipbuild.Header) { h.CRC, h.Method = 1, 9 }
		}, 0, 30},
		"central": {func(a *zipbuild.Archive) {
			a.Files[0].EditCentral = func(h *zipbuild.Header) { h.CRC, h.Disk, h.Internal = 1, 2, 3 }
		}, central, central + 46},
		"descriptor": {func(a *zipbuild.Archive) {
			a.Files[0].EditDescriptor = func(h *zipbuild.Header) { h.CRC, h.Size, h.CompressedSize = 1, 2, 3 }
		}, descriptor, descriptor + 16},
		"end": {func(a *zipbuild.Archive) {
			a.EditEnd = func(e *zipbuild.End) {
				*e = zipbuild.End{
					Disk: 1, DirDisk: 2, OnDisk: 3, Count: 4, DirSize: 5, DirOffset: 6, CommentLen: 7, Disk64: 8,
					DirDisk64: 9, OnDisk64: 10, Count64: 11,
					DirSize64: 12, DirOffset64: 13, RecordSize64: 14, LocatorDisk: 15, LocatorDisks: 16,
					LocatorOffset: 17,
				}
			}
		}, end64, len(honest)},
	} {
		a := plain
		a.Files = []zipbuild.File{plain.Files[0]}
		c.edit(&a)
		b := a.Bytes()
		if len(b) != len(honest) || bytes.Equal(b[c.from:c.to], honest[c.from:c.to]) || !bytes.Equal(b[:c.from],
			honest[:c.from]) || !bytes.Equal(b[c.to:], honest[c.to:]) {
			t.Errorf("%s: the edit changes something else, or nothing", name)
		}
		if name != "end" {
			continue
		}
		got := zipbuild.End{
			RecordSize64: u64(b, end64+4), Disk64: u32(b, end64+16), DirDisk64: u32(b, end64+20),
			OnDisk64: u64(b, end64+24), Count64: u64(b, end64+32),
			DirSize64: u64(b, end64+40), DirOffset64: u64(b, end64+48), LocatorDisk: u32(b, end64+60),
			LocatorOffset: u64(b, end64+64), LocatorDisks: u32(b, end64+72),
			Disk: u16(b, end64+80), DirDisk: u16(b, end64+82), OnDisk: u16(b, end64+84), Count: u16(b, end64+86),
			DirSize: u32(b, end64+88), DirOffset: u32(b, end64+92), CommentLen: u16(b, end64+96),
		}
		var want zipbuild.End
		a.EditEnd(&want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("end records (-want +got):\n%s", diff)
		}
	}
}

// The pieces stand where their comments say, and offsets count what they should.
func TestPieces(t *testing.T) {
	a := zipbuild.Archive{
		Prefix: []byte("<prefix>"), BeforeDir: []byte("<beforedir>"), InDir: []byte("<indir>"),
		AfterDir: []byte("<afterdir>"), Zip64: true,
		Zip64Data: []byte("<zip64data>"), Comment: "<comment>", Trailing: []byte("<trailing>"), Order: []int{2, 0, 1},
		Files: []zipbuild.File{
			{Name: "<a>", Data: []byte("<data>"), Before: []byte("<before>"), Slack: []byte("<slack>"),
				After: []byte("<after>")},
			{Name: "<hidden>", Hidden: true},
			{Name: "<twin>", Data: []byte("<data>"), Shares: 1},
		},
	}
	b := a.Bytes()
	at := 0
	for _, piece := range []string{
		"<prefix>", "<before>", "PK\x03\x04", "<a>", "<data>", "<slack>", "<after>", "PK\x03\x04", "<hidden>",
		"<beforedir>", "PK\x01\x02", "<twin>", "PK\x01\x02", "<a>",
		"<indir>", "<afterdir>", "PK\x06\x06", "<zip64data>", "PK\x06\x07", "PK\x05\x06", "<comment>", "<trailing>",
	} {
		i := bytes.Index(b[at:], []byte(piece))
		if i < 0 {
			t.Fatalf("%s is not there, or not in its place", piece)
		}
		at += i + len(piece)
	}
	if at != len(b) {
		t.Errorf("%d bytes at the end", len(b)-at)
	}
	local := uint32(len("<before>"))
	twin := bytes.Index(b, []byte("PK\x01\x02"))
	first := twin + 1 + bytes.Index(b[twin+1:], []byte("PK\x01\x02"))
	if u32(b, twin+42) != local || u32(b, first+42) != local {
		t.Errorf("offsets %d and %d, want %d", u32(b, twin+42), u32(b, first+42), local)
	}
	if compressed, size := u32(b, first+20), u32(b, first+24); compressed != 13 || size != 6 {
		t.Errorf("%d bytes become %d: slack counts as compressed data only", compressed, size)
	}
	end64 := bytes.Index(b, []byte("PK\x06\x06"))
	if n, size, offset := u64(b, end64+32), u64(b, end64+40), u64(b, end64+48); n != 2 || int(size) != bytes.Index(b,
		[]byte("<afterdir>"))-twin || int(offset) != twin-len(a.Prefix) {
		t.Errorf("%d entries, directory of %d bytes at %d", n, size, offset)
	}
	locator := bytes.Index(b, []byte("PK\x06\x07"))
	if u64(b, end64+4) != uint64(44+len(a.Zip64Data)) || u64(b, locator+8) != uint64(end64-len(a.Prefix)) {
		t.Errorf("record of %d bytes, located at %d", u64(b, end64+4), u64(b, locator+8))
	}
	if !bytes.Equal(b, a.Bytes()) {
		t.Error("the same archive twice is not the same bytes")
	}
}

// Bare takes the zip64 block away, and with it the values that would refer to it.
func TestBare(t *testing.T) {
	wide := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: text, Zip64: true, Bare: true}}}.Bytes()
	narrow := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: text}}}.Bytes()
	if !bytes.Equal(wide, narrow) {
		t.Error("a bare file is not what a file without Zip64 is")
	}
}

func TestBlock(t *testing.T) {
	got := zipbuild.Block(0x0102, uint16(0x0304), uint32(0x05060708), uint64(0x090a0b0c0d0e0f10), "text", []byte{0xff})
	want := []byte("\x02\x01\x13\x00\x04\x03\x08\x07\x06\x05\x10\x0f\x0e\x0d\x0c\x0b\x0a\x09text\xff")
	if !bytes.Equal(got, want) {
		t.Errorf("Block = % x, want % x", got, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("a value of a type that no record holds was taken")
		}
	}()
	zipbuild.Block(1, 7)
}

func TestDeflated(t *testing.T) {
	for _, data := range [][]byte{nil, text, bytes.Repeat([]byte{0}, 100_000)} {
		b := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: data, Raw: zipbuild.Deflated(data),
			Method: zipbuild.Deflate}}}.Bytes()
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%d bytes become %d, %v", len(data), len(got), err)
		}
	}
}
