package regexset

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// TestPanic has a panic of RE2 become an error, of this call and of all that follow.
func TestPanic(t *testing.T) {
	for name, run := range map[string]func(p *process, f func() error) error{
		"call": func(p *process, f func() error) error { return p.call("test", f) },
		"guard": func(p *process, f func() error) error {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.guard("test", f)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var p process
			err := run(&p, func() error { panic("unreachable") })
			var engine *EngineError
			if !errors.As(err, &engine) ||
				err.Error() != "test: RE2 cannot work: it has failed: panic: unreachable" ||
				errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v", err)
			}
			if err := p.acquire(t.Context(), "test", 1); !errors.As(err, &engine) || !strings.Contains(err.Error(),
				"it has failed before in this process: panic: unreachable") {
				t.Errorf("after a panic: %v", err)
			}
			if x := p.stats(); !x.Failed || x.HeldBytes != 0 {
				t.Errorf("%+v", x)
			}
		})
	}
}

// TestProcessBytes passes at exactly what a process may hold, and refuses one byte more.
func TestProcessBytes(t *testing.T) {
	const held = int64(ProcessBytes) - 1000
	p := process{held: held, reserved: int64(ProcessBytes), filler: new(re2Set)}
	if err := p.acquire(t.Context(), "test", 1000); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	p.release(1000)
	err := p.acquire(t.Context(), "test", 1001)
	var engine *EngineError
	if !errors.As(err, &engine) || !errors.Is(err, errNoRoom) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("one byte more: %v", err)
	}
	if x := p.stats(); int64(x.HeldBytes) != held || x.PeakBytes != ProcessBytes || x.MaxBytes != ProcessBytes {
		t.Errorf("%+v", x)
	}
}

// held is what all sets hold when the garbage has been collected.
func held() limits.Bytes {
	for range 5 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	return shared.stats().HeldBytes
}

// TestFreed has the memory of sets given back, closed or only forgotten, and of twice as many as
// there is room for.
func TestFreed(t *testing.T) {
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	before := held()
	for i := range 2 * int(ProcessBytes/(9*limits.MiB)) {
		set, err := Compile(t.Context(), []string{"a"}, lim, AllRE2())
		if err != nil {
			t.Fatalf("set %d: %v", i, err)
		}
		if i == 0 && set.Stats().RE2Bytes != 9*limits.MiB {
			t.Errorf("a set holds %v: the number of sets is wrong", set.Stats().RE2Bytes)
		}
		if i%2 == 0 {
			if err := set.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if after := held(); after != before {
		t.Errorf("%v held before, %v after", before, after)
	}
}

// TestRefusedLeavesNothing holds no more after refusals than before.
func TestRefusedLeavesNothing(t *testing.T) {
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	before := held()
	for range 20 {
		for _, patterns := range [][]string{{"a", "(?=b)"}, {"a", `(`}, {"a", `\C`}, {"a", "\xff"},
			slices.Repeat([]string{`\pL{15}x`}, 30), {`a**`}} {
			if _, err := Compile(t.Context(), patterns, lim, AllRE2()); !errors.Is(err, limits.ErrRefused) {
				t.Fatalf("%q: %v", patterns, err)
			}
		}
	}
	// This one is refused by RE2 itself: there is room for the program as it was counted, and none
	// for its automaton.
	o, err := begin(t.Context(), "test", limits.Limits{Steps: 1e6, MemoryBytes: limits.GiB, Time: time.Minute}, needsClock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newEngine(o, []string{`[a-z]{500}`}, []int{0}, 1, 1000); !errors.Is(err, errTooLarge) {
		t.Errorf("%v; want errTooLarge", err)
	}
	if after := held(); after != before {
		t.Errorf("%v held before, %v after", before, after)
	}
}
