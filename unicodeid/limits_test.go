package unicodeid_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// TestUnlimitedMemory: a Profile works without a limit of MemoryBytes, and with one that no name
// keeps.
func TestUnlimitedMemory(t *testing.T) {
	for _, memory := range []limits.Bytes{limits.UnsafeUnlimited, 1} {
		p, err := unicodeid.New(limits.Limits{InputBytes: 64, Items: 64, MemoryBytes: memory})
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Register(t.Context(), "bob")
		if memory > 0 != errors.Is(err, limits.ErrExceeded) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("MemoryBytes %v: %v", memory, err)
		}
		if _, err := p.Lookup(t.Context(), "josé"); memory > 0 != errors.Is(err, limits.ErrExceeded) ||
			errors.Is(err, limits.ErrConfig) {
			t.Errorf("MemoryBytes %v: Lookup: %v", memory, err)
		}
	}
}

// TestLimits passes at exactly each limit, and refuses one below.
func TestLimits(t *testing.T) {
	base := limits.Limits{InputBytes: 255, Items: 64}
	operation := func(op string, do func(p *unicodeid.Profile) error, elsewhere ...limits.Resource) limittable.Operation {
		run := func(t *testing.T, lim limits.Limits) error {
			t.Helper()
			p, err := unicodeid.New(lim, unicodeid.Reserved("admin"))
			if err != nil {
				return err
			}
			return do(p)
		}
		rows := limittable.Rows(limits.Usage{}, limittable.Fields{
			Required: []limits.Resource{limits.InputBytes, limits.Items}, Elsewhere: elsewhere})
		for i, row := range rows {
			if !row.Elsewhere {
				rows[i].Least = limittable.Least(t, base, row.Resource, run)
			}
		}
		return limittable.Operation{Name: op, Rows: rows, Run: run}
	}
	// Its key is longer, and two marks stand on one letter.
	const raw = "Straßen-Ma\u0323\u0302ler"
	limittable.Each(t, base,
		operation("Register", func(p *unicodeid.Profile) error {
			_, err := p.Register(t.Context(), raw)
			return err
		}),
		operation("Lookup", func(p *unicodeid.Profile) error {
			_, err := p.Lookup(t.Context(), raw)
			return err
		}, limits.Depth)) // Marks are counted when a name is signed up.
}

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	full := limits.Limits{InputBytes: 255, OutputBytes: limits.KiB, Items: 64, Depth: 4, Steps: 1e6,
		MemoryBytes: limits.MiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"none", "4 × InputBytes", "none",
		fmt.Sprintf("%d (DefaultDepth)", unicodeid.DefaultDepth),
		fmt.Sprintf("%d Mi (DefaultSteps)", unicodeid.DefaultSteps>>20),
		fmt.Sprintf("%v (DefaultMemoryBytes)", unicodeid.DefaultMemoryBytes),
		fmt.Sprintf("%d s (DefaultTime)", unicodeid.DefaultTime/time.Second),
	}, func(t *testing.T, lim limits.Limits) error {
		p, err := unicodeid.New(lim)
		if err == nil {
			_, err = p.Register(t.Context(), "Jose\u0301")
		}
		return err
	})
}

// TestLimitsOfNames: what a name takes passes, and some less does not, for Register and for Lookup
// if that counts it.
func TestLimitsOfNames(t *testing.T) {
	open := limits.Limits{InputBytes: 1 << 30, Items: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited,
		MemoryBytes: limits.UnsafeUnlimited}
	for _, c := range []struct {
		field    string
		resource limits.Resource
		raw      string
		at       limits.Limits
		below    limits.Limits
		lookup   bool // the mapping alone is bounded
	}{
		{"InputBytes", limits.InputBytes, "josé", limits.Limits{InputBytes: 5}, limits.Limits{InputBytes: 4}, true},
		{"InputBytes", limits.InputBytes, " bob ", limits.Limits{InputBytes: 5}, limits.Limits{InputBytes: 4}, true},
		{"Items", limits.Items, "jose\u0301", limits.Limits{Items: 5}, limits.Limits{Items: 4}, true},
		// The key is longer: strasse.
		{"Items", limits.Items, "Straße", limits.Limits{Items: 7}, limits.Limits{Items: 6}, true},
		{"OutputBytes", limits.OutputBytes, "ΐΐ", limits.Limits{OutputBytes: 12}, limits.Limits{OutputBytes: 3}, true},
		// The skeleton is rnrnrn.
		{"OutputBytes", limits.OutputBytes, "mmm", limits.Limits{OutputBytes: 6}, limits.Limits{OutputBytes: 5}, false},
		{"Depth", limits.Depth, "a\u0301\u0302\u0303\u0304", limits.Limits{Depth: 4}, limits.Limits{Depth: 3}, false},
		{"Depth", limits.Depth, "ᾂ", limits.Limits{Depth: 3}, limits.Limits{Depth: 2}, false},
		{"Steps", limits.Steps, "username", limits.Limits{Steps: 8}, limits.Limits{Steps: 7}, true},
		{"Steps", limits.Steps, "Владимир", limits.Limits{Steps: 16}, limits.Limits{Steps: 7}, true},
		{"MemoryBytes", limits.MemoryBytes, "Владимир", limits.Limits{MemoryBytes: 8 * 192},
			limits.Limits{MemoryBytes: 8*40 - 1}, true},
		// Signing up takes more.
		{"MemoryBytes", limits.MemoryBytes, "jose\u0301", limits.Limits{MemoryBytes: 5 * (192 + 40)},
			limits.Limits{MemoryBytes: 5*(192+40) - 1}, false},
	} {
		t.Run(c.field, func(t *testing.T) {
			at, err := unicodeid.New(with(open, c.at))
			if err != nil {
				t.Fatal(err)
			}
			name, err := at.Register(t.Context(), c.raw)
			if err != nil {
				t.Errorf("%q at the limit: %v", c.raw, err)
			}
			if key, err := at.Lookup(t.Context(), c.raw); err != nil || key != name.Key() {
				t.Errorf("%q at the limit: key %q, error %v", c.raw, key.Text(), err)
			}
			below, err := unicodeid.New(with(open, c.below))
			if err != nil {
				t.Fatal(err)
			}
			var exceeded *limits.ExceededError
			name, err = below.Register(t.Context(), c.raw)
			if !errors.As(err, &exceeded) || exceeded.Resource != c.resource || !errors.Is(err, limits.ErrExceeded) ||
				name != (unicodeid.Name{}) {
				t.Errorf("%q below the limit: %v", c.raw, err)
			}
			var refusal *unicodeid.Error
			if !errors.As(err, &refusal) || len(refusal.Problems) == 0 {
				t.Errorf("%q below the limit: no problem to show in %v", c.raw, err)
			}
			key, err := below.Lookup(t.Context(), c.raw)
			if refused := errors.Is(err, unicodeid.ErrNoKey) &&
				errors.Is(err, limits.ErrExceeded); refused != c.lookup || (key == unicodeid.Key{}) != c.lookup {
				t.Errorf("%q below the limit: Lookup gives %q, %v", c.raw, key.Text(), err)
			}
		})
	}
	t.Run("Time", func(t *testing.T) {
		lim := with(open, limits.Limits{Time: time.Millisecond})
		p, err := unicodeid.New(lim)
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Lookup(t.Context(), strings.Repeat("Я", 1<<21))
		var exceeded *limits.ExceededError
		if !errors.As(err, &exceeded) || exceeded.Resource != limits.Time || !errors.Is(err, unicodeid.ErrNoKey) {
			t.Errorf("a name of 4 MiB in 1 ms: %v", err)
		}
		lim.Time = time.Hour
		if p, err = unicodeid.New(lim); err != nil {
			t.Fatal(err)
		}
		if _, err = p.Lookup(t.Context(), strings.Repeat("Я", 1<<18)); err != nil {
			t.Errorf("a name of 512 KiB in an hour: %v", err)
		}
	})
	t.Run("Graphemes", func(t *testing.T) {
		p := profile(t, unicodeid.Graphemes(3))
		for raw, ok := range map[string]bool{"abc": true, "abcd": false, "a\u0302\u0303bc": true,
			"a\u0302\u0303bcd": false, "한국어": true, "한국어a": false} {
			_, err := p.Register(t.Context(), raw)
			if (err == nil) != ok {
				t.Errorf("%+q: %v", raw, err)
			}
		}
	})
}

// with returns base with the fields of over that are set.
func with(base, over limits.Limits) limits.Limits {
	set := func(to *int64, from int64) {
		if from != 0 {
			*to = from
		}
	}
	set((*int64)(&base.InputBytes), int64(over.InputBytes))
	set((*int64)(&base.OutputBytes), int64(over.OutputBytes))
	set(&base.Items, over.Items)
	set(&base.Depth, over.Depth)
	set(&base.Steps, over.Steps)
	set((*int64)(&base.MemoryBytes), int64(over.MemoryBytes))
	set((*int64)(&base.Time), int64(over.Time))
	return base
}

// TestConfig: every mistake is reported at once, before a name is seen.
func TestConfig(t *testing.T) {
	_, err := unicodeid.New(limits.Limits{Depth: -3}, nil, unicodeid.Graphemes(0), unicodeid.Graphemes(1<<30),
		unicodeid.AllowScripts("Latn", "Qqqq", "Cyrl", "Hani", "Hira"),
		unicodeid.Punctuation("a"), unicodeid.WordList(nil))
	var config *limits.ConfigError
	if !errors.As(err, &config) || !errors.Is(err, limits.ErrUnset) || len(config.Problems) != 3+1+2+5+1+1 {
		t.Fatalf("%v", err)
	}
	for _, opt := range []unicodeid.Option{
		unicodeid.Reserved("--"), unicodeid.Reserved(""), unicodeid.Reserved("a\x00"), unicodeid.Reserved("\xff"),
		unicodeid.Blocked("a"), unicodeid.Blocked("-a-"),
		unicodeid.Punctuation("\u00a0"), unicodeid.Punctuation("\u2800"), unicodeid.Punctuation("－"),
		unicodeid.Punctuation(" "), unicodeid.Reserved(strings.Repeat("x", 2000)),
	} {
		if _, err := unicodeid.New(usual, opt); !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
			t.Errorf("a bad option: %v", err)
		}
	}
	for _, p := range []*unicodeid.Profile{nil, {}} {
		if _, err := p.Register(t.Context(), "alice"); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("Register of no profile: %v", err)
		}
		if _, err := p.Lookup(t.Context(), "alice"); !errors.Is(err, limits.ErrConfig) ||
			errors.Is(err, unicodeid.ErrNoKey) {
			t.Errorf("Lookup of no profile: %v", err)
		}
	}
	//nolint:staticcheck // A nil context is what is tested.
	if _, err := profile(t).Lookup(nil, "alice"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil context: %v", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("the client went away")
	cancel(cause)
	if _, err := profile(t).Lookup(ctx, "alice"); !errors.Is(err, cause) || errors.Is(err, limits.ErrRefused) ||
		errors.Is(err, unicodeid.ErrNoKey) {
		t.Errorf("a canceled context: %v", err)
	}
}

// TestID: the name of a policy changes with everything that decides which names are accepted, and
// with nothing else.
func TestID(t *testing.T) {
	base := profile(t).ID()
	if !strings.HasPrefix(base, "handle/1-") || base != profile(t).ID() ||
		base != profile(t, unicodeid.WordList(func() *unicodeid.Words { return nil })).ID() {
		t.Errorf("%s, %s", base, profile(t).ID())
	}
	if profile(t, unicodeid.Reserved("a", "b")).ID() != profile(t, unicodeid.Reserved("b"),
		unicodeid.Reserved("a")).ID() {
		t.Error("the order of reserved names changes the policy")
	}
	seen := map[string]bool{base: true}
	for i, opt := range []unicodeid.Option{
		unicodeid.AllowEmoji(), unicodeid.AllowAuxiliary(), unicodeid.AllowInnerSpace(), unicodeid.AllowScripts("Cher"),
		unicodeid.EdgePunctuation(), unicodeid.MinGraphemes(2), unicodeid.Exact("ab"), unicodeid.Except("ab"),
		unicodeid.AllowScripts("Nkoo"), unicodeid.Punctuation("-"),
		unicodeid.Graphemes(31), unicodeid.Reserved("ab"), unicodeid.Blocked("ab"),
	} {
		id := profile(t, opt).ID()
		if seen[id] {
			t.Errorf("option %d does not change the policy %s", i, id)
		}
		seen[id] = true
	}
	other, err := unicodeid.New(limits.Limits{InputBytes: 254, Items: 64})
	if err != nil || seen[other.ID()] {
		t.Errorf("a limit does not change the policy: %v", err)
	}
}
