package saferegex

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
	"github.com/seed73825598/airlock/saferegex/internal/wide"
)

// Bytes takes every text for bytes, one of them a character, whatever they would mean in UTF-8:
// \xBC is the byte, . and [^a] match one byte each, and results are cut at bytes. (?i) folds the
// letters of ASCII alone.
//
// In the pattern only ASCII and \xHH up to \xFF may stand. A literal beyond ASCII has two readings
// (a byte of Latin-1, or the bytes of its UTF-8) and is refused under [RuleByteClass], as \p, \P
// and a character number above \xFF are. Methods that take a RuneReader answer with a
// *limits.ConfigError.
//
// A text with bytes beyond ASCII is held in a form three times as long while it is searched, which
// counts against MemoryBytes. Where that is not set, its default is larger by 4 × InputBytes.
func Bytes() Option {
	return func(c *config) { c.bytes = true }
}

// bytePattern writes a pattern of bytes as one of the characters that stand for them.
func (c *config) bytePattern(m *limits.Meter, pattern string) (string, error) {
	if err := m.Step(int64(len(pattern))); err != nil {
		return "", err
	}
	if err := m.Hold(limits.MemoryBytes, 2*int64(len(pattern))+1); err != nil {
		return "", err
	}
	w := byteWriter{c: c, pattern: pattern}
	for w.pos < len(pattern) {
		if err := w.token(); err != nil {
			return "", err
		}
	}
	return w.out.String(), nil
}

// A byteWriter writes a pattern of bytes anew.
type byteWriter struct {
	c       *config
	pattern string
	pos     int
	out     strings.Builder
	class   bool // within [ ]
	first   bool // nothing has stood in the class yet
	low     int  // the character before a - in a class, or -1
	ends    bool // the next character ends a range
}

// token copies one character, or one escape.
func (w *byteWriter) token() error {
	rest := w.pattern[w.pos:]
	switch b := rest[0]; {
	case b >= utf8.RuneSelf:
		return w.refuse("a literal beyond ASCII: write the bytes that are meant, as \\xC3\\xA9 for é in UTF-8")
	case b == '\\':
		return w.escape(rest)
	case !w.class && b == '[':
		w.class, w.first, w.low = true, true, -1
		w.copy(1)
		if strings.HasPrefix(rest, "[^") {
			w.copy(1)
		}
		return nil
	case w.class && b == '[' && strings.HasPrefix(rest, "[:") && strings.Contains(rest, ":]"):
		w.copy(strings.Index(rest, ":]") + 2)
		w.first, w.low = false, -1
		return nil
	case w.class && b == ']' && !w.first:
		w.class = false
		w.copy(1)
		return nil
	case w.class && b == '-' && w.low >= 0 && len(rest) > 1 && rest[1] != ']':
		return w.through(rest)
	default:
		w.member(int(b))
		w.copy(1)
		return nil
	}
}

// copy copies n bytes of the pattern.
func (w *byteWriter) copy(n int) {
	w.out.WriteString(w.pattern[w.pos : w.pos+n])
	w.pos += n
}

// member notes a character of a class, which may begin a range.
func (w *byteWriter) member(char int) {
	if w.ends {
		char = -1
	}
	w.first, w.low, w.ends = false, char, false
}

// through writes the rest of a range, whose first character is written. A range that begins in
// ASCII and ends beyond it is two.
func (w *byteWriter) through(rest string) error {
	high, size := int(rest[1]), 1
	if rest[1] == '\\' {
		var numbered bool
		var err error
		if high, size, numbered, err = w.number(rest[1:]); err != nil {
			return err
		}
		if !numbered {
			high = -1 // The escape of a single character, or none that may stand here: the parser knows.
		}
	}
	if high < utf8.RuneSelf {
		w.copy(1) // The end of the range is copied as any other character.
		w.low, w.ends = -1, true
		return nil
	}
	if w.low < utf8.RuneSelf {
		w.out.WriteString(`-\x7F`)
		w.out.WriteString(wide.Escape(utf8.RuneSelf))
	}
	w.out.WriteByte('-')
	w.out.WriteString(wide.Escape(high))
	w.pos += 1 + size
	w.low = -1
	return nil
}

// escape copies an escape, or writes the character that stands for a byte beyond ASCII.
func (w *byteWriter) escape(rest string) error {
	if len(rest) < 2 {
		w.copy(len(rest))
		return nil
	}
	switch {
	case !w.class && rest[1] == 'Q' && !w.c.posix:
		text, _, closed := strings.Cut(rest[2:], `\E`)
		for i := range len(text) {
			if text[i] >= utf8.RuneSelf {
				w.pos += 2 + i
				return w.refuse("a literal beyond ASCII between \\Q and \\E: write the bytes that are meant, as \\xHH")
			}
		}
		w.copy(2 + len(text))
		if closed {
			w.copy(2)
		}
		return nil
	case rest[1] == 'p' || rest[1] == 'P':
		return w.refuse("a class of Unicode characters, and the text is bytes: list the bytes in [ ]")
	}
	char, size, numbered, err := w.number(rest)
	if err != nil {
		return err
	}
	if !numbered {
		w.member(int(rest[1]))
		if strings.IndexByte("dDsSwW", rest[1]) >= 0 {
			w.low = -1
		}
		w.copy(2)
		return nil
	}
	w.member(char)
	if char < utf8.RuneSelf {
		w.copy(size)
		return nil
	}
	w.out.WriteString(wide.Escape(char))
	w.pos += size
	return nil
}

// number reads an escape that names a character by its number: \xHH, \x{H...} or octal. Names that
// are not whole are left to the parser.
func (w *byteWriter) number(rest string) (char, size int, numbered bool, err error) {
	var digits string
	base := 16
	switch {
	case strings.HasPrefix(rest, `\x{`):
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return 0, 0, false, nil
		}
		digits, size = rest[3:end], end+1
	case strings.HasPrefix(rest, `\x`) && len(rest) >= 4:
		digits, size = rest[2:4], 4
	case len(rest) > 1 && rest[1] >= '0' && rest[1] <= '7':
		// One octal digit alone is a backreference, but for \0.
		n := 2
		for n < min(4, len(rest)) && rest[n] >= '0' && rest[n] <= '7' {
			n++
		}
		if n == 2 && rest[1] != '0' {
			return 0, 0, false, nil
		}
		digits, size, base = rest[1:n], n, 8
	default:
		return 0, 0, false, nil
	}
	value, parseErr := strconv.ParseUint(digits, base, 32)
	if parseErr != nil {
		return 0, 0, false, nil
	}
	if value > 0xFF {
		return 0, 0, false, w.refuse("the number of a character, and the text is bytes: \\xFF is the last")
	}
	return int(value), size, true, nil
}

func (w *byteWriter) refuse(detail string) error {
	return &RuleError{Op: w.c.op, Rule: RuleByteClass, Where: w.pattern, Offset: int64(w.pos), Detail: detail}
}

// A readable is a text as the engine reads it.
type readable[T rematch.Text] struct {
	in   T
	wide []byte // what the engine reads instead of in; nil if that is in itself
	// how many characters of wide begin before each of its blocks of wideBlock bytes
	before []int
}

const wideBlock = 64

// read makes a text readable: one of bytes is held with a character for each.
func read[T rematch.Text](re *Regexp, m *limits.Meter, in T) (readable[T], error) {
	x := readable[T]{in: in}
	if !re.bytes {
		return x, nil
	}
	high := 0
	for from := 0; from < len(in); from += blockBytes {
		block := in[from:min(len(in), from+blockBytes)]
		if err := m.Step(int64(len(block) / copiedPerStep)); err != nil {
			return x, err
		}
		for i := range len(block) {
			high += int(block[i] >> 7)
		}
	}
	if high == 0 {
		return x, nil
	}
	size := len(in) + high*(wide.Size-1)
	if err := m.Hold(limits.MemoryBytes, int64(size)+int64(size/wideBlock+1)*positionBytes); err != nil {
		return x, err
	}
	x.wide, x.before = make([]byte, 0, size), make([]int, 0, size/wideBlock+1)
	for i := range len(in) {
		if i%stepBytes == 0 {
			if err := m.Step(stepBytes); err != nil {
				return x, err
			}
		}
		x.wide = wide.Append(x.wide, in[i])
		for len(x.before)*wideBlock < len(x.wide) {
			x.before = append(x.before, i)
		}
	}
	return x, nil
}

// stepBytes is how many bytes are made wide for as many steps at once.
const stepBytes = 4096

// narrow turns a position in the wide text into one in the text.
func (x *readable[T]) narrow(at int) int {
	if x.wide == nil || at < 0 {
		return at
	}
	if at == len(x.wide) {
		return len(x.in)
	}
	block := at / wideBlock
	n := x.before[block]
	// The character that is counted is the one that began or went on where the block begins.
	for i := block*wideBlock + 1; i <= at; i++ {
		if utf8.RuneStart(x.wide[i]) {
			n++
		}
	}
	return n
}

// size is the length of what the engine reads.
func (x *readable[T]) size() int {
	if x.wide == nil {
		return len(x.in)
	}
	return len(x.wide)
}

// width is the length of the character at a position of what the engine reads.
func (x *readable[T]) width(at int) int {
	if x.wide == nil {
		return rematch.Width(x.in, at)
	}
	return rematch.Width(x.wide, at)
}

// find looks for the leftmost match from a position of what the engine reads.
func (x *readable[T]) find(run *rematch.Run, m *limits.Meter, from int, caps []int) (bool, error) {
	if x.wide == nil {
		return rematch.Find(run, m, x.in, from, caps)
	}
	return rematch.Find(run, m, x.wide, from, caps)
}

// full reports whether the whole text is a match.
func (x *readable[T]) full(run *rematch.Run, m *limits.Meter) (bool, error) {
	if x.wide == nil {
		return rematch.Full(run, m, x.in)
	}
	return rematch.Full(run, m, x.wide)
}

// narrowAll turns the positions of a match into those of the text.
func (x *readable[T]) narrowAll(m *limits.Meter, caps []int) error {
	if x.wide == nil {
		return nil
	}
	if err := m.Step(int64(len(caps)) * wideBlock); err != nil {
		return err
	}
	for i := range caps {
		caps[i] = x.narrow(caps[i])
	}
	return nil
}
