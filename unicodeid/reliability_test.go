package unicodeid_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// long are names that are long and good, and long and bad, in each way that a loop could be long.
func long(n int) map[string]string {
	return map[string]string{
		"letters": strings.Repeat("é", n), "plain": strings.Repeat("a", n), "capitals": strings.Repeat("Я", n),
		"restricted": strings.Repeat("☃", n), "separators": strings.Repeat("a-", n),
		"decomposed": strings.Repeat("e\u0301", n),
		"marks":      "a" + strings.Repeat("\u0301\u0300", n/8), "emoji": strings.Repeat("😀", n),
		"digits": strings.Repeat("a1", n),
		"hebrew": strings.Repeat("א", n), "unseen": strings.Repeat("a\u200b", n), "hangul": strings.Repeat("가", n),
	}
}

func roomyLimits(lim limits.Limits) limits.Limits {
	return lim.Or(limits.Limits{InputBytes: 1 << 30, OutputBytes: 1 << 31, Items: 1 << 30, Depth: 1 << 30,
		Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited, Time: time.Hour})
}

// TestDeadline: no name is accepted after the time is up, and none takes much longer to refuse.
func TestDeadline(t *testing.T) {
	const budget, overshoot = 5 * time.Millisecond, 50 * time.Millisecond
	words := unicodeid.Reserved("administrator", "anywhere:eeeeeeeeeeb", "anywhere:aaaaaaab")
	p, err := unicodeid.New(roomyLimits(limits.Limits{Time: budget}), unicodeid.Graphemes(unicodeid.MaxGraphemes), words,
		unicodeid.AllowEmoji())
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range long(1 << 17) {
		for op, call := range map[string]func(context.Context, string) error{
			"Register": func(ctx context.Context, s string) error { _, err := p.Register(ctx, s); return err },
			"Lookup":   func(ctx context.Context, s string) error { _, err := p.Lookup(ctx, s); return err },
		} {
			var took time.Duration
			var err error
			for range 10 { // A busy machine may be late by itself, before a refusal or an answer.
				began := time.Now()
				err = call(t.Context(), raw)
				if took = time.Since(began); took <= budget+overshoot {
					break
				}
			}
			if took > budget+overshoot {
				t.Errorf("%s of %s: ten times later than %v after the deadline, last %v and %v", op, name, overshoot, took, err)
			}
		}
	}
}

// TestAccounting: every path spends steps and memory, and an envelope hears of it.
func TestAccounting(t *testing.T) {
	p, err := unicodeid.New(roomyLimits(limits.Limits{}), unicodeid.Graphemes(unicodeid.MaxGraphemes))
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range long(1000) {
		for op, call := range map[string]func(context.Context, string) error{
			"Register": func(ctx context.Context, s string) error { _, err := p.Register(ctx, s); return err },
			"Lookup":   func(ctx context.Context, s string) error { _, err := p.Lookup(ctx, s); return err },
		} {
			var used limits.Usage
			ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
				used = e.Usage
			}})
			_ = call(ctx, raw)
			if used.Steps < 1000 || op == "Register" && used.MemoryBytes < 1000 {
				t.Errorf("%s of %s: %d steps, %d bytes", op, name, used.Steps, used.MemoryBytes)
			}
			inside, cancel, err := limits.With(t.Context(), limits.Limits{Steps: 100})
			if err != nil {
				t.Fatal(err)
			}
			if err := call(inside, raw); !errors.Is(err, limits.ErrExceeded) {
				t.Errorf("%s of %s in an envelope of 100 steps: %v", op, name, err)
			}
			cancel()
		}
	}
}

// TestPanics: the caller's code panics in the middle of a call, and the place in the Pool is free
// again.
func TestPanics(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	list := unicodeid.WordList(func() *unicodeid.Words { panic("the list") })
	p, err := unicodeid.New(usual, list)
	if err != nil {
		t.Fatal(err)
	}
	calm := profile(t)
	pooled := limits.WithPool(t.Context(), pool)
	observed := limits.WithObserver(pooled, limits.Observer{Soft: limits.Limits{Steps: 1, MemoryBytes: 1},
		Func: func(context.Context, limits.Event) { panic("the observer") }})
	for name, call := range map[string]func(){
		"Words":             func() { _, _ = p.Register(pooled, "jose\u0301") },
		"Words, plain":      func() { _, _ = p.Register(pooled, "jose") },
		"observer":          func() { _, _ = calm.Register(observed, "jose\u0301") },
		"observer, plain":   func() { _, _ = calm.Register(observed, "jose") },
		"observer, refused": func() { _, _ = calm.Register(observed, "jo\u200bse") },
		"observer, Lookup":  func() { _, _ = calm.Lookup(observed, "JOSE\u0301") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
		if _, err := calm.Register(pooled, "second\u00e9"); err != nil {
			t.Errorf("%s: the next call: %v", name, err)
		}
	}
}
