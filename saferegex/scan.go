package saferegex

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// The charge for parsing. The parser of the standard library cannot be interrupted or metered,
// so what it may take is found out before it runs, by reading the pattern once.
const (
	// parseSteps is charged for each byte of a pattern.
	parseSteps = 16
	// parseBytes is what the parser is taken to allocate for each byte of a pattern, as a part of a
	// literal, and nodeBytes for everything that is no literal: a node of the tree.
	parseBytes = 16
	nodeBytes  = 256
	// rangeBytes is what it is taken to allocate for each range of a class, which is copied while
	// classes are joined.
	rangeBytes = 32
	// foldSteps is charged for each character of which the other case is looked up.
	foldSteps = 16
	// maxFolds bounds these characters, because looking them up is not interrupted: a quarter of a
	// million take about ten milliseconds.
	maxFolds = 1 << 18
	// slack is how much larger than ProgramSize a program may look before it is parsed: the parser
	// makes alternatives smaller by sharing their beginnings.
	slack = 8
)

// The characters between which simple folding knows another case, and more than there are of them.
const (
	minFold, maxFold = 'A', 0x1E943

	cased = 4096
)

// count writes a number for a message.
func count(n int64) string { return strconv.FormatInt(n, 10) }

// scan is one look at a pattern before it is parsed, in time of its length: how deep it nests, how
// many groups it has, how large it becomes when all repeats are written out, how much its classes
// take, and the first construct that Go does not know. It never refuses what the parser would take
// for another reason than size, and leaves all else to the parser.
type scan struct {
	c       *config
	pattern string
	pos     int

	open    []level // the parentheses that are open, the pattern itself first
	groups  int
	nodes   int64 // tokens that are no plain characters
	ranges  int64 // of all classes
	folds   int64 // characters of which the other case is looked up
	extra   int64 // bytes that the parser looks at again
	fold    bool  // (?i) may be on
	repeat  bool  // the last token was a quantifier
	unknown found
	// the first ) that closes nothing; if there is none, once all is read, the last ( that is open
	paren   int
	counted map[string]int64 // ranges of the Unicode classes that were met
}

// level is what is known of one pair of parentheses.
type level struct {
	at       int   // where it begins
	done     int64 // instructions of what is after the last atom
	atom     int64 // and of the last atom, which a quantifier may multiply
	captures bool
}

// read reads the whole pattern. It returns a refusal as soon as a limit is passed.
func (s *scan) read() error {
	s.open = append(s.open, level{})
	s.paren = -1
	most := int64(s.c.lim.MemoryBytes)
	// A pattern that is too much already need not be read to its end: to charge it will be the
	// refusal.
	for s.pos < len(s.pattern) && (s.memory() <= most || most == limits.UnsafeUnlimited) {
		if err := s.token(); err != nil {
			return err
		}
		if s.folds > maxFolds {
			return s.c.refuseFolds(s.pattern, s.pos, s.folds, maxFolds)
		}
	}
	if s.paren < 0 {
		s.paren = s.top().at
	}
	return nil
}

// memory is what parsing is taken to allocate.
func (s *scan) memory() int64 {
	return int64(len(s.pattern))*parseBytes + s.nodes*nodeBytes + s.ranges*rangeBytes
}

// steps is what parsing is charged.
func (s *scan) steps() int64 {
	return int64(len(s.pattern))*parseSteps + s.folds*foldSteps + s.ranges + s.extra
}

// size is how many instructions the pattern becomes, before the parser has made anything smaller.
// Parentheses that are not closed are an error that the parser will tell.
func (s *scan) size() int64 {
	var n int64
	for _, l := range s.open {
		n = add(n, add(l.done, l.atom))
	}
	return n
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

func (s *scan) top() *level { return &s.open[len(s.open)-1] }

// push begins a new atom of n instructions.
func (s *scan) push(n int64) {
	l := s.top()
	l.done = add(l.done, l.atom)
	l.atom = n
	s.repeat = false
}

// token reads one token.
func (s *scan) token() error {
	rest := s.pattern[s.pos:]
	if strings.IndexByte(`()|[*+?{\.^$`, rest[0]) >= 0 {
		s.nodes++
	}
	switch rest[0] {
	case '(':
		return s.group(rest)
	case ')':
		s.pos++
		if len(s.open) == 1 {
			if s.paren < 0 {
				s.paren = s.pos - 1 // The parser will say so.
			}
			return nil
		}
		l := *s.top()
		s.open = s.open[:len(s.open)-1]
		n := add(l.done, l.atom)
		if l.captures {
			n = add(n, 2)
		}
		s.push(n)
	case '|':
		s.pos++
		s.push(1)
		s.push(0)
	case '[':
		s.class(rest)
		s.push(1)
	case '*', '+', '?':
		s.quantifier(rest, 1, 1, 1)
	case '{':
		n, size := counted(rest)
		if size == 0 {
			s.pos++
			s.push(1)
			break
		}
		if n > mostCopies {
			s.note(s.pos, repeatCount)
		}
		s.quantifier(rest, size, n, 1)
	case '\\':
		s.escape(rest)
	default:
		_, size := utf8.DecodeRuneInString(rest)
		s.pos += size
		s.push(1)
	}
	return nil
}

// counted reads {n}, {n,} and {n,m} and returns how many copies it makes, and its length; 0 if it
// is text.
func counted(s string) (copies int64, size int) {
	end := strings.IndexFunc(s[1:], func(r rune) bool { return r != ',' && (r < '0' || r > '9') })
	if end < 0 || s[1+end] != '}' {
		return 0, 0
	}
	low, high, ranged := strings.Cut(s[1:1+end], ",")
	n, err := strconv.ParseInt(low, 10, 32)
	if low == "" || err != nil || strings.Contains(high, ",") {
		return 0, 0
	}
	if ranged && high != "" {
		m, err := strconv.ParseInt(high, 10, 32)
		if err != nil {
			return 0, 0
		}
		n = max(n, m)
	}
	return n, end + 2
}

// quantifier reads an operator of size bytes that makes so many copies of the last atom, each with
// so many instructions more.
func (s *scan) quantifier(rest string, size int, copies, more int64) {
	if s.repeat && !s.c.posix {
		s.note(s.pos, nested(rest[0]))
	}
	l := s.top()
	l.atom = times(add(l.atom, more), copies)
	s.pos += size
	if !s.c.posix && strings.HasPrefix(rest[size:], "?") {
		s.pos++
	}
	s.repeat = true
}

// group reads what opens a group, or sets flags.
func (s *scan) group(rest string) error {
	size, captures, flagsOnly := 1, true, false
	if !s.c.posix && strings.HasPrefix(rest, "(?") {
		size, captures, flagsOnly = s.extension(rest)
	} else if strings.HasPrefix(rest, "(*") {
		s.note(s.pos, verb)
	}
	at := s.pos
	s.pos += size
	s.repeat = false
	if flagsOnly {
		return nil
	}
	if captures {
		s.groups++
		if s.groups > s.c.groups {
			return s.c.refuse(RuleTooManyGroups, limits.Items, "Groups", "capturing groups", s.pattern, at,
				int64(s.groups), int64(s.c.groups))
		}
	}
	depth := int64(len(s.open))
	if most := s.c.lim.Depth; most != limits.UnsafeUnlimited && depth > most {
		return s.c.refuse(RulePatternTooDeep, limits.Depth, "", "levels of groups", s.pattern, at, depth, most)
	}
	s.push(0)
	s.open = append(s.open, level{at: at, captures: captures})
	return nil
}

// extension reads (?, which begins a group that does not capture, a name, flags, or something that
// Go does not have.
func (s *scan) extension(rest string) (size int, captures, flagsOnly bool) {
	if x, found := unknownGroup(rest); found {
		s.note(s.pos, x)
		return 2, false, false
	}
	if strings.HasPrefix(rest, "(?P<") || strings.HasPrefix(rest, "(?<") {
		if end := strings.IndexByte(rest, '>'); end > 0 {
			return end + 1, true, false
		}
		return len(rest), true, false
	}
	on := true
	for i := 2; i < len(rest); i++ {
		switch rest[i] {
		case 'i':
			s.fold = s.fold || on
		case '-':
			on = false
		case 'm', 's', 'U':
		case ':':
			return i + 1, false, false
		case ')':
			return i + 1, false, true
		default:
			s.note(s.pos, flag)
			return i, false, false
		}
	}
	return len(rest), false, true
}

// escape reads a backslash outside of a class.
func (s *scan) escape(rest string) {
	at := s.pos
	if len(rest) < 2 {
		s.pos++
		return
	}
	if rest[1] == 'Q' && !s.c.posix {
		text, _, closed := strings.Cut(rest[2:], `\E`)
		s.pos += 2 + len(text)
		if closed {
			s.pos += 2
		}
		n := int64(utf8.RuneCountInString(text))
		s.push(max(n-1, 0))
		s.push(min(n, 1)) // A quantifier after it takes the last character alone.
		return
	}
	s.pos += s.classEscape(rest)
	if x, found := unknownEscape(rest); found {
		s.note(at, x)
	}
	s.push(1)
}

// classEscape returns the length of an escape and counts the ranges of the class that it stands
// for.
func (s *scan) classEscape(rest string) int {
	if len(rest) < 2 {
		return len(rest)
	}
	switch rest[1] {
	case 'p', 'P':
		name, size := "", 2
		if len(rest) > 2 && rest[2] == '{' {
			end := strings.IndexByte(rest, '}')
			if end < 0 {
				return len(rest)
			}
			name, size = rest[3:end], end+1
		} else if len(rest) > 2 {
			_, n := utf8.DecodeRuneInString(rest[2:])
			name, size = rest[2:2+n], 2+n
		}
		s.ranges += s.rangesOf(name)
		return size
	case 'x':
		if strings.HasPrefix(rest, `\x{`) {
			if end := strings.IndexByte(rest, '}'); end > 0 {
				return end + 1
			}
			return len(rest)
		}
		return min(4, len(rest))
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n := 2
		for n < min(4, len(rest)) && rest[n] >= '0' && rest[n] <= '7' {
			n++
		}
		return n
	default:
		s.ranges += 8 // \W has five ranges, the largest of these.
		_, n := utf8.DecodeRuneInString(rest[1:])
		return 1 + n
	}
}

// rangesOf bounds the number of ranges that a Unicode class adds to a class. Tables with a stride
// are taken apart by the parser.
func (s *scan) rangesOf(name string) int64 {
	n, counted := s.counted[name]
	if counted {
		return n
	}
	if n = countRanges(name); n != unknownRanges {
		if s.counted == nil {
			s.counted = map[string]int64{}
		}
		s.counted[name] = n
	}
	return n
}

// unknownRanges is what a name without a table is taken for: more than any table of Unicode has.
const unknownRanges = 2048

// countRanges counts the ranges of a table, which takes time of their number: once for each name.
func countRanges(name string) int64 {
	table := unicode.Categories[name]
	if table == nil {
		table = unicode.Scripts[name]
	}
	if table == nil {
		return unknownRanges
	}
	var n int64
	for _, r := range table.R16 {
		n += strided(int64(r.Lo), int64(r.Hi), int64(r.Stride))
	}
	for _, r := range table.R32 {
		n += strided(int64(r.Lo), int64(r.Hi), int64(r.Stride))
	}
	return n + 64 // The other cases that folding adds are a few.
}

func strided(lo, hi, stride int64) int64 {
	if stride == 1 {
		return 1
	}
	return (hi-lo)/stride + 1
}

// class reads a class in brackets.
func (s *scan) class(rest string) {
	i := 1
	if i < len(rest) && rest[i] == '^' {
		i++
	}
	s.ranges++
	for first := true; i < len(rest) && (first || rest[i] != ']'); first = false {
		if strings.HasPrefix(rest[i:], "[:") {
			name, _, closed := strings.Cut(rest[i+2:], ":]")
			if closed && isName(name) {
				s.ranges += 8
				i += len(name) + 4
				continue
			}
			// It is text, but the parser has searched for the end of a name.
			s.extra += int64(len(name))
		}
		lo, next := s.classChar(rest, i)
		hi := lo
		if next+1 < len(rest) && rest[next] == '-' && rest[next+1] != ']' {
			hi, next = s.classChar(rest, next+1)
		}
		i = next
		s.ranges++
		// Of the whole range the parser knows the other cases.
		if s.fold && (lo > minFold || hi < maxFold) {
			n := int64(max(min(hi, maxFold)-max(lo, minFold)+1, 0))
			s.folds += n
			s.ranges += min(n, cased)
		}
	}
	s.pos += min(i+1, len(rest))
}

// isName reports whether s can be the name of a class such as [:alpha:].
func isName(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '^' && (r < 'a' || r > 'z') }) < 0
}

// classChar reads one character of a class, or an escape that stands for several, and returns where
// it ends.
func (s *scan) classChar(rest string, i int) (r rune, next int) {
	if rest[i] != '\\' {
		r, size := utf8.DecodeRuneInString(rest[i:])
		return r, i + size
	}
	size := s.classEscape(rest[i:])
	escape := rest[i : i+size]
	if len(escape) > 2 && (escape[1] == 'x' || escape[1] >= '0' && escape[1] <= '7') {
		base, digits := 16, strings.Trim(escape[2:], "{}")
		if escape[1] != 'x' {
			base, digits = 8, escape[1:]
		}
		if n, err := strconv.ParseInt(digits, base, 32); err == nil {
			return rune(n), i + size
		}
		return 0, i + size
	}
	r, _ = utf8.DecodeLastRuneInString(escape)
	return r, i + size
}
