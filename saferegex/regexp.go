package saferegex

import (
	"slices"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Regexp is a compiled pattern together with the limits of each operation with it. [Compile] and
// [MustCompile] make one.
//
// It has the methods of *[regexp.Regexp] with the same meaning, each with a context in front and an
// error after. An operation either has a whole answer or an error: never an answer that a budget
// has cut short. One call is one operation, whatever it finds: FindAll, ReplaceAll and Split spend
// from one budget.
//
// It guarantees that an operation is stopped by the budgets wherever it is, also in the middle of a
// match, within 65,536 steps; that its count of steps depends on pattern, text and limits alone;
// and that no goroutine is started. It does not interrupt a callback or a reader of the caller's. A
// nil and a zero *Regexp answer with a [*limits.ConfigError].
//
// A Regexp is safe for concurrent use and must not be copied.
type Regexp struct {
	expr   string
	lim    limits.Limits // with all defaults filled in
	making limits.Limits // the same for operations that make output
	// the same for Redact
	copying limits.Limits
	prog    *rematch.Program
	lane    lane
	names   []string
	posix   bool
	// the longest of the leftmost matches is preferred
	longest bool
	bytes   bool // every byte of a text is a character
	flags   flags
}

// String returns the pattern.
func (re *Regexp) String() string {
	if re == nil {
		return ""
	}
	return re.expr
}

// NumSubexp returns the number of groups that capture.
func (re *Regexp) NumSubexp() int {
	if re == nil {
		return 0
	}
	return max(len(re.names)-1, 0)
}

// SubexpNames returns the names of the groups, "" for one without. The first is that of the whole
// match, always "". The slice is the caller's.
func (re *Regexp) SubexpNames() []string {
	if re == nil {
		return nil
	}
	return slices.Clone(re.names)
}

// SubexpIndex returns the number of the group with a name, or -1.
func (re *Regexp) SubexpIndex(name string) int {
	if re == nil || name == "" {
		return -1
	}
	return slices.Index(re.names, name)
}

// LiteralPrefix returns the text that every match begins with, and whether it is all of the
// pattern. It asks the regexp package, and so compiles the pattern again: it is for tools that look
// at patterns, not for matching. Under [Bytes] it says that there is none.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) {
	if re == nil || re.prog == nil || re.bytes {
		return "", false
	}
	std, err := re.std()
	if err != nil {
		return "", false
	}
	return std.LiteralPrefix()
}

// AppendText appends the pattern to b.
func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.String()...), nil }

// MarshalText returns the pattern. There is no UnmarshalText: a pattern without limits is no
// Regexp.
func (re *Regexp) MarshalText() ([]byte, error) { return re.AppendText(nil) }
