package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/safezip/ziptest"
)

// goArchive is an archive as archive/zip writes it, with the header of its one file changed.
func goArchive(t *testing.T, raw bool, change func(h *zip.FileHeader)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a", Method: zip.Deflate}
	change(h)
	create := w.CreateHeader
	content := []byte("content")
	if raw {
		create = w.CreateRaw
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = crc32.ChecksumIEEE(content), uint64(len(content)),
			uint64(len(content))
		h.Method = zip.Store
	}
	f, err := create(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dated gives the one file of an archive the date 2025-01-01: CreateRaw writes none, and that is
// Go's own mark.
func dated(data []byte) []byte {
	const date = (2025-1980)<<9 | 1<<5 | 1
	binary.LittleEndian.PutUint16(data[12:], date)
	binary.LittleEndian.PutUint16(data[bytes.Index(data, []byte("PK\x01\x02"))+14:], date)
	return data
}

// block is an extra field.
func block(id uint16, content string) []byte {
	b := binary.LittleEndian.AppendUint16(nil, id)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(content)))
	return append(b, content...)
}

func TestIdentify(t *testing.T) {
	made := func(host, version, flags uint16, extra []byte) []byte {
		return dated(goArchive(t, true, func(h *zip.FileHeader) {
			h.CreatorVersion, h.ReaderVersion, h.Flags, h.Extra = host<<8|version, 20, flags, extra
		}))
	}
	mozilla := made(hostUnix, 20, 0, nil)
	binary.LittleEndian.PutUint16(mozilla[bytes.Index(mozilla, []byte("PK\x01\x02"))+14:], mozillaDate)
	attributed := made(hostDOS, 20, 0, nil)
	attributed[bytes.Index(attributed, []byte("PK\x01\x02"))+38] = 0x20
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"Go, without a time", goArchive(t, false, func(*zip.FileHeader) {}), "Go archive/zip"},
		{"Go, with a time and a mode", goArchive(t, false, func(h *zip.FileHeader) {
			h.Modified = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			h.SetMode(0o644)
		}), "Go archive/zip"},
		{"Info-ZIP", made(hostUnix, 30, 0, append(block(0x5455, "\x03tttt"),
			block(0x7875, "\x01\x04uuuu\x04gggg")...)), "Info-ZIP"},
		{"libarchive, in the local header alone", withLocalExtra(t, block(0x6c78, "\x00")), "libarchive (bsdtar)"},
		{"7-Zip", made(hostUnix, 63, 0, block(0x000a, strings.Repeat("\x00", 32))), "7-Zip"},
		{"version 6.3 without NTFS times", made(hostUnix, 63, 0x0800, nil), "yazl, libzip"},
		{"libarchive, before 0x6c78", made(hostUnix, 20, 8, append(block(0x5455, "\x07mmmmaaaacccc"),
			block(0x7875, "\x01\x04uuuu\x04gggg")...)), "libarchive (bsdtar)"},
		{"UTF-8 flag, without a manifest", made(hostUnix, 20, 0x0800, nil), "adm-zip, Commons Compress"},
		{"WinRAR", made(hostDOS, 31, 0, nil), "WinRAR"},
		{"PKZIP with an attribute", attributed, "DOS-like (PKZIP, WinZip, Explorer)"},
		{"jar", made(hostDOS, 20, 0x0808, block(0xcafe, "")), "Java (JDK jar)"},
		{"jar by Ant", made(hostUnix, 20, 0x0800, block(0xcafe, "")), "Java (Ant, Maven, Gradle)"},
		{"java.util.zip", made(hostDOS, 20, 0x0808, nil), "Java (java.util.zip)"},
		{"Python", goArchive(t, true, func(h *zip.FileHeader) {
			h.CreatorVersion, h.ReaderVersion, h.ExternalAttrs = hostUnix<<8|20, 20, 0o600<<16
		}), "Python zipfile"},
		{"Android", made(hostDOS, 0, 0, block(0xd935, "\x04\x00\x00")), "Android (aapt, apksigner)"},
		{"jmod", append([]byte("JM\x01\x00"), made(hostDOS, 20, 0x0808, nil)...), "JDK jmod"},
		{"Finder", made(hostUnix, 21, 8, nil), "macOS ditto, Finder"},
		{"Rust", made(hostUnix, 46, 0, nil), "Rust zip"},
		{"Mozilla", mozilla, "Mozilla mozjar"},
		{"WinZip", made(hostNTFS, 20, 0, nil), "NTFS (WinZip, Info-ZIP for Windows)"},
		{"no attributes", made(hostDOS, 20, 0, nil), "fflate, .NET"},
		{"nobody's", made(hostUnix, 99, 0, nil), unknown},
		{"no archive", []byte("a text of some length, which is none"), unknown},
		{"nothing", nil, unknown},
		{"an empty archive", append([]byte("PK\x05\x06"), make([]byte, 18)...), unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := identify(readTraits(bytes.NewReader(test.data), int64(len(test.data)))); got != test.want {
				t.Errorf("packer %q, want %q", got, test.want)
			}
		})
	}
}

// withLocalExtra is an archive whose extra field stands in the local header only, as libarchive's
// does.
func withLocalExtra(t *testing.T, extra []byte) []byte {
	t.Helper()
	data := goArchive(t, true, func(h *zip.FileHeader) { h.CreatorVersion, h.Extra = hostUnix<<8|20, extra })
	at := bytes.Index(data, []byte("PK\x01\x02"))
	from := at + centralSize + len("a")
	binary.LittleEndian.PutUint16(data[at+30:], 0)
	data = append(data[:from:from], data[from+len(extra):]...)
	end := data[len(data)-endSize:]
	binary.LittleEndian.PutUint32(end[12:], uint32(centralSize+len("a")))
	return data
}

// TestTraitsOfWrongArchives reads what every hostile and benign case says of itself: whatever it
// is, reading it ends, and an archive with entries that safezip accepts has had its headers read.
func TestTraitsOfWrongArchives(t *testing.T) {
	for c := range ziptest.Hostile() {
		readTraits(bytes.NewReader(c.Data), int64(len(c.Data)))
	}
	for c := range ziptest.Benign() {
		traits := readTraits(bytes.NewReader(c.Data), int64(len(c.Data)))
		v, err := judge(t.Context(), c.Name, bytes.NewReader(c.Data), int64(len(c.Data)), true)
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if v.Rule != "" {
			t.Errorf("%s is refused: %v", c.Name, v)
		}
		if want := min(v.Entries, 1); int64(min(len(traits.central), 1)) != want ||
			int64(min(len(traits.local), 1)) != want {
			t.Errorf("%s has %d entries; %d central and %d local headers were read", c.Name, v.Entries,
				len(traits.central), len(traits.local))
		}
	}
}
