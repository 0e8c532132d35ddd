// Package judge decides about every finding of an operation on an archive: whether it refuses the
// archive, or is only noted because its rule has been lifted.
package judge

import "github.com/seed73825598/airlock/limits"

// MaxFindings is how many findings are kept at most; an operation that collects them ends there.
const MaxFindings = 100

// noteBytes is what a Finding takes beside its detail, in the list and in the Report's.
const noteBytes = 128

// A Finding is one broken rule and its place.
type Finding struct {
	Rule   limits.Rule // empty for a note that no rule asks for
	Where  string      // the entry's name as it stands in the archive; empty for the archive itself
	Offset int64       // in the archive, of the record that breaks the rule
	Detail string      // what was found and what was expected; hostile text in it is quoted
}

// A Judge decides about findings. Without Collect, the first one that is not lifted ends the
// operation; with it, the operation goes on to see what else is wrong, and the first one still is
// its error. It belongs to one goroutine.
type Judge struct {
	Op       string
	Budget   *limits.Budget
	Lifted   map[limits.Rule]bool
	Collect  bool
	First    *limits.RuleError // the first finding that refuses
	Findings []Finding
	Notes    []Finding
	Held     int64 // what was held through Hold
}

// Hold charges memory that is kept as long as what the findings are about.
func (j *Judge) Hold(n int64) error {
	if err := j.Budget.Hold(limits.MemoryBytes, n); err != nil {
		return err
	}
	j.Held += n
	return nil
}

// Report takes one finding. An error ends the operation.
func (j *Judge) Report(f Finding) error {
	if j.Lifted[f.Rule] {
		return j.Note(f)
	}
	err := &limits.RuleError{Op: j.Op, Rule: f.Rule, Where: f.Where, Offset: f.Offset, Detail: f.Detail}
	if j.First == nil {
		j.First = err
	}
	if !j.Collect {
		return err
	}
	if len(j.Findings) < MaxFindings {
		j.Findings = append(j.Findings, f)
		return nil
	}
	return j.First
}

// Note keeps a finding that does not refuse the archive. Their number is the attacker's choice, so
// they are held to the budget.
func (j *Judge) Note(f Finding) error {
	if err := j.Hold(noteBytes + int64(len(f.Detail))); err != nil {
		return err
	}
	j.Notes = append(j.Notes, f)
	return nil
}

// Gravest is the error of an operation that err has ended: the first finding, if there was one.
func (j *Judge) Gravest(err error) error {
	if j.First != nil {
		return j.First
	}
	return err
}

// Verdict is the error for all that was reported.
func (j *Judge) Verdict() error {
	if j.First != nil {
		return j.First
	}
	return nil
}
