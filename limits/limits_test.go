package limits_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
)

// all lists every resource.
var all = []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Depth, limits.Steps,
	limits.MemoryBytes, limits.Time}

// with returns l with the field of r set to n.
func with(l limits.Limits, r limits.Resource, n int64) limits.Limits {
	limittable.Set(&l, r, n)
	return l
}

func TestCheck(t *testing.T) {
	unlimited := limits.Limits{}
	for _, r := range all {
		unlimited = with(unlimited, r, limits.UnsafeUnlimited)
	}
	type problem struct {
		Field  string
		Reason string
	}
	unset := "is not set: give it a limit, or limits.UnsafeUnlimited for input you trust"
	invalid := ": not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust"
	for _, tc := range []struct {
		name     string
		in       limits.Limits
		required []limits.Resource
		want     []problem
	}{
		{"nothing set, nothing required", limits.Limits{}, nil, nil},
		{"everything set and required", full, all, nil},
		{"everything unlimited and required", unlimited, all, nil},
		{"the largest", limits.Limits{Items: math.MaxInt64, Time: math.MaxInt64}, []limits.Resource{limits.Items,
			limits.Time}, nil},
		{"one", limits.Limits{Items: 1, Time: time.Millisecond}, []limits.Resource{limits.Items, limits.Time}, nil},
		{"required and unset, in the order of the fields", limits.Limits{}, []limits.Resource{limits.Time,
			limits.Items, limits.Items}, []problem{{"Items", unset}, {"Time", unset}}},
		{"the length of a chunked request", limits.Limits{InputBytes: -1}, nil,
			[]problem{{"InputBytes", "is -1" + invalid}}},
		{"one above UnsafeUnlimited", limits.Limits{Steps: math.MinInt64 + 1}, nil,
			[]problem{{"Steps", "is -9223372036854775807" + invalid}}},
		{"negative time", limits.Limits{Time: -time.Second}, nil, []problem{{"Time", "is -1s" + invalid}}},
		{"a forgotten unit", limits.Limits{Time: 30}, nil,
			[]problem{{"Time", "is 30ns: is a unit missing? at least 1ms"}}},
		{"just under 1 ms", limits.Limits{Time: time.Millisecond - 1}, nil,
			[]problem{{"Time", "is 999.999us: is a unit missing? at least 1ms"}}},
		{
			"everything at once", limits.Limits{InputBytes: -1, OutputBytes: -2, Items: -3, Depth: -4, Steps: -5,
				MemoryBytes: -6, Time: 7}, all,
			[]problem{
				{"InputBytes", "is -1" + invalid}, {"OutputBytes", "is -2" + invalid}, {"Items", "is -3" + invalid},
				{"Depth", "is -4" + invalid},
				{"Steps", "is -5" + invalid}, {"MemoryBytes", "is -6" + invalid},
				{"Time", "is 7ns: is a unit missing? at least 1ms"},
			},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.in.Check("op", tc.required...)
			if tc.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			wantKinds(t, err, "config unset")
			var config *limits.ConfigError
			if !errors.As(err, &config) || config.Op != "op" {
				t.Fatalf("got %v, want a ConfigError of op", err)
			}
			checkText(t, err.Error())
			var got []problem
			for _, p := range config.Problems {
				got = append(got, problem{p.Field, p.Reason})
				if !p.Unset {
					t.Errorf("%s is not marked as a limit's", p.Field)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckUnknownResource(t *testing.T) {
	for _, r := range []limits.Resource{0, limits.Time + 1, 255} {
		err := full.Check("op", r)
		wantKinds(t, err, "config")
	}
}

func TestResourceString(t *testing.T) {
	var got []string
	for r := range limits.Time + 2 {
		got = append(got, r.String())
	}
	want := []string{"resource(0)", "input bytes", "output bytes", "items", "depth", "steps", "memory bytes", "time",
		"resource(8)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUsageOf(t *testing.T) {
	u := limits.Usage{InputBytes: 1, OutputBytes: 2, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6, Elapsed: 7}
	var got []int64
	for r := range limits.Time + 2 {
		got = append(got, u.Of(r))
	}
	if diff := cmp.Diff([]int64{0, 1, 2, 3, 4, 5, 6, 7, 0}, got); diff != "" {
		t.Error(diff)
	}
}

// TestOr: each field of its own, whatever it holds.
func TestOr(t *testing.T) {
	defaults := limits.Limits{}
	for i, r := range all {
		defaults = with(defaults, r, int64(i+1)*1_000_000)
	}
	for _, r := range all {
		for _, n := range []int64{1, -1, limits.UnsafeUnlimited, math.MaxInt64} {
			if got, want := with(limits.Limits{}, r, n).Or(defaults), with(defaults, r, n); got != want {
				t.Errorf("%v = %d: %v, want %v", r, n, got, want)
			}
		}
	}
	if got := (limits.Limits{}).Or(defaults); got != defaults {
		t.Errorf("nothing set: %v", got)
	}
	if got := defaults.Or(limits.Limits{}); got != defaults {
		t.Errorf("no defaults: %v", got)
	}
}
