package safezip

import (
	"context"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// maxCheckedName is as much of a name as CheckName looks at: a header of a zip file holds no more.
const maxCheckedName = 64 << 10

// CheckName judges one name by the rules that the names of an archive are judged by, under the same
// options, on every system alike. It returns nil if an archive, or Writer.Create, may hold it: that
// is what a form that asks for a file name wants to know before anything is written. Whether the
// name collides with another one is not asked, nor are the limits of an operation. A name beyond
// ASCII counts as UTF-8.
//
// The error is a *RuleError, or a *limits.ConfigError about the options. A name of more than 64
// KiB, which no zip file can hold, is refused under RuleLongName.
func CheckName(name string, opts ...Option) error {
	const op = "safezip.CheckName"
	c := config.New(op, limits.Limits{
		InputBytes: limits.UnsafeUnlimited, OutputBytes: limits.UnsafeUnlimited, Items: limits.UnsafeUnlimited,
		Depth: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited,
		Time: limits.UnsafeUnlimited,
	})
	setup.Apply(&c.Problems, c, opts)
	if err := c.FinishNames(); err != nil {
		return err
	}
	if len(name) > maxCheckedName {
		return &RuleError{Op: op, Rule: RuleLongName, Where: name[:maxCheckedName], Detail: "it is longer than 64 KiB"}
	}
	b, err := c.Limits.Start(context.Background(), op)
	if err != nil {
		return err
	}
	defer b.Close()
	j := &judge.Judge{Op: op, Budget: b, Lifted: c.Names.Lifted}
	_, _, err = tree.New(j, &c.Names, 0).Name(&tree.Entry{Name: name, UTF8: true})
	return err
}
