package ucd_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// assigned yields the code points that stand for characters of Unicode's own.
func assigned(yield func(rune) bool) {
	for r := range rune(utf8.MaxRune + 1) {
		if c := ucd.Of(r).Category(); c != layout.Cn && c != layout.Co && c != layout.Cs && !yield(r) {
			return
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Straße", "strasse"}, {"ẞ", "ss"}, {"İ", "i\u0307"}, {"ı", "ı"}, {"ſ", "s"}, {"ﬀ", "ff"}, {"ΌΣΟΣ", "όσοσ"},
		{"ς", "σ"},
		{"\u13a0", "\u13a0"}, {"\uab70", "\u13a0"}, {"\u0345", "ι"}, {"ᾳ", "αι"}, {"K", "k"}, {"Ǆ", "ǆ"}, {"𐐀", "𐐨"},
	} {
		if got := ucd.Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	// Where strings.EqualFold sees two cases of one letter, so does Fold.
	for r := range assigned {
		s := string(r)
		for _, other := range []string{strings.ToUpper(s), strings.ToLower(s)} {
			if strings.EqualFold(s, other) && ucd.Fold(s) != ucd.Fold(other) {
				t.Errorf("%U folds to %+q, its other case to %+q", r, ucd.Fold(s), ucd.Fold(other))
			}
		}
	}
}

// TestFoldKey: what is compared by FoldKey does not change when it is mapped again, nor with the
// form of composition.
func TestFoldKey(t *testing.T) {
	for r := range assigned {
		if testing.Short() && r%8 != 1 {
			continue
		}
		for _, s := range []string{string(r), "x" + string(r) + "\u0345\u0301"} {
			key := ucd.FoldKey(s)
			for _, again := range []string{key, ucd.NFC(s), string(ucd.NFD(nil, s))} {
				if got := ucd.FoldKey(again); got != key {
					t.Fatalf("%+q: key %+q, of %+q it is %+q", s, key, again, got)
				}
			}
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"paypal", "раураl"}, {"paypal", "paypa1"}, {"paypal", "paypaI"}, {"apple", "аррӏе"}, {"modern", "rnodern"},
		{"scope", "ѕсоре"},
		{"william", "vvilliam"}, {"admin", "adm\u200bin"}, {"O", "0"}, {"é", "e\u0301"}, {"ADM", "ꓮꓓꓟ"}, {"шоw", "wow"},
	} {
		if ucd.Skeleton(c.a) != ucd.Skeleton(c.b) {
			t.Errorf("%+q and %+q: skeletons %+q and %+q", c.a, c.b, ucd.Skeleton(c.a), ucd.Skeleton(c.b))
		}
	}
	if ucd.Skeleton("paypal") == ucd.Skeleton("paypai") {
		t.Error("i and l have one skeleton")
	}
	for r := range assigned {
		s := ucd.Skeleton("a" + string(r))
		if again := ucd.Skeleton(s); again != s {
			t.Fatalf("%U: skeleton %+q, again %+q", r, s, again)
		}
	}
}

// TestKeyInert: what the flag promises, that a string of such code points is normalized and folded
// already, holds for each of them alone and beside others.
func TestKeyInert(t *testing.T) {
	count := 0
	for r := range rune(utf8.MaxRune + 1) {
		if !ucd.Of(r).Has(layout.KeyInert) {
			continue
		}
		count++
		for _, s := range []string{string(r), "a" + string(r), "ᄀ" + string(r) + "가", string(r) + "\u09c7" +
			string(r)} {
			if key := ucd.NFKC(ucd.Fold(string(ucd.NFD(nil, s)))); key != s {
				t.Fatalf("%+q becomes %+q", s, key)
			}
		}
	}
	if count < 120_000 {
		t.Errorf("%d code points are inert", count)
	}
}

func TestScripts(t *testing.T) {
	latin, ok := ucd.Script("Latn")
	if !ok {
		t.Fatal("no script Latn")
	}
	of := func(r rune) ucd.Scripts { return ucd.ScriptsOf(ucd.Of(r)) }
	if of('a') != latin || !of('1').Common() || !of('\u0301').Common() || !of('\u0378').Empty() {
		t.Error("the sets of a, 1, U+0301 and U+0378 are not Latin, common, common and empty")
	}
	if both := of('漢').And(of('か')); both.Empty() || both.Names(9)[0] != "Jpan" {
		t.Errorf("Han and Hiragana share %v", of('漢').And(of('か')).Names(9))
	}
	if !of('漢').And(latin).Empty() || of('ー').And(of('カ')).Empty() {
		t.Error("Han shares a script with Latin, or the length mark none with Katakana")
	}
	if _, ok := ucd.Script("Xxxx"); ok {
		t.Error("there is a script Xxxx")
	}
}
