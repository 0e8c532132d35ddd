package limits_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// The model is what the package comment says, in the simplest terms: one goroutine, whole numbers
// of any size, no blocks, no compare-and-swap. Random programs run against it and against the
// package, and must not be able to tell the two apart.

var maxInt64 = big.NewInt(math.MaxInt64)

// modelLevel is one set of limits and what is used of it.
type modelLevel struct {
	limit [8]*big.Int // nil where nothing is set
	used  [8]*big.Int
	ended string // why, in the words of describe; "" while it goes on
}

func newLevel(l limits.Limits) *modelLevel {
	var m modelLevel
	for r, v := range []int64{0, int64(l.InputBytes), int64(l.OutputBytes), l.Items, l.Depth, l.Steps,
		int64(l.MemoryBytes)} {
		switch v {
		case 0:
		case limits.UnsafeUnlimited:
			m.limit[r] = maxInt64
		default:
			m.limit[r] = big.NewInt(v)
		}
	}
	for r := range m.used {
		m.used[r] = new(big.Int)
	}
	return &m
}

// over describes the refusal of n more, or returns "" if n fits.
func (m *modelLevel) over(r limits.Resource, used *big.Int, n int64, envelope bool) string {
	sum := new(big.Int).Add(used, big.NewInt(n))
	if n >= 0 && sum.Cmp(m.limit[r]) <= 0 {
		return ""
	}
	if n < 0 || sum.Cmp(maxInt64) > 0 {
		sum = maxInt64
	}
	return fmt.Sprintf("%v: %v of %v, envelope %v", r, sum, m.limit[r], envelope)
}

// modelOp is one operation with the levels around it, the innermost first.
type modelOp struct {
	modelLevel
	around []*modelLevel
	peak   *big.Int
	closed bool
}

// state returns why the operation takes no call, and remembers it.
func (m *modelOp) state() string {
	if m.ended != "" {
		return m.ended
	}
	for _, e := range m.around {
		if e.ended != "" {
			m.ended = e.ended
			break
		}
	}
	return m.ended
}

// ask charges n of r, or with trial only finds out whether it could.
func (m *modelOp) ask(r limits.Resource, n int64, trial bool) string {
	if s := m.state(); s != "" {
		return s
	}
	end := func(m *modelLevel, s string) string {
		if !trial {
			m.ended = s
		}
		return s
	}
	if m.limit[r] == nil {
		if n == 0 {
			return ""
		}
		return end(&m.modelLevel, "unset "+r.String())
	}
	used := m.used[r]
	if r == limits.Depth {
		used = new(big.Int)
	}
	if s := m.over(r, used, n, false); s != "" {
		return end(&m.modelLevel, s)
	}
	for _, e := range m.around {
		if e.limit[r] == nil {
			continue
		}
		if s := e.over(r, e.used[r], n, true); s != "" {
			end(e, s)
			return end(&m.modelLevel, s)
		}
	}
	if trial {
		return ""
	}
	if r == limits.Depth {
		if deep := big.NewInt(n); deep.Cmp(m.used[r]) > 0 {
			m.used[r] = deep
		}
		return ""
	}
	m.add(r, n)
	if m.used[limits.MemoryBytes].Cmp(m.peak) > 0 {
		m.peak = new(big.Int).Set(m.used[limits.MemoryBytes])
	}
	return ""
}

// add changes what is used everywhere.
func (m *modelOp) add(r limits.Resource, n int64) {
	for _, l := range append([]*modelLevel{&m.modelLevel}, m.around...) {
		if l.limit[r] != nil {
			l.used[r] = new(big.Int).Add(l.used[r], big.NewInt(n))
		}
	}
}

func (m *modelOp) release(n int64) {
	if held := m.used[limits.MemoryBytes]; n > 0 && !m.closed {
		if big.NewInt(n).Cmp(held) > 0 {
			n = held.Int64()
		}
		m.add(limits.MemoryBytes, -n)
	}
}

func (m *modelOp) close() {
	m.release(math.MaxInt64)
	m.closed = true
	if m.ended == "" {
		m.ended = "closed"
	}
}

// describe puts an error into the words of the model.
func describe(err error) string {
	var exceeded *limits.ExceededError
	var config *limits.ConfigError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &exceeded):
		return fmt.Sprintf("%v: %d of %d, envelope %v", exceeded.Resource, exceeded.Used, exceeded.Limit,
			exceeded.Envelope)
	case errors.As(err, &config) && errors.Is(err, limits.ErrUnset):
		for _, r := range all {
			if with(full, r, 0).Check("", r).Error() == (&limits.ConfigError{Problems: config.Problems}).Error() {
				return "unset " + r.String()
			}
		}
	case errors.As(err, &config):
		return "closed"
	}
	return "unexpected: " + err.Error()
}

// place is a context and the envelopes that it carries, the innermost first.
type place struct {
	ctx    context.Context
	around []*modelLevel
}

// program is a random program, one choice a byte.
type program []byte

// choose returns a number below n.
func (p *program) choose(n int) int {
	if len(*p) == 0 {
		return 0
	}
	c := int((*p)[0])
	*p = (*p)[1:]
	return c % n
}

// limit returns a value for a field, small more often than large.
func (p *program) limit() int64 {
	return []int64{0, 1, 2, 3, 5, 8, 13, 21, 100, 1 << 31, 1 << 32, math.MaxInt64 - 1, math.MaxInt64,
		limits.UnsafeUnlimited}[p.choose(14)]
}

// amount returns something to ask for.
func (p *program) amount() int64 {
	return []int64{0, 1, 1, 2, 3, 4, 7, 20, 99, 100, 1 << 31, 1 << 32, math.MaxInt64 - 1, math.MaxInt64, -1,
		math.MinInt64}[p.choose(16)]
}

// run runs the program against the package and the model, and returns how often each kind of answer
// came.
func (p *program) run(t *testing.T) map[string]int {
	type operation struct {
		b *limits.Budget
		m *modelOp
	}
	places := []place{{ctx: t.Context()}}
	var operations []operation
	name := func(i int) string { return fmt.Sprintf("op%d", i) }
	answers := make(map[string]int)

	for len(*p) > 0 {
		switch action := p.choose(16); {
		case action == 0 && len(places) < 6:
			at := places[p.choose(len(places))]
			l := limits.Limits{OutputBytes: limits.Bytes(p.limit()), Steps: p.limit(),
				MemoryBytes: limits.Bytes(p.limit())}
			ctx, cancel, err := limits.With(at.ctx, l)
			if err != nil {
				if max(l.OutputBytes, limits.Bytes(l.Steps), l.MemoryBytes) > 0 {
					t.Fatalf("With(%v): %v", l, err)
				}
				continue
			}
			t.Cleanup(cancel)
			level := newLevel(l)
			for r, limit := range level.limit {
				// Unlimited in an envelope is no envelope.
				if limit == maxInt64 {
					level.limit[r] = nil
				}
			}
			places = append(places, place{ctx, append([]*modelLevel{level}, at.around...)})
		case action == 1 && len(operations) < 12:
			at := places[p.choose(len(places))]
			l := limits.Limits{
				InputBytes: limits.Bytes(p.limit()), OutputBytes: limits.Bytes(p.limit()), Items: p.limit(),
				Depth: p.limit(), Steps: p.limit(), MemoryBytes: limits.Bytes(p.limit()),
			}
			m := &modelOp{modelLevel: *newLevel(l), around: at.around, peak: new(big.Int)}
			b, err := l.Start(at.ctx, name(len(operations)))
			if got, want := describe(err), m.state(); got != want {
				t.Fatalf("Start: %q, want %q", got, want)
			}
			if err == nil {
				t.Cleanup(func() { b.Close() })
				operations = append(operations, operation{b, m})
			}
		case len(operations) > 0:
			i := p.choose(len(operations))
			b, m := operations[i].b, operations[i].m
			r := amounts[p.choose(len(amounts))]
			n := p.amount()
			var got error
			var want string
			switch action {
			case 2:
				got, want = b.Err(), m.state()
			case 3, 4:
				got, want = b.Fits(r, n), m.ask(r, n, true)
			case 5, 6:
				b.Release(limits.MemoryBytes, n)
				m.release(n)
			case 7:
				b.Close()
				m.close()
			default:
				got, want = use(b, r, n), m.ask(r, n, false)
			}
			answers[fmt.Sprintf("%T %v", got, kindsOf(got))]++
			if describe(got) != want {
				t.Fatalf("action %d on %s, %d of %v: %q, want %q", action, name(i), n, r, describe(got), want)
			}
			if exceeded, ok := errors.AsType[*limits.ExceededError](got); ok {
				if exceeded.Op != name(i) {
					t.Fatalf("%s got the error of %s", name(i), exceeded.Op)
				}
				answers[fmt.Sprintf("envelope %v", exceeded.Envelope)]++
			}
		}
		for i, o := range operations {
			o.m.compare(t, name(i), o.b)
		}
	}
	for _, at := range places {
		at.compare(t)
	}
	return answers
}

// compare holds the usage of an operation to the model's.
func (m *modelOp) compare(t *testing.T, name string, b *limits.Budget) {
	t.Helper()
	usage := b.Usage()
	for _, r := range amounts {
		want := m.used[r]
		if r == limits.MemoryBytes {
			want = m.peak
		}
		if got := usage.Of(r); want.Cmp(big.NewInt(got)) != 0 {
			t.Fatalf("%s has used %d of %v, want %v", name, got, r, want)
		}
	}
}

// compare asks the envelopes, if they have not ended, how much is left in them, through an
// operation without limits of its own.
func (p place) compare(t *testing.T) {
	t.Helper()
	probe := limits.Limits{OutputBytes: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited,
		MemoryBytes: limits.UnsafeUnlimited}
	b, err := probe.Start(p.ctx, "probe")
	m := &modelOp{modelLevel: *newLevel(probe), around: p.around, peak: new(big.Int)}
	if got, want := describe(err), m.state(); got != want {
		t.Fatalf("an operation at the end: %q, want %q", got, want)
	}
	if err != nil {
		return
	}
	defer b.Close()
	for _, r := range enveloped {
		left := new(big.Int).Set(maxInt64)
		for _, e := range p.around {
			if e.limit[r] != nil {
				if room := new(big.Int).Sub(e.limit[r], e.used[r]); room.Cmp(left) < 0 {
					left = room
				}
			}
		}
		if err := b.Fits(r, left.Int64()); err != nil {
			t.Fatalf("%v should be left of %v: %v", left, r, err)
		}
		if left.Cmp(maxInt64) < 0 && b.Fits(r, left.Int64()+1) == nil {
			t.Fatalf("more than %v is left of %v", left, r)
		}
	}
}

func TestModel(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	answers := make(map[string]int)
	for range 1000 {
		p := make(program, 300)
		for i := range p {
			p[i] = byte(rnd.Uint32())
		}
		for answer, n := range p.run(t) {
			answers[answer] += n
		}
	}
	// Programs that never got far would prove nothing.
	for _, answer := range []string{"<nil> ", "*limits.ExceededError refused exceeded", "*limits.ConfigError config",
		"*limits.ConfigError config unset", "envelope false", "envelope true"} {
		if answers[answer] < 1000 {
			t.Errorf("%q came %d times: %v", answer, answers[answer], answers)
		}
	}
}

func FuzzBudget(f *testing.F) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 8 {
		p := make([]byte, 120)
		for i := range p {
			p[i] = byte(rnd.Uint32())
		}
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := program(data[:min(len(data), 2000)])
		p.run(t)
	})
}
