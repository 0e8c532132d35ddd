package limits_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
)

func ExampleLimits_Start() {
	lim := limits.Limits{InputBytes: 1 * limits.KiB, Items: 3, Time: 5 * time.Second}
	b, err := lim.Start(context.Background(), "csv.Import", limits.Items, limits.Time)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	for _, row := range []string{"a", "b", "c", "d"} {
		if err := b.Spend(limits.Items, 1); err != nil {
			fmt.Println(errors.Is(err, limits.ErrRefused), err)
			return
		}
		fmt.Println("row", row)
	}
	// Output:
	// row a
	// row b
	// row c
	// true csv.Import: items: needs at least 4, the limit is 3; if such input is expected, raise Items
}

func ExampleLimits_Start_required() {
	_, err := limits.Limits{OutputBytes: -1, Time: 30}.Start(context.Background(), "csv.Import", limits.Items,
		limits.Time)
	fmt.Println(errors.Is(err, limits.ErrUnset), errors.Is(err, limits.ErrRefused))
	if config, ok := errors.AsType[*limits.ConfigError](err); ok {
		for _, p := range config.Problems {
			fmt.Println(p.Field, p.Reason)
		}
	}
	// Output:
	// true false
	// OutputBytes is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust
	// Items is not set: give it a limit, or limits.UnsafeUnlimited for input you trust
	// Time is 30ns: is a unit missing? at least 1ms
}

func ExampleLimits_Check() {
	lim := limits.Limits{InputBytes: 10 * limits.MiB}
	fmt.Println(lim.Check("upload", limits.InputBytes))
	fmt.Println(lim.Check("upload", limits.InputBytes, limits.Time))
	// Output:
	// <nil>
	// upload: Time is not set: give it a limit, or limits.UnsafeUnlimited for input you trust
}

func ExampleParse() {
	lim, err := limits.Parse("input=10MiB steps=1e8 time=5s")
	fmt.Println(int64(lim.InputBytes), lim.Steps, lim.Time, err)
	fmt.Println(lim)
	_, err = limits.Parse("input=10Mb time=5")
	fmt.Println(err)
	// Output:
	// 10485760 100000000 5s <nil>
	// input=10MiB steps=1e8 time=5s
	// limits.Parse: input="10Mb" has a unit that is not known or could be misread: write B, KiB, MiB, GiB, TiB or kB, MB, GB, TB; time="5" is not a time: write it like 5s, 250ms or 1m30s
}

func ExampleParseBytes() {
	for _, s := range []string{"512k", "10 MiB", "10 MB", "1.5 GiB", "10 Mb"} {
		n, err := limits.ParseBytes(s)
		fmt.Println(int64(n), err)
	}
	// Output:
	// 524288 <nil>
	// 10485760 <nil>
	// 10000000 <nil>
	// 1610612736 <nil>
	// 0 limits.ParseBytes: "10 Mb" has a unit that is not known or could be misread: write B, KiB, MiB, GiB, TiB or kB, MB, GB, TB
}

func ExampleBytes() {
	size := 10 * limits.MiB
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.Var(&size, "max-upload", "the largest `size` that is accepted")
	if err := flags.Parse([]string{"-max-upload", "1.5 MiB"}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(size, int64(size))
	// Output:
	// 1.5 MiB 1572864
}

func ExampleBudget_Reader() {
	b, err := limits.Limits{InputBytes: 5}.Start(context.Background(), "upload", limits.InputBytes)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	text, err := io.ReadAll(b.Reader(limits.InputBytes, strings.NewReader("hello")))
	fmt.Printf("%q %v\n", text, err)
	text, err = io.ReadAll(b.Reader(limits.InputBytes, strings.NewReader("!")))
	fmt.Printf("%q %v\n", text, err)
	// Output:
	// "hello" <nil>
	// "" upload: input bytes: needs at least 6 B, the limit is 5 B; if such input is expected, raise InputBytes
}

func ExampleBudget_Writer() {
	var out strings.Builder
	b, err := limits.Limits{OutputBytes: 8}.Start(context.Background(), "render", limits.OutputBytes)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	w := b.Writer(limits.OutputBytes, &out)
	for _, s := range []string{"hello ", "world"} {
		if _, err := io.WriteString(w, s); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("%q\n", out.String())
	// Output:
	// render: output bytes: needs at least 11 B, the limit is 8 B; if such input is expected, raise OutputBytes
	// "hello "
}

func ExampleBudget_Fits() {
	b, err := limits.Limits{MemoryBytes: 1 * limits.MiB}.Start(context.Background(), "decode", limits.MemoryBytes)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	// The size stands in a header, and nothing is allocated for it yet.
	fmt.Println(b.Fits(limits.MemoryBytes, 1<<40))
	fmt.Println(b.Hold(limits.MemoryBytes, 1<<19), b.Usage().MemoryBytes)
	// Output:
	// decode: memory bytes: needs at least 1 TiB, the limit is 1 MiB; if such input is expected, raise MemoryBytes
	// <nil> 512 KiB
}

func ExampleBudget_Deep() {
	b, err := limits.Limits{Depth: 2}.Start(context.Background(), "json.Parse", limits.Depth)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	fmt.Println(b.Deep(1), b.Deep(2), b.Deep(1), b.Deep(2))
	fmt.Println(b.Deep(3))
	// Output:
	// <nil> <nil> <nil> <nil>
	// json.Parse: depth: needs at least 3, the limit is 2; if such input is expected, raise Depth
}

func ExampleBudget_Fail() {
	b, err := limits.Limits{Items: 10}.Start(context.Background(), "csv.Import")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	ctx := b.Context() // for the other goroutines of this operation
	err = b.Fail(&limits.RuleError{Op: "csv.Import", Rule: "formula", Where: "=cmd|' /C calc'!A0", Line: 7, Column: 3,
		Detail: "a cell begins with an equals sign"})
	fmt.Println(err)
	fmt.Println(errors.Is(context.Cause(ctx), err), errors.Is(err, limits.ErrRefused),
		errors.Is(err, limits.ErrExceeded))
	// Output:
	// csv.Import: formula: "=cmd|' /C calc'!A0" (line 7, column 3): a cell begins with an equals sign
	// true true false
}

func ExampleLimits_Meter() {
	match := func(ctx context.Context, s string) (bool, error) {
		m := limits.Limits{Steps: 10}.Meter(ctx, "match")
		found := false
		var err error
		for i := 0; i < len(s) && !found && err == nil; i++ {
			err = m.Step(1)
			found = s[i] == 'x'
		}
		if err := m.Finish(err); err != nil {
			return false, err
		}
		return found, nil
	}
	fmt.Println(match(context.Background(), "abcx"))
	fmt.Println(match(context.Background(), "abcabcabcabcx"))
	// Output:
	// true <nil>
	// false match: steps: needs at least 11, the limit is 10; if such input is expected, raise Steps
}

func ExampleExceededError() {
	b, err := limits.Limits{OutputBytes: 10 * limits.MiB}.Start(context.Background(), "safezip.Extract")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	err = limits.At(b.Spend(limits.OutputBytes, 10<<20+1), "docs/\x1b[2Jbomb.txt")
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		fmt.Println(exceeded.Resource, exceeded.Limit, exceeded.Used, exceeded.Envelope, exceeded.Timeout())
	}
	fmt.Println(err)
	// Output:
	// output bytes 10485760 10485761 false false
	// safezip.Extract: output bytes: needs at least 10485761 B, the limit is 10 MiB, at "docs/\x1b[2Jbomb.txt"; if such input is expected, raise OutputBytes
}

// At says where in the input a budget ran out, once the caller knows it.
func ExampleAt() {
	b, err := limits.Limits{Items: 1}.Start(context.Background(), "csv.Import")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	for _, section := range []string{"people", "places"} {
		if err := limits.At(b.Spend(limits.Items, 1), section); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// csv.Import: items: needs at least 2, the limit is 1, at "places"; if such input is expected, raise Items
}

func ExampleQuote() {
	fmt.Println(limits.Quote("report.txt"))
	fmt.Println(limits.Quote("invoice\u202efdp.exe\r\nadmin logged in"))
	fmt.Println(limits.Quote(strings.Repeat("a", 1000)))
	// Output:
	// "report.txt"
	// "invoice\u202efdp.exe\r\nadmin logged in"
	// "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"...
}
