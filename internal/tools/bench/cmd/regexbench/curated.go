package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/runenames"
)

// A task is what rebar's curated benchmarks (https://github.com/BurntSushi/rebar) measure, in words
// and with texts of our own: one pattern on one text.
type task struct {
	name, pattern string
	text          func() (string, error)
	each          model
}

// model is what is done with a text.
type model uint8

const (
	spans    model = iota // all matches are found
	groups                // all matches are found with their groups
	lines                 // each line is asked whether it matches
	captures              // in each line the first match is found with its groups
)

// Pieces of the patterns.
const (
	detectives = "Sherlock Holmes|John Watson|Irene Adler|Inspector Lestrade|Professor Moriarty"
	russians   = "Шерлок Холмс|Джон Уотсон|Ирен Адлер|инспектор Лестрейд|профессор Мориарти"
	chinese    = "夏洛克·福尔摩斯|约翰华生|阿德勒|雷斯垂德|莫里亚蒂教授"
	month      = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?` +
		`|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
	dates = `(?i)\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?` + month + `,?\s+\d{4}|` + month +
		`\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:\s+\d{1,` +
		`2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b`
	lexer = `(//[^\n]*|/\*(?:[^*]|\*+[^*/])*\*+/)|("(?:[^"\\\n]|\\.)*")|(` + "`[^`]*`" +
		`)|(0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(` +
		`\b(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto` +
		`|if|import|interface|map|package|range|return|select|struct|switch|type|var)\b)|` +
		`([A-Za-z_]\w*)|(<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|[=!<>:+*/%&|^-]=|<<|>>|&\^)|` +
		`([-+*/%&|^<>=!()\[\]{},;.:~])|(\s+)`
	keys = `(?i)(?:api|access|secret|auth)[_-]?(?:key|token)["']?\s*[:=]\s*["'][0-9a-z_-]{16,` +
		`64}["']|\bgh[pousr]_[0-9A-Za-z]{36}\b|\bxox[abps]-[0-9]{10,13}-[0-9a-z-]{20,}|-----BEGIN (?:RSA |EC |OPENSSH ` +
		`)?PRIVATE KEY-----|\bAIza[0-9A-Za-z_-]{35}\b|\bsk_(?:live|test)_[0-9a-z]{24,}|\beyJ[0-9A-Za-z_-]{10,` +
		`}\.[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}|postgres(?:ql)?://[^\s:@]{1,40}:[^\s:@]{1,60}@`
	character = `^([0-9A-F]+);([^;]+);([A-Z][a-z]);(\d*);([A-Z]*);([^;]*);([^;]*);([^;]*);([^;]*)` +
		`;([YN]);([^;]*);([^;]*);([0-9A-F]*);([0-9A-F]*);([0-9A-F]*)$`
	logLine = `^([A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2}) ([\w.-]+) (\w+)(?:\[(\d+)\])?: (?:(?:level=(\w+) ` +
		`)?(?:user=(\S+) )?)?(.*)$`
)

// tasks are the curated ones, in rebar's order.
var tasks = []task{
	{"literal, English", `Sherlock Holmes`, english, spans},
	{"literal, any case, English", `(?i)Sherlock Holmes`, english, spans},
	{"literal, Russian", `Шерлок Холмс`, russian, spans},
	{"literal, any case, Russian", `(?i)Шерлок Холмс`, russian, spans},
	{"literal, Chinese", `夏洛克·福尔摩斯`, hanzi, spans},
	{"alternative, English", detectives, english, spans},
	{"alternative, any case, English", `(?i)` + detectives, english, spans},
	{"alternative, Russian", russians, russian, spans},
	{"alternative, any case, Russian", `(?i)` + russians, russian, spans},
	{"alternative, Chinese", chinese, hanzi, spans},
	{"dates", dates, english, spans},
	{"noqa", `(\s*)((?:# [Nn][Oo][Qq][Aa])(?::\s?(([A-Z]+[0-9]+(?:[,\s]+)?)+))?)`, source, captures},
	{"noqa, literal first", `(?:# [Nn][Oo][Qq][Aa])(?::\s?(?:[A-Z]+[0-9]+(?:[,\s]+)?)+)?`, source, lines},
	{"lexer", lexer, piece, groups},
	{"redos", `(?:(?:"|'|\]|\}|\\|\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|` + "`" +
		`|-|\+)+[)]*;?((?:\s|-|~|!|\{\}|\|\||\+)*.*(?:.*=.*)))`, source, captures},
	{"redos, simplified, short", `.*.*=.*`, func() (string, error) { return "x=" + strings.Repeat("x", 30), nil }, spans},
	{"redos, simplified, long", `.*.*=.*`, func() (string, error) { return "x=" + strings.Repeat("x", 10_000), nil },
		spans},
	{"Unicode data", character, characters, captures},
	{"words, English", `\b[0-9A-Za-z_]+\b`, english, spans},
	{"words, Russian", `[\pL\d_]+`, russian, spans},
	{"long words, English", `\b[0-9A-Za-z_]{12,}\b`, english, spans},
	{"long words, Russian", `[\pL\d_]{12,}`, russian, spans},
	{"AWS keys", `(('|")((?:ASIA|AKIA|AROA|AIDA)([A-Z0-7]{16}))('|").*?(\n^.*?){0,` +
		`4}(('|")[a-zA-Z0-9+/]{40}('|"))+|('|")[a-zA-Z0-9+/]{40}('|").*?(\n^.*?){0,` +
		`3}('|")((?:ASIA|AKIA|AROA|AIDA)([A-Z0-7]{16}))('|"))+`, source, groups},
	{"AWS keys, quick", `((?:ASIA|AKIA|AROA|AIDA)([A-Z0-7]{16}))`, source, groups},
	{"bounded repeat, English", `[A-Za-z]{8,13}`, english, spans},
	{"bounded repeat, Russian", `\pL{8,13}`, russian, spans},
	{"bounded repeat, context", `[A-Za-z]{10}\s+[\s\S]{0,100}Result[\s\S]{0,100}\s+[A-Za-z]{10}`, source, spans},
	{"bounded repeat, capitals", `(?:[A-Z][a-z]+\s*){10,100}`, source, spans},
	{"log lines", logLine, logs, captures},
	{"dictionary", strings.Join(words(2663, 9), "|"), english, spans},
	{"secrets", keys, source, spans},
	{"quadratic 1x", `.*[^A-Z]|[A-Z]`, func() (string, error) { return strings.Repeat("A", 100), nil }, spans},
	{"quadratic 2x", `.*[^A-Z]|[A-Z]`, func() (string, error) { return strings.Repeat("A", 200), nil }, spans},
	{"quadratic 10x", `.*[^A-Z]|[A-Z]`, func() (string, error) { return strings.Repeat("A", 1000), nil }, spans},
}

// curatedBytes is how much of a text is used.
const curatedBytes = 400 << 10

// english is Newton's Opticks, which Go ships, with a detective now and then.
func english() (string, error) {
	root, err := goRoot()
	if err != nil {
		return "", err
	}
	//nolint:gosec // A file of Go's own.
	book, err := os.ReadFile(filepath.Join(root, "src", "testdata", "Isaac.Newton-Opticks.txt"))
	return sprinkle(string(book), 400, strings.Split(detectives+"|on 4th of July, 1704|1704-07-04", "|")), err
}

// goRoot is where Go's own files are.
func goRoot() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	return strings.TrimSpace(string(root)), err
}

// source is Go's own source, with what linters and thieves look for now and then.
func source() (string, error) {
	text, err := sourceText()
	return sprinkle(text, 300, []string{"x = 1  # noqa: E501, F401", "# NoQA", `key = "AKIAABCDEFGHIJKLMNOP"`,
		"AKIAABCDEFGHIJKLMNOP", `api_key = "0123456789abcdef0123"`}), err
}

// piece is a part of source: positions of all its tokens take more memory than the text.
func piece() (string, error) {
	text, err := source()
	return text[:min(len(text), 64<<10)], err
}

// russian and hanzi are words that follow no grammar.
func russian() (string, error) {
	return sprinkle(babble([]string{"свет", "отражение", "преломление", "цвет", "и", "в", "на", "луч", "стекло", "опыт",
		"рассматривающий", "наблюдение", "который", "был", "между", "призма", "необыкновенный", "Ньютон"}, " "), 400,
		strings.Split(russians, "|")), nil
}

func hanzi() (string, error) {
	return sprinkle(babble([]string{"光", "反射", "折射", "颜色", "和", "在", "射线", "玻璃", "实验", "观察", "棱镜", "牛顿", "的", "之间"}, ""),
		400, strings.Split(chinese, "|")), nil
}

// babble makes lines of words.
func babble(words []string, between string) string {
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // Not a secret.
	var b strings.Builder
	for b.Len() < curatedBytes {
		for range 5 + r.IntN(8) {
			b.WriteString(words[r.IntN(len(words))] + between)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// sprinkle puts one of the words at the end of every so many lines, and cuts the text.
func sprinkle(text string, every int, words []string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight(line, "\r\n"))
		if n++; n%every == 0 {
			b.WriteString(" " + words[n/every%len(words)])
		}
		b.WriteByte('\n')
		if b.Len() >= curatedBytes {
			break
		}
	}
	return b.String()
}

// characters are lines as those of UnicodeData.txt, from the names in golang.org/x/text.
func characters() (string, error) {
	var b strings.Builder
	for c := rune(' '); b.Len() < curatedBytes && c <= unicode.MaxRune; c++ {
		name := runenames.Name(c)
		if name == "" || strings.HasPrefix(name, "<") {
			continue
		}
		category, mirrored := "So", "N"
		switch {
		case unicode.IsUpper(c):
			category = "Lu"
		case unicode.IsLetter(c):
			category = "Ll"
		case unicode.IsPunct(c):
			category, mirrored = "Po", "Y"
		}
		fmt.Fprintf(&b, "%04X;%s;%s;0;L;;;;;%s;;;", c, name, category, mirrored)
		if lower := unicode.ToLower(c); lower != c {
			fmt.Fprintf(&b, ";%04X;\n", lower)
		} else {
			b.WriteString(";;\n")
		}
	}
	return b.String(), nil
}

// logs are lines of a log.
func logs() (string, error) {
	r := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // Not a secret.
	var b strings.Builder
	for b.Len() < curatedBytes {
		fmt.Fprintf(&b, "Nov %2d %02d:%02d:%02d host-%d.example sshd[%d]: level=%s user=u%d connection closed by "+
			"10.0.%d.%d\n", 1+r.IntN(28),
			r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(20), r.IntN(30_000), []string{"info", "warn"}[r.IntN(2)], r.IntN(100),
			r.IntN(256),
			r.IntN(256))
	}
	return b.String(), nil
}

// call returns what a contender does in a task.
func (t *task) call(m matcher, text string) func() (int, error) {
	if t.each == spans {
		return func() (int, error) { return m.count(text) }
	}
	if t.each == groups {
		return func() (int, error) { return m.find(text) }
	}
	each := m.first
	if t.each == lines {
		each = m.match
	}
	split := strings.Split(text, "\n")
	return func() (int, error) {
		n := 0
		for _, line := range split {
			found, err := each(line)
			if err != nil {
				return 0, err
			}
			n += count(found)
		}
		return n, nil
	}
}

// curation says which tasks are run, and by which contenders.
type curation struct {
	tasks   *regexp.Regexp
	against string // names with commas between them; "" for all
}

// chosen returns the contenders, saferegex first.
func (c *curation) chosen() []contender {
	names := strings.Split(c.against, ",")
	return slices.DeleteFunc(slices.Clone(contenders), func(x contender) bool {
		return c.against != "" && x.name != contenders[0].name && !slices.Contains(names, x.name)
	})
}

// compare prints the curated tasks, and how many times as fast as each other contender saferegex is
// over all of them.
func (c *curation) compare(ctx context.Context, out io.Writer, rounds, _ int) error {
	fmt.Fprintf(out, "\nrebar's curated tasks in other words, processor time of the fastest of %d rounds; times as fast "+
		"as\n\n| task | bytes | found | saferegex MB/s |", rounds)
	contenders := c.chosen()
	for _, x := range contenders[1:] {
		fmt.Fprintf(out, " %s |", x.name)
	}
	fmt.Fprintln(out, "\n|---|---|---|---|"+strings.Repeat("---|", len(contenders)-1))
	logs, rows := make([]float64, len(contenders)), make([]int, len(contenders))
	var slower []string
	for i := range tasks {
		t := &tasks[i]
		if !c.tasks.MatchString(t.name) {
			continue
		}
		text, err := t.text()
		if err != nil {
			return err
		}
		calls := make([]func() (int, error), len(contenders))
		for k, x := range contenders {
			m, err := x.compile(ctx, t.pattern)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", x.name, t.name, err)
			}
			calls[k] = t.call(m, text)
		}
		results := fastest(calls, rounds)
		ours := results[0]
		if ours.failed != nil {
			return fmt.Errorf("%s: %w", t.name, ours.failed)
		}
		fmt.Fprintf(out, "| %s | %d | %d | %.0f |", t.name, len(text), ours.answer, float64(len(text))/ours.ns*1e3)
		for k := 1; k < len(results); k++ {
			r := results[k]
			if r.failed != nil {
				fmt.Fprint(out, " stopped |")
				continue
			}
			std := contenders[k].name == "regexp"
			if r.answer != ours.answer {
				if std {
					return errors.New("another answer for " + t.name)
				}
				fmt.Fprintf(out, " finds %d |", r.answer)
				continue
			}
			ratio := r.ns / ours.ns
			fmt.Fprintf(out, " %.2f |", ratio)
			logs[k], rows[k] = logs[k]+math.Log(ratio), rows[k]+1
			if std && ratio < 1 {
				slower = append(slower, t.name)
			}
		}
		fmt.Fprintln(out)
	}
	fmt.Fprint(out, "| geometric mean | | | |")
	for k := 1; k < len(logs); k++ {
		fmt.Fprintf(out, " %.2f |", math.Exp(logs[k]/float64(max(rows[k], 1))))
	}
	fmt.Fprintf(out, "\n\nSlower than regexp: %s.\n", strings.Join(slower, ", "))
	return nil
}
