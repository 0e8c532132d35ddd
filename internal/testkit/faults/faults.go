// Package faults kills a process at each of its system calls, or has one of them fail, and looks at
// what is left. It runs the program victim below it under strace, which can do both.
package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// Names that the victim looks for before and after its operation, so that the list of its system
// calls shows where they begin and end.
const (
	Begin = "/airlock-faults-begin"
	End   = "/airlock-faults-end"
)

// Kept are the paths that the victim keeps when it replaces a directory.
var Kept = []string{"uploads", "etc/settings.ini", "missing"}

// An Outcome is what the victim says of its operation. The zero Outcome with Killed is that of one
// that says nothing any more.
type Outcome struct {
	Error   string
	Refused bool
	Notes   []string
	Killed  bool `json:"-"`
}

// A Point is one system call of an operation: the n-th of that name in the thread that makes it.
type Point struct {
	Call string
	N    int
}

// A Victim is the program and how it is run.
type Victim struct {
	Program string
	Inject  []string // faults that every run has, as strace's -e inject= wants them
}

// Points lists the system calls of an operation.
func (v Victim) Points(log string, args ...string) ([]Point, error) {
	if _, err := v.run(append([]string{"-o", log}, v.always()...), args); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

// line is a line of strace -f: the thread, and the call, which may be one that is resumed.
var line = regexp.MustCompile(`^(\d+) +([a-z0-9_]+)\((.*)`)

func parse(log []byte) ([]Point, error) {
	var points []Point
	counts := map[string]int{}
	thread, inside, ended := "", false, false
	lines := bufio.NewScanner(bytes.NewReader(log))
	lines.Buffer(nil, 1<<20)
	// The thread of the operation is the one that makes the mark; its calls before that count, too.
	for lines.Scan() {
		if m := line.FindStringSubmatch(lines.Text()); len(m) > 0 && strings.Contains(m[3], Begin) {
			thread = m[1]
		}
	}
	lines = bufio.NewScanner(bytes.NewReader(log))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		m := line.FindStringSubmatch(lines.Text())
		if len(m) == 0 || m[1] != thread {
			continue
		}
		call := m[2]
		counts[call]++
		switch {
		case strings.Contains(m[3], Begin):
			inside = true
		case strings.Contains(m[3], End):
			inside, ended = false, true
		case inside:
			points = append(points, Point{call, counts[call]})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if !ended {
		return nil, errors.New("the list of system calls has no end mark")
	}
	return points, nil
}

// Kill runs the operation and kills it as it enters the call.
func (v Victim) Kill(p Point, args ...string) (Outcome, error) {
	return v.inject(p, "signal=SIGKILL", args)
}

// Fail runs the operation and has the call fail with the error, which is one of errno's names.
func (v Victim) Fail(p Point, name string, args ...string) (Outcome, error) {
	return v.inject(p, "error="+name, args)
}

func (v Victim) inject(p Point, what string, args []string) (Outcome, error) {
	return v.run(append([]string{"-o", os.DevNull, "-e", fmt.Sprintf("inject=%s:%s:when=%d", p.Call, what, p.N)},
		v.always()...), args)
}

func (v Victim) always() []string {
	var options []string
	for _, fault := range v.Inject {
		options = append(options, "-e", "inject="+fault)
	}
	return options
}

// run runs the victim under strace.
func (v Victim) run(options, args []string) (Outcome, error) {
	cmd := exec.Command("strace", append(append(append([]string{"-f", "-qq"}, options...), v.Program), args...)...)
	// Garbage collection and preemption make system calls of their own, at any time.
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var o Outcome
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok && !exit.Exited() ||
			strings.Contains(stderr.String(), "killed") {
			return Outcome{Killed: true}, nil
		}
		return o, fmt.Errorf("%w: %s", err, stderr.Bytes())
	}
	err = json.Unmarshal(out, &o)
	return o, err
}
