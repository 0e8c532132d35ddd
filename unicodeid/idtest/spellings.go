package idtest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/unicodeid"
)

// A spelling is a way to write a name that begins with the base it was made for.
type spelling func(name string) string

// spellings yields the hostile spellings of names that begin with base.
func spellings(base string, everything bool, forms []form) iter.Seq[spelling] {
	return func(yield func(spelling) bool) {
		for _, family := range []iter.Seq[spelling]{unseen(everything), broken, whole, letters(base, forms),
			partly(base)} {
			for sp := range family {
				if !yield(sp) {
					return
				}
			}
		}
	}
}

// cut returns the two halves of a name.
func cut(name string) (left, right string) {
	r := []rune(name)
	return string(r[:len(r)/2]), string(r[len(r)/2:])
}

// unseen puts what is trimmed or dropped somewhere at the start, into the middle and at the end;
// and after and before a space, where who trims first and drops then leaves it. A code point that
// is ignorable and not assigned is known by ranges alone: each stands in one place.
func unseen(everything bool) iter.Seq[spelling] {
	return func(yield func(spelling) bool) {
		of := codePoints(isUnseen)
		if !everything {
			of = slices.Values([]rune(common))
		}
		for r := range of {
			s := string(r)
			places := []spelling{
				func(name string) string { return s + name },
				func(name string) string { return name + s },
				func(name string) string { left, right := cut(name); return left + s + right },
				func(name string) string { return name + " " + s },
				func(name string) string { return s + " " + name },
			}
			if ucd.Of(r).Category() == layout.Cn {
				places = places[r%3 : r%3+1]
			}
			for _, sp := range places {
				if !yield(sp) {
					return
				}
			}
		}
	}
}

// common are the unseen characters that every alphabet is attacked with: the best known of each
// kind.
const common = "\x00\t\n\r\u0085\u00a0\u00ad\u034f\u061c\u115f\u180e\u2003\u200b" +
	"\u200c\u200d\u200e\u2028\u202e\u2060\u2066\u3000\u3164\ufe0f\ufeff\uffa0\U000e0020\U000e0100"

func isUnseen(r rune, p ucd.Props) bool {
	switch p.Category() { //nolint:exhaustive // The others are seen, or ignorable.
	case layout.Cc, layout.Cf:
		return true
	}
	return p.Has(layout.WhiteSpace|layout.DefaultIgnorable|layout.Noncharacter) || r == braille
}

// broken is text that some program repairs or cuts: bytes that are not UTF-8, the end of a string
// in C, a column that is too narrow.
func broken(yield func(spelling) bool) {
	for _, bytes := range []string{"\x80", "\xa0", "\xad", "\xc0\x80", "\xc0\xa0", "\xc2", "\xe2\x80", "\xed\xa0\x80",
		"\xed\xb0\x80", "\xf4\x90\x80\x80", "\xff", "\ufffd"} {
		for _, of := range []spelling{
			func(name string) string { return name + bytes },
			func(name string) string { return bytes + name },
			func(name string) string { left, right := cut(name); return left + bytes + right },
		} {
			if !yield(of) {
				return
			}
		}
	}
	for _, width := range []int{16, 20, 30, 32, 40, 50, 64, 100, 128, 191, 255, 256} {
		for _, pad := range []string{" ", "\x00", "\u00a0"} {
			of := func(name string) string {
				return name + strings.Repeat(pad, max(1, width-utf8.RuneCountInString(name))) + "x"
			}
			if !yield(of) {
				return
			}
		}
	}
}

// whole changes every letter.
func whole(yield func(spelling) bool) {
	for _, of := range []spelling{
		strings.ToUpper, strings.ToTitle,
		func(name string) string {
			return strings.ToUpper(name[:1]) + name[1:]
		},
		func(name string) string { return string(ucd.NFD(nil, name)) },
		func(name string) string { return string(ucd.NFKD(nil, name)) },
		func(name string) string { return strings.ToUpper(string(ucd.NFD(nil, name))) },
		func(name string) string { return string(ucd.NFD(nil, strings.ToUpper(name))) },
		func(name string) string { return " " + strings.ToUpper(name) + "\u00a0" },
		func(name string) string { return strings.Map(fullWidth, name) },
		func(name string) string { return strings.Join(strings.Split(name, ""), "\u200b") },
		func(name string) string { return "\u202e" + name + "\u202c" },
		func(name string) string { return `"` + name + `"` },
		func(name string) string { return name + "%20" },
		func(name string) string { return name + "." },
	} {
		if !yield(of) {
			return
		}
	}
}

// fullWidth returns the form of an ASCII character that is as wide as a Chinese one.
func fullWidth(r rune) rune {
	if r > ' ' && r < 0x7F {
		return r + 0xFEE0
	}
	return r
}

// A form is a code point that has the key of other text.
type form struct {
	r   rune
	key string
}

// formsByKey returns every code point that is not its own key: capitals, compatibility forms, and
// what is never composed.
func formsByKey(ctx context.Context, p *unicodeid.Profile) []form {
	var forms []form
	for r := range codePoints(func(r rune, p ucd.Props) bool { return isSeen(r, p) && !p.Has(layout.KeyInert) }) {
		key, err := p.Lookup(ctx, string(r))
		if err == nil && key.Text() != string(r) {
			forms = append(forms, form{r, key.Text()})
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return cmp.Compare(a.key, b.key) })
	return forms
}

// letters puts every form in place of what it has the key of, where that stands first and last in
// the base.
func letters(base string, forms []form) iter.Seq[spelling] {
	return func(yield func(spelling) bool) {
		for _, f := range forms {
			first, last := strings.Index(base, f.key), strings.LastIndex(base, f.key)
			if first < 0 {
				continue
			}
			for _, at := range slices.Compact([]int{first, last}) {
				of := func(name string) string { return name[:at] + string(f.r) + name[at+len(f.key):] }
				if !yield(of) {
					return
				}
			}
		}
	}
}

// partly decomposes one letter of the base, in every order and to every depth, and turns the case
// of one.
func partly(base string) iter.Seq[spelling] {
	return func(yield func(spelling) bool) {
		for at, r := range base {
			for _, s := range variants(r) {
				of := func(name string) string { return name[:at] + s + name[at+utf8.RuneLen(r):] }
				if !yield(of) {
					return
				}
			}
		}
	}
}

// variants are spellings of one letter.
func variants(r rune) []string {
	var all []string
	for q := unicode.SimpleFold(r); q != r; q = unicode.SimpleFold(q) {
		all = append(all, string(q))
	}
	parts := ucd.NFD(nil, string(r))
	if len(parts) < 2 {
		return all
	}
	all = append(all, string(parts))
	if len(parts) == 3 {
		swapped := []rune{parts[0], parts[2], parts[1]}
		all = append(all, string(swapped), ucd.NFC(string(parts[:2]))+string(parts[2]),
			ucd.NFC(string(swapped[:2]))+string(parts[1]))
	}
	return all
}
