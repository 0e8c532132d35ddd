// Command realtars asks safetar about real archives: every file DIR/PRODUCER/NAME that collect.sh
// has collected. It prints how many of each producer are let in under which options, and why the
// others are not.
//
//	go run ./internal/tools/bench/cmd/realtars [-json] DIR
//
// All are read under limits that no ordinary archive meets. Archives that pass under the widest
// options are read by archive/tar as well: an entry that is not the same in both is an error. The
// exit status is 0 whatever the verdicts are, and 1 if something could not be read or was read in
// two ways.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "realtars:", err)
		os.Exit(1)
	}
}

// run is the program: arguments in, tables out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("realtars", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "print the verdicts as JSON instead of the tables")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var verdicts []*verdict
	paths, err := filepath.Glob(filepath.Join(flags.Arg(0), "*", "*"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			continue
		}
		v, err := judge(ctx, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		verdicts = append(verdicts, v)
	}
	if *asJSON {
		e := json.NewEncoder(stdout)
		e.SetIndent("", "\t")
		return e.Encode(verdicts)
	}
	if err := printTable(stdout, verdicts); err != nil {
		return err
	}
	return printReasons(stdout, verdicts)
}

// policies are what each archive is asked under, each wider than the one before.
var policies = []struct {
	name string
	opts []safetar.Option
}{
	{"strict", nil},
	{"UnicodeNames", []safetar.Option{safetar.UnicodeNames()}},
	{"and links", wide[:3]},
	{"and Multistream, SkipMacOS", append(slices.Clip(wide), safetar.SkipMacOS())},
}

// wide are options under which every entry is read.
var wide = []safetar.Option{safetar.UnicodeNames(), safetar.UnsafeSymlinks(), safetar.UnsafeHardLinks(),
	safetar.Multistream()}

// generous are limits that no ordinary archive meets.
var generous = limits.Limits{
	InputBytes: 4 * limits.GiB, OutputBytes: 8 * limits.GiB, Items: 5_000_000, Depth: 4096,
	Steps: limits.UnsafeUnlimited, MemoryBytes: 4 * limits.GiB, Time: 5 * time.Minute,
}

// acceptedMark stands for the rule of an archive that is let in.
const acceptedMark = "in"

// A verdict is what safetar says of one archive.
type verdict struct {
	Path     string   `json:"path"`
	Producer string   `json:"producer"`
	Entries  int64    `json:"entries"`
	Rules    []string `json:"rules"`            // by policy: acceptedMark, or the rule or limit that refuses it
	Detail   string   `json:"detail,omitempty"` // of the refusal under the widest policy
}

// judge asks about one archive. A refusal is a verdict; the error is the environment's, or says
// that the archive has two readings.
func judge(ctx context.Context, path string) (*verdict, error) {
	v := &verdict{Path: path, Producer: filepath.Base(filepath.Dir(path))}
	for _, p := range policies {
		report, err := safetar.InspectFile(ctx, path, generous, p.opts...)
		v.Entries, v.Detail = report.Entries, ""
		rule, detail, err := reason(err)
		if err != nil {
			return nil, err
		}
		v.Rules, v.Detail = append(v.Rules, rule), detail
	}
	if v.Rules[len(policies)-1] == acceptedMark {
		return v, compare(ctx, path)
	}
	return v, nil
}

// reason is the rule or limit of a refusal, and what was found.
func reason(err error) (rule, detail string, other error) {
	if broken, ok := errors.AsType[*safetar.RuleError](err); ok {
		where := "archive"
		if broken.Where != "" {
			where = limits.Quote(broken.Where)
		}
		return string(broken.Rule), where + ": " + broken.Detail, nil
	}
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		return "limit: " + exceeded.Resource.String(), exceeded.Error(), nil
	}
	return acceptedMark, "", err
}
