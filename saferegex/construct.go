package saferegex

import "strings"

// construct is something that other engines know and Go does not.
type construct struct{ name, reason, rewrite string }

// found is a construct at a place in the pattern.
type found struct {
	construct
	offset int
}

// note keeps the first construct that Go does not know. Whether the pattern is refused is the
// parser's decision; this is how the refusal can say more than "invalid".
func (s *scan) note(offset int, x construct) {
	if s.unknown.name == "" {
		s.unknown = found{x, offset}
	}
}

// Why constructs are refused.
const (
	notRegular  = "no engine knows it that answers in linear time: matching it may take exponential time"
	noBacktrack = "it tells a backtracking engine not to come back, and this engine never goes back in the text"
	notInGo     = "it is not in the syntax of Go's regexp package"
)

var (
	backreference = construct{"backreference", notRegular,
		"capture both texts, with a group each, and compare them in Go"}
	recursion = construct{"recursion", notRegular,
		"write the nesting out to the depth that is allowed, or use a parser"}
	verb = construct{"backtracking verb", noBacktrack, "leave it out"}
	flag = construct{"flag", "Go knows the flags i, m, s and U",
		"write (?i), (?m), (?s) or (?U); for the free-spacing flag x leave white space and comments out"}
	quotedName = construct{"named group in quotes", notInGo, "(?P<name>...)"}
)

// repeatCount is a count of copies that is beyond what Go's parser takes.
var repeatCount = construct{"repeat count", "1,000 copies are the most, those of nested repeats multiplied",
	"several repeats one after the other: x{0,1000}x{0,24} for x{0,1024}"}

// mostCopies is the most copies that Go's parser takes.
const mostCopies = 1000

// groupConstructs are the groups that Go does not know, by how they begin. Longer beginnings stand
// before those they begin with.
var groupConstructs = []struct {
	begin string
	construct
}{
	{"(?<=", construct{"look-behind", notRegular,
		"match what comes before as well, and put what is wanted into a group"}},
	{"(?<!", construct{"negative look-behind", notRegular, "match what comes before as well, and check it in Go"}},
	{"(?=", construct{"look-ahead", notRegular,
		"match what follows as well, and put what is wanted into a group; several conditions on one text are several " +
			"patterns"}},
	{"(?!", construct{"negative look-ahead", notRegular,
		"match without it, and check with a second pattern that what must not follow does not"}},
	{"(?>", construct{"atomic group", noBacktrack, "(?:...), which may match where the atomic group gives up"}},
	{"(?|", construct{"branch reset", notInGo, "give each alternative a group of its own"}},
	{"(?(", construct{"conditional", notRegular, "write both cases as alternatives: (?:A...|B...)"}},
	{"(?#", construct{"comment", notInGo, "leave it out"}},
	{"(?'", quotedName},
	{"(?&", recursion},
	{"(?P>", recursion},
	{"(?P=", backreference},
	{"(?R", recursion},
	{"(?C", construct{"callout", notInGo, "leave it out"}},
	{"(?{", construct{"embedded code", "a pattern that is a program cannot be given a budget",
		"call the code on the matches, with Each"}},
	{"(?^", flag},
}

// unknownGroup returns what begins at s, which begins with (?, if Go does not know it.
func unknownGroup(s string) (construct, bool) {
	for i := range groupConstructs {
		if strings.HasPrefix(s, groupConstructs[i].begin) {
			return groupConstructs[i].construct, true
		}
	}
	// (?1), (?+1) and (?-1) call a group. (?-i) takes a flag away.
	digits := strings.TrimLeft(s[2:], "+-")
	if digits != "" && digits[0] >= '0' && digits[0] <= '9' {
		return recursion, true
	}
	return construct{}, false
}

// escapeConstructs are the escapes that Go does not know, by their letter.
var escapeConstructs = map[byte]construct{
	'k': backreference,
	'g': backreference,
	'C': {"single byte", "a part of a character is no character: what follows it would be invalid UTF-8", "."},
	'Z': {"end before a last newline", notInGo, `\n?\z`},
	'G': {"end of the last match", notInGo, `\A, on the rest of the text`},
	'K': {"start of the match anew", notInGo, "put what is wanted into a group"},
	'R': {"any line break", notInGo, `(?:\r\n|[\n\v\f\r\x{85}\x{2028}\x{2029}])`},
	'X': {"grapheme cluster", notInGo, `\PM\pM*, which is close`},
	'N': {"anything but a newline", notInGo, "."},
	'h': {"horizontal space", notInGo, `[\t\p{Zs}]`},
	'H': {"anything but horizontal space", notInGo, `[^\t\p{Zs}]`},
	'V': {"anything but vertical space", notInGo, `[^\n\v\f\r\x{85}\x{2028}\x{2029}]`},
	'u': {"character by number", notInGo, `\x{...}`},
	'U': {"character by number", notInGo, `\x{...}`},
	'o': {"character by number", notInGo, `\x{...}`},
	'e': {"escape character", notInGo, `\x1b`},
	'c': {"control character", notInGo, `\x{...}`},
	'E': {"end of a quotation", `there is no \Q before it`, "leave it out"},
}

// unknownEscape returns what the escape at s is, if Go does not know it outside of a class.
func unknownEscape(s string) (construct, bool) {
	if s[1] >= '1' && s[1] <= '9' && (len(s) == 2 || s[1] > '7' || s[2] < '0' || s[2] > '7') {
		return backreference, true
	}
	x, unknown := escapeConstructs[s[1]]
	return x, unknown
}

// nested is what a quantifier after a quantifier is.
func nested(second byte) construct {
	if second == '+' {
		return construct{"possessive quantifier", noBacktrack,
			"leave the + out, which may match where the possessive quantifier gives up"}
	}
	return construct{"nested quantifier", "it repeats a repeat", "(?:...) around what the second quantifier is for"}
}
