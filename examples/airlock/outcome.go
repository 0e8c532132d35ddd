package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// An outcome is what -json prints: one object, the same for a success and for a failure.
type outcome struct {
	Archive   string `json:"archive"`
	Directory string `json:"directory,omitempty"`  // of unzip
	PathBytes []byte `json:"path_bytes,omitempty"` // of a path that is no UTF-8
	// accepted, refused, or undecided when something else went wrong
	Verdict string `json:"verdict"`
	// Another run of the same may end otherwise: the time ran out, or something other than the file
	// was at fault. It is false of every other refusal.
	Retry    bool      `json:"retry"`
	Error    *failure  `json:"error"`
	Report   *counts   `json:"report"`
	Entries  []entry   `json:"entries,omitzero"` // of inspect
	Findings []finding `json:"findings"`
	Notes    []finding `json:"notes"`
	Basis    *basis    `json:"basis,omitempty"` // of inspect
}

// The verdicts.
const (
	accepted  = "accepted"
	refused   = "refused"
	undecided = "undecided"
)

// counts is a safezip.Report without its lists.
type counts struct {
	Entries      int64 `json:"entries"`
	Files        int64 `json:"files"`
	Dirs         int64 `json:"dirs"`
	Bytes        int64 `json:"bytes"`
	ArchiveBytes int64 `json:"archive_bytes"`
	ElapsedNS    int64 `json:"elapsed_ns"`
}

// A finding is a safezip.Finding. WhereBytes is set where the name is no UTF-8, which JSON cannot
// hold: two such names must not look the same.
type finding struct {
	Rule       safezip.Rule `json:"rule,omitempty"`
	Where      string       `json:"where"`
	WhereBytes []byte       `json:"where_bytes,omitempty"`
	Offset     int64        `json:"offset"`
	Detail     string       `json:"detail"`
}

// A failure is an error taken apart.
type failure struct {
	Kind       string       `json:"kind"`
	Message    string       `json:"message"`
	Rule       safezip.Rule `json:"rule,omitempty"`
	Where      string       `json:"where,omitempty"`
	WhereBytes []byte       `json:"where_bytes,omitempty"`
	Offset     *int64       `json:"offset,omitempty"` // of a rule, if it is known
	Detail     string       `json:"detail,omitempty"`
	// of a limit, which the next two are in units of: bytes, nanoseconds, or a count
	Resource string `json:"resource,omitempty"`
	Limit    int64  `json:"limit,omitempty"`
	Used     int64  `json:"used,omitempty"`
}

// newOutcome puts together what an operation returned.
func newOutcome(archive string, r *safezip.Report, err error) *outcome {
	o := &outcome{Archive: archive, PathBytes: notUTF8(archive), Verdict: accepted, Findings: []finding{},
		Notes: []finding{}}
	if err != nil {
		o.Verdict = undecided
		if errors.Is(err, limits.ErrRefused) {
			o.Verdict = refused
		}
		o.Error = newFailure(err)
		o.Retry = o.Verdict == undecided || o.Error.Resource == limits.Time.String()
	}
	if r != nil {
		o.Report = &counts{r.Entries, r.Files, r.Dirs, r.Bytes, r.ArchiveBytes, r.Elapsed.Nanoseconds()}
		o.Findings = newFindings(r.Findings)
		o.Notes = newFindings(r.Notes)
	}
	return o
}

func newFindings(list []safezip.Finding) []finding {
	found := make([]finding, len(list))
	for i, f := range list {
		found[i] = finding{f.Rule, f.Where, notUTF8(f.Where), f.Offset, f.Detail}
	}
	return found
}

func newFailure(err error) *failure {
	f := &failure{Kind: kindOf(err), Message: err.Error()}
	if rule, ok := errors.AsType[*limits.RuleError](err); ok {
		f.Rule, f.Where, f.Detail = rule.Rule, rule.Where, rule.Detail
		if rule.Offset >= 0 {
			f.Offset = &rule.Offset
		}
	}
	if spent, ok := errors.AsType[*limits.ExceededError](err); ok {
		f.Resource, f.Where, f.Limit, f.Used = spent.Resource.String(), spent.Where, spent.Limit, spent.Used
	}
	f.WhereBytes = notUTF8(f.Where)
	return f
}

// notUTF8 returns the bytes of a name that JSON cannot hold as a string, and nil for any other.
func notUTF8(s string) []byte {
	if utf8.ValidString(s) {
		return nil
	}
	return []byte(s)
}

// printJSON prints v for a person and a program, and printJSONLine on one line for a program.
func printJSON(w io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return printASCII(w, text)
}

func printJSONLine(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return printASCII(w, text)
}

// printASCII escapes what is not ASCII: JSON may hold every character from DEL upwards as it is,
// and a terminal would act on some of them.
func printASCII(w io.Writer, text []byte) error {
	safe := make([]byte, 0, len(text)+1)
	for _, r := range string(text) {
		switch {
		case r < 0x7f:
			safe = utf8.AppendRune(safe, r)
		case r <= math.MaxUint16:
			safe = fmt.Appendf(safe, `\u%04x`, r)
		default:
			// RFC 8259, section 7: a character beyond the first plane is a pair of surrogates.
			r -= 0x10000
			safe = fmt.Appendf(safe, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	_, err := w.Write(append(safe, '\n'))
	return err
}

// printOutcome prints o and leaves of err the exit status.
func printOutcome(w io.Writer, o *outcome, err error) error {
	if printing := printJSON(w, o); printing != nil || err == nil {
		return printing
	}
	return &printedError{err}
}
