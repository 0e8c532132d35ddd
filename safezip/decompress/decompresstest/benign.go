package decompresstest

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/safezip/decompress"
)

// benign come close to breaking a rule.
func benign() []Case {
	whole := member{data: text}.bytes()
	stored := []byte{0, 1, 0, 0xfe, 0xff, 'h', 1, 1, 0, 0xfe, 0xff, 'i'}
	empty := append(bytes.Repeat([]byte{2, 8, 0x20, 0x80, 0}, 1000), 3, 0)
	megabyte := make([]byte, 1<<20)
	return joined(
		of(decompress.Gzip, decompress.RuleMalformed,
			Case{Name: "usual", Data: whole, Want: text},
			Case{Name: "nothing", Data: member{}.bytes()},
			Case{Name: "empty-blocks", Data: member{raw: empty}.bytes()},
			Case{Name: "stored-blocks", Data: member{data: []byte("hi"), raw: stored}.bytes(), Want: []byte("hi")}),
		of(decompress.Gzip, decompress.RuleChecksum, Case{Name: "megabyte", Data: member{data: megabyte}.bytes(),
			Want: megabyte}),
		of(decompress.Gzip, decompress.RuleSizeMismatch, Case{Name: "nothing", Data: member{raw: []byte{3, 0}}.bytes()}),
		of(decompress.Gzip, decompress.RuleSeveralMembers, Case{Name: "gzip-inside", Data: member{data: whole}.bytes(),
			Want: whole}),
		of(decompress.Gzip, decompress.RuleTrailingData,
			Case{Name: "ends-with-zeros", Data: member{data: []byte("\x00\x00")}.bytes(), Want: []byte("\x00\x00")}),
		of(decompress.Gzip, decompress.RuleGzipHeader,
			Case{Name: "text-flag", Data: member{data: text, flags: flagText}.bytes(), Want: text},
			Case{Name: "checksum", Data: member{data: text}.summed(0).bytes(), Want: text},
			Case{Name: "name", Data: member{data: text, flags: flagName, extra: []byte("notes.txt\x00")}.bytes(), Want: text},
			Case{Name: "long-name", Data: member{data: text, flags: flagName,
				extra: []byte(strings.Repeat("n", 4000) + "\x00")}.bytes(), Want: text},
			Case{Name: "empty-name", Data: member{data: text, flags: flagName, extra: []byte{0}}.bytes(), Want: text},
			Case{Name: "empty-extra", Data: member{data: text, flags: flagExtra, extra: []byte{0, 0}}.bytes(), Want: text},
			Case{Name: "all-parts", Data: member{data: text, flags: flagText | flagExtra | flagName | flagComment,
				extra: []byte("\x06\x00BC\x02\x00\x1b\x00name\x00comment\x00")}.summed(0).bytes(), Want: text}),
		of(decompress.Zlib, decompress.RuleMalformed,
			Case{Name: "usual", Data: zlib(zlibUsual, text, 0), Want: text},
			Case{Name: "small-window", Data: zlib([2]byte{0x08, 0x1d}, []byte("hi"), 0), Want: []byte("hi")},
			Case{Name: "nothing", Data: zlib(zlibUsual, nil, 0)}),
		of(decompress.Zlib, decompress.RulePresetDictionary,
			Case{Name: "level-9", Data: zlib([2]byte{0x78, 0xda}, text, 0), Want: text},
			Case{Name: "level-0", Data: zlib([2]byte{0x78, 0x01}, text, 0), Want: text}),
		of(decompress.Zlib, decompress.RuleChecksum, Case{Name: "megabyte", Data: zlib(zlibUsual, megabyte, 0),
			Want: megabyte}),
		of(decompress.Deflate, decompress.RuleMalformed,
			Case{Name: "usual", Data: deflated(text), Want: text},
			Case{Name: "stored-blocks", Data: stored, Want: []byte("hi")},
			Case{Name: "nothing", Data: []byte{3, 0}}),
		of(decompress.Bzip2, decompress.RuleMalformed,
			Case{Name: "usual", Data: []byte(bzip2Hello), Want: []byte(hello)},
			Case{Name: "nothing", Data: []byte(bzip2Nothing)}),
		of(decompress.Gzip, decompress.RuleSeveralMembers,
			Case{Name: "bzip2-inside", Data: member{data: []byte(bzip2Hello + bzip2Hello)}.bytes(),
				Want: []byte(bzip2Hello + bzip2Hello)}),
	)
}

// benignMembers are files of several members.
func benignMembers() []Case {
	whole := string(member{data: text}.bytes())
	// The empty member that ends a file of bgzip.
	bgzipEnd := string(member{flags: flagExtra, extra: []byte("\x06\x00BC\x02\x00\x1b\x00")}.bytes())
	twice := append(bytes.Clone(text), text...)
	return joined(
		of(decompress.Gzip, decompress.RuleSeveralMembers,
			Case{Name: "one", Data: []byte(whole), Want: text},
			Case{Name: "two", Data: []byte(whole + whole), Want: twice},
			Case{Name: "bgzip", Data: []byte(whole + bgzipEnd), Want: text},
			Case{Name: "empty-first", Data: []byte(bgzipEnd + whole), Want: text}),
		of(decompress.Bzip2, decompress.RuleSeveralMembers,
			Case{Name: "two", Data: []byte(bzip2Hello + bzip2Hello), Want: []byte(hello + hello)},
			Case{Name: "empty-second", Data: []byte(bzip2Hello + bzip2Nothing), Want: []byte(hello)}),
		of(decompress.Zlib, decompress.RuleSeveralMembers,
			Case{Name: "has-no-members", Data: zlib(zlibUsual, text, 0), Want: text}),
	)
}
