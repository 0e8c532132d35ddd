//go:build !race

package whole

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/limits"
)

// limited has TestLimited do its work in this process, which has been given little memory:
// "operations", or "control" for what must fail.
var limited = flag.String("limited", "", "what TestLimited does in a process with little memory")

const (
	dataLimit = "402653184" // 384 MiB of writable memory, the runtime's own included
	heapLimit = "192MiB"    // when the collector must have done its work
)

// TestLimited runs the operations of all packages in a process that is killed if it takes more
// memory than they account for: no hostile input ends the service.
func TestLimited(t *testing.T) {
	switch *limited {
	case "operations":
		// The inputs of one package at a time: they are no need of the operations.
		for _, list := range []func() []operation{
			func() []operation { return zipOperations(t) },
			func() []operation { return manyEntriesOperations(t) },
			func() []operation { return xmlOperations(1 << 20) },
			regexOperations,
			func() []operation { return nameOperations(t) },
		} {
			for _, op := range list() {
				if err := op.run(t.Context()); err != nil && !errors.Is(err, limits.ErrRefused) {
					t.Errorf("%s: %v", op.name, err)
				}
			}
		}
		return
	case "control":
		block := make([]byte, 384<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		return
	}
	prlimit := need.Program(t, "prlimit", "util-linux")
	run := func(what string) (string, error) {
		cmd := exec.CommandContext(t.Context(), prlimit, "--data="+dataLimit, os.Args[0], "-test.run=^TestLimited$",
			"-limited="+what)
		cmd.Env = append(os.Environ(), "GOMEMLIMIT="+heapLimit)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := run("operations"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	// How the runtime dies without memory is its own affair.
	if _, err := run("control"); err == nil {
		t.Error("a process that takes it all is not stopped")
	}
}
