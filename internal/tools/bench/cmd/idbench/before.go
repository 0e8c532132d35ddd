package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// A judged is a name with the rules that it breaks under a handle's profile and under the widest.
type judged struct {
	Raw, Like, Rule string
	Usual, Widest   []string
}

// program judges names in the tree of another revision: it reads them as JSON, or takes the hostile
// names of that revision if there are none.
const program = `package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

type judged struct {
	Raw, Like, Rule []byte
	Usual, Widest   []string
}

func main() {
	var all []judged
	if err := json.NewDecoder(os.Stdin).Decode(&all); err != nil {
		panic(err)
	}
	lim := limits.Limits{InputBytes: 255, Items: 64}
	usual, err := unicodeid.New(lim)
	if err != nil {
		panic(err)
	}
	widest, err := unicodeid.New(lim, unicodeid.AllowJoiners(), unicodeid.AllowInnerSpace(),
		unicodeid.Punctuation("-_.,'’&()·"))
	if err != nil {
		panic(err)
	}
	if all == nil {
		for c := range idtest.Hostile() {
			all = append(all, judged{Raw: []byte(c.Raw), Like: []byte(c.Like), Rule: []byte(c.Rule)})
		}
	} else {
		for i := range all {
			all[i].Usual, all[i].Widest = rules(usual, all[i].Raw), rules(widest, all[i].Raw)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}

func rules(p *unicodeid.Profile, raw []byte) []string {
	_, err := p.Register(context.Background(), string(raw))
	var refused *unicodeid.Error
	if !errors.As(err, &refused) {
		return nil
	}
	var all []string
	for _, p := range refused.Problems {
		all = append(all, string(p.Rule))
	}
	return all
}
`

// wire is judged as JSON carries it: names need not be UTF-8.
type wire struct {
	Raw, Like, Rule []byte
	Usual, Widest   []string
}

// at runs the program in the tree of a revision, with the names that it is to judge.
func at(ctx context.Context, revision string, names []judged) ([]judged, error) {
	top, err := exec.CommandContext(ctx, "git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		return nil, fmt.Errorf("git rev-parse: %w", err)
	}
	dir, err := os.MkdirTemp("", "idbench")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	archive := filepath.Join(dir, "tree.tar")
	tree := filepath.Join(dir, "tree")
	if err := os.MkdirAll(filepath.Join(tree, "judge"), 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(tree, "judge", "main.go"), []byte(program), 0o600); err != nil {
		return nil, err
	}
	var in []wire
	for _, n := range names {
		in = append(in, wire{Raw: []byte(n.Raw)})
	}
	text, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, step := range [][]string{
		{"git", "-C", strings.TrimSpace(string(top)), "archive", "-o", archive, revision,
			"go.mod", "go.sum", "internal", "limits", "unicodeid"},
		{"tar", "-xf", archive, "-C", tree}, {"go", "-C", tree, "run", "./judge"},
	} {
		cmd := exec.CommandContext(ctx, step[0], step[1:]...) //nolint:gosec // The words stand here.
		cmd.Stdin, cmd.Stderr = bytes.NewReader(text), os.Stderr
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		if out, err = cmd.Output(); err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(step, " "), err)
		}
	}
	var got []wire
	if err := json.Unmarshal(out, &got); err != nil {
		return nil, err
	}
	all := make([]judged, len(got))
	for i, g := range got {
		all[i] = judged{string(g.Raw), string(g.Like), string(g.Rule), g.Usual, g.Widest}
	}
	return all, nil
}

// broken returns the rules that a name breaks.
func broken(ctx context.Context, p *unicodeid.Profile, raw string) []string {
	_, problems, err := p.UnsafeAdopt(ctx, raw)
	if refused, is := err.(*unicodeid.Error); is { //nolint:errorlint // It is what UnsafeAdopt returns.
		problems = refused.Problems
	}
	var rules []string
	for i := range problems {
		rules = append(rules, string(problems[i].Rule))
	}
	return rules
}

// A tradition counts the names that people of one language write.
type tradition struct {
	names, usualBefore, widestBefore, handle, own int
	why                                           map[string][]string // names that are no handles, by rule
}

// traditions prints by tradition how many names are accepted: as a handle, and under the profile
// that idtest says; before, as a handle and under the widest profile that there was.
func traditions(ctx context.Context, out io.Writer, before string) error {
	var people []judged
	var all []idtest.Case
	for c := range idtest.People() {
		all = append(all, c)
		people = append(people, judged{Raw: c.Raw})
	}
	old := make([]judged, len(people))
	if before != "" {
		var err error
		if old, err = at(ctx, before, people); err != nil {
			return err
		}
	}
	handle, err := unicodeid.New(idtest.Limits())
	if err != nil {
		return err
	}
	profiles := map[string]*unicodeid.Profile{}
	by := map[string]*tradition{}
	var languages []string
	for i, c := range all {
		if profiles[c.Profile] == nil {
			lim, opts := idtest.Profile(c.Profile)
			if profiles[c.Profile], err = unicodeid.New(lim, opts...); err != nil {
				return err
			}
		}
		t := by[c.Language]
		if t == nil {
			t = &tradition{why: map[string][]string{}}
			by[c.Language] = t
			languages = append(languages, c.Language)
		}
		t.names++
		t.usualBefore += one(before != "" && len(old[i].Usual) == 0)
		t.widestBefore += one(before != "" && len(old[i].Widest) == 0)
		_, refused := profiles[c.Profile].Register(ctx, c.Raw)
		t.own += one(refused == nil)
		rules := broken(ctx, handle, c.Raw)
		t.handle += one(len(rules) == 0)
		slices.Sort(rules)
		for _, rule := range slices.Compact(rules) {
			t.why[rule] = append(t.why[rule], c.Raw)
		}
	}
	fmt.Fprintf(out, "| tradition | names | handle, %s | widest, %s | handle | its profile | no handle because of |\n"+
		"|---|---|---|---|---|---|---|\n", before, before)
	var sum tradition
	slices.Sort(languages)
	for _, language := range languages {
		t := by[language]
		sum.names += t.names
		sum.usualBefore += t.usualBefore
		sum.widestBefore += t.widestBefore
		sum.handle, sum.own = sum.handle+t.handle, sum.own+t.own
		var why []string
		for rule, names := range t.why {
			why = append(why, fmt.Sprintf("%s %d (%s)", rule, len(names), names[0]))
		}
		slices.Sort(why)
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %s |\n",
			language, t.names, t.usualBefore, t.widestBefore, t.handle, t.own,
			strings.Join(why, ", "))
	}
	fmt.Fprintf(out, "| all %d | %d | %d | %d | %d | %d | |\n",
		len(languages), sum.names, sum.usualBefore, sum.widestBefore, sum.handle, sum.own)
	return nil
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// hostile counts which hostile names of idtest, and of a revision's, get in: a name that breaks a
// rule and is accepted, or one that is a lookalike and no conflict. It lists the code points by
// which they do.
func hostile(ctx context.Context, out io.Writer, before string) error {
	lim, opts := idtest.Limits(), idtest.Options()
	p, err := unicodeid.New(lim, opts...)
	if err != nil {
		return err
	}
	sets := map[string][]judged{}
	for c := range idtest.Hostile() {
		sets["now"] = append(sets["now"], judged{Raw: c.Raw, Like: c.Like, Rule: string(c.Rule)})
	}
	if before != "" {
		if sets[before], err = at(ctx, before, nil); err != nil {
			return err
		}
	}
	for of, all := range sets {
		ruled, likes, apart := 0, 0, 0
		in := map[string][]rune{}
		for _, c := range all {
			name, err := p.Register(ctx, c.Raw)
			if c.Rule != "" {
				ruled++
				if err == nil {
					in[c.Rule] = append(in[c.Rule], odd(c)...)
				}
				continue
			}
			likes++
			if like, likeErr := p.Register(ctx, c.Like); err == nil && likeErr == nil && !name.ConflictsWith(like) {
				apart++
			}
		}
		fmt.Fprintf(out, "cases of %s: %d that break a rule and %d that look like another name; "+
			"%d of those do not conflict\n", of, ruled, likes, apart)
		for rule, points := range in {
			slices.Sort(points)
			fmt.Fprintf(out, "  %s, accepted: %d names, by", rule, len(points))
			for _, r := range slices.Compact(points) {
				fmt.Fprintf(out, " U+%04X", r)
			}
			fmt.Fprintln(out)
		}
	}
	return nil
}

// odd returns the code point that makes a name hostile: the first beyond ASCII that its victim has
// not.
func odd(c judged) []rune {
	for _, r := range c.Raw {
		if r >= 0x80 && !strings.ContainsRune(c.Like, r) {
			return []rune{r}
		}
	}
	return []rune{0}
}
