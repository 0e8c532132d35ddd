package regexset_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// child names what a test binary does that a test has started as a process of its own.
var child = flag.String("child", "", "run as the process of this name, for the tests that need one")

// children are these processes. Each has its own memory of RE2.
var children = map[string]func() error{
	"no space":         noSpace,
	"no space, go-re2": noSpaceRE2,
	"no growth":        noGrowth,
	"quiet":            quiet,
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *child == "" {
		os.Exit(m.Run())
	}
	if err := children[*child](); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// runChild runs a process and returns what it printed, apart from each other. Whatever it does, it
// must not print to standard error.
func runChild(t *testing.T, name string) string {
	t.Helper()
	if children[name] == nil {
		t.Fatalf("there is no process %s", name)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-child="+name)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s%s", err, stdout.String(), stderr.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", stderr.String())
	}
	return stdout.String()
}

// limitSpace allows this process so many bytes of address space more than it has, as prlimit --as
// does. A test binary with the race detector has terabytes of it already, so that a number for all
// would not do.
func limitSpace(more uint64) error {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(statm), &pages); err != nil {
		return err
	}
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &now); err != nil {
		return err
	}
	now.Cur = pages*uint64(os.Getpagesize()) + more
	return syscall.Setrlimit(syscall.RLIMIT_AS, &now)
}

// wantEngineError checks that an error is the environment's, and says so.
func wantEngineError(err error, says string) error {
	var engine *regexset.EngineError
	if !errors.As(err, &engine) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) ||
		!strings.Contains(err.Error(), says) {
		return fmt.Errorf("%w; want an EngineError that says %q", err, says)
	}
	fmt.Println(err)
	return nil
}

// noSpace compiles where there is no room for RE2's memory.
func noSpace() error {
	if err := limitSpace(1 << 30); err != nil {
		return err
	}
	for range 3 {
		set, err := regexset.Compile(context.Background(), []string{"a", "b"}, wide, regexset.AllRE2())
		if set != nil {
			return errors.New("a set without memory")
		}
		if err := wantEngineError(err,
			"regexset.Compile: RE2 cannot work: no address space for its memory of 4 GiB"); err != nil {
			return err
		}
		if !errors.Is(err, syscall.ENOMEM) {
			return err
		}
	}
	if x := new(regexset.Set).Stats().Process; x.HeldBytes != 0 || x.Failed {
		return fmt.Errorf("%+v: held or failed", x)
	}
	return nil
}

// noSpaceRE2 is what go-re2 alone does there.
func noSpaceRE2() (err error) {
	if err := limitSpace(1 << 30); err != nil {
		return err
	}
	defer func() { fmt.Printf("go-re2 panicked: %v\n", recover()) }()
	return regexset.CompileRE2([]string{"a", "b"})
}

// noGrowth has a set, and then no room for a long text. A set for which there is room answers as
// before.
func noGrowth() error {
	set, err := regexset.Compile(context.Background(), []string{"x", "y"}, wide, regexset.AllRE2())
	if err != nil {
		return err
	}
	long := strings.Repeat("x", 50<<20)
	before := set.Stats().Process
	if err := limitSpace(80 << 20); err != nil {
		return err
	}
	found, err := set.Match(context.Background(), long)
	if found != nil {
		return errors.New("an answer without memory")
	}
	if err := wantEngineError(err, "regexset.Match: RE2 cannot work: no memory for "); err != nil {
		return err
	}
	if found, err := set.Match(context.Background(), "-y-"); err != nil || len(found) != 1 || found[0] != 1 {
		return fmt.Errorf("%v, %w", found, err)
	}
	if after := set.Stats().Process; after.HeldBytes != before.HeldBytes || after.Failed {
		return fmt.Errorf("%+v before, %+v after", before, after)
	}
	return nil
}

// TestAddressSpace shows that where go-re2 panics there is a clean error.
func TestAddressSpace(t *testing.T) {
	if strconv.IntSize == 32 {
		t.Skip("on 32 bits go-re2 reserves no address space beforehand")
	}
	if out := runChild(t, "no space, go-re2"); !strings.Contains(out, "go-re2 panicked: cannot allocate memory") {
		t.Errorf("%s: the limit is none, the test shows nothing", out)
	}
	t.Log(runChild(t, "no space"))
	t.Log(runChild(t, "no growth"))
}

// quiet does what RE2 prints something about when it is left to itself: patterns that are none,
// programs that do not fit, and automata with next to no room for states.
func quiet() error {
	ctx := context.Background()
	for _, patterns := range [][]string{{"("}, {"a", `\C`}, {"a", "\xff"}, {`a**`}, {`\pL{1001}`},
		{strings.Repeat("(", 2000)}, {strings.Repeat("a{1000}", 20)}, {`[[:foo:]]`}, {`\p{Foo}`}, {`[b-a]`}, {`\8`}} {
		if _, err := regexset.Compile(ctx, patterns, wide, regexset.AllRE2()); !errors.Is(err, limits.ErrRefused) {
			return fmt.Errorf("%q: %w", patterns, err)
		}
	}
	// The least memory with which this set is accepted, and what it finds with that and with
	// plenty.
	patterns := append(hostilePatterns()[:40], `[a-m]{3}x`, `\bq[^z]+q\b`, `zz.*yy`)
	plenty, err := regexset.Compile(ctx, patterns, wide, regexset.AllRE2())
	if err != nil {
		return err
	}
	var least *regexset.Set
	low, high := limits.Bytes(1), 4*limits.MiB
	for high-low > 1 {
		n := (low + high) / 2
		set, err := regexset.Compile(ctx, patterns, wide, regexset.SetBytes(n), regexset.AllRE2())
		if err != nil {
			low = n
			continue
		}
		high, least = n, set
	}
	if least == nil {
		return errors.New("no set is small enough")
	}
	text := letters(3000)
	got, err := least.Match(ctx, text)
	if err != nil {
		return err
	}
	want, err := plenty.Match(ctx, text)
	if err != nil || !slices.Equal(got, want) || len(want) == 0 {
		return fmt.Errorf("%v, want %v: %w", got, want, err)
	}
	fmt.Println(high, "are enough")
	return nil
}

// TestQuiet has nothing printed to standard error, which runChild checks, whatever is refused and
// however little memory there is.
func TestQuiet(t *testing.T) {
	if out := runChild(t, "quiet"); !strings.Contains(out, "are enough") {
		t.Errorf("%s: nothing was matched", out)
	}
}
