package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

func auditCommand() command {
	return command{
		name: "audit", args: "", summary: "find names in an existing table that collide, look alike, or would be refused " +
			"today",
		about: "Reads names from standard input, one a line, or with -csv rows of an id and a name, and prints a line for " +
			"each finding:\n" +
			"the row, what is wrong, and the row that it collides with or looks like. A row that cannot be read ends the " +
			"audit with an\n" +
			"error: what was read in part is not clean. The exit status is 1 if there is any finding.",
		prepare: func(fs *flag.FlagSet) action {
			a := &auditFlags{}
			a.register(fs)
			a.table.Limits = limits.Limits{Items: 10_000_000, MemoryBytes: limits.GiB, Time: time.Hour}
			fs.Var(&a.table, "table", "what the whole table may cost: `LIMITS` among items= memory= time=")
			fs.BoolVar(&a.csv, "csv", false, "read rows of CSV: an id and a name")
			fs.BoolVar(&a.quiet, "quiet", false, "print the counts alone")
			return a.run
		},
	}
}

// auditFlags holds the flags of "airlock audit".
type auditFlags struct {
	nameFlags
	table      limitsFlag
	csv, quiet bool
}

// errFindings says in the exit status that there were findings.
var errFindings = fmt.Errorf("%w: the table has findings", limits.ErrRefused)

func (a *auditFlags) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 0 {
		return usageErrorf("audit reads standard input and takes no arguments")
	}
	p, err := a.profile(ctx)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	rows := lineRows(os.Stdin)
	if a.csv {
		rows = csvRows(os.Stdin)
	}
	ticker := &counter{show: !a.quiet && term.IsTerminal(int(os.Stderr.Fd()))}
	counts := make(map[unicodeid.FindingKind]int64)
	err = p.Audit(ctx, ticker.count(rows), a.table.Limits, func(f unicodeid.Finding) error {
		counts[f.Kind]++
		if a.quiet {
			return nil
		}
		return printFinding(buffered, f)
	})
	ticker.clear()
	total := int64(0)
	for _, kind := range []unicodeid.FindingKind{unicodeid.NoKey, unicodeid.Collision, unicodeid.Lookalike,
		unicodeid.Refused} {
		total += counts[kind]
	}
	if err == nil {
		fmt.Fprintf(buffered, "%s: %d without a key, %s, %s, %d refused\n", count(ticker.rows, "row", "rows"),
			counts[unicodeid.NoKey],
			count(counts[unicodeid.Collision], "collision", "collisions"), count(counts[unicodeid.Lookalike],
				"lookalike", "lookalikes"), counts[unicodeid.Refused])
	}
	if flushErr := buffered.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && total > 0 {
		return &printedError{errFindings}
	}
	return err
}

func printFinding(out io.Writer, f unicodeid.Finding) error {
	_, err := fmt.Fprintf(out, "%s %s: %s", limits.Quote(f.Row.ID), limits.Quote(f.Row.Name), f.Kind)
	if f.Other != "" {
		fmt.Fprintf(out, " with row %s", limits.Quote(f.Other))
	}
	for i := range f.Problems {
		p := &f.Problems[i]
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		fmt.Fprintf(out, "%s%s at character %d", sep, p.Rule, p.Grapheme+1)
	}
	fmt.Fprintln(out)
	return err
}

type rowSeq = func(yield func(unicodeid.Row, error) bool)

// maxRow bounds a line, and a row of CSV: what is longer is no row of names, and would be held
// whole.
const maxRow = 64 << 10

// lineRows yields each line as a name, with the number of the line as its id.
func lineRows(in io.Reader) rowSeq {
	return func(yield func(unicodeid.Row, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, maxRow)
		number := 0
		for lines.Scan() {
			number++
			if !yield(unicodeid.Row{ID: strconv.Itoa(number), Name: lines.Text()}, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(unicodeid.Row{}, fmt.Errorf("line %d: %w", number+1, err))
		}
	}
}

// csvRows yields each record of two fields (RFC 4180). A record without an end, a quote that is
// never closed, would be held whole: it ends at maxRow.
func csvRows(in io.Reader) rowSeq {
	return func(yield func(unicodeid.Row, error) bool) {
		source := &rowLimit{in: in, left: maxRow}
		records := csv.NewReader(bufio.NewReaderSize(source, readSize))
		records.FieldsPerRecord = 2
		for {
			source.left = maxRow
			record, err := records.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(row(record), err) || err != nil {
				return
			}
		}
	}
}

func row(record []string) unicodeid.Row {
	if len(record) != 2 {
		return unicodeid.Row{}
	}
	return unicodeid.Row{ID: record[0], Name: record[1]}
}

const readSize = 4 << 10

// A rowLimit reads no more than maxRow for one record.
type rowLimit struct {
	in   io.Reader
	left int
}

var errRowTooLong = fmt.Errorf("a row of more than %d bytes: a quote that is never closed?", maxRow)

func (r *rowLimit) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := r.in.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

// A counter counts rows on their way, and shows the count on a terminal four times a second.
type counter struct {
	show bool
	rows int64
	last time.Time
}

func (c *counter) count(rows rowSeq) rowSeq {
	return func(yield func(unicodeid.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				c.rows++
			}
			if c.show && c.rows%1024 == 0 && time.Since(c.last) > time.Second/4 {
				c.last = time.Now()
				fmt.Fprintf(os.Stderr, "\r%d rows", c.rows)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func (c *counter) clear() {
	if c.show && !c.last.IsZero() {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}
