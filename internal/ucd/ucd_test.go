package ucd_test

import (
	"compress/bzip2"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// folder is where Debian's unicode-data puts the consortium's files.
const folder = "/usr/share/unicode/"

func read(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(need.File(t, folder+name, "unicode-data"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var text strings.Builder
	if strings.HasSuffix(name, ".bz2") {
		_, err = io.Copy(&text, bzip2.NewReader(f))
	} else {
		_, err = io.Copy(&text, f)
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for l := range strings.Lines(text.String()) {
		l, _, _ = strings.Cut(l, "#")
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

func text(t *testing.T, hex string) string {
	t.Helper()
	var b strings.Builder
	for f := range strings.FieldsSeq(hex) {
		n, err := strconv.ParseUint(f, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteRune(rune(n))
	}
	return b.String()
}

func nfd(s string) string  { return string(ucd.NFD(nil, s)) }
func nfkd(s string) string { return string(ucd.NFKD(nil, s)) }

// TestNormalization is the consortium's conformance test: the invariants at the head of
// NormalizationTest.txt, and that every code point which part 1 does not list is left alone.
func TestNormalization(t *testing.T) {
	listed := map[rune]bool{}
	part, count := "", 0
	for _, l := range read(t, "NormalizationTest.txt.bz2") {
		if strings.HasPrefix(l, "@") {
			part = l
			continue
		}
		var c [6]string
		for i, f := range strings.Split(l, ";")[:5] {
			c[i+1] = text(t, f)
		}
		if part == "@Part1" {
			r, _ := utf8.DecodeRuneInString(c[1])
			listed[r] = true
		}
		count++
		for i := 1; i <= 5; i++ {
			composed, decomposed := c[2], c[3]
			if i > 3 {
				composed, decomposed = c[4], c[5]
			}
			got := [4]string{ucd.NFC(c[i]), nfd(c[i]), ucd.NFKC(c[i]), nfkd(c[i])}
			if want := [4]string{composed, decomposed, c[4], c[5]}; got != want {
				t.Errorf("%s, column %d: %+q, want %+q", l, i, got, want)
			}
			if ucd.IsNFC(c[i]) != (c[i] == composed) {
				t.Errorf("%s, column %d: IsNFC is %v", l, i, ucd.IsNFC(c[i]))
			}
		}
	}
	if count < 19000 {
		t.Errorf("%d cases; the file of 15.0 has more than 19,000", count)
	}
	for r := range rune(utf8.MaxRune + 1) {
		if s := string(r); !listed[r] && utf8.ValidRune(r) && (ucd.NFC(s) != s || nfd(s) != s || ucd.NFKC(s) != s ||
			nfkd(s) != s) {
			t.Errorf("%U is changed", r)
		}
	}
}

// TestNormalizationAgrees holds each code point, alone and between others, to x/text, where both
// know it. x/text puts U+034F into runs of more than 30 marks; these are shorter.
func TestNormalizationAgrees(t *testing.T) {
	for r := range assigned {
		if testing.Short() && r%8 != 1 {
			continue
		}
		for _, s := range []string{string(r), "a" + string(r) + "\u0301\u0323", "\u0f71" + string(r) + "\u0345e",
			"\u1100" + string(r) + "\u11a8"} {
			got := [4]string{ucd.NFC(s), nfd(s), ucd.NFKC(s), nfkd(s)}
			want := [4]string{norm.NFC.String(s), norm.NFD.String(s), norm.NFKC.String(s), norm.NFKD.String(s)}
			if got != want {
				t.Errorf("%+q: %+q, x/text says %+q", s, got, want)
			}
		}
	}
}

// TestClusters is the consortium's conformance test of grapheme clusters.
func TestClusters(t *testing.T) {
	count := 0
	for _, l := range read(t, "auxiliary/GraphemeBreakTest.txt") {
		var want []string
		for part := range strings.SplitSeq(strings.Trim(l, "÷ "), "÷") {
			want = append(want, text(t, strings.ReplaceAll(part, "×", " ")))
		}
		all := strings.Join(want, "")
		var got []string
		for c := range ucd.Clusters(all) {
			got = append(got, c)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", l, diff)
		}
		count++
	}
	if count < 600 {
		t.Errorf("%d cases; the file of 15.0 has more than 600", count)
	}
}

// TestPropertiesAgree holds the properties to the standard library's tables for every code point
// that is assigned in 15.0, as long as the library's are not older.
func TestPropertiesAgree(t *testing.T) {
	ranges := map[layout.Category]*unicode.RangeTable{
		layout.Cc: unicode.Cc, layout.Cf: unicode.Cf, layout.Co: unicode.Co, layout.Cs: unicode.Cs,
		layout.Ll: unicode.Ll, layout.Lm: unicode.Lm, layout.Lo: unicode.Lo, layout.Lt: unicode.Lt,
		layout.Lu: unicode.Lu, layout.Mc: unicode.Mc, layout.Me: unicode.Me, layout.Mn: unicode.Mn,
		layout.Nd: unicode.Nd, layout.Nl: unicode.Nl, layout.No: unicode.No, layout.Pc: unicode.Pc,
		layout.Pd: unicode.Pd, layout.Pe: unicode.Pe, layout.Pf: unicode.Pf, layout.Pi: unicode.Pi,
		layout.Po: unicode.Po, layout.Ps: unicode.Ps, layout.Sc: unicode.Sc, layout.Sk: unicode.Sk,
		layout.Sm: unicode.Sm, layout.So: unicode.So, layout.Zl: unicode.Zl, layout.Zp: unicode.Zp,
		layout.Zs: unicode.Zs, layout.Cn: {}, // Unassigned code points are passed over.
	}
	for r := range rune(utf8.MaxRune + 1) {
		p := ucd.Of(r)
		if p.Category() == layout.Cn {
			if p.Digit() != layout.NoDigit {
				t.Errorf("%U is unassigned and a digit", r)
			}
			continue
		}
		if !unicode.Is(ranges[p.Category()], r) {
			t.Errorf("%U is not of category %d in package unicode", r, p.Category())
		}
		if got, want := p.Has(layout.WhiteSpace), unicode.Is(unicode.White_Space, r); got != want {
			t.Errorf("%U: White_Space is %v", r, got)
		}
		if got, want := p.Has(layout.SoftDotted), unicode.Is(unicode.Soft_Dotted, r); got != want {
			t.Errorf("%U: Soft_Dotted is %v", r, got)
		}
		if (p.Digit() != layout.NoDigit) != (p.Category() == layout.Nd) {
			t.Errorf("%U: digit value %d of category %d", r, p.Digit(), p.Category())
		}
	}
	for _, r := range []rune{-1, utf8.MaxRune + 1, 1<<31 - 1, -1 << 31} {
		if p := ucd.Of(r); p != 0 {
			t.Errorf("Of(%#x) = %#x", r, p)
		}
	}
}

// TestOrderOfMarks: marks of which no reader sees the order have one order in a skeleton, and all
// others keep theirs.
func TestOrderOfMarks(t *testing.T) {
	for a, b := range map[string]string{"ก่ิ": "กิ่", "ກ່ິ": "ກິ່", "ភំុ": "ភុំ", "ကုိ": "ကို"} {
		if ucd.NFC(a) == ucd.NFC(b) || ucd.Skeleton(a) != ucd.Skeleton(b) {
			t.Errorf("%+q and %+q: %+q, %+q", a, b, ucd.Skeleton(a), ucd.Skeleton(b))
		}
		if skeleton := ucd.FoldedSkeleton(a); !ucd.IsFoldedSkeleton(skeleton) {
			t.Errorf("%+q, the skeleton of %+q, is none", skeleton, a)
		}
	}
	for _, s := range []string{"J\u0307", "\u0408\u0307"} { // A capital without a dot of its own.
		if skeleton := ucd.FoldedSkeleton(s); skeleton != "j" || !ucd.IsFoldedSkeleton(skeleton) {
			t.Errorf("the skeleton of %+q is %+q", s, skeleton)
		}
	}
	if ucd.IsFoldedSkeleton("ก่ิ") || !ucd.IsFoldedSkeleton("กิ่") || ucd.IsFoldedSkeleton("ب\u0670") ||
		!ucd.IsFoldedSkeleton("و\u0670") || !ucd.IsFoldedSkeleton(ucd.FoldedSkeleton("\u06c8\u0335")) {
		t.Error("marks in another order are taken for a skeleton, or those in this one are not")
	}
	for a, b := range map[string]string{"a\u0302\u0301": "a\u0301\u0302", "ས\u0f90\u0fb2": "ས\u0fb2\u0f90"} {
		if ucd.Skeleton(a) == ucd.Skeleton(b) {
			t.Errorf("%+q and %+q have one skeleton", a, b)
		}
	}
}
