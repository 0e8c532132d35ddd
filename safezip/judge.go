package safezip

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// judge decides about every finding of an operation. Without collect, the first one that is not
// lifted ends the operation; with it, an Inspect goes on to see what else is wrong, and the first
// one still is its error.
type judge struct {
	*config
	budget   *limits.Budget
	collect  bool
	first    *RuleError
	findings []Finding
	notes    []Finding
}

// report takes one finding. An error ends the operation.
func (j *judge) report(f Finding) error {
	if j.lifted[f.Rule] {
		return j.note(f)
	}
	err := &RuleError{Op: j.op, Rule: f.Rule, Where: f.Where, Offset: f.Offset, Detail: f.Detail}
	if j.first == nil {
		j.first = err
	}
	if !j.collect {
		return err
	}
	if len(j.findings) < MaxFindings {
		j.findings = append(j.findings, f)
		return nil
	}
	return j.first
}

// note keeps a finding that does not refuse the archive. Their number is the attacker's choice, so
// they are held to the budget.
func (j *judge) note(f Finding) error {
	if err := j.budget.Hold(limits.MemoryBytes, noteBytes+int64(len(f.Detail))); err != nil {
		return err
	}
	j.notes = append(j.notes, f)
	return nil
}

// scanned takes a finding of the scanner.
func (j *judge) scanned(f zipscan.Finding) error { return j.report(Finding(f)) }

// entry takes a finding about one entry.
func (j *judge) entry(e *zipscan.Entry, rule Rule, detail string) error {
	return j.report(Finding{Rule: rule, Where: e.Name, Offset: e.CentralOffset, Detail: detail})
}

// verdict is the error for all that was reported.
func (j *judge) verdict() error {
	if j.first != nil {
		return j.first
	}
	return nil
}

// noteBytes is what a Finding takes beside its detail.
const noteBytes = 64
