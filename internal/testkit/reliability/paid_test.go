//go:build linux && !race

package reliability

import (
	"context"
	"errors"
	"flag"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

var paid = flag.Bool("paid", false, "print what a step takes on each input that was made to be dear")

// A dear input makes much work out of few bytes wherever a loop is not paid for. The operation must
// end long before its time is over: because each turn of its loops is a step, of which it has too
// few, or because there are no more turns than bytes.
type dear struct {
	name string
	n    int   // how large the input is
	most int64 // of Steps; 0 takes all of the input
	make func(t *testing.T, n int) func(ctx context.Context, lim limits.Limits) error
}

// TestPaid runs operations on dear inputs, which took from twenty seconds to hours where a loop was
// neither bounded nor paid for.
func TestPaid(t *testing.T) {
	for _, list := range [][]dear{dearArchives(), dearDocuments(), dearDrawings(), dearTexts()} {
		for i, d := range list {
			if testing.Short() && i%3 > 0 {
				continue
			}
			t.Run(d.name, d.test)
		}
	}
}

func (d *dear) test(t *testing.T) {
	run := d.make(t, d.n)
	var usage limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		if e.Kind == limits.OperationEnded && e.Usage.Steps >= usage.Steps {
			usage = e.Usage
		}
	}})
	lim := lifted()
	lim.Time = 10 * time.Second
	if d.most > 0 && !*paid {
		lim.Steps = d.most
	}
	runtime.GC()
	began := processor(t)
	err := run(ctx, lim)
	took := processor(t) - began
	if *paid {
		t.Logf("%v for %d steps, %d ns each: %v", took, usage.Steps, int64(took)/max(usage.Steps, 1), err)
		return
	}
	var exceeded *limits.ExceededError
	switch {
	case errors.As(err, &exceeded) && exceeded.Resource == limits.Time:
		t.Errorf("it ran out of time: %v after %d steps", took, usage.Steps)
	case d.most > 0 && (exceeded == nil || exceeded.Resource != limits.Steps):
		t.Errorf("it took %d steps and ended with %v; want a refusal for more than %d", usage.Steps, err, d.most)
	case d.most == 0 && (exceeded != nil && exceeded.Resource == limits.Steps || errors.Is(err, limits.ErrConfig)):
		t.Error(err)
	}
}

// processor returns the time that this process has computed.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
