package limits_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/asdata"
	"github.com/seed73825598/airlock/limits"
)

// asData is every error and event of the package as a log and a program get it. This table is a
// promise: members may join, and none may go or change.
var asData = []struct {
	name string
	v    any
	log  string
	json string
}{
	{"a rule", &limits.RuleError{Op: "safezip.Extract", Rule: "path-traversal", Where: "../evil\n", Offset: 12,
		Detail: "climbs out"},
		`e.op=safezip.Extract e.rule=path-traversal e.where="\"../evil\\n\"" e.offset=12 e.detail="climbs out"`,
		`{"op":"safezip.Extract","rule":"path-traversal","where":"\"../evil\\n\"","offset":12,"detail":"climbs out"}`},
	{"a rule in a line", &limits.RuleError{Rule: "doctype", Offset: -1, Line: 3, Column: 7},
		`e.rule=doctype e.offset=-1 e.line=3 e.column=7`,
		`{"rule":"doctype","offset":-1,"line":3,"column":7}`},
	{"a budget", &limits.ExceededError{Op: "op", Resource: limits.OutputBytes, Limit: 10, Used: 11, Where: "a",
		Option: "MaxEntryBytes"},
		`e.op=op e.resource=output e.limit=10 e.used=11 e.envelope=false e.where="\"a\"" e.option=MaxEntryBytes`,
		`{"op":"op","resource":"output","limit":10,"used":11,"envelope":false,"where":"\"a\"","option":"MaxEntryBytes"}`},
	{"an envelope", &limits.ExceededError{Op: "op", Resource: limits.Time, Limit: 1e9, Used: 2e9, Envelope: true,
		Hint: "come later"},
		`e.op=op e.resource=time e.limit=1000000000 e.used=2000000000 e.envelope=true e.hint="come later"`,
		`{"op":"op","resource":"time","limit":1000000000,"used":2000000000,"envelope":true,"hint":"come later"}`},
	{"busy", &limits.BusyError{Op: "op", MemoryBytes: 5, Waited: 7, Pool: limits.PoolStats{
		Limits: limits.PoolLimits{MemoryBytes: limits.UnsafeUnlimited}, Operations: 1, Waited: 3}},
		`e.op=op e.memory=5 e.waited=7ns e.pool.operations=1 e.pool.memory=0 e.pool.waiting=0 e.pool.admitted=0 ` +
			`e.pool.busy=0 e.pool.left=0 e.pool.waited=3ns e.pool.longest=0s`,
		`{"op":"op","memory":5,"waited_ns":7,"pool":{"operations":1,"memory":0,"waiting":0,"admitted":0,"busy":0,"left":0,` +
			`"waited_ns":3,"longest_ns":0}}`},
	{"a mistake", &limits.ConfigError{Op: "op",
		Problems: []limits.FieldProblem{{Field: "Items", Reason: "is not set", Unset: true},
			{Field: "Workers", Reason: "is 0"}}},
		`e.op=op e.problems="Items is not set; Workers is 0"`,
		`{"op":"op","problems":[{"field":"Items","reason":"is not set","unset":true},{"field":"Workers","reason":"is 0",` +
			`"unset":false}]}`},
	{"usage", limits.Usage{InputBytes: 1, OutputBytes: 2, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6, Elapsed: 7},
		`e.input=1 e.output=2 e.items=3 e.depth=4 e.steps=5 e.memory=6 e.time=7ns`,
		`{"input":1,"output":2,"items":3,"depth":4,"steps":5,"memory":6,"elapsed_ns":7}`},
	{"no usage", limits.Usage{}, ``,
		`{"input":0,"output":0,"items":0,"depth":0,"steps":0,"memory":0,"elapsed_ns":0}`},
	{"a soft limit", limits.Event{Op: "op", Kind: limits.SoftLimitPassed, Resource: limits.Items, Used: 9, Limit: 8,
		Limits: limits.Limits{Items: 10, Steps: limits.UnsafeUnlimited}, Usage: limits.Usage{Items: 9}},
		`e.op=op e.kind="soft limit passed" e.resource=items e.used=9 e.limit=8 e.limits="items=10 steps=unsafe-unlimited" ` +
			`e.usage.items=9`,
		`{"op":"op","kind":"soft limit passed","resource":"items","used":9,"limit":8,"limits":"items=10 ` +
			`steps=unsafe-unlimited","usage":{"input":0,"output":0,"items":9,"depth":0,"steps":0,"memory":0,"elapsed_ns":0}}`},
	{"an end", limits.Event{Op: "op", Kind: limits.OperationEnded,
		Err: fmt.Errorf("x: %w", &limits.RuleError{Op: "op", Rule: "doctype", Offset: -1})},
		`e.op=op e.kind="operation ended" e.rule=doctype e.error="x: op: doctype"`,
		`{"op":"op","kind":"operation ended","rule":"doctype","usage":{"input":0,"output":0,"items":0,"depth":0,"steps":0,` +
			`"memory":0,"elapsed_ns":0},"error":"x: op: doctype"}`},
}

func TestAsData(t *testing.T) {
	for _, tc := range asData {
		asdata.Check(t, tc.name, tc.v, tc.log, tc.json)
	}
}

// TestHostileData: text of an input enters data only quoted or escaped, and cut.
func TestHostileData(t *testing.T) {
	evil := strings.Repeat("evil\r\n\x1b[2J\u202e\xff", 10_000)
	many := make([]limits.FieldProblem, 1000)
	for i := range many {
		many[i] = limits.FieldProblem{Field: evil, Reason: evil}
	}
	for name, v := range map[string]interface {
		json.Marshaler
		slog.LogValuer
	}{
		"rule":   &limits.RuleError{Op: evil, Rule: limits.Rule(evil), Where: evil, Detail: evil},
		"budget": &limits.ExceededError{Op: evil, Where: evil, Option: evil, Hint: evil},
		"busy":   &limits.BusyError{Op: evil},
		"config": &limits.ConfigError{Op: evil, Problems: many},
		"event":  limits.Event{Op: evil, Err: errors.New(evil)},
	} {
		text, err := json.Marshal(v)
		if err != nil || len(text) > 96<<10 {
			t.Errorf("%s: %v, %d bytes", name, err, len(text))
		}
		checkText(t, string(text))
		checkText(t, v.LogValue().String())
		if s := v.LogValue().String(); len(s) > 4096 {
			t.Errorf("%s: %d bytes in a log", name, len(s))
		}
	}
	for name, v := range map[string]interface {
		json.Marshaler
		slog.LogValuer
	}{"rule": (*limits.RuleError)(nil), "budget": (*limits.ExceededError)(nil), "busy": (*limits.BusyError)(nil),
		"config": (*limits.ConfigError)(nil)} {
		if text, err := v.MarshalJSON(); err != nil || string(text) != "{}" || len(v.LogValue().Group()) != 0 {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}

// TestObserverPanics: an operation whose observer panics gives back its place and its memory at
// once, though its owner never comes by again.
func TestObserverPanics(t *testing.T) {
	work := map[string]func(b spender) error{
		"spend": func(b spender) error { return b.Spend(limits.Items, 9) },
		"hold":  func(b spender) error { return b.Hold(limits.MemoryBytes, 9) },
		"deep":  func(b spender) error { return b.Deep(9) },
		"steps": func(b spender) error { return errors.Join(b.Spend(limits.Steps, 900_000), b.Err()) },
	}
	lim := limits.Limits{Items: 10, MemoryBytes: 10, Depth: 10, Steps: 1_000_000}
	for name, do := range work {
		for _, metered := range []bool{false, true} {
			for _, enveloped := range []bool{false, true} {
				ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MemoryBytes: 100, MaxWait: time.Millisecond})
				if enveloped {
					ctx = envelope(t, ctx, limits.Limits{MemoryBytes: 10})
				}
				told := limits.WithObserver(ctx, limits.Observer{Func: func(context.Context, limits.Event) { panic("observer") }})
				func() {
					defer func() {
						if recover() == nil {
							t.Errorf("%s: the panic is gone", name)
						}
					}()
					if metered {
						m := lim.Meter(told, "op")
						_ = do(&m)
						return
					}
					b, err := lim.Start(told, "op")
					if err != nil {
						t.Fatal(err)
					}
					_ = do(b)
				}()
				if !enveloped {
					wantHeld(t, p, 0, 0, 0)
				}
				b, err := lim.Start(ctx, "second")
				if err == nil {
					err = b.Hold(limits.MemoryBytes, 10)
				}
				if err != nil {
					t.Errorf("%s (metered %v, enveloped %v): what it had is gone: %v", name, metered, enveloped, err)
				}
				b.Close()
			}
		}
	}
}
