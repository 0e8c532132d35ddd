package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// generous are limits that no ordinary archive meets: what is refused is refused by a rule. They
// end all the same, since among real archives are the bombs of other projects' tests.
var generous = limits.Limits{
	OutputBytes: 8 * limits.GiB,
	Items:       5_000_000,
	Depth:       4096,
	Steps:       limits.UnsafeUnlimited,
	MemoryBytes: 4 * limits.GiB,
	Time:        5 * time.Minute,
}

// A verdict is what safezip says of one archive.
type verdict struct {
	Path    string `json:"path"`
	Size    int64  `json:"size"`
	Packer  string `json:"packer"`
	Entries int64  `json:"entries"`
	// the rule or limit that refuses it; empty if it is accepted
	Rule   string   `json:"rule,omitempty"`
	Where  string   `json:"where,omitempty"`  // quoted; empty for the archive itself
	Detail string   `json:"detail,omitempty"` // what was found
	Others []string `json:"others,omitempty"` // the other rules that it breaks
	Data   bool     `json:"data,omitempty"`   // Inspect accepted it, and Extract did not
}

// judge inspects one archive and, if extract is set, unpacks what was accepted into a temporary
// directory. A refusal is a verdict; the error is the environment's.
func judge(ctx context.Context, path string, src io.ReaderAt, size int64, extract bool) (*verdict, error) {
	v := &verdict{Path: path, Size: size, Packer: identify(readTraits(src, size))}
	report, err := safezip.Inspect(ctx, src, size, generous, safezip.DirectoryBytes(safezip.MaxDirectoryBytes))
	if report != nil {
		v.Entries = report.Entries
	}
	if err == nil && extract {
		err = unpack(ctx, src, size)
		v.Data = err != nil
	}
	var rule *safezip.RuleError
	var exceeded *limits.ExceededError
	switch {
	case err == nil:
		return v, nil
	case errors.As(err, &rule):
		v.Rule, v.Detail = string(rule.Rule), rule.Detail
		if rule.Where != "" {
			v.Where = limits.Quote(rule.Where)
		}
	case errors.As(err, &exceeded):
		v.Rule, v.Detail = "limit: "+exceeded.Resource.String(), exceeded.Error()
	default:
		return nil, err
	}
	seen := map[string]bool{v.Rule: true}
	for _, f := range report.Findings {
		if name := string(f.Rule); !seen[name] {
			seen[name] = true
			v.Others = append(v.Others, name)
		}
	}
	return v, nil
}

// unpack extracts the archive and removes everything again.
func unpack(ctx context.Context, src io.ReaderAt, size int64) (err error) {
	dir, err := os.MkdirTemp("", "realzips-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	_, err = safezip.Extract(ctx, filepath.Join(dir, "out"), src, size, generous,
		safezip.DirectoryBytes(safezip.MaxDirectoryBytes))
	return err
}
