package charset_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
)

var lim = limits.Limits{InputBytes: 64 * limits.MiB, Time: time.Minute}

// read returns what comes out of NewReader.
func read(t *testing.T, r io.Reader, opts ...safexml.Option) (string, error) {
	t.Helper()
	checked, err := safexml.NewReader(t.Context(), r, lim, opts...)
	if err != nil {
		return "", err
	}
	out, err := io.ReadAll(checked)
	return string(out), err
}

// TestAllow reads documents in other encodings, however they arrive.
func TestAllow(t *testing.T) {
	for name, test := range map[string]struct{ allow, label, in, out string }{
		"latin":     {"iso-8859-1", "ISO-8859-1", "\xe9\xa0\xff", "\u00e9\u00a0\u00ff"},
		"alias":     {"ISO-8859-1", "latin1", "\xe9", "\u00e9"},
		"windows":   {"windows-1252", "Windows-1252", "\x80\x93x\x94", "\u20ac\u201cx\u201d"},
		"cyrillic":  {"koi8-r", "KOI8-R", "\xc1\xc2", "\u0430\u0431"},
		"japanese":  {"shift_jis", "Shift_JIS", "\x93\xfa\x83\x5c\xb1", "\u65e5\u30bd\uff71"},
		"backslash": {"windows-31j", "Windows-31J", "\\~\x81\x60", "\\~\uff5e"},
		"euc":       {"euc-jp", "EUC-JP", "\xc6\xfc\x8e\xb1\x8f\xb0\xa1", "\u65e5\uff71\u4e02"},
		"korean":    {"euc-kr", "euc-kr", "\xb0\xa1", "\uac00"},
		"chinese":   {"gbk", "GBK", "\xd6\xd0", "\u4e2d"},
		"four":      {"gb18030", "GB18030", "\xd6\xd0\x81\x30\x84\x36\x90\x30\x81\x30", "\u4e2d\u00a5\U00010000"},
		"big5":      {"big5", "Big5", "\xa4\xa4", "\u4e2d"},
	} {
		t.Run(name, func(t *testing.T) {
			const rest = "' ?><a b='%s'>%[1]s<!-- %[1]s --></a>"
			doc := "<?xml version='1.0' encoding='" + test.label + fmt.Sprintf(rest, test.in)
			blank := strings.Repeat(" ", len("encoding='"+test.label+"'"))
			want := "<?xml version='1.0' " + blank + fmt.Sprintf(strings.TrimPrefix(rest, "'"), test.out)
			for _, r := range []io.Reader{strings.NewReader(doc), iotest.OneByteReader(strings.NewReader(doc)),
				iotest.DataErrReader(strings.NewReader(doc))} {
				got, err := read(t, r, charset.Allow(test.allow))
				if err != nil || got != want {
					t.Errorf("%q, %v; want %q", got, err, want)
				}
			}
			if _, err := read(t, strings.NewReader(doc)); err == nil {
				t.Error("taken without the option")
			}
			if _, err := read(t, strings.NewReader(doc), charset.Allow("windows-1258")); err == nil {
				t.Error("taken though another encoding is allowed")
			}
		})
	}
}

// TestStrict refuses what is no character, or read as different ones, at its place in the source.
func TestStrict(t *testing.T) {
	for name, test := range map[string]struct{ label, in string }{
		"c1-of-latin":       {"iso-8859-1", "\x93"},
		"undefined":         {"windows-1252", "\x81"},
		"yen":               {"shift_jis", "\\"},
		"overline":          {"shift_jis", "~"},
		"wave-dash":         {"shift_jis", "\x81\x60"},
		"wave-dash-euc":     {"euc-jp", "\xa1\xc1"},
		"cut":               {"shift_jis", "\x93"},
		"lead-and-markup":   {"gbk", "\x81<"},
		"bad-trail":         {"euc-kr", "\xb0\x20"},
		"lead-of-four":      {"gb18030", "\x81\x30\x81"},
		"control":           {"iso-8859-1", "\x01"},
		"mac-currency":      {"macintosh", "\xdb"},
		"ukrainian-dispute": {"koi8-u", "\xae"},
		"private-use":       {"gb18030", "\xaa\xa1"},
	} {
		t.Run(name, func(t *testing.T) {
			before := "<?xml version='1.0' encoding='" + test.label + "'?>\n<a>x"
			_, err := read(t, strings.NewReader(before+test.in+"</a>"), charset.Allow(test.label))
			rule, ok := errors.AsType[*safexml.RuleError](err)
			if !ok || rule.Rule != safexml.RuleEncoding && name != "control" {
				t.Fatalf("%v; want a refusal", err)
			}
			if rule.Offset != int64(len(before)) || rule.Line != 2 || rule.Column != 5 {
				t.Errorf("offset %d, line %d, column %d; want offset %d, line 2, column 5", rule.Offset, rule.Line,
					rule.Column, len(before))
			}
		})
	}
}

// TestLabelDecides takes a label for what it says, and nothing but a label for another encoding.
func TestLabelDecides(t *testing.T) {
	all := charset.Allow(slices.Collect(charset.Labels())...)
	for name, test := range map[string]struct {
		doc   string
		taken bool
	}{
		"none, UTF-8":      {"<a>\u00e9</a>", true},
		"none, Latin":      {"<a>\xe9</a>", false},
		"UTF-8":            {"<?xml version='1.0' encoding='utf-8'?><a>\u00e9</a>", true},
		"mark and Latin":   {"\ufeff<?xml version='1.0' encoding='iso-8859-1'?><a/>", false},
		"UTF-7":            {"<?xml version='1.0' encoding='utf-7'?><a/>", false},
		"ISO-2022":         {"<?xml version='1.0' encoding='iso-2022-jp'?><a/>", false},
		"HZ":               {"<?xml version='1.0' encoding='hz-gb-2312'?><a/>", false},
		"EBCDIC":           {"<?xml version='1.0' encoding='ibm037'?><a/>", false},
		"user":             {"<?xml version='1.0' encoding='x-user-defined'?><a/>", false},
		"in mid-document":  {"<a/><?xml version='1.0' encoding='iso-8859-1'?>", false},
		"UTF-16 and Latin": {"\xff\xfe<\x00a\x00/\x00>\x00", false},
	} {
		if _, err := read(t, strings.NewReader(test.doc), all); (err == nil) != test.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConfig has a label that is not known, and no label, for mistakes in the configuration.
func TestConfig(t *testing.T) {
	for _, opt := range []safexml.Option{charset.Allow(), charset.Allow("utf-7"), charset.Allow("iso-8859-1", ""),
		charset.Allow("iso-2022-jp"), charset.Allow("replacement"), charset.Allow("utf-8")} {
		if _, err := safexml.Validate(t.Context(), strings.NewReader("<a/>"), lim, opt); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%v; want a mistake in the configuration", err)
		}
	}
	labels, seen := 0, map[string]bool{}
	for label := range charset.Labels() {
		if labels++; seen[strings.ToLower(label)] {
			t.Errorf("%s twice", label)
		}
		seen[strings.ToLower(label)] = true
	}
	if labels < 25 {
		t.Errorf("%d labels", labels)
	}
}

// TestLong reads documents of many windows, and counts offsets in bytes of the source.
func TestLong(t *testing.T) {
	text := strings.Repeat("\u65e5\u672c\u8a9e \uff71\uff72 abc ", 20_000)
	for label, encode := range map[string]func(string) (string, error){
		"shift_jis": japanese.ShiftJIS.NewEncoder().String, "euc-jp": japanese.EUCJP.NewEncoder().String,
	} {
		raw, err := encode(text)
		if err != nil {
			t.Fatal(err)
		}
		doc := "<?xml version='1.0' encoding='" + label + "'?><a>" + raw + "</a>"
		got, err := read(t, iotest.HalfReader(strings.NewReader(doc)), charset.Allow(label))
		if err != nil || !strings.HasSuffix(got, "<a>"+text+"</a>") {
			t.Errorf("%s: %d bytes, %v", label, len(got), err)
		}
		_, err = read(t, strings.NewReader(strings.TrimSuffix(doc, "</a>")+"&nosuch;</a>"), charset.Allow(label))
		if rule, ok := errors.AsType[*safexml.RuleError](err); !ok || rule.Offset != int64(len(doc)-len("</a>")) {
			t.Errorf("%s: %v; want offset %d", label, err, len(doc)-len("</a>"))
		}
	}
}

// TestFaces has every face read the same, and reads at once.
func TestFaces(t *testing.T) {
	raw, err := simplifiedchinese.GB18030.NewEncoder().String("<?xml version='1.0' encoding='GB18030'?><a b='\u4e2d'>" +
		"\u00a5\U00010000</a>")
	if err != nil {
		t.Fatal(err)
	}
	type a struct {
		B    string `xml:"b,attr"`
		Text string `xml:",chardata"`
	}
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			got, err := safexml.Decode[a](t.Context(), strings.NewReader(raw), lim, charset.Allow("gb18030"))
			if err != nil || got != (a{"\u4e2d", "\u00a5\U00010000"}) {
				t.Errorf("%q %v", got, err)
			}
			tokens, err := safexml.NewTokenizer(t.Context(), strings.NewReader(raw), lim, charset.Allow("gb18030"),
				safexml.Signed())
			for err == nil {
				err = tokens.Next()
			}
			if !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			r, err := safexml.Validate(t.Context(), strings.NewReader(raw), lim, charset.Allow("gb18030"))
			if err != nil || r.Encoding != "GB18030" || r.Bytes != int64(len(raw)) {
				t.Errorf("%+v %v", r, err)
			}
		})
	}
}

// FuzzCharset holds every encoding to one verdict however the document arrives, and what passes to
// UTF-8.
func FuzzCharset(f *testing.F) {
	labels := slices.Collect(charset.Labels())
	f.Add(uint8(0), []byte("<a>\xe9</a>"))
	f.Add(uint8(200), []byte("<a b='\x93\xfa'>\x81\x30\x81\x30</a>"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		label := labels[int(which)%len(labels)]
		doc := append([]byte("<?xml version='1.0' encoding='"+label+"'?>"), data...)
		small := lim
		small.InputBytes = limits.MiB
		var outs []string
		for _, r := range []io.Reader{bytes.NewReader(doc), iotest.OneByteReader(bytes.NewReader(doc))} {
			checked, err := safexml.NewReader(t.Context(), r, small, charset.Allow(label))
			if err != nil {
				t.Fatal(err)
			}
			out, err := io.ReadAll(checked)
			if errors.Is(err, limits.ErrExceeded) {
				outs = append(outs, "exceeded")
				continue
			}
			if err != nil {
				rule, ok := errors.AsType[*safexml.RuleError](err)
				if !ok || rule.Offset > int64(len(doc)) {
					t.Fatalf("%v in %d bytes", err, len(doc))
				}
				outs = append(outs, fmt.Sprint(rule.Rule, rule.Offset, rule.Line, rule.Column))
				continue
			}
			if _, err := safexml.Validate(t.Context(), bytes.NewReader(out), small); err != nil {
				t.Fatalf("what came out is refused: %v", err)
			}
			outs = append(outs, string(out))
		}
		if outs[0] != outs[1] {
			t.Errorf("whole: %q, byte by byte: %q", outs[0], outs[1])
		}
	})
}

func BenchmarkLatin(b *testing.B) {
	text, err := charmap.ISO8859_1.NewEncoder().String(strings.Repeat("<b>Stra\u00dfe caf\u00e9 plain text here 123</b>"+
		"\n", 100_000))
	if err != nil {
		b.Fatal(err)
	}
	doc := []byte("<?xml version='1.0' encoding='iso-8859-1'?><a>" + text + "</a>")
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if _, err := safexml.Validate(b.Context(), bytes.NewReader(doc), lim, charset.Allow("iso-8859-1")); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleAllow() {
	doc := "<?xml version='1.0' encoding='windows-1252'?><price>\x80 5</price>"
	price, err := safexml.Decode[string](context.Background(), strings.NewReader(doc),
		limits.Limits{InputBytes: limits.MiB, Time: time.Second},
		charset.Allow("iso-8859-1", "windows-1252"))
	fmt.Println(price, err)
	// Output: € 5 <nil>
}
