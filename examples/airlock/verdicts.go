package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime/debug"
	"sync"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// maxPath bounds a line of -files-from: a longer one is not a list of files.
const maxPath = 64 << 10

// A basis is on what a verdict rests, so that one that is kept can be told from one that another
// version, other rules or other flags would give.
type basis struct {
	Library string            `json:"library"` // version of the library's module; "(devel)" of a checkout
	Rules   string            `json:"rules"`   // a digest of the ids of all rules for archives and their defaults
	Options map[string]string `json:"options"` // of the flags that decide
}

func (i *inspect) basis() *basis {
	return &basis{Library: libraryVersion(), Rules: digest(), Options: map[string]string{
		"limits": i.limits.String(), "allow": i.allow.String(), "unicode": fmt.Sprint(i.unicode),
		"symlinks": fmt.Sprint(i.symlinks), "strip": i.strip, "hard-links": fmt.Sprint(i.hardLinks),
		"multistream": fmt.Sprint(i.multistream),
	}}
}

// libraryVersion is the version of the library that the command was built with.
func libraryVersion() string {
	const path = "github.com/seed73825598/airlock"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range info.Deps {
		switch {
		case m.Path != path:
		case m.Replace != nil && m.Replace.Version == "":
			return "(devel)"
		case m.Replace != nil:
			return m.Replace.Version
		default:
			return m.Version
		}
	}
	return "(devel)" // In a workspace the library has no version.
}

// digest names the rules for archives: it changes if a rule joins, or is on or off by default.
func digest() string {
	sum := sha256.New()
	for info := range archiveRules() {
		fmt.Fprintf(sum, "%s=%s\n", info.Rule, info.Default)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// verdicts is "airlock inspect -json": one line for each file, in the order in which they are
// named. Each file has a budget of its own, and one Pool bounds what all of them hold at once.
func (i *inspect) verdicts(ctx context.Context, args []string, out io.Writer) error {
	if i.workers < 1 || i.workers > safezip.MaxWorkers {
		return usageErrorf("-workers is %d; want 1 to %d", i.workers, safezip.MaxWorkers)
	}
	memory := i.limits.MemoryBytes
	if memory == 0 {
		memory = safezip.DefaultMemoryBytes
	}
	shared := limits.PoolLimits{Operations: int64(i.workers)}
	if memory > 0 {
		shared.MemoryBytes = memory * limits.Bytes(i.workers)
	}
	pool, err := limits.NewPool(shared)
	if err != nil {
		return err
	}
	source := &names{args: args, list: i.filesFrom}
	on := i.basis()
	judged := inOrder(i.workers, source.all(ctx), func(archive string) verdict {
		form := i.form(archive)
		entries, report, err := form.inspect(limits.WithPool(ctx, pool), archive)
		o := newOutcome(archive, report, err)
		o.Entries, o.Basis = newEntries(entries), on
		return verdict{o, err}
	})
	var worst error
	for v := range judged {
		if err := printJSONLine(out, v.outcome); err != nil {
			return err
		}
		worst = worse(worst, v.err)
	}
	switch {
	case source.err != nil:
		return source.err
	case worst != nil:
		return &printedError{worst}
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return nil
}

type verdict struct {
	outcome *outcome
	err     error
}

// worse is the error that decides the exit status: whatever is no refusal before a refusal.
func worse(a, b error) error {
	if a == nil || b != nil && errors.Is(a, limits.ErrRefused) && !errors.Is(b, limits.ErrRefused) {
		return b
	}
	return a
}

// names are the files to look at: those of the command line and those that a list names.
type names struct {
	args []string
	list string // a file of lines, "-" for standard input, empty for none
	err  error  // of the list, once all has ended
}

// all yields the names until ctx ends.
func (n *names) all(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range n.args {
			if ctx.Err() != nil || !yield(name) {
				return
			}
		}
		if n.list == "" {
			return
		}
		from := os.Stdin
		if n.list != "-" {
			f, err := os.Open(n.list)
			if err != nil {
				n.err = err
				return
			}
			defer func() { _ = f.Close() }() // Only read from.
			from = f
		}
		lines := bufio.NewScanner(from)
		lines.Buffer(nil, maxPath)
		number := 0
		for ctx.Err() == nil && lines.Scan() {
			number++
			if name := lines.Text(); name != "" && !yield(name) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			n.err = fmt.Errorf("-files-from %s, line %d: %w", limits.Quote(n.list), number+1, err)
		}
	}
}

// inOrder does the work for each item on several goroutines, and yields the results in the order of
// the items. No more than twice as many results as workers wait for an earlier one.
func inOrder[T, R any](workers int, items iter.Seq[T], do func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		type job struct {
			item   T
			result chan R
		}
		stop, jobs, waiting := make(chan struct{}), make(chan job), make(chan chan R, 2*workers)
		var group sync.WaitGroup
		for range workers {
			group.Go(func() {
				for j := range jobs {
					j.result <- do(j.item)
				}
			})
		}
		group.Go(func() {
			defer close(waiting)
			defer close(jobs)
			for item := range items {
				j := job{item, make(chan R, 1)}
				select {
				case waiting <- j.result:
				case <-stop:
					return
				}
				select {
				case jobs <- j:
				case <-stop:
					return
				}
			}
		})
		defer group.Wait()
		defer close(stop)
		for result := range waiting {
			if !yield(<-result) {
				return
			}
		}
	}
}
