package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// maxStopped is how many stopped lines match names one by one.
const maxStopped = 20

func matchCommand() command {
	return command{
		name: "match", args: "PATTERN [FILE] | -f PATTERNS [FILE]",
		summary: "print the lines that a regular expression matches, each within a budget",
		about: "Reads FILE, or standard input, line by line. The limits are for compiling and for each line: a line that " +
			"spends one is\n" +
			"left out, named on standard error, and the exit status is 1. Nothing found is no error.\n" +
			"With -f the patterns stand in a file, up to 10,000, and a line is printed if any of them matches.\n" +
			"Lines are printed with every byte escaped that a terminal might act on; -raw prints them as they are.",
		prepare: func(fs *flag.FlagSet) action {
			m := &match{}
			m.limits.Limits = limits.Limits{InputBytes: limits.MiB, Time: time.Second}
			fs.Var(&m.limits, "limits", "what compiling, and matching one line, may cost: `LIMITS` among input= output= "+
				"items= depth= steps= memory= time=, separated by spaces")
			fs.StringVar(&m.patterns, "f", "", "match the patterns in this `FILE`, one a line; empty lines are none")
			fs.BoolVar(&m.only, "o", false, "print the matches, one a line, instead of the lines")
			fs.BoolVar(&m.count, "c", false,
				"print how many lines match instead, or with -o how many matches there are")
			fs.BoolVar(&m.number, "n", false, "print the number of the line in front")
			fs.BoolVar(&m.raw, "raw", false, "print lines as they are, for a pipe or a file")
			return m.run
		},
	}
}

// match holds the flags of "airlock match", and what it has seen.
type match struct {
	limits                   limitsFlag
	patterns                 string
	only, count, number, raw bool

	found, stopped int64
	first          error // of a line that was stopped
}

func (m *match) run(ctx context.Context, args []string, out io.Writer) error {
	if m.patterns == "" && len(args) == 0 || len(args) > 2 || m.patterns != "" && len(args) > 1 {
		return usageErrorf("want PATTERN and perhaps FILE after the flags, or -f PATTERNS and perhaps FILE, not %d arguments",
			len(args))
	}
	var re matcher
	var err error
	if m.patterns != "" {
		re, err = anyPattern(ctx, m.patterns, m.limits.Limits)
	} else {
		re, err = compileArgument(ctx, args[0], m.limits.Limits)
		args = args[1:]
	}
	if err != nil {
		return err
	}
	in := io.Reader(os.Stdin)
	if len(args) == 1 {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	if s, ok := out.(*screen); ok && m.raw {
		out = s.to
	}
	buffered := bufio.NewWriter(out)
	err = m.lines(ctx, re, in, buffered)
	if m.count && err == nil {
		fmt.Fprintln(buffered, m.found)
	}
	if flushErr := buffered.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && m.stopped > 0 {
		if m.stopped > maxStopped {
			fmt.Fprintf(&screen{to: os.Stderr}, "airlock match: %d lines were stopped in all\n", m.stopped)
		}
		return &printedError{m.first}
	}
	return err
}

// lines matches line by line. A line is not held beyond the limit for one and a byte more, which is
// enough to refuse it.
func (m *match) lines(ctx context.Context, re matcher, in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 64<<10)
	var line []byte
	for number := int64(1); ; number++ {
		line = line[:0]
		var err error
		for {
			var part []byte
			part, err = r.ReadSlice('\n')
			if room := m.limits.InputBytes + 2 - limits.Bytes(len(line)); m.limits.InputBytes > 0 &&
				limits.Bytes(len(part)) > room {
				part = part[:max(room, 0)]
			}
			line = append(line, part...)
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if n := len(line); n > 0 && line[n-1] == '\n' {
			line = line[:n-1]
		} else if err != nil && n == 0 {
			return nil
		}
		if err := m.line(ctx, re, number, string(line), out); err != nil {
			return err
		}
		if err != nil {
			return nil
		}
	}
}

// line matches one line. A budget that runs out stops the line, and nothing else.
func (m *match) line(ctx context.Context, re matcher, number int64, line string, out io.Writer) error {
	matches := []string{line}
	var err error
	if m.only {
		matches, err = re.FindAllString(ctx, line, -1)
	} else {
		var ok bool
		if ok, err = re.MatchString(ctx, line); !ok {
			matches = nil
		}
	}
	if errors.Is(err, limits.ErrExceeded) {
		m.stop(number, err)
		return nil
	}
	if err != nil {
		return err
	}
	m.found += int64(len(matches))
	if m.count {
		return nil
	}
	for _, text := range matches {
		if m.number {
			fmt.Fprintf(out, "%d:", number)
		}
		if _, err := fmt.Fprintln(out, text); err != nil {
			return err
		}
	}
	return nil
}

func (m *match) stop(number int64, err error) {
	if m.stopped == 0 {
		m.first = err
	}
	if m.stopped++; m.stopped <= maxStopped {
		fmt.Fprintf(&screen{to: os.Stderr}, "airlock match: line %d is left out: %s\n", number, oneLine(err.Error()))
	}
}
