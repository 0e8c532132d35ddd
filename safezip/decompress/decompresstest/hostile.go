package decompresstest

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// of returns cases of one format and rule, in the order of names and data.
func of(f decompress.Format, rule limits.Rule, cases ...Case) []Case {
	for i := range cases {
		cases[i].Format, cases[i].Rule = f, rule
	}
	return cases
}

// joined returns one list of several.
func joined(lists ...[]Case) []Case {
	var all []Case
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// hostileStreams are no stream, or break off, or carry what another program reads.
func hostileStreams() []Case {
	whole, wholeZlib := member{data: text}.bytes(), zlib(zlibUsual, text, 0)
	raw := func(name string, data ...byte) Case { return Case{Name: name, Data: data} }
	return joined(
		of(decompress.Gzip, decompress.RuleMalformed,
			Case{Name: "empty"},
			Case{Name: "text", Data: text},
			Case{Name: "one-byte", Data: []byte{0x1f}},
			Case{Name: "method", Data: member{data: text, method: 7}.bytes()},
			Case{Name: "cut-in-header", Data: whole[:9]},
			Case{Name: "cut-after-header", Data: whole[:10]},
			Case{Name: "cut-in-data", Data: whole[:len(whole)/2]},
			Case{Name: "cut-in-trailer", Data: whole[:len(whole)-1]},
			Case{Name: "cut-before-trailer", Data: whole[:len(whole)-8]},
			Case{Name: "reserved-block", Data: member{data: text, raw: []byte{7, 0, 0}}.bytes()},
			Case{Name: "distance-too-far", Data: member{data: text, raw: []byte{0x4b, 4, 0x62, 0xff, 0xff}}.bytes()},
			Case{Name: "zlib-inside", Data: member{data: text, raw: wholeZlib}.bytes()}),
		of(decompress.Zlib, decompress.RuleMalformed,
			Case{Name: "empty"},
			Case{Name: "check-bits", Data: zlib([2]byte{0x78, 0x9d}, text, 0)},
			Case{Name: "method", Data: zlib([2]byte{0x77, 0x85}, text, 0)},
			Case{Name: "window", Data: zlib([2]byte{0x88, 0x1c}, text, 0)},
			Case{Name: "raw-deflate", Data: deflated(text)},
			Case{Name: "cut-in-trailer", Data: wholeZlib[:len(wholeZlib)-1]}),
		of(decompress.Deflate, decompress.RuleMalformed,
			Case{Name: "empty"},
			Case{Name: "cut", Data: deflated(text)[:20]},
			Case{Name: "zlib", Data: wholeZlib},
			raw("reserved-block", 7, 0, 0),
			raw("stored-length", 1, 1, 0, 0, 0, 'x'),
			raw("no-end-of-block", 5, 0, 0, 0, 0)),
		of(decompress.Bzip2, decompress.RuleMalformed,
			Case{Name: "empty"},
			Case{Name: "text", Data: text},
			Case{Name: "level", Data: []byte(strings.Replace(bzip2Hello, "BZh9", "BZh0", 1))},
			Case{Name: "cut", Data: []byte(bzip2Hello[:30])},
			Case{Name: "cut-in-checksum", Data: []byte(bzip2Hello[:len(bzip2Hello)-2])},
			Case{Name: "block-magic", Data: edited(bzip2Hello, 5)}),
		of(decompress.Zlib, decompress.RulePresetDictionary,
			Case{Name: "flag", Data: zlib([2]byte{0x78, 0xbb}, text, 0)},
			Case{Name: "with-id", Data: append([]byte{0x78, 0xf9, 1, 2, 3, 4}, wholeZlib[2:]...)},
			Case{Name: "small-window", Data: append([]byte{0x08, 0x3c, 0, 0, 0, 0}, wholeZlib[2:]...)}),
	)
}

// hostileTrailers have trailers that do not fit, and something after them.
func hostileTrailers() []Case {
	whole := member{data: text}.bytes()
	with := func(stream []byte, tail string) []byte { return append(bytes.Clone(stream), tail...) }
	return joined(
		of(decompress.Gzip, decompress.RuleChecksum,
			Case{Name: "one-bit", Data: member{data: text, sum: 1}.bytes()},
			Case{Name: "of-nothing", Data: member{sum: 1}.bytes()},
			Case{Name: "other-data", Data: member{data: text, raw: deflated([]byte("other"))}.bytes()}),
		of(decompress.Zlib, decompress.RuleChecksum,
			Case{Name: "one-bit", Data: zlib(zlibUsual, text, 1)},
			Case{Name: "first-bit", Data: zlib(zlibUsual, nil, 1<<31)}),
		of(decompress.Bzip2, decompress.RuleChecksum,
			Case{Name: "block", Data: edited(bzip2Hello, 11)},
			Case{Name: "file", Data: edited(bzip2Nothing, -1)}),
		of(decompress.Gzip, decompress.RuleSizeMismatch,
			Case{Name: "one-more", Data: member{data: text, size: 1}.bytes()},
			Case{Name: "one-less", Data: member{data: text, size: 1<<32 - 1}.bytes()},
			Case{Name: "of-nothing", Data: member{size: 1 << 31}.bytes()}),
		of(decompress.Gzip, decompress.RuleSeveralMembers,
			Case{Name: "two", Data: with(whole, string(whole))},
			Case{Name: "empty-second", Data: with(whole, string(member{}.bytes()))},
			Case{Name: "empty-first", Data: with(member{}.bytes(), string(whole))},
			Case{Name: "second-cut", Data: with(whole, "\x1f\x8b\x08")},
			Case{Name: "second-broken", Data: with(whole, string(member{data: text, sum: 1}.bytes()))}),
		of(decompress.Bzip2, decompress.RuleSeveralMembers,
			Case{Name: "two", Data: []byte(bzip2Hello + bzip2Hello)},
			Case{Name: "empty-first", Data: []byte(bzip2Nothing + bzip2Hello)},
			Case{Name: "empty-second", Data: []byte(bzip2Hello + bzip2Nothing)}),
		of(decompress.Gzip, decompress.RuleTrailingData,
			Case{Name: "newline", Data: with(whole, "\n")},
			Case{Name: "zeros", Data: with(whole, strings.Repeat("\x00", 1000))},
			Case{Name: "half-a-magic", Data: with(whole, "\x1f")},
			Case{Name: "bzip2", Data: with(whole, bzip2Hello)}),
		of(decompress.Zlib, decompress.RuleTrailingData,
			Case{Name: "zero", Data: with(zlib(zlibUsual, text, 0), "\x00")},
			Case{Name: "another", Data: with(zlib(zlibUsual, text, 0), string(zlib(zlibUsual, text, 0)))}),
		of(decompress.Deflate, decompress.RuleTrailingData,
			Case{Name: "newline", Data: with(deflated(text), "\n")},
			Case{Name: "another", Data: with(deflated(text), string(deflated(text)))}),
		of(decompress.Bzip2, decompress.RuleTrailingData,
			Case{Name: "newline", Data: []byte(bzip2Hello + "\n")},
			Case{Name: "zeros", Data: []byte(bzip2Hello + strings.Repeat("\x00", 100))},
			Case{Name: "a-header-alone", Data: []byte(bzip2Nothing + "BZh9")}),
	)
}

// hostileHeaders have a gzip header that some programs read past.
func hostileHeaders() []Case {
	cut := func(name string, flags byte, extra string) Case {
		return Case{Name: name, Data: member{flags: flags, extra: []byte(extra)}.header()}
	}
	return of(decompress.Gzip, decompress.RuleGzipHeader,
		Case{Name: "reserved-flag-5", Data: member{data: text, flags: 1 << 5}.bytes()},
		Case{Name: "reserved-flag-6", Data: member{data: text, flags: 1 << 6}.bytes()},
		Case{Name: "reserved-flag-7", Data: member{data: text, flags: 1<<7 | flagText}.bytes()},
		Case{Name: "checksum", Data: member{data: text}.summed(1).bytes()},
		Case{Name: "checksum-with-name", Data: member{data: text, flags: flagName, extra: []byte("a\x00")}.summed(
			1 << 15).bytes()},
		cut("name-cut", flagName, "name"),
		cut("name-cut-at-once", flagName, ""),
		cut("comment-cut", flagName|flagComment, "name\x00comm"),
		cut("extra-cut", flagExtra, "\x04\x00abc"),
		cut("extra-length-cut", flagExtra, "\x04"),
		cut("checksum-cut", flagSum, "\x04"),
	)
}

// bombs break no rule and are stopped by a limit alone.
func bombs() []Case {
	// The last block of ten bits, four of which are five bytes, has the bit that says so.
	empty := append(bytes.Repeat([]byte{2, 8, 0x20, 0x80, 0}, 125_000), 3, 0)
	large := zeros(17)
	return joined(
		of(decompress.Gzip, "",
			Case{Name: "zeros", Data: member{raw: large}.bytes()},
			Case{Name: "empty-blocks", Data: member{raw: empty}.bytes()}),
		of(decompress.Zlib, "", Case{Name: "zeros", Data: append([]byte{0x78, 0x9c}, large...)}),
		of(decompress.Deflate, "",
			Case{Name: "zeros", Data: large},
			Case{Name: "empty-blocks", Data: empty}),
		of(decompress.Bzip2, "", Case{Name: "zeros", Data: []byte(bzip2Zeros)}),
	)
}

// hostileMembers break a rule also if several members are one file.
func hostileMembers() []Case {
	whole := string(member{data: text}.bytes())
	many := strings.Repeat(string(member{}.bytes()), 1001)
	return joined(
		of(decompress.Gzip, decompress.RuleChecksum,
			Case{Name: "of-the-second", Data: []byte(whole + string(member{data: text, sum: 1}.bytes()))}),
		of(decompress.Gzip, decompress.RuleMalformed,
			Case{Name: "second-cut", Data: []byte(whole + whole[:20])},
			Case{Name: "second-cut-in-header", Data: []byte(whole + whole[:3])}),
		of(decompress.Gzip, decompress.RuleTrailingData,
			Case{Name: "after-the-second", Data: []byte(whole + whole + "\n")},
			Case{Name: "between", Data: []byte(whole + "\n" + whole)}),
		of(decompress.Gzip, decompress.RuleGzipHeader,
			Case{Name: "of-the-second", Data: []byte(whole + string(member{data: text, flags: 1 << 5}.bytes()))}),
		of(decompress.Gzip, "", Case{Name: "many-members", Data: []byte(many)}),
		of(decompress.Bzip2, decompress.RuleTrailingData,
			Case{Name: "after-the-second", Data: []byte(bzip2Hello + bzip2Hello + "\n")}),
		of(decompress.Bzip2, "", Case{Name: "many-streams", Data: []byte(strings.Repeat(bzip2Nothing, 1001))}),
	)
}
