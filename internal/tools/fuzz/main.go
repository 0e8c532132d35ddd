// Command fuzz runs the fuzz targets of this module one after the other, each for a time, and
// prints what came of it:
//
//	go run ./internal/tools/fuzz -time 10m
//	go run ./internal/tools/fuzz -time 1m -run 'safezip|Relations'
//
// A line holds the executions of a target, the inputs that reached new code, the size of its corpus
// and what it found. Inputs are not made smaller (-fuzzminimizetime=1x): that takes most of the
// time otherwise. The input of a failure is below testdata/fuzz of its package. A target that did
// not get to run an input is given another time, and has failed if it does not run then either.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"time"
)

// A target is one fuzz function.
type target struct{ dir, name string }

// A result is what a run has come to.
type result struct {
	execs, fresh, corpus string
	failed               string // what it said; "" if it held
}

// ran reports whether the target was given any input.
func (r *result) ran() bool { return r.execs != "-" && r.execs != "0" }

var (
	declared = regexp.MustCompile(`(?m)^func (Fuzz\w*)\(`)
	progress = regexp.MustCompile(`execs: (\d+) .*new interesting: (\d+) \(total: (\d+)\)`)
)

func main() {
	long := flag.Duration("time", time.Minute, "how long each target runs")
	which := flag.String("run", "", "run the targets whose directory and name match this expression")
	flag.Parse()
	failed, err := run(*long, *which)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
	}
	if err != nil || failed > 0 {
		os.Exit(1)
	}
}

// run fuzzes what matches, and returns how many targets failed.
func run(long time.Duration, which string) (failed int, err error) {
	chosen, err := regexp.Compile(which)
	if err != nil {
		return 0, err
	}
	all, err := targets(".")
	if err != nil {
		return 0, err
	}
	fmt.Printf("%-52s %12s %6s %7s  %s\n", "target", "executions", "new", "corpus", "found")
	ran := 0
	for _, x := range all {
		name := x.dir + " " + x.name
		if !chosen.MatchString(name) {
			continue
		}
		ran++
		r := x.fuzz(long)
		if !r.ran() && r.failed == "" {
			if r = x.fuzz(long); !r.ran() && r.failed == "" {
				r.failed = "it did not get to run: give it more time"
			}
		}
		found := "nothing"
		if r.failed != "" {
			failed++
			found = "FAILED"
		}
		fmt.Printf("%-52s %12s %6s %7s  %s\n", name, r.execs, r.fresh, r.corpus, found)
		if r.failed != "" {
			fmt.Println(r.failed)
		}
	}
	if ran == 0 {
		return 0, fmt.Errorf("no target matches %q", which)
	}
	return failed, nil
}

// targets finds the fuzz functions below dir, in the order of their paths.
func targets(dir string) ([]target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var all []target
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := root.ReadFile(name)
		for _, m := range declared.FindAllSubmatch(text, -1) {
			all = append(all, target{path.Dir(name), string(m[1])})
		}
		return err
	})
	return all, err
}

// fuzz runs one target in a process of its own.
func (x target) fuzz(long time.Duration) result {
	//nolint:gosec // The name of a function of this module, and a duration.
	cmd := exec.Command("go", "test", "-run=^$", "-fuzz=^"+x.name+"$", "-fuzztime="+long.String(),
		"-fuzzminimizetime=1x", ".")
	cmd.Dir = x.dir
	said, err := cmd.CombinedOutput()
	r := result{execs: "-", fresh: "-", corpus: "-"}
	if lines := progress.FindAllSubmatch(said, -1); lines != nil {
		last := lines[len(lines)-1]
		r.execs, r.fresh, r.corpus = string(last[1]), string(last[2]), string(last[3])
	}
	// On a busy machine go test can take the end of its time for a failure of the target, which would
	// name an input.
	late := bytes.Contains(said, []byte("context deadline exceeded")) &&
		!bytes.Contains(said, []byte("Failing input written"))
	if err != nil && !late {
		r.failed = string(said[max(0, len(said)-4000):])
	}
	return r
}
