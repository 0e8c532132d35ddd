package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// data is what the sources say, before it is packed.
type data struct {
	names     []string       // of scripts, in the order of their numbers
	sets      [][]int        // of scripts, in the order of their numbers
	props     []layout.Props // by code point
	canonical map[rune][]rune
	compat    map[rune][]rune
	composes  [][3]rune // first, second, composite
	folds     map[rune][]rune
	looks     map[rune][]rune
	flags     [26]uint64 // of the emoji flags with each first letter, a bit for each second
}

// read parses the sources and holds the second source of the confusables against the first.
func read(src *opened) (*data, error) {
	d := &data{canonical: map[rune][]rune{}, compat: map[rune][]rune{}, folds: map[rune][]rune{}}
	p := &properties{src: src, d: d}
	steps := []func() error{p.load, p.scripts, d.decompositions(src), d.foldings(src), d.confusables(src), d.regions(src),
		p.scriptsInUse,
		p.exemplars, p.prototypes, p.pack}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// decompositions reads the mappings of UnicodeData.txt, applied to one another until nothing
// changes for the canonical ones, and one level deep for the others: the package applies those
// again. The pairs that compose are those without exclusion.
func (d *data) decompositions(src *opened) func() error {
	return func() error {
		once := map[rune][]rune{}
		ls, err := lines(src.files["UnicodeData.txt"])
		if err != nil {
			return err
		}
		for _, l := range ls {
			mapping := l.fields[4]
			if mapping == "" {
				continue
			}
			into, tagged := once, strings.HasPrefix(mapping, "<")
			if tagged {
				_, mapping, _ = strings.Cut(mapping, "> ")
				into = d.compat
			}
			if into[l.lo], err = codePoints(mapping); err != nil {
				return err
			}
		}
		norm, err := sets(src.files["DerivedNormalizationProps.txt"])
		if err != nil {
			return err
		}
		excluded := norm["Full_Composition_Exclusion"]
		for r := rune(0); r <= maxRune; r++ {
			m := once[r]
			if m == nil {
				continue
			}
			if !excluded[r] {
				if len(m) != 2 {
					return fmt.Errorf("U+%04X composes from %d code points", r, len(m))
				}
				d.composes = append(d.composes, [3]rune{m[0], m[1], r})
			}
			d.canonical[r] = full(once, r)
		}
		return nil
	}
}

func full(once map[rune][]rune, r rune) []rune {
	m, ok := once[r]
	if !ok {
		return []rune{r}
	}
	var all []rune
	for _, q := range m {
		all = append(all, full(once, q)...)
	}
	return all
}

// foldings reads the common and the full case foldings; the simple ones and those of Turkic
// languages are left out.
func (d *data) foldings(src *opened) func() error {
	return func() error {
		ls, err := lines(src.files["CaseFolding.txt"])
		if err != nil {
			return err
		}
		for _, l := range ls {
			if l.fields[0] != "C" && l.fields[0] != "F" {
				continue
			}
			if d.folds[l.lo], err = codePoints(l.fields[1]); err != nil {
				return err
			}
		}
		return nil
	}
}

// confusables reads the prototypes from npm's package, checks that ICU's table says the same, and
// applies the overlay. A prototype must not have a prototype itself, or skeletons would not settle:
// where the overlay gives it one, all that led to it are led on.
func (d *data) confusables(src *opened) func() error {
	return func() error {
		var pairs map[string]string
		if err := json.Unmarshal(src.files["data.json"], &pairs); err != nil {
			return err
		}
		second, err := parseCFU(src.files["confusables"])
		if err != nil {
			return err
		}
		d.looks = map[rune][]rune{}
		for from, to := range pairs {
			r := []rune(from)
			if len(r) != 1 {
				return fmt.Errorf("confusable %q is not one code point", from)
			}
			if from != to { // npm's package lists some that stand for themselves.
				d.looks[r[0]] = []rune(to)
			}
		}
		if err := agree(d.looks, second); err != nil {
			return err
		}
		overlay, err := lines(src.files["overlay.txt"])
		if err != nil {
			return err
		}
		for _, l := range overlay {
			if d.looks[l.lo], err = codePoints(l.fields[0]); err != nil {
				return err
			}
		}
		settled := map[rune][]rune{}
		for r := range d.looks {
			if d.canonical[r] != nil {
				continue // A skeleton is made of decomposed text, in which r does not occur.
			}
			if settled[r], err = d.settle([]rune{r}); err != nil {
				return err
			}
		}
		d.looks = settled
		return nil
	}
}

// settle decomposes s and replaces each code point by its prototype until nothing changes.
func (d *data) settle(s []rune) ([]rune, error) {
	for range 8 {
		var next []rune
		for _, r := range s {
			switch {
			case r >= 0xAC00 && r < 0xAC00+19*21*28: // A Hangul syllable: two or three jamo.
				n := r - 0xAC00
				next = append(next, 0x1100+n/(21*28), 0x1161+n/28%21)
				if n%28 != 0 {
					next = append(next, 0x11A7+n%28)
				}
			case d.canonical[r] != nil:
				next = append(next, d.canonical[r]...)
			case d.looks[r] != nil:
				next = append(next, d.looks[r]...)
			default:
				next = append(next, r)
			}
		}
		if string(next) == string(s) {
			return s, nil
		}
		s = next
	}
	return nil, fmt.Errorf("the prototype of %U does not settle", s)
}

func agree(first, second map[rune][]rune) error {
	if len(first) != len(second) {
		return fmt.Errorf("confusables: %d pairs in one source, %d in the other", len(first), len(second))
	}
	for r, to := range first {
		if string(second[r]) != string(to) {
			return fmt.Errorf("confusables: %U is %U in one source and %U in the other", r, to, second[r])
		}
	}
	return nil
}

// regions reads which two regional indicators are a flag.
func (d *data) regions(src *opened) func() error {
	return func() error {
		n := 0
		for l := range strings.Lines(string(src.files["emoji/emoji-sequences.txt"])) {
			pair, kind, _ := strings.Cut(l, ";")
			if !strings.HasPrefix(strings.TrimSpace(kind), "RGI_Emoji_Flag_Sequence") {
				continue
			}
			r, err := codePoints(pair)
			if err != nil || len(r) != 2 {
				return fmt.Errorf("emoji-sequences.txt: bad flag %q", pair)
			}
			first, second := r[0]-regionalA, r[1]-regionalA
			if first < 0 || first >= 26 || second < 0 || second >= 26 {
				return fmt.Errorf("emoji-sequences.txt: bad flag %q", pair)
			}
			d.flags[first] |= 1 << second
			n++
		}
		if n != 258 {
			return fmt.Errorf("emoji-sequences.txt: %d flags, not 258", n)
		}
		return nil
	}
}

// regionalA is the regional indicator of A, the first of 26.
const regionalA = 0x1F1E6

// parseAllowed reads the ranges that icu.c prints.
func parseAllowed(text []byte) ([]bool, error) {
	all := make([]bool, maxRune+1)
	n := 0
	for l := range strings.Lines(string(text)) {
		f := strings.Fields(l)
		if len(f) != 2 {
			return nil, fmt.Errorf("allowed: bad line %s", strconv.Quote(l))
		}
		lo, err1 := codePoint(f[0])
		hi, err2 := codePoint(f[1])
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("allowed: bad line %s", strconv.Quote(l))
		}
		for r := lo; r <= hi; r++ {
			all[r] = true
			n++
		}
	}
	if n != 112156 {
		return nil, fmt.Errorf("allowed: %d code points, not 112,156", n)
	}
	return all, nil
}
