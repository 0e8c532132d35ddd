package saferegex

import (
	"strings"
	"unicode"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// piece is a part of a replacement template: text that stands for itself, or a group.
type piece struct {
	text  string
	group int // -1 for text, noGroup for a name or number that no group has
}

const noGroup = -2

// pieceBytes is what a piece is accounted for.
const pieceBytes = 32

// parseTemplate cuts a template into its pieces: $1, ${1}, $name and ${name} are groups, $$ is a
// dollar sign, and so is a $ that nothing of these follows. A template is cut once, not for every
// match, because it may be long and hostile too.
func (re *Regexp) parseTemplate(m *limits.Meter, template string) ([]piece, error) {
	if err := m.Step(int64(len(template))); err != nil {
		return nil, err
	}
	pieces := list[piece]{bytes: pieceBytes}
	add := func(p piece) error {
		if p.group == -1 && p.text == "" {
			return nil
		}
		return pieces.add(m, p)
	}
	for {
		before, after, found := strings.Cut(template, "$")
		if !found {
			if err := add(piece{template, -1}); err != nil {
				return nil, err
			}
			return pieces.join(m)
		}
		name, rest := groupName(after)
		p := piece{"$", -1}
		switch {
		case strings.HasPrefix(after, "$"):
			rest = after[1:]
		case name == "":
			rest = after
		default:
			// A name is looked for among all groups.
			if err := m.Step(int64(len(re.names))); err != nil {
				return nil, err
			}
			p = piece{"", re.groupOf(name)}
		}
		if err := add(piece{before, -1}); err != nil {
			return nil, err
		}
		if err := add(p); err != nil {
			return nil, err
		}
		template = rest
	}
}

// groupName reads a name or number, with or without braces, and returns what follows it. Without
// one the name is "".
func groupName(s string) (name, rest string) {
	inner, brace := strings.CutPrefix(s, "{")
	end := strings.IndexFunc(inner, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) &&
			r != '_'
	})
	if end < 0 {
		end = len(inner)
	}
	name, rest = inner[:end], inner[end:]
	if brace {
		var closed bool
		if rest, closed = strings.CutPrefix(rest, "}"); !closed {
			return "", s
		}
	}
	return name, rest
}

// groupOf returns the group of a number without leading zeros, or of a name.
func (re *Regexp) groupOf(name string) int {
	n := 0
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' || n >= 1e8 || i == 1 && n == 0 {
			if g := re.SubexpIndex(name); g >= 0 {
				return g
			}
			return noGroup
		}
		n = n*10 + int(name[i]-'0')
	}
	if n > re.NumSubexp() {
		return noGroup
	}
	return n
}

// appendPieces appends a template's pieces for one match to o, each charged before it is copied.
func appendPieces[T rematch.Text](m *limits.Meter, o *output, pieces []piece, src T, loc []int) error {
	for _, p := range pieces {
		if err := m.Step(1); err != nil {
			return err
		}
		var err error
		switch {
		case p.group == -1:
			err = appendOutput(m, o, p.text)
		case p.group >= 0 && 2*p.group+1 < len(loc) && loc[2*p.group] >= 0:
			err = appendOutput(m, o, src[loc[2*p.group]:loc[2*p.group+1]])
		}
		if err != nil {
			return err
		}
	}
	return nil
}
