package rematch

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// A job is a search that costs the same number of steps wherever and whenever it runs.
type job struct {
	name, pattern, text string
	slots               int // -1 for a match of the whole text, -2 for all matches
	budget              int64
	tables              int64
	longest             bool
	required            string
	steps               int64
}

// options are those of the job.
func (j *job) options() Options {
	return Options{Longest: j.longest, CacheBytes: j.budget, TableBytes: j.tables, Required: j.required}
}

// many is a text in which words and numbers take turns.
var many = strings.Repeat("alpha 12 beta 345 gamma_6 ", 300)

// jobs covers every engine. The counts of the first ones are worked out by hand in the comments;
// the others hold what was counted once.
var jobs = []job{
	// Six bytes searched, and two found.
	{name: "literal", pattern: "lo", text: "aaaaaalo", slots: 2, steps: 8},
	// Too short for any match.
	{name: "short", pattern: "abc", text: "ab", slots: 0, steps: 1},
	// Two bytes that no match begins with.
	{name: "backtracker", pattern: "(?:x|y)(a|b)*c", text: "ab", slots: 2, steps: 2},
	// Six characters and the end of the text, each looked at once.
	{name: "one-pass", pattern: "^[a-f]+$", text: "abcdef", slots: 0, steps: 7},
	// Eight looks, and six positions copied at the end.
	{name: "one-pass groups", pattern: "^([a-c]+)-([0-9]+)$", text: "abc-123", slots: 6, steps: 14},
	{name: "backtracker groups", pattern: "(a|b)*c", text: "ababab", slots: 4, steps: 64},
	{name: "machine", pattern: "(a|b)*c", text: strings.Repeat("ab", 200), slots: 4, steps: 2004},
	{name: "machine longest", pattern: "(a|ab)(c|bcd)*", text: "xabcdbcd", slots: 6, longest: true, steps: 99},
	{name: "automaton", pattern: "(a|aa)*c", text: strings.Repeat("a", 1000), slots: 0, budget: 1 << 20, steps: 1058},
	{name: "automaton of many states", pattern: `(\w+) (\d+)`, text: many, slots: -2, budget: 1 << 20, steps: 25139},
	{name: "automaton with assertions", pattern: `(?m)\b[a-z]+\b|^$`, text: many + "\n\né\n", slots: -2,
		budget: 1 << 20, steps: 11205},
	{name: "automaton that throws states away", pattern: `[a-m][^x-z]{6}\d`, text: many, slots: -2, budget: 20_000,
		steps: 13724},
	{name: "automaton that gives up", pattern: `[a-q][^u-z]{10}9|z`, text: many, slots: 2, budget: 16_000, steps: 8872},
	{name: "automaton longest", pattern: `[a-z]+|[a-z]+ \d`, text: many, slots: -2, budget: 1 << 20, longest: true,
		steps: 13440},
	{name: "whole", pattern: `(?:[a-z_]+ ?|\d+ ?)*`, text: many, slots: -1, budget: 1 << 20, steps: 7961},
	{name: "prefix", pattern: `beta (\d+)`, text: many, slots: -2, budget: 1 << 20, steps: 16368},
	{name: "required", pattern: `\d+ [^!]{0,90}gamma_(\d)`, text: strings.Repeat(many[:200], 9) + many, slots: -2,
		budget: 1 << 20, required: "gamma_", steps: 55560},
	{name: "sweep", pattern: `[a ]*z|a`, text: strings.Repeat("a ", 2000), slots: -2, budget: 1 << 20, steps: 42118},
	// Eight bytes and the end of the text.
	{name: "table", pattern: `(?:a|b)*c|d$`, text: "abababxd", slots: 0, budget: 1 << 20, tables: 1 << 14, steps: 9},
	{name: "tables and groups", pattern: `(\w+) (\d+)`, text: many, slots: -2, budget: 1 << 20, tables: 1 << 14,
		steps: 28201},
	{name: "table of the whole", pattern: `(?:[a-z_]+ ?|\d+ ?)*`, text: many, slots: -1, budget: 1 << 20, tables: 1 << 14,
		steps: 7802},
}

// do runs a job and returns its steps and what it found.
func (j *job) do(t testing.TB, p *Program) (int64, string) {
	t.Helper()
	r := p.Begin()
	defer r.End()
	if j.slots == -2 {
		all, steps := allMatches(t, p, &r, j.text, p.slots)
		return steps, fmt.Sprint(all)
	}
	m := free.Meter(t.Context(), "test")
	var found bool
	var err error
	caps := make([]int, max(j.slots, 0))
	if j.slots == -1 {
		found, err = Full(&r, &m, j.text)
	} else {
		found, err = Find(&r, &m, j.text, 0, caps)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !found {
		caps = nil
	}
	return m.Usage().Steps, fmt.Sprint(found, caps)
}

// TestSteps asserts exact counts: in a fresh program, in one that has done the same before, in one
// whose automata are full of other states, and in many at once.
func TestSteps(t *testing.T) {
	for _, j := range jobs {
		t.Run(j.name, func(t *testing.T) {
			o := j.options()
			p := compile(t, j.pattern, o)
			steps, found := j.do(t, p)
			if steps != j.steps {
				t.Errorf("%d steps; want %d (found %.60s)", steps, j.steps, found)
			}
			check := func(when string) {
				if again, same := j.do(t, p); again != steps || same != found {
					t.Errorf("%s: %d steps; want %d as at first (found %.60s)", when, again, steps, same)
				}
			}
			check("warm")
			for i, other := range jobs {
				other.slots = []int{0, 2, -2, -1}[i%4]
				other.do(t, p)
				check("after " + other.name)
			}
			for _, procs := range []int{1, 3} {
				before := runtime.GOMAXPROCS(procs)
				var wg sync.WaitGroup
				for range 4 {
					wg.Go(func() { check(fmt.Sprintf("with GOMAXPROCS %d", procs)) })
				}
				wg.Wait()
				runtime.GOMAXPROCS(before)
			}
		})
	}
}

// TestEnginesAgree runs every job with automata of every size, and without any.
func TestEnginesAgree(t *testing.T) {
	for _, j := range jobs {
		var want string
		for _, budget := range []int64{0, 12_000, 20_000, 50_000, 1 << 20} {
			_, found := j.do(t, compile(t, j.pattern, Options{Longest: j.longest, CacheBytes: budget,
				TableBytes: budget % 4096}))
			if want == "" {
				want = found
			}
			if found != want {
				t.Errorf("%s with %d bytes for states: %.200s; want %.200s", j.name, budget, found, want)
			}
		}
	}
}

// watchedContext counts how often it is asked, and ends after some times.
type watchedContext struct {
	context.Context
	asked, ends int
}

func (c *watchedContext) Err() error {
	c.asked++
	if c.ends > 0 && c.asked >= c.ends {
		return context.Canceled
	}
	return nil
}

// dear are searches that take long, one or more for each loop that could forget to look up.
var dear = []job{
	{name: "literal", pattern: "needle", text: strings.Repeat("x", 1<<20), slots: 2},
	{name: "one-pass", pattern: "^([a-z]+)$", text: strings.Repeat("x", 1<<20), slots: 4},
	{name: "machine", pattern: strings.Repeat(`x{0,100}`, 20) + `y`, text: strings.Repeat("x", 200), slots: 2},
	{name: "machine with many groups", pattern: strings.Repeat("(x?)", 100), text: strings.Repeat("x", 3000),
		slots: 202},
	{name: "machine with a large program", pattern: strings.Repeat(`[a-z]{0,40}[^x]{1,30}`, 8) + `9`,
		text: letters(3000), slots: 2},
	{name: "automaton", pattern: "(a|aa)*c", text: strings.Repeat("a", 1<<20), slots: 0, budget: 1 << 20},
	{name: "automaton that throws states away", pattern: `[a-q][^u-z]{40}9|zzzz`, text: letters(1_000_000), slots: 2,
		budget: 60_000},
	{name: "automaton of large states", pattern: strings.Repeat(`[a-z ]{0,50}`, 20) + `9`, text: letters(500),
		slots: 0, budget: 16 << 20},
	{name: "automaton beyond ASCII", pattern: `(é|éé)*c`, text: strings.Repeat("é", 1<<19), slots: 0, budget: 1 << 20},
	{name: "machine of first bytes", pattern: `[é-ü]x`, text: strings.Repeat("日", 1<<18), slots: 2},
	{name: "backwards", pattern: `x(?s:.*)\d`, text: strings.Repeat("x", 1<<19) + "1", slots: 4, budget: 1 << 20},
	{name: "sweep", pattern: quadratic, text: strings.Repeat("a", 1<<17), slots: -2, budget: 1 << 20},
	{name: "sweep without matches", pattern: `a[ab]*c|a`, text: strings.Repeat("a", 1<<14) + strings.Repeat("b",
		1<<19), slots: -2, budget: 1 << 20},
	{name: "table", pattern: `(?:a|b)*c|d$`, text: strings.Repeat("ab", 1<<19), slots: 2, budget: 1 << 20,
		tables: 1 << 14},
	{name: "tables and groups", pattern: `((?:x|y)*?)(x*)$`, text: strings.Repeat("x", 1<<19), slots: 6, budget: 1 << 20,
		tables: 1 << 14},
	{name: "read back from what is required", pattern: `[0-9][^!]*key`, text: strings.Repeat("x", 1<<20) + "key", slots: 2,
		budget: 1 << 20, required: "key"},
	{name: "required everywhere", pattern: `[0-9][^!]*key`, text: strings.Repeat("xx key ", 1<<16), slots: 2,
		budget: 1 << 20, required: "key"},
	{name: "required near what begins", pattern: `[a-z]{4}\s+[\s\S]{0,100}key[^!]*!`,
		text:  strings.Repeat("some  xx key ", 1<<14),
		slots: 2, budget: 1 << 20, required: "key"},
	{name: "all empty matches", pattern: strings.Repeat("()", 40), text: strings.Repeat("a", 20_000), slots: -2},
}

// TestLooksUpInTime asks how many steps lie between two looks at the context, and ends the context
// in the middle of each search: nothing may go on for more than 65,536 steps and a block.
func TestLooksUpInTime(t *testing.T) {
	const most = 65_536 + stepBlock
	for _, j := range dear {
		t.Run(j.name, func(t *testing.T) {
			p := compile(t, j.pattern, j.options())
			run := func(ends int) (looks int, steps int64, err error) {
				ctx := &watchedContext{Context: t.Context(), ends: ends}
				m := free.Meter(ctx, "test")
				r := p.Begin()
				defer r.End()
				if j.slots >= 0 {
					_, err = Find(&r, &m, j.text, 0, make([]int, j.slots))
					return ctx.asked, m.Usage().Steps, err
				}
				for pos := 0; pos <= len(j.text); {
					caps := make([]int, p.slots)
					var found bool
					if found, err = Find(&r, &m, j.text, pos, caps); err != nil || !found {
						break
					}
					pos = max(caps[1], pos+1)
				}
				return ctx.asked, m.Usage().Steps, err
			}
			// Memory that grows in a first run is looked after besides.
			if _, _, err := run(0); err != nil {
				t.Fatal(err)
			}
			looks, all, err := run(0)
			if err != nil {
				t.Fatal(err)
			}
			if all < 3*most {
				t.Fatalf("%d steps: not dear enough", all)
			}
			if all > int64(looks+1)*most {
				t.Errorf("%d steps with %d looks at the context", all, looks)
			}
			for _, ends := range []int{1, 2, looks / 2, looks} {
				ends = max(ends, 1)
				asked, steps, err := run(ends)
				// Memory that a pool has dropped is made again, with looks of its own: a run may
				// have fewer looks than the one before, and come to its end before the context
				// does.
				if err == nil && asked >= ends || steps > int64(asked+1)*most || err != nil && steps > int64(ends)*most {
					t.Errorf("to end at look %d, it looked %d times and did %d steps of %d: %v", ends, asked, steps, all, err)
				}
			}
		})
	}
}

// TestLimitInTheMiddle stops a search at every tenth of its steps, and expects no answer and the
// exact count. Neither the answer nor the count of the next search changes by it.
func TestLimitInTheMiddle(t *testing.T) {
	for _, j := range slices.Concat(jobs[:10], dear) {
		if j.slots < 0 {
			continue
		}
		p := compile(t, j.pattern, j.options())
		run := func(steps int64) (bool, int64, error) {
			lim := free
			lim.Steps = steps
			m := lim.Meter(t.Context(), "test")
			r := p.Begin()
			defer r.End()
			found, err := Find(&r, &m, j.text, 0, make([]int, j.slots))
			return found, m.Usage().Steps, err
		}
		was, all, err := run(limits.UnsafeUnlimited)
		if err != nil {
			t.Fatal(err)
		}
		exact := func(when string) {
			if found, steps, err := run(all); err != nil || steps != all || found != was {
				t.Errorf("%s, %s: with exactly %d steps: %v after %d, %v", j.name, when, all, found, steps, err)
			}
		}
		exact("warm")
		for tenth := range int64(10) {
			if _, steps, err := run(max(all*tenth/10, 1)); err == nil && all > 1 || steps > all*tenth/10+1 {
				t.Errorf("%s: with %d of %d steps: it took %d, %v", j.name, all*tenth/10, all, steps, err)
			}
			if all < 20_000 {
				exact("after one that was stopped")
			}
		}
	}
}

// TestMemoryInTheMiddle stops a search at many limits of its memory. Neither the answer nor the
// count of the next search changes by it.
func TestMemoryInTheMiddle(t *testing.T) {
	for _, j := range slices.Concat(jobs[:12], jobs[13:14]) {
		slots := max(j.slots, 0)
		p := compile(t, j.pattern, j.options())
		run := func(most limits.Bytes) (bool, limits.Usage, error) {
			lim := free
			lim.MemoryBytes = most
			m := lim.Meter(t.Context(), "test")
			r := p.Begin()
			defer r.End()
			found, err := Find(&r, &m, j.text, 0, make([]int, slots))
			return found, m.Usage(), err
		}
		was, used, err := run(limits.UnsafeUnlimited)
		if err != nil {
			t.Fatal(err)
		}
		for most := range used.MemoryBytes {
			if used.MemoryBytes > 200 && most%(used.MemoryBytes/200) > 0 {
				continue
			}
			if _, _, err := run(max(most, 1)); err == nil && most > 0 {
				t.Errorf("%s: with %d of %d bytes: no error", j.name, most, used.MemoryBytes)
			}
			if found, again, err := run(used.MemoryBytes); err != nil || found != was || again.Steps != used.Steps {
				t.Fatalf("%s, after %d bytes: %v after %d steps, %v; want %v after %d", j.name, most, found, again.Steps, err,
					was, used.Steps)
			}
		}
	}
}
