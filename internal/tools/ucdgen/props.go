package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// properties gathers the properties of each code point.
type properties struct {
	src *opened
	d   *data

	category, bidi, grapheme, joining, combining, script []string
	flags                                                map[string][]bool
	allowed                                              []bool
	digit                                                map[rune]int
	set                                                  []int // of scripts, by code point

	recommended     map[int]bool // scripts with a letter of Identifier_Status Allowed
	main, auxiliary []bool       // exemplar characters
	inSkeleton      []bool       // what a folded skeleton may hold
}

func (p *properties) load() error {
	for _, v := range []struct {
		into          *[]string
		name, missing string
	}{
		{&p.category, "extracted/DerivedGeneralCategory.txt", "Cn"},
		{&p.bidi, "extracted/DerivedBidiClass.txt", "L"},
		{&p.grapheme, "auxiliary/GraphemeBreakProperty.txt", "Other"},
		{&p.joining, "extracted/DerivedJoiningType.txt", "U"},
		{&p.combining, "extracted/DerivedCombiningClass.txt", "0"},
		{&p.script, "Scripts.txt", "Unknown"},
	} {
		var err error
		if *v.into, err = values(p.src.files[v.name], v.missing); err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
	}
	p.flags = map[string][]bool{}
	for _, name := range []string{"DerivedCoreProperties.txt", "DerivedNormalizationProps.txt", "PropList.txt",
		"emoji/emoji-data.txt"} {
		all, err := sets(p.src.files[name])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		maps.Copy(p.flags, all)
	}
	var err error
	p.allowed, err = parseAllowed(p.src.files["allowed"])
	if err != nil {
		return err
	}
	return p.digits()
}

// digits reads the values of the decimal digits from UnicodeData.txt.
func (p *properties) digits() error {
	p.digit = map[rune]int{}
	ls, err := lines(p.src.files["UnicodeData.txt"])
	if err != nil {
		return err
	}
	for _, l := range ls {
		if l.fields[1] != "Nd" {
			continue
		}
		if p.digit[l.lo], err = strconv.Atoi(l.fields[5]); err != nil {
			return err
		}
	}
	return nil
}

// scripts numbers the scripts and the sets of them that occur. Script_Extensions overrides Script;
// Common and Inherited are the set of all scripts, number 0, and the unknown script is the empty
// set, number 1. Where a set holds one of the scripts that Chinese, Japanese and Korean are written
// in together, it also holds the writing systems that combine them (UTS 39, section 5.1).
func (p *properties) scripts() error {
	short := map[string]string{}
	for l := range strings.Lines(string(p.src.files["PropertyValueAliases.txt"])) {
		l, _, _ = strings.Cut(l, "#")
		f := strings.Split(l, ";")
		if len(f) >= 3 && strings.TrimSpace(f[0]) == "sc" {
			short[strings.TrimSpace(f[2])] = strings.TrimSpace(f[1])
		}
	}
	for _, name := range short {
		if name != "Zyyy" && name != "Zinh" && name != "Zzzz" {
			p.d.names = append(p.d.names, name)
		}
	}
	p.d.names = append(p.d.names, "Hanb", "Jpan", "Kore")
	slices.Sort(p.d.names)

	by := make([]string, maxRune+1)
	for r, long := range p.script {
		by[r] = short[long]
	}
	ls, err := lines(p.src.files["ScriptExtensions.txt"])
	if err != nil {
		return err
	}
	for _, l := range ls {
		for r := l.lo; r <= l.hi; r++ {
			by[r] = l.fields[0]
		}
	}

	p.set = make([]int, maxRune+1)
	seen := map[string]int{"Zyyy": 0, "Zinh": 0, "Zzzz": 1}
	p.d.sets = [][]int{p.every(), nil}
	for r, names := range by {
		n, ok := seen[names]
		if !ok {
			set, err := p.augmented(strings.Fields(names))
			if err != nil {
				return fmt.Errorf("U+%04X: %w", r, err)
			}
			n = len(p.d.sets)
			seen[names] = n
			p.d.sets = append(p.d.sets, set)
		}
		p.set[r] = n
	}
	return nil
}

// scriptsInUse finds the scripts that are recommended for identifiers: those with an allowed
// letter.
func (p *properties) scriptsInUse() error {
	p.recommended = map[int]bool{}
	for r := rune(0); r <= maxRune; r++ {
		if p.allowed[r] && p.set[r] != 0 && strings.HasPrefix(p.category[r], "L") && len(p.d.sets[p.set[r]]) <= fewScripts {
			for _, script := range p.d.sets[p.set[r]] {
				p.recommended[script] = true
			}
		}
	}
	return nil
}

// fewScripts is how many scripts a letter has that is one of its script: Han has four with the
// systems that it is part of. A character that many scripts share says nothing of one.
const fewScripts = 4

// prototypes finds what a folded skeleton may hold: the foldings of all that has no prototype.
func (p *properties) prototypes() error {
	p.inSkeleton = make([]bool, maxRune+1)
	for r := rune(0); r <= maxRune; r++ {
		if p.category[r] == "Cs" || p.flags["Default_Ignorable_Code_Point"][r] || p.d.canonical[r] != nil {
			continue
		}
		look := p.d.looks[r]
		if look == nil {
			look = []rune{r}
		}
		for _, q := range p.d.folded(look) {
			p.inSkeleton[q] = true
		}
	}
	return nil
}

// folded folds and decomposes until nothing changes.
func (d *data) folded(s []rune) []rune {
	for {
		var next []rune
		for _, r := range s {
			to := d.folds[r]
			if to == nil {
				to = []rune{r}
			}
			for _, q := range to {
				next = append(next, full(d.canonical, q)...)
			}
		}
		if string(next) == string(s) {
			return s
		}
		s = next
	}
}

func (p *properties) every() []int {
	all := make([]int, len(p.d.names))
	for i := range all {
		all[i] = i
	}
	return all
}

func (p *properties) augmented(names []string) ([]int, error) {
	for _, n := range slices.Clone(names) {
		switch n {
		case "Hani":
			names = append(names, "Hanb", "Jpan", "Kore")
		case "Hira", "Kana":
			names = append(names, "Jpan")
		case "Hang":
			names = append(names, "Kore")
		case "Bopo":
			names = append(names, "Hanb")
		}
	}
	var set []int
	for _, n := range names {
		i, ok := slices.BinarySearch(p.d.names, n)
		if !ok {
			return nil, fmt.Errorf("no script %q", n)
		}
		set = append(set, i)
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}

// pack makes the properties of each code point one number.
func (p *properties) pack() error {
	named := []struct {
		flag     layout.Props
		property string
	}{
		{layout.DefaultIgnorable, "Default_Ignorable_Code_Point"}, {layout.WhiteSpace, "White_Space"},
		{layout.SoftDotted, "Soft_Dotted"},
		{layout.BidiControl, "Bidi_Control"}, {layout.Noncharacter, "Noncharacter_Code_Point"},
		{layout.XIDContinue, "XID_Continue"},
		{layout.NFCNo, "NFC_QC=N"}, {layout.NFCMaybe, "NFC_QC=M"}, {layout.NFKCNo, "NFKC_QC=N"},
		{layout.Emoji, "Emoji"},
		{layout.EmojiPresentation, "Emoji_Presentation"}, {layout.EmojiModifier, "Emoji_Modifier"},
		{layout.EmojiBase, "Emoji_Modifier_Base"},
		{layout.ExtendedPictographic, "Extended_Pictographic"},
	}
	for _, n := range named {
		if p.flags[n.property] == nil {
			return fmt.Errorf("no property %s", n.property)
		}
	}
	p.d.props = make([]layout.Props, maxRune+1)
	for r := rune(0); r <= maxRune; r++ {
		combining, err := strconv.Atoi(p.combining[r])
		if err != nil {
			return err
		}
		digit, ok := p.digit[r]
		if !ok {
			digit = layout.NoDigit
		}
		props, ok := layout.Pack(layout.Fields{Category: p.category[r], Bidi: p.bidi[r], Grapheme: p.grapheme[r],
			Joining: p.joining[r],
			Scripts: p.set[r], Combining: combining, Digit: digit})
		if !ok {
			return fmt.Errorf("U+%04X: a property does not fit", r)
		}
		for _, n := range named {
			if p.flags[n.property][r] {
				props |= n.flag
			}
		}
		for _, f := range []struct {
			flag layout.Props
			set  bool
		}{
			{layout.Allowed, p.allowed[r]}, {layout.Canonical, p.d.canonical[r] != nil},
			{layout.Compat, p.d.compat[r] != nil},
			{layout.Folds, p.d.folds[r] != nil}, {layout.Confusable, p.d.looks[r] != nil},
			{layout.KeyInert, p.inert(r, combining)},
			{layout.Main, p.main[r] && !p.allowed[r]}, {layout.Auxiliary, p.auxiliary[r] && !p.main[r] && !p.allowed[r]},
			{layout.InSkeleton, p.inSkeleton[r]},
		} {
			if f.set {
				props |= f.flag
			}
		}
		p.d.props[r] = props
	}
	return nil
}

// inert reports what stands for itself in a key: the database says that normalising and folding
// leave it alone, it combines with nothing, and it is neither trimmed nor without a key.
func (p *properties) inert(r rune, combining int) bool {
	switch p.category[r] {
	case "Cn", "Cc", "Co", "Cs":
		return false
	}
	return combining == 0 && !p.flags["Changes_When_NFKC_Casefolded"][r] && !p.flags["NFKC_QC=N"][r] &&
		!p.flags["NFKC_QC=M"][r] && !p.flags["White_Space"][r]
}
