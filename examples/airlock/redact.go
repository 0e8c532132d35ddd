package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
)

func redactCommand() command {
	return command{
		name: "redact", args: "-patterns FILE", summary: "copy standard input and replace what patterns match",
		about: "Copies standard input to standard output. What any of the patterns in FILE matches is replaced, whatever " +
			"its\n" +
			"size up to -window and wherever it is cut on the way; matches that touch are replaced once. A match that\n" +
			"does not fit the window, and one that is undecided at its end, ends the copy before it: the exit status is 1.\n" +
			"The bytes are passed on as they are, for a pipe or a file.",
		prepare: func(fs *flag.FlagSet) action {
			r := &redact{window: 64 * limits.KiB}
			r.limits.Limits = limits.Limits{InputBytes: 10 * limits.GiB, Time: time.Hour}
			fs.Var(&r.limits, "limits", "what compiling, and the whole copy, may cost: `LIMITS` among input= output= items= "+
				"depth= steps= memory= time=, separated by spaces")
			fs.StringVar(&r.patterns, "patterns", "", "replace what the patterns in this `FILE` match, one a line; empty "+
				"lines are none")
			fs.StringVar(&r.with, "with", "[redacted]", "put `TEXT` in the place of a match, as it stands")
			fs.TextVar(&r.window, "window", r.window, "refuse a match of more than `BYTES`")
			return r.run
		},
	}
}

// redact holds the flags of "airlock redact".
type redact struct {
	limits         limitsFlag
	patterns, with string
	window         limits.Bytes
}

func (r *redact) run(ctx context.Context, args []string, out io.Writer) error {
	if r.patterns == "" || len(args) > 0 {
		return usageErrorf("want -patterns FILE, and no argument after the flags")
	}
	set, err := compileFile(ctx, r.patterns, r.limits.Limits)
	if err != nil {
		return err
	}
	if s, ok := out.(*screen); ok {
		out = s.to // Escaping would change the bytes.
	}
	usage, err := set.Redact(ctx, out, os.Stdin, r.with, r.window)
	if errors.Is(err, limits.ErrRefused) {
		return fmt.Errorf("standard input, after %v: %w", usage.OutputBytes, err)
	}
	return err
}
