package regexset

import (
	"math"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRepeat is how many copies counted repeats within each other may make, for Go as for RE2.
const maxRepeat = 1000

// noMatch is a pattern that never matches: the class of no character.
const noMatch = `[^\x{0}-\x{10ffff}]`

// rendered is a pattern in the words of RE2.
type rendered struct {
	text    string
	insts   int64 // of RE2's program, at most about
	notWord bool  // the pattern contains \B
	refused bool  // RE2 would not take it
}

// render writes the tree that Go has made of a pattern so that RE2 means the same by it. Only the
// tree is used, never the text of the pattern, so that nothing depends on how RE2 reads what Go has
// read: every character is written as its number or as itself if it is a letter or digit of ASCII,
// every class as its ranges, every letter that was folded as the class of its cases by Go's Unicode
// tables. Groups do not capture, and whether a repeat is greedy is left out: neither changes
// whether there is a match.
//
// It stops as soon as the program must be larger than most.
func render(tree *syntax.Regexp, most int64) rendered {
	w := writer{most: most}
	w.insts = w.write(tree)
	return rendered{text: w.b.String(), insts: w.insts, notWord: w.notWord, refused: !repeatable(tree, maxRepeat) ||
		w.insts > most || int64(w.b.Len()) > most*maxTextPerInst}
}

// maxTextPerInst is how much longer than its program the text of a pattern may be: a range of a
// class takes 22 bytes.
const maxTextPerInst = 24

// repeatable reports whether counted repeats within each other make at most n copies, as RE2 counts
// them.
func repeatable(re *syntax.Regexp, n int) bool {
	if re.Op == syntax.OpRepeat {
		m := re.Max
		if m < 0 {
			m = re.Min
		}
		if m > n {
			return false
		}
		if m > 0 {
			n /= m
		}
	}
	for _, sub := range re.Sub {
		if !repeatable(sub, n) {
			return false
		}
	}
	return true
}

// writer writes one pattern.
type writer struct {
	b       strings.Builder
	most    int64
	insts   int64
	notWord bool
}

// write writes one node as one atom and returns how many instructions it becomes.
func (w *writer) write(re *syntax.Regexp) int64 {
	// A pattern whose classes make megabytes of text is not written to its end.
	if int64(w.b.Len()) > w.most*maxTextPerInst {
		return 0
	}
	switch re.Op {
	case syntax.OpNoMatch:
		w.b.WriteString(noMatch)
		return 1
	case syntax.OpEmptyMatch:
		w.b.WriteString(`(?:)`)
		return 1
	case syntax.OpLiteral:
		return w.literal(re)
	case syntax.OpCharClass:
		return w.class(re.Rune)
	case syntax.OpAnyCharNotNL:
		w.b.WriteString(`[^\n]`)
		return anyInsts
	case syntax.OpAnyChar:
		w.b.WriteString(`(?s:.)`)
		return anyInsts
	case syntax.OpBeginLine:
		w.b.WriteString(`(?m:^)`)
		return 1
	case syntax.OpEndLine:
		w.b.WriteString(`(?m:$)`)
		return 1
	case syntax.OpBeginText:
		w.b.WriteString(`\A`)
		return 1
	case syntax.OpEndText:
		// $ without (?m) as well: for Go it is the end of the text, and not before a last newline.
		w.b.WriteString(`\z`)
		return 1
	case syntax.OpWordBoundary:
		w.b.WriteString(`\b`)
		return 1
	case syntax.OpNoWordBoundary:
		w.notWord = true
		w.b.WriteString(`\B`)
		return 1
	case syntax.OpCapture, syntax.OpConcat:
		return w.group(re.Sub, "")
	case syntax.OpAlternate:
		return w.group(re.Sub, "|") + int64(len(re.Sub)) - 1
	case syntax.OpStar:
		return w.repeat(re, `*`) + 2
	case syntax.OpPlus:
		return w.repeat(re, `+`) + 1
	case syntax.OpQuest:
		return w.repeat(re, `?`) + 1
	case syntax.OpRepeat:
		return w.counted(re)
	default:
		// A tree of the parser has no other nodes.
		w.b.WriteString(noMatch)
		return 1
	}
}

// anyInsts is what any character takes: a byte of ASCII, or two to four bytes.
const anyInsts = 10

// group writes nodes with something between them, and returns what they become together.
func (w *writer) group(subs []*syntax.Regexp, between string) int64 {
	var n int64
	w.b.WriteString(`(?:`)
	for i, sub := range subs {
		if i > 0 {
			w.b.WriteString(between)
		}
		n = add(n, w.write(sub))
	}
	w.b.WriteByte(')')
	return n
}

func (w *writer) repeat(re *syntax.Regexp, operator string) int64 {
	n := w.group(re.Sub, "")
	w.b.WriteString(operator)
	return n
}

// counted writes {n}, {n,} and {n,m}, and counts the copies that RE2 will make.
func (w *writer) counted(re *syntax.Regexp) int64 {
	n := w.group(re.Sub, "")
	w.b.WriteString(`{` + strconv.Itoa(re.Min))
	copies := int64(re.Max)
	switch {
	case re.Max < 0:
		w.b.WriteByte(',')
		copies = int64(re.Min) + 1
	case re.Max > re.Min:
		w.b.WriteString(`,` + strconv.Itoa(re.Max))
	}
	w.b.WriteByte('}')
	return times(add(n, 2), max(copies, 1))
}

// literal writes characters one after the other.
func (w *writer) literal(re *syntax.Regexp) int64 {
	var n int64
	w.b.WriteString(`(?:`)
	for _, r := range re.Rune {
		cases := []rune{r, r}
		if re.Flags&syntax.FoldCase != 0 {
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				cases = append(cases, f, f)
			}
		}
		if len(cases) > 2 {
			n += w.class(cases)
			continue
		}
		w.char(r)
		n += int64(max(utf8.RuneLen(r), 1))
	}
	w.b.WriteByte(')')
	return max(n, 1)
}

// class writes the class of the characters in pairs of first and last.
func (w *writer) class(pairs []rune) int64 {
	if len(pairs) == 0 {
		w.b.WriteString(noMatch)
		return 1
	}
	var n int64
	w.b.WriteByte('[')
	for i := 0; i+1 < len(pairs); i += 2 {
		lo, hi := pairs[i], pairs[i+1]
		w.char(lo)
		if hi > lo {
			w.b.WriteByte('-')
			w.char(hi)
		}
		n += rangeInsts(lo, hi)
	}
	w.b.WriteByte(']')
	return n
}

// char writes one character, so that it means itself inside and outside of a class.
func (w *writer) char(r rune) {
	if r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
		w.b.WriteRune(r)
		return
	}
	w.b.WriteString(`\x{` + strconv.FormatInt(int64(r), 16) + `}`)
}

// rangeInsts is what a range of a class takes, about, and rather more: RE2 works on bytes, and
// splits a range where the bytes before the last one change. It makes a common part of several
// ranges once.
func rangeInsts(lo, hi rune) int64 {
	switch {
	case hi < utf8.RuneSelf:
		return 1
	case lo>>6 == hi>>6:
		return 2
	case lo>>12 == hi>>12:
		return 4
	default:
		return 8
	}
}

// add and times do not wrap around.
func add(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

func times(a, n int64) int64 {
	if n > 0 && a > math.MaxInt64/n {
		return math.MaxInt64
	}
	return a * n
}
