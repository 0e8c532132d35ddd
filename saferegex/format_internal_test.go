package saferegex

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// formatSeeds have verbs in places of every kind, those among them where a literal cannot stand.
var formatSeeds = []string{`%s`, `a%sb`, `^%s*$`, `(?i)%s|b`, `(%s){2,3}`, `a{%s`, `a{1,%s`, `a{2}%s`, `[%s]`, `[^%s]`,
	`[a-%s]`,
	`[]%s]`, `[[:alpha:]]%s[]]$`, `[[:%s:]]`, `\Q%s\E`, `\Qa\E%s`, `\\%s`, `\%s`, `(?P<%s>a)`, `(?P<n>%s)`, `(?%s)a`,
	`(?i:%s)`,
	`\p{%s}`, `\p%s`, `\pL%s`, `\x{%s}`, `\x4%s`, `\x41%s`, `\1%s`, `%s%s|%s`, `%s+?`, `%%%s`, `(?:%s|%s)*?`, `\b%s\B`,
	`x|%s`,
	`.%s.`, `(?s).|%s`, `%s{3}`, `(?U)%s*`, `(?m)^%s$`, `a{,%s}`, `a{1%s}`, `\Q%s`, `\E%s`, `[\Q]%s\E]`, `\07%s`}

// FuzzCompilef: wherever the verbs of a format stand, what is accepted is the tree of the format
// with a literal in their places, whatever the argument.
func FuzzCompilef(f *testing.F) {
	args := []string{"a", ".*", `\E`, ")", "](", "{3}", "a-z", "(?i)", "\x00", "é", "|", "x\nx", `\`, "ſK", "^", "$1", "#",
		"]", "}"}
	for i, format := range formatSeeds {
		f.Add(format, args[i%len(args)], "aab")
		f.Add(format, args[(i+7)%len(args)], "(ab)")
	}
	f.Fuzz(func(t *testing.T, format, arg, text string) {
		if len(format) > 60 || len(arg) > 20 || len(text) > 60 || strings.Contains(format, "%d") {
			return
		}
		got, err := filled(format, arg)
		if err != nil {
			if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Fatal(err)
			}
			for _, other := range args { // The format is at fault, and not what it is filled with.
				if _, err := filled(format, other); err == nil {
					t.Fatalf("%q refuses %q and takes %q", format, arg, other)
				}
			}
			return
		}
		if arg == "" || !utf8.ValidString(arg) || strings.ContainsAny(format+arg+text, string(marks)) {
			return
		}
		tree, err := syntax.Parse(got, syntax.Perl)
		if err != nil {
			if std, is := errors.AsType[*syntax.Error](err); is && std.Code == syntax.ErrLarge {
				return
			}
			t.Fatalf("%q with %q: %v", format, arg, err)
		}
		sameTree(t, format, arg, tree)
		sameMatches(t, format, arg, got, text)
	})
}

// filled fills each verb of a format with the same argument.
func filled(format, arg string) (string, error) {
	args := make([]any, strings.Count(strings.ReplaceAll(format, "%%", ""), "%s"))
	for i := range args {
		args[i] = arg
	}
	return fill("saferegex.Format", format, args)
}

// marks are letters without case, as many as an argument has characters.
var marks = []rune("龘靐齉爨灪麤鸞籲吁饢驫鱻羴犇骉猋麤芔淼焱")[:20]

// sameTree compares the tree with that of the format with marks in the place of the argument, of
// which two are equal where two characters of the argument are. Where the argument shares a
// character with the format, the parser may draw what is equal together, and there is nothing to
// compare.
func sameTree(t *testing.T, format, arg string, tree *syntax.Regexp) {
	t.Helper()
	var of []rune // the argument's characters, in every case
	mark := ""
	seen := map[rune]rune{}
	for _, r := range arg {
		if seen[r] == 0 {
			seen[r] = marks[len(seen)]
		}
		mark += string(seen[r])
		of = append(of, r)
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			of = append(of, other)
		}
	}
	if strings.ContainsFunc(format, func(r rune) bool { return slices.Contains(of, r) }) || len(of) > len(seen) &&
		len(seen) > 1 ||
		strings.Contains(arg, "\n") {
		return
	}
	marked, err := filled(format, mark)
	if err != nil {
		t.Fatal(err)
	}
	want, err := syntax.Parse(marked, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	hidden := slices.Sorted(slices.Values(slices.Concat(of, marks)))
	if got, want := shape(tree, hidden), shape(want, hidden); got != want {
		t.Errorf("%q with %q is %.300s, and with a mark %.300s", format, arg, got, want)
	}
}

// shape writes a tree with each run of the characters of arguments and marks as one sign, and with
// classes without them.
func shape(re *syntax.Regexp, hidden []rune) string {
	var b strings.Builder
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if slices.Contains(hidden, r) {
				b.WriteString("%")
			} else {
				fmt.Fprintf(&b, "%c%t", r, re.Flags&syntax.FoldCase != 0)
			}
		}
	case syntax.OpCharClass:
		b.WriteString(classShape(re.Rune, hidden))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			b.WriteString(shape(sub, hidden))
		}
	default:
		fmt.Fprintf(&b, "%v %d %d %q %t", re.Op, re.Min, re.Max, re.Name, re.Flags&syntax.NonGreedy != 0)
		for _, sub := range re.Sub {
			b.WriteString("(" + shape(sub, hidden) + ")")
		}
	}
	s := b.String()
	for strings.Contains(s, "%%") {
		s = strings.ReplaceAll(s, "%%", "%")
	}
	return s
}

// classShape writes a class without the characters that are hidden, which are sorted.
func classShape(class, hidden []rune) string {
	var b strings.Builder
	for i := 0; i < len(class); i += 2 {
		from := class[i]
		for _, r := range hidden {
			if r < from || r > class[i+1] {
				continue
			}
			if r > from {
				fmt.Fprintf(&b, "[%x-%x]", from, r-1)
			}
			from = r + 1
		}
		if from <= class[i+1] {
			fmt.Fprintf(&b, "[%x-%x]", from, class[i+1])
		}
	}
	return b.String()
}

// sameMatches compares what is matched with what is by the tree of the format with two marks,
// written out again with the argument in their place. Marks have no case, and are written out
// without one.
func sameMatches(t *testing.T, format, arg, got, text string) {
	t.Helper()
	if strings.Contains(format, "(?") && strings.ContainsFunc(arg,
		func(r rune) bool { return unicode.SimpleFold(r) != r }) {
		return
	}
	two := string(marks[:2])
	marked, err := filled(format, two)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := syntax.Parse(marked, syntax.Perl)
	if err != nil {
		return // Too large.
	}
	want, err := regexp.Compile(strings.ReplaceAll(tree.String(), two, "(?:"+regexp.QuoteMeta(arg)+")"))
	if err != nil {
		return // Too large.
	}
	std, err := regexp.Compile(got)
	if err != nil {
		return // Too large.
	}
	for _, text := range []string{text, arg, text + arg + arg + text, strings.ToUpper(arg) + "a" + arg} {
		a, b := std.FindAllStringSubmatchIndex(text, -1), want.FindAllStringSubmatchIndex(text, -1)
		if !slices.EqualFunc(a, b, slices.Equal) {
			t.Errorf("%q with %q in %q: %v, want %v", format, arg, text, a, b)
		}
	}
}
