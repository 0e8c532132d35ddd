package tartest

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// compressed returns data as one gzip member.
func compressed(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		panic(err) // The level is a constant of the package.
	}
	_, _ = w.Write(data) // A bytes.Buffer takes everything.
	_ = w.Close()
	return b.Bytes()
}

// sumOf is the checksum of a header in another form.
func sumOf(h tarbuild.Header, format string) string {
	block := h.Bytes()[:tarbuild.BlockSize]
	copy(block[148:156], "        ")
	sum := 0
	for _, b := range block {
		sum += int(b)
	}
	return fmt.Sprintf(format, sum)
}

func hostileStreams() []recipe {
	whole := compressed(tarbuild.Archive(file("a")))
	end := len(whole)
	changed := func(at int, b byte) []byte {
		c := bytes.Clone(whole)
		c[at] ^= b
		return c
	}
	return []recipe{
		raw(safetar.RuleMalformed, "gzip-cut-off", whole[:end-20]...),
		raw(safetar.RuleMalformed, "gzip-cut-in-trailer", whole[:end-1]...),
		raw(safetar.RuleMalformed, "gzip-method", changed(2, 1)...),
		raw(safetar.RuleChecksum, "gzip", changed(end-8, 1)...),
		raw(safetar.RuleChecksum, "gzip-last-bit", changed(end-5, 0x80)...),
		{safetar.RuleChecksum, "bzip2", func() []byte { b := bzip2Archive(); b[11] ^= 1; return b }},
		raw(safetar.RuleSizeMismatch, "gzip", changed(end-4, 1)...),
		raw(safetar.RuleSizeMismatch, "gzip-4-gib", changed(end-1, 1)...),
		raw(safetar.RuleSizeMismatch, "gzip-zero", append(bytes.Clone(whole[:end-4]), 0, 0, 0, 0)...),
		raw(safetar.RuleSeveralMembers, "gzip", append(bytes.Clone(whole), whole...)...),
		raw(safetar.RuleSeveralMembers, "empty-member", append(bytes.Clone(whole), compressed(nil)...)...),
		{safetar.RuleSeveralMembers, "bzip2", func() []byte { return append(bzip2Archive(), bzip2Archive()...) }},
		raw(safetar.RuleTrailingData, "after-gzip", append(bytes.Clone(whole), "more"...)...),
		raw(safetar.RuleTrailingData, "within-gzip", compressed(append(tarbuild.Archive(file("a")), "more"...))...),
		raw(safetar.RuleGzipHeader, "reserved-flag", changed(3, 0x20)...),
		raw(safetar.RuleGzipHeader, "reserved-flag-7", changed(3, 0x80)...),
		raw(safetar.RuleGzipHeader, "name-cut", 0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0xff, 'n'),
		raw(safetar.RuleTruncated, "within-gzip", compressed(tarbuild.Archive(file("a"))[:700])...),
	}
}

// bzip2Archive is what bzip2 -9 makes of an archive with the file a.
func bzip2Archive() []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(bzip2Hex, "\n", ""))
	if err != nil {
		panic(err) // A constant.
	}
	return b
}

func benignStreams() []recipe {
	whole := tarbuild.Archive(file("a"), dir("d/"), file("d/b"))
	return []recipe{
		raw(safetar.RuleMalformed, "gzip", compressed(whole)...),
		{safetar.RuleChecksum, "bzip2", bzip2Archive},
		raw(safetar.RuleSizeMismatch, "gzip-of-a-megabyte",
			compressed(tarbuild.Archive(tarbuild.Header{Name: "a", Data: make([]byte, 1<<20)}))...),
		archive(safetar.RuleSeveralMembers, "gzip-as-a-file",
			tarbuild.Header{Name: "a.gz", Data: append(compressed(text), compressed(text)...)}),
		raw(safetar.RuleGzipHeader, "name", append([]byte("\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xffa.tar\x00"),
			compressed(whole)[10:]...)...),
		archive(safetar.RuleMalformed, "name-of-bzip2", file("BZh9999999999999")),
	}
}

const bzip2Hex = `
425a68393141592653591f0f8cdf000039db88c41040057f800400fffffff00400080820008a0c89353d41e49a006990683d4f4c906a
651900000000006c76488036a040d1e9a20fad9988090585f6e23ce3708c42f6b33af1af5840f90161a0c144688ca8a9331ae2a30a5c
c8560964852c3e31f3d26c0f5e414fb33fcc40e184e4d8a1653ebeaea60b7cb4b1dde4937d9838529469c86a1693fc5dc914e142407c
3e337c`
