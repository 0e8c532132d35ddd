// Package secrets makes logs with secrets in them for the tests of redaction, by the rules that
// gitleaks looks for secrets with. The rules are read from gitleaks' own module at run time, and
// the secrets are made from the rules: no line of either stands in this module.
package secrets

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// The module of gitleaks, and where its rules stand.
const (
	module = "github.com/zricethezav/gitleaks/v8@v8.30.1"
	sum    = "h1:PmEvCfVI7ti9dV3s5aMZUY7sS2GxRvG3yzih7E+cS3w="
	file   = "config/gitleaks.toml"
)

// fewestRules is how many rules the file has at least: fewer were not found where they stand.
const fewestRules = 200

// Rules returns the patterns of gitleaks' rules for the content of files.
func Rules(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(need.Module(t, module, sum), filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	patterns := Patterns(string(text))
	if len(patterns) < fewestRules {
		t.Fatalf("%d rules in %s", len(patterns), file)
	}
	return patterns
}

// Patterns returns the patterns in a file of gitleaks' rules.
func Patterns(text string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^regex = '''(.+)'''$`).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// A Log is text with secrets in some of its lines.
type Log struct {
	Text    string
	Secrets int // lines with a secret
	Rules   int // rules that a line was made for
}

// NewLog returns a log of at least size bytes. Every line in every has a secret, of one rule after
// the other; the log is longer than size if not all rules have had a line then. The same seed makes
// the same log.
func NewLog(patterns []string, seed uint64, size, every int) (Log, error) {
	made := maker{rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // Nothing is kept secret with it.
	var b strings.Builder
	var log Log
	next := 0
	for line := 0; b.Len() < size || next < len(patterns); line++ {
		fmt.Fprintf(&b, "2026-03-%02dT%02d:%02d:%02dZ ", 1+made.IntN(28), made.IntN(24), made.IntN(60), made.IntN(60))
		b.WriteString(made.words(2 + made.IntN(9)))
		if line%every == 0 {
			secret, err := made.secret(patterns[next%len(patterns)])
			if err != nil {
				return Log{}, err
			}
			if next++; secret != "" {
				log.Secrets++
				if next <= len(patterns) {
					log.Rules++
				}
				b.WriteString(" " + secret)
			}
		}
		fmt.Fprintf(&b, " status=%d\n", 200+made.IntN(300))
	}
	log.Text = b.String()
	return log, nil
}

// A maker makes text by chance.
type maker struct{ *rand.Rand }

// vocabulary is what logs are full of; some of it stands in rules as well.
var vocabulary = strings.Fields(`
GET POST /index.html user session request response from to accepted refused worker queue
job started done ms=12 retry connection closed host=db-1 path=/api/v1/items client cache miss hit level=info level=warn
trace build deploy key value config loaded bytes=4096 10.0.0.7 "ok" {} [main] error: timeout file opened token expired`)

func (m maker) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[m.IntN(len(vocabulary))]
	}
	return strings.Join(words, " ")
}

// attempts is how many texts are made for a rule until one is found by it.
const attempts = 50

// secret returns a text in which the rule finds something, or none if chance makes none.
func (m maker) secret(pattern string) (string, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return "", err
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", err
	}
	for range attempts {
		var b strings.Builder
		m.match(&b, tree)
		if text := b.String(); re.MatchString(" " + text + " ") {
			return text, nil
		}
	}
	return "", nil
}

// unbounded is how often a part is repeated at most beyond what the pattern asks for.
const unbounded = 8

// match writes text that the tree matches, but for what stands around it.
func (m maker) match(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op { //nolint:exhaustive // The others match nothing, or no character.
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && m.IntN(2) == 0 {
				r = unicode.ToUpper(r)
			}
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		b.WriteRune(m.of(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(m.of([]rune{'0', '9', 'A', 'Z', 'a', 'z'}))
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			m.match(b, sub)
		}
	case syntax.OpAlternate:
		m.match(b, re.Sub[m.IntN(len(re.Sub))])
	case syntax.OpStar:
		m.repeat(b, re.Sub[0], 0, unbounded)
	case syntax.OpPlus:
		m.repeat(b, re.Sub[0], 1, unbounded)
	case syntax.OpQuest:
		m.repeat(b, re.Sub[0], 0, 1)
	case syntax.OpRepeat:
		most := re.Max
		if most < 0 {
			most = re.Min + unbounded
		}
		m.repeat(b, re.Sub[0], re.Min, most)
	}
}

func (m maker) repeat(b *strings.Builder, re *syntax.Regexp, least, most int) {
	for range least + m.IntN(most-least+1) {
		m.match(b, re)
	}
}

// of returns a character of a class, a printable one of ASCII if it has any.
func (m maker) of(class []rune) rune {
	var plain []rune
	for ends := range slices.Chunk(class, 2) {
		for r := max(ends[0], ' '); r <= min(ends[1], '~'); r++ {
			plain = append(plain, r)
		}
	}
	if len(plain) == 0 {
		return class[2*m.IntN(len(class)/2)]
	}
	return plain[m.IntN(len(plain))]
}

// Replaced returns the text with what any of the patterns matches replaced, as regexp finds it over
// the whole text; matches that touch or overlap are replaced once.
func Replaced(patterns []string, text, repl string) (string, error) {
	var spans [][]int
	for _, pattern := range patterns {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return "", err
		}
		spans = append(spans, re.FindAllStringIndex(text, -1)...)
	}
	slices.SortFunc(spans, func(a, b []int) int { return a[0] - b[0] })
	var out strings.Builder
	at, covered := 0, -1
	for _, x := range spans {
		if x[0] > covered {
			out.WriteString(text[at:x[0]] + repl)
		}
		covered = max(covered, x[1])
		at = max(at, covered)
	}
	return out.String() + text[at:], nil
}
