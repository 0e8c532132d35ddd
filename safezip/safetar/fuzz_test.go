package safetar_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sameAsPeer: what is accepted, archive/tar reads alike, entry by entry.
func sameAsPeer(t *testing.T, data []byte) {
	t.Helper()
	r, err := safetar.NewReader(t.Context(), bytes.NewReader(data), tartest.Limits(),
		append(tartest.Options(), safetar.Compressed())...)
	if err != nil {
		if !errors.Is(err, limits.ErrRefused) {
			t.Fatal(err)
		}
		return
	}
	defer r.Close()
	type one struct {
		name, link string
		dir        bool
		data       string
	}
	var ours []one
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, limits.ErrRefused) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if errors.Is(err, limits.ErrRefused) {
			return
		}
		if err != nil || e.Link == "" && int64(len(content)) != e.Size {
			t.Fatalf("%q: %d bytes of %d, error %v", e.Name, len(content), e.Size, err)
		}
		ours = append(ours, one{e.Name, e.Link, e.Dir, string(content)})
	}
	peer := tar.NewReader(bytes.NewReader(data))
	for i := 0; ; i++ {
		h, err := peer.Next()
		if errors.Is(err, io.EOF) && i == len(ours) {
			return
		}
		if err == nil && h.Typeflag == tar.TypeXGlobalHeader {
			i--
			continue
		}
		if err != nil || i >= len(ours) {
			t.Fatalf("accepted %d entries; archive/tar at %d: %v", len(ours), i, err)
		}
		content, err := io.ReadAll(peer)
		link := ""
		if h.Typeflag == tar.TypeLink || h.Typeflag == tar.TypeSymlink {
			link = h.Linkname
		}
		if got := (one{h.Name, link, h.Typeflag == tar.TypeDir, string(content)}); err != nil || got != ours[i] {
			t.Fatalf("entry %d: %.200v; archive/tar: %.200v, error %v", i, ours[i], got, err)
		}
	}
}

// FuzzBytes compares on any bytes.
func FuzzBytes(f *testing.F) {
	tartest.Seed(f)
	f.Fuzz(sameAsPeer)
}

// FuzzBuilt compares on archives whose headers and records the fuzzer chooses: their checksums are
// right.
func FuzzBuilt(f *testing.F) {
	f.Add([]byte("a choice of headers, and of records before them"))
	f.Add([]byte("000000120000007")) // A time of the last access that is no time.
	f.Add(bytes.Repeat([]byte{3, 1, 200, 7, 0, 90}, 30))
	f.Fuzz(func(t *testing.T, choices []byte) { sameAsPeer(t, built(choices)) })
}

// choice deals out numbers from bytes, and zero when they have run out.
type choice struct{ left []byte }

func (c *choice) next(n int) int {
	if len(c.left) == 0 {
		return 0
	}
	v := int(c.left[0])
	c.left = c.left[1:]
	return v % n
}

func (c *choice) of(list ...string) string { return list[c.next(len(list))] }

// built makes an archive as the bytes choose.
func built(choices []byte) []byte {
	c := &choice{choices}
	name := func() string {
		return c.of("a", "b", "d/", "d/a", "./a", "./", "a/", "", "../a", "d/e/f", "n\x00m", "0123456789")
	}
	key := func() string {
		return c.of("path", "linkpath", "size", "mtime", "comment", "SCHILY.xattr.user.a", "GNU.sparse.name", "hdrcharset",
			"atime", "x",
			"ctime", "uid", "gname")
	}
	var b []byte
	for len(c.left) > 0 {
		data := bytes.Repeat([]byte("data"), c.next(4)*c.next(200))
		h := tarbuild.Header{Name: name(), Data: data}
		switch c.next(12) {
		case 0:
			h = tarbuild.Pax(key(), c.of(name(), "0", "4", "800", "77777777777", "BINARY", "1.5"), key(),
				c.of("a", "8", "9999999999"))
		case 1:
			h = tarbuild.LongName(name())
		case 2:
			h = tarbuild.LongLink(name())
		case 3:
			h = tarbuild.Global(c.of("comment", "path", "size", "mtime"), name())
		case 4:
			h.Type, h.Data = tarbuild.TypeDir, nil
		case 5:
			h.Type, h.Link, h.Data = byte('1'+c.next(2)), name(), nil
		case 6:
			h.Type = byte(c.next(256))
		case 7:
			h.Size = c.of(tarbuild.Binary(int64(len(data))), tarbuild.Octal(int64(c.next(256))), "77777777777", "000000000004",
				"4", " 4 ", "")
		case 8:
			h.Prefix = name()
		}
		h.Magic = c.of(tarbuild.Ustar, tarbuild.Ustar, tarbuild.Ustar, tarbuild.GNU, tarbuild.Old)
		switch c.next(20) {
		case 19:
			h.Edit = func(block []byte) { block[c.next(256)*2] ^= byte(1 + c.next(255)) }
		case 18:
			h.Edit = func(block []byte) { block[c.next(256)*2+1] ^= byte(1 + c.next(255)) }
		case 17:
			h.Prefix = strings.Repeat("p", c.next(2)*131) + name()
			h.Edit = func(block []byte) { copy(block[476:], c.of("", "00000000001 ", "a")); copy(block[508:], "tar\x00") }
		}
		b = append(b, h.Bytes()...)
	}
	return append(b, make([]byte, 1024)...)
}
