// Command zipbench unpacks the same archives with safezip and its peers and prints medians and
// ratios.
//
//	go run ./internal/tools/bench/cmd/zipbench            # from the root of the repository; some minutes
//	go run ./internal/tools/bench/cmd/zipbench -rounds 1 -only small
//
// Each run is a process of its own, so that none inherits the heap of another; the contenders take
// turns, so that a busy machine is as busy for each. Times are those of the unpacking alone,
// without the start of the process, except for the programs unzip and bsdtar, which include their
// start (a few milliseconds). The directory goes to the system's temporary directory or to -dir; a
// memory file system there measures the code, a disk measures the disk.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "zipbench:", err)
		os.Exit(1) //nolint:gocritic // Nothing but the signal handler is left to undo.
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("zipbench", flag.ContinueOnError)
	rounds := flags.Int("rounds", 5, "runs of each contender on each workload; the median is printed")
	only := flags.String("only", "",
		"comma-separated workloads instead of all: small, large, medium, tar-small, tar-large, bombs, one-entry, pack")
	dir := flags.String("dir", "", "directory to unpack in, instead of the system's temporary directory")
	child := flags.String("child", "", "used by zipbench itself: run one contender once")
	archive := flags.String("archive", "", "used with -child: the archive")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *child != "" {
		return runChild(ctx, *child, *archive, *dir, out)
	}
	if *rounds < 1 {
		return fmt.Errorf("-rounds is %d; at least 1 is needed", *rounds)
	}
	base, err := os.MkdirTemp(*dir, "zipbench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(base) }()
	wanted := func(name string) bool {
		return *only == "" || slices.Contains(strings.Split(*only, ","), name)
	}
	for _, w := range workloads {
		if wanted(w.name) {
			if err := compare(ctx, out, base, w, *rounds); err != nil {
				return err
			}
		}
	}
	if wanted("bombs") {
		if err := defuse(ctx, out, base, *rounds); err != nil {
			return err
		}
	}
	if wanted(oneEntry) || wanted(packing) {
		return inMemory(ctx, out, base, *rounds, wanted)
	}
	return nil
}

// A result is what one run of one contender took.
type result struct {
	Elapsed time.Duration
	CPU     time.Duration // of the whole process, its start included
	Mallocs uint64        // 0 for a program that is not ours to look into
	MaxRSS  int64         // bytes, of the whole process
}

// compare runs every contender on one workload and prints a table.
func compare(ctx context.Context, out io.Writer, base string, w workload, rounds int) error {
	contenders, archive := contenders, filepath.Join(base, w.name+".zip")
	if w.tar {
		contenders = tarContenders
	}
	if err := w.write(archive); err != nil {
		return err
	}
	defer func() { _ = os.Remove(archive) }()
	info, err := os.Stat(archive)
	if err != nil {
		return err
	}
	results := make([][]result, len(contenders))
	for round := range rounds {
		for i := range contenders {
			c := contenders[(i+round)%len(contenders)]
			r, err := measure(ctx, c, archive, filepath.Join(base, "out"))
			if err != nil {
				return fmt.Errorf("%s on %s: %w", c.name, w.name, err)
			}
			results[(i+round)%len(contenders)] = append(results[(i+round)%len(contenders)], r)
		}
	}
	fmt.Fprintf(out, "\n%s (%.1f MB of archive), medians of %d\n\n", w.title, float64(info.Size())/1e6, rounds)
	fmt.Fprintln(out, "| contender | time | speed, loop = 1 | by processor time | allocations, loop = 1 | peak RSS |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|")
	loop := summarize(results[0])
	for i, c := range contenders {
		m := summarize(results[i])
		allocations := "-"
		if m.Mallocs > 0 {
			allocations = fmt.Sprintf("%.2f", float64(m.Mallocs)/float64(loop.Mallocs))
		}
		fmt.Fprintf(out, "| %s | %v | %.2f | %.2f | %s | %d MiB |\n", c.name, m.Elapsed.Round(time.Millisecond/10),
			loop.Elapsed.Seconds()/m.Elapsed.Seconds(), loop.CPU.Seconds()/m.CPU.Seconds(), allocations, m.MaxRSS>>20)
	}
	return nil
}

// measure runs one contender in a process of its own.
func measure(ctx context.Context, c contender, archive, dir string) (result, error) {
	defer func() { _ = os.RemoveAll(dir) }()
	args := c.command
	if args == nil {
		self, err := os.Executable()
		if err != nil {
			return result{}, err
		}
		args = func(archive, dir string) []string {
			return []string{self, "-child", c.name, "-archive", archive, "-dir", dir}
		}
	} else if err := os.Mkdir(dir, 0o700); err != nil {
		return result{}, err
	}
	argv := args(archive, dir)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // The programs of the table below.
	start := time.Now()
	printed, err := cmd.Output()
	r := result{Elapsed: time.Since(start)}
	if err != nil {
		return result{}, fmt.Errorf("%s: %w", strings.Join(argv, " "), err)
	}
	if c.command == nil {
		if err := json.Unmarshal(printed, &r); err != nil {
			return result{}, err
		}
	}
	r.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.MaxRSS = usage.Maxrss << 10
	}
	return r, nil
}

// summarize takes the median of each column.
func summarize(results []result) result {
	median := func(of func(result) int64) int64 {
		values := make([]int64, len(results))
		for i, r := range results {
			values[i] = of(r)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return result{
		Elapsed: time.Duration(median(func(r result) int64 { return int64(r.Elapsed) })),
		CPU:     time.Duration(median(func(r result) int64 { return int64(r.CPU) })),
		Mallocs: uint64(median(func(r result) int64 { return int64(r.Mallocs) })), //nolint:gosec // A count.
		MaxRSS:  median(func(r result) int64 { return r.MaxRSS }),
	}
}
