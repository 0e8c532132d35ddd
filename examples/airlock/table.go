package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// A table lines its columns up. A cell that holds hostile text has been through name, limits.Quote
// or cut.
type table struct{ w *tabwriter.Writer }

func newTable(w io.Writer) table {
	return table{tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)}
}

// newNumbers is a table whose columns stand to the right, but for the last.
func newNumbers(w io.Writer) table {
	return table{tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)}
}

func (t table) row(cells ...any) {
	for i, cell := range cells {
		if i > 0 {
			fmt.Fprint(t.w, "\t")
		}
		fmt.Fprint(t.w, cell)
	}
	fmt.Fprintln(t.w)
}

// end prints the table. The screen below it remembers errors of the writer.
func (t table) end() { _ = t.w.Flush() }

const (
	maxName   = 100 // bytes of a name that is shown as it is
	maxDetail = 160 // bytes of a cell that is no name
)

// name shows a name in the last column: as it is if it is short, printable ASCII and cannot be
// taken for something else, quoted and cut otherwise.
func name(s string) string {
	unplain := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' })
	if s == "" || len(s) > maxName || unplain >= 0 || strings.TrimSpace(s) != s {
		return limits.Quote(s)
	}
	return s
}

// place shows a name in another column, where spaces in it could be taken for the end of the cell;
// without a name it is the whole file.
func place(s string) string {
	if s == "" {
		return "the file"
	}
	return limits.Quote(s)
}

// shellWord shows a path in a command that may be copied into a shell. A path in which a shell
// would find more than a word is not shown at all: quoting for every shell there is cannot be had,
// and the name may be the attacker's choice.
func shellWord(path string) string {
	special := strings.IndexFunc(path, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("/._+-", r)
	})
	if path == "" || len(path) > maxName || special >= 0 || path[0] == '-' {
		return "FILE.zip"
	}
	return path
}

// cut shortens the text of a cell.
func cut(s string) string {
	s = oneLine(s)
	if len(s) > maxDetail {
		return s[:maxDetail-len("...")] + "..."
	}
	return s
}

// count writes a number and what it counts.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

// rounded leaves of a time what a reader wants to know, in ASCII.
func rounded(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return strconv.FormatFloat(d.Seconds()*1000, 'f', 1, 64) + "ms"
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
