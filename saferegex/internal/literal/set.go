package literal

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what the literals of a pattern are to its matches.
type Kind uint8

// The kinds, from the weakest.
const (
	None   Kind = iota // nothing is known that is worth searching for
	Factor             // every match contains one
	Prefix             // every match begins with one
	Exact              // they are the matches
)

// Set is a set of literals of a pattern. If Fold is set, their ASCII letters are in lower case and
// stand for both cases.
type Set struct {
	Kind     Kind
	Literals []string
	Fold     bool
	Bits     float64 // how rare they are: see rarity
	// a literal that every match contains in this case, however common it is; "" if none is known
	Must string
	Work int64 // what it took to find them, in bytes looked at
}

// Bounds of a set. Longer literals are cut, which leaves them prefixes or parts.
const (
	maxLiterals = 4096 // of an alternative of words
	maxProduct  = 64   // of sets that follow each other
	maxClass    = 16   // characters of a class
	maxBytes    = 32   // of one literal
	maxWork     = 1 << 20
	// leastBits is how rare a set must be to be worth searching for.
	leastBits = 12
)

// Of returns the literals of a pattern. It takes time of the tree's size and of that of the sets,
// and gives up when that is too much.
func Of(tree *syntax.Regexp) Set {
	r := reader{}
	x := r.read(tree)
	if r.work > maxWork {
		return Set{Work: r.work}
	}
	s := Set{Fold: r.fold, Work: r.work, Must: r.must(x)}
	switch {
	case x.exact && !r.cut && (!r.fold || !r.cased) && !asserts(tree) && x.begin.bits >= leastBits:
		s.Kind, s.Literals, s.Bits = Exact, x.begin.list, x.begin.bits
	case x.begin.bits >= leastBits && x.begin.bits+prefixBonus >= x.inside.bits:
		s.Kind, s.Literals, s.Bits = Prefix, x.begin.list, x.begin.bits
	case x.inside.bits >= leastBits:
		s.Kind, s.Literals, s.Bits = Factor, x.inside.list, x.inside.bits
	default:
		return Set{Work: r.work, Must: s.Must}
	}
	s.Literals = shortest(s.Literals)
	return s
}

// must returns the literal that every match of x contains, if there is one whose case counts.
func (r *reader) must(x info) string {
	for _, of := range []literals{x.inside, x.begin} {
		if len(of.list) == 1 && (!r.fold || !strings.ContainsFunc(of.list[0], isLetter)) {
			return of.list[0]
		}
	}
	return ""
}

// shortest leaves out what begins with another literal of the set: that one is found as well.
func shortest(list []string) []string {
	slices.Sort(list)
	kept := list[:0]
	for _, s := range list {
		if len(kept) == 0 || !strings.HasPrefix(s, kept[len(kept)-1]) {
			kept = append(kept, s)
		}
	}
	return kept
}

// prefixBonus is how many bits rarer a part must be than a beginning to be searched for in its
// place: where a match begins is where it is looked for, and a part only says that there may be
// one.
const prefixBonus = 8

// asserts reports whether a tree asserts anything.
func asserts(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary,
		syntax.OpNoWordBoundary:
		return true
	default:
		return slices.ContainsFunc(re.Sub, asserts)
	}
}

// literals are strings of which a match has one, and how rare they are. The zero literals, of which
// nothing is known, are everywhere.
type literals struct {
	list []string
	bits float64
}

// info is what is known of the matches of a part of a pattern.
type info struct {
	exact  bool     // begin holds all matches
	begin  literals // each match begins with one of them; nothing if they are too many
	inside literals // each match contains one of them
}

// nothing is the set of the empty string.
func nothing() literals { return literals{list: []string{""}} }

// anything is what is known of a part that may be anything.
func anything() info { return info{begin: nothing()} }

// reader reads a tree.
type reader struct {
	fold  bool // a letter without regard to case was read
	cased bool // a letter of which the case counts was read
	cut   bool // a literal was made shorter
	work  int64
}

// of makes literals of a list, without what is there twice.
func (r *reader) of(list []string) literals {
	slices.Sort(list)
	list = slices.Compact(list)
	for _, s := range list {
		r.work += int64(len(s)) + 1
	}
	return literals{list, rarity(list)}
}

func (r *reader) read(re *syntax.Regexp) info {
	r.work++
	if r.work > maxWork {
		return anything()
	}
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return info{exact: true, begin: nothing()}
	case syntax.OpLiteral:
		return r.literal(re)
	case syntax.OpCharClass:
		return r.class(re.Rune)
	case syntax.OpCapture:
		return r.read(re.Sub[0])
	case syntax.OpConcat:
		parts := make([]info, len(re.Sub))
		for i, sub := range re.Sub {
			parts[i] = r.read(sub)
		}
		return r.join(parts)
	case syntax.OpAlternate:
		return r.alternate(re.Sub)
	case syntax.OpQuest:
		x := r.read(re.Sub[0])
		if !x.exact {
			return anything()
		}
		return info{exact: true, begin: r.of(append(slices.Clone(x.begin.list), ""))}
	case syntax.OpPlus:
		return more(r.read(re.Sub[0]))
	case syntax.OpRepeat:
		return r.repeat(re)
	default:
		// Any character, no match at all, and what may be left out.
		return anything()
	}
}

// more is a part of which more may follow.
func more(x info) info {
	if x.exact {
		x.inside = rarer(x.inside, x.begin)
	}
	x.exact = false
	return x
}

// repeat is a part under {n,m}.
func (r *reader) repeat(re *syntax.Regexp) info {
	if re.Min == 0 {
		return anything()
	}
	one := r.read(re.Sub[0])
	copies := make([]info, min(re.Min, maxBytes))
	for i := range copies {
		copies[i] = one
	}
	x := r.join(copies)
	if re.Max != re.Min || re.Min > len(copies) {
		x = more(x)
	}
	return x
}

// literal is a part that is characters one after the other.
func (r *reader) literal(re *syntax.Regexp) info {
	fold := re.Flags&syntax.FoldCase != 0
	var parts []info
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			parts = append(parts, info{exact: true, begin: r.of([]string{b.String()})})
			b.Reset()
		}
	}
	for _, c := range re.Rune {
		folds := fold && unicode.SimpleFold(c) != c
		lower := c
		if folds {
			lower = asciiLower(c)
		}
		if !plain(c) || folds && lower >= utf8.RuneSelf {
			// A byte that is not a character, or a letter that is many bytes in either case.
			flush()
			parts = append(parts, anything())
			continue
		}
		r.fold = r.fold || folds
		r.cased = r.cased || !fold && isLetter(c)
		if b.Len() >= maxBytes {
			flush()
		}
		b.WriteRune(lower)
	}
	flush()
	return r.join(parts)
}

// plain reports whether a character stands in a text as its bytes in UTF-8, and as nothing else:
// U+FFFD is what invalid bytes are read as, and surrogates stand nowhere.
func plain(c rune) bool { return utf8.ValidRune(c) && c != utf8.RuneError }

// isLetter reports whether a character is a letter of ASCII.
func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// asciiLower returns the case of a letter that is a lower case letter of ASCII, or the letter. The
// long s and the Kelvin sign have one.
func asciiLower(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c
	}
	for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
		if f >= 'a' && f <= 'z' {
			return f
		}
	}
	return c
}

// class is a part that is one character of a class.
func (r *reader) class(ranges []rune) info {
	n := 0
	for i := 0; i+1 < len(ranges); i += 2 {
		n += int(ranges[i+1]-ranges[i]) + 1
		if n > maxClass {
			return anything()
		}
	}
	if n == 0 {
		return anything()
	}
	var list []string
	for i := 0; i+1 < len(ranges); i += 2 {
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			if !plain(c) {
				return anything()
			}
			r.cased = r.cased || isLetter(c)
			list = append(list, string(c))
		}
	}
	return info{exact: true, begin: r.of(list)}
}

// join is what is known of parts that follow each other.
func (r *reader) join(parts []info) info {
	all := info{exact: true}
	run := nothing() // what stands here, as far as that is known without a gap
	first := true
	end := func() {
		if first {
			all.begin, first = run, false
		}
		all.inside = rarer(all.inside, run)
		run = nothing()
	}
	for _, x := range parts {
		all.inside = rarer(all.inside, x.inside)
		joined, cut := r.product(run, x.begin)
		r.cut = r.cut || cut
		if joined.list != nil {
			run = joined
		}
		if x.exact && joined.list != nil && !cut {
			continue
		}
		all.exact = false
		end()
		if x.exact && !cut {
			run = x.begin
		}
	}
	end()
	return all
}

// product returns each of a with each of b after it, or nothing if there are too many. It reports
// whether some of them were cut.
func (r *reader) product(a, b literals) (all literals, cut bool) {
	switch {
	case len(b.list) == 1 && b.list[0] == "":
		return a, false
	case len(a.list) == 1 && a.list[0] == "":
		return b, false
	case b.list == nil || len(a.list)*len(b.list) > maxProduct:
		return literals{}, false
	}
	var list []string
	for _, x := range a.list {
		for _, y := range b.list {
			both := x + y
			if len(both) > maxBytes {
				both, cut = both[:maxBytes], true
			}
			list = append(list, both)
		}
	}
	return r.of(list), cut
}

// alternate is what is known of a part that is one of several.
func (r *reader) alternate(subs []*syntax.Regexp) info {
	var begin, inside []string
	exact, begins, contains := true, true, true
	for _, sub := range subs {
		x := r.read(sub)
		exact = exact && x.exact
		if begins = begins && x.begin.list != nil && len(begin)+len(x.begin.list) <= maxLiterals; begins {
			begin = append(begin, x.begin.list...)
		}
		part := x.inside
		if x.exact {
			part = rarer(part, x.begin)
		}
		if contains = contains && part.list != nil && len(inside)+len(part.list) <= maxLiterals; contains {
			inside = append(inside, part.list...)
		}
	}
	var all info
	if begins {
		all.exact, all.begin = exact, r.of(begin)
	}
	if contains {
		all.inside = r.of(inside)
	}
	return all
}

// rarer returns the set that is rarer in texts.
func rarer(a, b literals) literals {
	if b.bits > a.bits {
		return b
	}
	return a
}

// rarity says how rare the literals of a set are together, in bits: at one of 2^n positions of an
// ordinary text stands one of them. It is a guess from how frequent each byte is, and 0 for a set
// that is empty or not known.
func rarity(set []string) float64 {
	if len(set) == 0 {
		return 0
	}
	p := 0.0
	for _, s := range set {
		bits := 0.0
		for i := range len(s) {
			bits += byteBits(s[i])
		}
		p += math.Exp2(-bits)
	}
	return max(0, -math.Log2(p))
}

// byteBits says how rare a byte is in texts, in bits.
func byteBits(b byte) float64 {
	switch {
	case b == ' ', b == 'e':
		return 3
	case strings.IndexByte("tainosr", b) >= 0:
		return 4
	case b >= 'a' && b <= 'z':
		return 5.5
	case b >= '0' && b <= '9', b == '\n':
		return 5
	case b >= 'A' && b <= 'Z', strings.IndexByte(`.,-_/="':`, b) >= 0:
		return 6
	case b >= utf8.RuneSelf:
		return 5
	default:
		return 7.5
	}
}
