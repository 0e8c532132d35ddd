package idtest_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

func profile(t testing.TB) *unicodeid.Profile {
	t.Helper()
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rules returns the rules that a refusal names.
func rules(err error) []limits.Rule {
	var refused *unicodeid.Error
	if !errors.As(err, &refused) {
		return nil
	}
	var all []limits.Rule
	for _, p := range refused.Problems {
		all = append(all, p.Rule)
	}
	return all
}

// TestHostile holds every case to what Case promises.
func TestHostile(t *testing.T) {
	p, ctx := profile(t), t.Context()
	for c := range idtest.Hostile() {
		name, err := p.Register(ctx, c.Raw)
		if c.Rule != "" {
			if !slices.Contains(rules(err), c.Rule) {
				t.Errorf("%s: %+q: %v", c.Name, c.Raw, err)
			}
			sameKey(t, p, c)
			continue
		}
		like, likeErr := p.Register(ctx, c.Like)
		if err != nil || likeErr != nil || !name.ConflictsWith(like) || !like.ConflictsWith(name) {
			t.Errorf("%s: %+q does not conflict with %+q (%v, %v)", c.Name, c.Raw, c.Like, err, likeErr)
		}
	}
}

// sameKey checks that a refused name leads to its victim at login, if to any account.
func sameKey(t *testing.T, p *unicodeid.Profile, c idtest.Case) {
	t.Helper()
	if c.Like == "" {
		return
	}
	key, err := p.Lookup(t.Context(), c.Raw)
	if errors.Is(err, unicodeid.ErrNoKey) {
		return
	}
	if want, likeErr := p.Lookup(t.Context(), c.Like); err != nil || likeErr != nil || key != want {
		t.Errorf("%s: the key of %+q is %+q, of %+q %+q (%v, %v)", c.Name, c.Raw, key.Text(), c.Like, want.Text(),
			err, likeErr)
	}
}

// TestLegit registers every name of a person and every neighbour, and finds each again.
func TestLegit(t *testing.T) {
	p := profile(t)
	for c := range idtest.Legit() {
		name, err := p.Register(t.Context(), c.Raw)
		if err != nil {
			t.Errorf("%s: %+q %s: %v", c.Name, c.Raw, c.Raw, err)
			continue
		}
		if key, err := p.Lookup(t.Context(), c.Raw); err != nil || key != name.Key() {
			t.Errorf("%s: %+q is registered as %+q and looked up as %+q (%v)", c.Name, c.Raw, name.Key().Text(),
				key.Text(), err)
		}
	}
}

// TestPeople registers every name as people write it under the profile that is said, and under no
// narrower one.
func TestPeople(t *testing.T) {
	profiles := map[string]*unicodeid.Profile{}
	for _, name := range []string{idtest.ProfileHandle, idtest.ProfileSpaces, idtest.ProfileEdges, idtest.ProfileAuxiliary,
		idtest.ProfileDisplay, idtest.ProfileScripts} {
		lim, opts := idtest.Profile(name)
		p, err := unicodeid.New(lim, opts...)
		if err != nil {
			t.Fatal(err)
		}
		profiles[name] = p
	}
	languages, names := map[string]bool{}, map[string]bool{}
	for c := range idtest.People() {
		if names[c.Name] {
			t.Errorf("%s comes twice", c.Name)
		}
		names[c.Name], languages[c.Language] = true, true
		if _, err := profiles[c.Profile].Register(t.Context(), c.Raw); err != nil {
			t.Errorf("%s: %s under %q: %v", c.Name, c.Raw, c.Profile, err)
		}
		if c.Profile == idtest.ProfileHandle || c.Profile == idtest.ProfileDisplay {
			continue
		}
		if _, err := profiles[idtest.ProfileHandle].Register(t.Context(), c.Raw); err == nil {
			t.Errorf("%s: %s passes without %s", c.Name, c.Raw, c.Profile)
		}
	}
	t.Logf("%d names of %d traditions", len(names), len(languages))
	if len(names) < 600 || len(languages) < 60 {
		t.Errorf("%d names of %d traditions", len(names), len(languages))
	}
}

// TestCounts holds the cases to three hostile ones and a neighbour for each rule, and the names of
// people to the scripts of the world.
func TestCounts(t *testing.T) {
	hostile, neighbours := map[limits.Rule]int{}, map[limits.Rule]int{}
	languages, scripts := map[string]bool{}, map[string]bool{}
	names := map[string]bool{}
	for c := range idtest.Hostile() {
		hostile[c.Rule]++
		if names[c.Name] {
			t.Errorf("%s comes twice", c.Name)
		}
		names[c.Name] = true
		if c.Rule == "" && c.Like == "" || c.Like != "" && c.Raw == c.Like || c.Language != "" {
			t.Errorf("%s says nothing: %+v", c.Name, c)
		}
	}
	for c := range idtest.Legit() {
		if names[c.Name] {
			t.Errorf("%s comes twice", c.Name)
		}
		names[c.Name] = true
		if c.Language == "" {
			neighbours[c.Rule]++
			continue
		}
		languages[c.Language] = true
		for _, r := range c.Raw {
			if set := ucd.ScriptsOf(ucd.Of(r)); !set.Common() {
				for _, script := range set.Names(1) {
					scripts[script] = true
				}
			}
		}
	}
	for info := range unicodeid.Rules() {
		if hostile[info.Rule] < 3 || neighbours[info.Rule] < 1 {
			t.Errorf("%s: %d hostile cases and %d neighbours; 3 and 1 are needed", info.Rule, hostile[info.Rule],
				neighbours[info.Rule])
		}
		delete(hostile, info.Rule)
		delete(neighbours, info.Rule)
	}
	if hostile[""] < 1000 || len(hostile) != 1 || len(neighbours) != 0 {
		t.Errorf("cases of rules that there are not: hostile %v, neighbours %v", hostile, neighbours)
	}
	if len(scripts) < 25 || len(languages) < 80 {
		t.Errorf("%d scripts and %d languages; 25 and 80 are promised", len(scripts), len(languages))
	}
}

// TestClasses counts what the standard counts: a class that is yielded in part protects in part.
func TestClasses(t *testing.T) {
	count := map[limits.Rule]map[rune]bool{}
	for c := range idtest.Hostile() {
		for _, r := range c.Raw {
			p := ucd.Of(r)
			var rule limits.Rule
			switch {
			case p.Has(layout.BidiControl):
				rule = unicodeid.RuleBidiControl
			case p.Has(layout.DefaultIgnorable) || r == '\u2800':
				rule = unicodeid.RuleInvisible
			case p.Has(layout.WhiteSpace) && p.Category() != layout.Cc:
				rule = unicodeid.RuleInnerSpace
			case p.Category() == layout.Cc:
				rule = unicodeid.RuleControl
			case p.Has(layout.Noncharacter):
				rule = unicodeid.RuleNoncharacter
			case p.Combining() == 1:
				rule = unicodeid.RuleOverlayMark
			case p.Category().Mark():
				rule = unicodeid.RuleLeadingMark
			}
			if rule == c.Rule {
				if count[rule] == nil {
					count[rule] = map[rune]bool{}
				}
				count[rule][r] = true
			}
		}
	}
	for rule, want := range map[limits.Rule]int{
		// Default_Ignorable_Code_Point without the direction controls among it, and U+2800
		unicodeid.RuleInvisible:    4174 - 12 + 1,
		unicodeid.RuleBidiControl:  12,
		unicodeid.RuleInnerSpace:   25 - 6, // White_Space without controls
		unicodeid.RuleControl:      65,
		unicodeid.RuleNoncharacter: 66,
		unicodeid.RuleOverlayMark:  32,
	} {
		if got := len(count[rule]); got != want {
			t.Errorf("%s: cases of %d code points; the standard counts %d", rule, got, want)
		}
	}
}

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testNick(t) }

func FuzzExample(f *testing.F) { fuzzNick(f) }

// FuzzSeed is what a user's fuzz target looks like: no input has two keys.
func FuzzSeed(f *testing.F) {
	idtest.Seed(f)
	p := profile(f)
	f.Fuzz(func(t *testing.T, raw string) {
		name, err := p.Register(t.Context(), raw)
		if err != nil {
			if name != (unicodeid.Name{}) {
				t.Errorf("%+q is refused, and a name: %+q", raw, name.Key().Text())
			}
			return
		}
		for _, spelling := range []string{raw, name.Display().String(), name.Key().Text()} {
			if key, err := p.Lookup(t.Context(), spelling); err != nil || key != name.Key() {
				t.Errorf("%+q is looked up as %+q (%v); registered as %+q", spelling, key.Text(), err,
					name.Key().Text())
			}
		}
	})
}
