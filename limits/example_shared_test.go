package limits_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed73825598/airlock/limits"
)

func ExampleWith() {
	ctx, cancel, err := limits.With(context.Background(), limits.Limits{OutputBytes: 100, Time: 30 * time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer cancel()
	unpack := func(name string, n int64) {
		b, err := limits.Limits{OutputBytes: 80}.Start(ctx, name, limits.OutputBytes)
		if err == nil {
			err = b.Spend(limits.OutputBytes, n)
			b.Close()
		}
		fmt.Println(name, err)
	}
	unpack("first", 60)
	unpack("second", 60)
	unpack("third", 1)
	// Output:
	// first <nil>
	// second second: output bytes: needs at least 120 B, the envelope's limit is 100 B; if such input is expected, raise OutputBytes in the limits given to limits.With
	// third third: output bytes: needs at least 120 B, the envelope's limit is 100 B; if such input is expected, raise OutputBytes in the limits given to limits.With
}

func ExampleWithObserver() {
	ctx := limits.WithObserver(context.Background(), limits.Observer{
		Func: func(_ context.Context, e limits.Event) {
			switch e.Kind {
			case limits.SoftLimitPassed:
				fmt.Printf("%s: %v: %d is more than %d\n", e.Op, e.Resource, e.Used, e.Limit)
			case limits.OperationEnded:
				fmt.Printf("%s: ended after %d items: %v\n", e.Op, e.Usage.Items, e.Err)
			}
		},
	})
	b, err := limits.Limits{Items: 10}.Start(ctx, "csv.Import", limits.Items)
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 10 {
		if err := b.Spend(limits.Items, 1); err != nil {
			fmt.Println(err)
		}
	}
	b.Close()
	// Output:
	// csv.Import: items: 9 is more than 8
	// csv.Import: ended after 10 items: <nil>
}

func ExampleNewPool() {
	_, err := limits.NewPool(limits.PoolLimits{Waiting: -1, MaxWait: 5})
	fmt.Println(err)
	p, err := limits.NewPool(limits.PoolLimits{Operations: 8, MemoryBytes: 512 * limits.MiB, Waiting: 100,
		MaxWait: 2 * time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := limits.WithPool(context.Background(), p)
	// An amount that the Pool could never give is no reason to wait.
	_, err = limits.Limits{MemoryBytes: 1 * limits.GiB}.Start(ctx, "csv.Import")
	fmt.Println(err)
	// Output:
	// limits.NewPool: the Pool caps nothing: set at least one of Operations and MemoryBytes; Waiting is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust; MaxWait is 5ns: is a unit missing? at least 1ms
	// csv.Import: MemoryBytes is 1 GiB, and the Pool has 512 MiB in all: lower it, or raise PoolLimits.MemoryBytes
}

func ExampleWithPool() {
	p, err := limits.NewPool(limits.PoolLimits{Operations: 1, MaxWait: 10 * time.Millisecond})
	if err != nil {
		fmt.Println(err)
		return
	}
	service := limits.WithPool(context.Background(), p)
	// Each request has an envelope, which is one place for all that it does.
	request := func(ctx context.Context, name string) context.CancelFunc {
		ctx, cancel, err := limits.With(ctx, limits.Limits{OutputBytes: 100 * limits.MiB, Time: time.Minute})
		for _, op := range []string{"archive", "part of the archive"} {
			var b *limits.Budget
			if err == nil {
				b, err = limits.Limits{OutputBytes: 10 * limits.MiB}.Start(ctx, op)
			}
			defer b.Close()
		}
		fmt.Println(name, "is done:", err == nil, "busy:", errors.Is(err, limits.ErrBusy))
		return cancel
	}
	end := request(service, "first")
	request(service, "second")()
	end()
	request(service, "third")()
	fmt.Println(p.Stats().Operations, "run,", p.Stats().Admitted, "were let in,", p.Stats().Busy, "was not")
	// Output:
	// first is done: true busy: false
	// second is done: false busy: true
	// third is done: true busy: false
	// 0 run, 2 were let in, 1 was not
}

func ExampleBusyError() {
	p, err := limits.NewPool(limits.PoolLimits{MemoryBytes: 100 * limits.MiB, MaxWait: time.Millisecond})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := limits.WithPool(context.Background(), p)
	b, err := limits.Limits{MemoryBytes: 64 * limits.MiB}.Start(ctx, "first")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	_, err = limits.Limits{MemoryBytes: 64 * limits.MiB}.Start(ctx, "second")
	if busy, ok := errors.AsType[*limits.BusyError](err); ok {
		fmt.Println(busy.Op, "asked for", busy.MemoryBytes, "where", busy.Pool.MemoryBytes, "of",
			busy.Pool.Limits.MemoryBytes, "are taken")
	}
	fmt.Println(errors.Is(err, limits.ErrBusy), errors.Is(err, limits.ErrRefused))
	// Output:
	// second asked for 64 MiB where 64 MiB of 100 MiB are taken
	// true false
}

// A short text is held to its limit by its length. It needs a Meter only where more than the limits
// of the operation is charged.
func ExampleMetered() {
	lim := limits.Limits{InputBytes: 8, Steps: 100}
	valid := func(ctx context.Context, s string) error {
		if !limits.Metered(ctx) && len(s) <= int(lim.InputBytes) {
			fmt.Println("by its length")
			return nil
		}
		fmt.Println("by a meter")
		m := lim.Meter(ctx, "valid")
		return m.Finish(m.Step(int64(len(s))))
	}
	fmt.Println(valid(context.Background(), "short"))
	ctx, cancel, err := limits.With(context.Background(), limits.Limits{Steps: 3, Time: time.Minute})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer cancel()
	fmt.Println(valid(ctx, "short"))
	// Output:
	// by its length
	// <nil>
	// by a meter
	// valid: steps: needs at least 5, the envelope's limit is 3; if such input is expected, raise Steps in the limits given to limits.With
}
