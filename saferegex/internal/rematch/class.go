package rematch

import (
	"hash/maphash"
	"math/bits"
	"regexp/syntax"
	"slices"
	"unicode"

	"github.com/seed73825598/airlock/limits"
)

// maxClasses is the most classes of characters a program may tell apart. It takes more than thirty
// thousand different characters in one pattern to reach it.
const maxClasses = 65_535

// runeLimit is one more than the last character.
const runeLimit = unicode.MaxRune + 1

// classes divides all characters into classes: two characters are in one class if no instruction of
// the program tells them apart. An engine looks the class up once for each character of a text; an
// instruction accepts one class, or a set of classes as bits.
type classes struct {
	count int         // classes, from 0
	ascii [128]uint16 // class of each ASCII character
	// class of each character of two bytes in UTF-8, from U+0080; nil if all beyond ASCII are of
	// one class
	low []uint16
	// beyond ASCII: the first character of each run of characters in one class
	starts []rune
	runs   []uint16                     // and that class
	kinds  []kind                       // what each class is to an assertion
	sets   []uint64                     // sets of classes, setWords words each
	words  int                          // words of a set
	flags  [kinds][kinds]syntax.EmptyOp // what holds between two kinds
}

// of returns the class of a character.
func (c *classes) of(r rune) uint16 {
	if r < 128 {
		return c.ascii[r]
	}
	if i := int(r) - 128; i < len(c.low) {
		return c.low[i]
	}
	return c.runs[c.run(r)]
}

// run returns the run of a character beyond ASCII.
func (c *classes) run(r rune) int {
	lo, hi := 0, len(c.starts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; c.starts[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// lowLimit is the first character that takes three bytes in UTF-8.
const lowLimit = 0x800

// has reports whether a class is in a set.
func (c *classes) has(set uint32, class uint16) bool {
	return c.sets[int(set)*c.words+int(class>>6)]>>(class&63)&1 != 0
}

// kind is what a character is to the assertions: all that ^, $, \A, \z, \b and \B can tell apart.
// Programs without assertions know kindOther alone.
type kind uint8

const (
	kindOther   kind = iota
	kindWord         // one of 0-9A-Za-z_
	kindNewline      // \n
	kindEdge         // no character: the text begins or ends here
	kinds
)

// between returns which assertions hold between two neighbors.
func between(before, after kind) syntax.EmptyOp {
	var op syntax.EmptyOp
	if before == kindEdge {
		op |= syntax.EmptyBeginText | syntax.EmptyBeginLine
	}
	if before == kindNewline {
		op |= syntax.EmptyBeginLine
	}
	if after == kindEdge {
		op |= syntax.EmptyEndText | syntax.EmptyEndLine
	}
	if after == kindNewline {
		op |= syntax.EmptyEndLine
	}
	if (before == kindWord) != (after == kindWord) {
		return op | syntax.EmptyWordBoundary
	}
	return op | syntax.EmptyNoWordBoundary
}

// The characters that assertions ask for, as ranges.
var (
	wordRunes    = []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}
	newlineRunes = []rune{'\n', '\n'}
)

// partition is the work of making classes: a list of sets of characters, each as sorted pairs of
// first and last character, and the intervals into which their ends cut the range of all
// characters.
type partition struct {
	m      *limits.Meter
	sets   [][]rune
	found  map[uint64][]int // sets by a hash
	seed   maphash.Seed
	starts []rune   // of the intervals, sorted
	class  []uint32 // of the intervals
}

// add notes a set and returns its number. A set that is there already is not added again: patterns
// repeat a few sets many times.
func (p *partition) add(set []rune) int {
	var h maphash.Hash
	h.SetSeed(p.seed)
	for _, r := range set {
		_, _ = h.Write([]byte{byte(r), byte(r >> 8), byte(r >> 16)}) //nolint:gosec // The three bytes of a character.
	}
	key := h.Sum64()
	for _, i := range p.found[key] {
		if slices.Equal(p.sets[i], set) {
			return i
		}
	}
	p.found[key] = append(p.found[key], len(p.sets))
	p.sets = append(p.sets, set)
	return len(p.sets) - 1
}

// cut makes the intervals.
func (p *partition) cut() error {
	n := 1
	for _, set := range p.sets {
		n += len(set)
	}
	if err := p.m.Hold(limits.MemoryBytes, int64(n)*8); err != nil {
		return err
	}
	if err := p.m.Step(int64(n)); err != nil {
		return err
	}
	var err error
	if n <= sortedStarts {
		p.sorted(n)
	} else {
		err = p.marked()
	}
	p.class = make([]uint32, len(p.starts))
	return err
}

// sortedStarts is how many ends of ranges are sorted. More of them are marked in an array with a
// bit for each character, which takes time of their number, and can be stopped.
const sortedStarts = 4096

// sorted fills in the starts of at most n intervals by sorting them.
func (p *partition) sorted(n int) {
	p.starts = make([]rune, 1, n)
	for _, set := range p.sets {
		for i := 0; i < len(set); i += 2 {
			p.starts = append(p.starts, set[i])
			if set[i+1] < unicode.MaxRune {
				p.starts = append(p.starts, set[i+1]+1)
			}
		}
	}
	slices.Sort(p.starts)
	p.starts = slices.Compact(p.starts)
}

// marked fills in the starts by marking them.
func (p *partition) marked() error {
	marks := make([]uint64, runeLimit/64+1)
	if err := p.m.Hold(limits.MemoryBytes, int64(len(marks))*8); err != nil {
		return err
	}
	defer p.m.Release(limits.MemoryBytes, int64(len(marks))*8)
	marks[0] = 1
	for _, set := range p.sets {
		for i := 0; i < len(set); i += 2 {
			marks[set[i]/64] |= 1 << (set[i] % 64)
			marks[(set[i+1]+1)/64] |= 1 << ((set[i+1] + 1) % 64)
		}
		if err := p.m.Step(int64(len(set))); err != nil {
			return err
		}
	}
	if err := p.m.Step(int64(len(marks))); err != nil {
		return err
	}
	for i, word := range marks {
		for ; word != 0; word &= word - 1 {
			if r := rune(64*i + bits.TrailingZeros64(word)); r < runeLimit { //nolint:gosec // Fits into a rune.
				p.starts = append(p.starts, r)
			}
		}
	}
	return nil
}

// each calls f for every interval of a set.
func (p *partition) each(set []rune, f func(interval int)) error {
	for i := 0; i < len(set); i += 2 {
		first, _ := slices.BinarySearch(p.starts, set[i])
		j := first
		for ; j < len(p.starts) && p.starts[j] <= set[i+1]; j++ {
			f(j)
		}
		if err := p.m.Step(int64(j-first) + 1); err != nil {
			return err
		}
	}
	return nil
}

// refine splits the classes until each set is a union of some. It takes one set after the other: of
// each class that the set meets, the part within the set becomes a class of its own. The number of
// classes is returned; their numbers are in the order of the characters.
func (p *partition) refine() (int, error) {
	next := uint32(1)
	part := []uint32{0} // of each class, the class that its part within the running set becomes
	owner := []int{-1}  // and the set for which that holds
	for n, set := range p.sets {
		err := p.each(set, func(j int) {
			c := p.class[j]
			if owner[c] != n {
				owner[c], part[c] = n, next
				owner, part = append(owner, -1), append(part, 0)
				next++
			}
			p.class[j] = part[c]
		})
		if err != nil {
			return 0, err
		}
	}
	// Classes that a set contained as a whole are empty now. Those that are left are numbered anew.
	clear(owner)
	count := 0
	for j, c := range p.class {
		if owner[c] <= 0 {
			count++
			owner[c] = count
		}
		p.class[j] = uint32(owner[c] - 1) //nolint:gosec // Not negative, and fewer than there are intervals.
	}
	return count, p.m.Step(int64(len(p.class)))
}
