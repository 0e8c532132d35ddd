package zipscan

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// plenty is a budget that no archive of these tests uses up.
var plenty = limits.Limits{OutputBytes: 1 << 50, Items: 1 << 20, Steps: 1 << 30, MemoryBytes: limits.GiB}

// start begins an operation that ends with the test.
func start(t testing.TB, l limits.Limits) *limits.Budget {
	t.Helper()
	b, err := l.Start(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// result is all that one scan said and cost.
type result struct {
	*Archive
	findings []Finding
	err      error
	usage    limits.Usage
}

// scanAll scans data under plenty and lets every finding pass.
func scanAll(t testing.TB, data []byte) result {
	t.Helper()
	return scanUnder(t, data, plenty)
}

// scanUnder scans data under l and lets every finding pass: as a source in memory and as another,
// of which both must say the same.
func scanUnder(t testing.TB, data []byte, l limits.Limits) result {
	t.Helper()
	r, other := scanOnce(t, data, l, true), scanOnce(t, data, l, false)
	if fmt.Sprint(r.err) != fmt.Sprint(other.err) {
		t.Errorf("in memory: %v\nelsewhere: %v", r.err, other.err)
	}
	r.usage.Elapsed, other.usage.Elapsed = 0, 0
	if diff := cmp.Diff(r.findings, other.findings) + cmp.Diff(r.Archive, other.Archive) + cmp.Diff(r.usage,
		other.usage); diff != "" {
		t.Errorf("(-in memory +elsewhere)\n%s", diff)
	}
	return r
}

func scanOnce(t testing.TB, data []byte, l limits.Limits, inMemory bool) result {
	t.Helper()
	var r result
	b := start(t, l)
	r.Archive, r.err = Scan(bytes.NewReader(data), int64(len(data)), Config{
		Op: "test", Budget: b, DirectoryBytes: math.MaxInt64, InMemory: inMemory,
		Report: func(f Finding) error {
			r.findings = append(r.findings, f)
			return nil
		},
	})
	r.usage = b.Close()
	return r
}

// mustBeClean fails the test unless the scan went through without a finding.
func (r result) mustBeClean(t testing.TB) {
	t.Helper()
	if r.err != nil || len(r.findings) > 0 {
		t.Fatalf("err = %v, findings = %+v; want neither", r.err, r.findings)
	}
}

// A place is a finding without its words.
type place struct {
	Rule   limits.Rule
	Where  string
	Offset int64
}

func (r result) places() []place {
	var p []place
	for _, f := range r.findings {
		p = append(p, place{f.Rule, f.Where, f.Offset})
	}
	return p
}

// wantExceeded fails the test unless err says that the resource ran out, with those numbers and at
// that place.
func wantExceeded(t testing.TB, err error, r limits.Resource, limit, used int64, where string) {
	t.Helper()
	got, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || !errors.Is(err, limits.ErrExceeded) || !errors.Is(err, limits.ErrRefused) || Stopped(err) {
		t.Fatalf("err = %v, want that %v ran out", err, r)
	}
	want := limits.ExceededError{Op: "test", Resource: r, Limit: limit, Used: used, Where: where, Option: got.Option}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Fatalf("the refusal (-want +got):\n%s", diff)
	}
}

// The lengths of records in the archives that zipbuild writes.
const (
	localSize   = 30
	centralSize = 46
)

// one returns an archive of one stored file named "a" with 11 bytes of data, and lets edit change
// it first.
func one(edit func(a *zipbuild.Archive, f *zipbuild.File)) zipbuild.Archive {
	a := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: []byte("hello world")}}}
	if edit != nil {
		edit(&a, &a.Files[0])
	}
	return a
}

// two returns an archive of the stored files "a" and "b" with 11 and 7 bytes of data, and lets edit
// change it first.
func two(edit func(a *zipbuild.Archive)) zipbuild.Archive {
	a := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: []byte("hello world")},
		{Name: "b", Data: []byte("goodbye")}}}
	if edit != nil {
		edit(&a)
	}
	return a
}

// Where the records of one() and two() stand.
const (
	oneData    = localSize + 1            // the data of a
	oneDir     = oneData + 11             // the directory of one()
	oneEnd     = oneDir + centralSize + 1 // the end record of one()
	secondFile = oneDir                   // the local header of b
	twoDir     = secondFile + localSize + 1 + 7
	twoEnd     = twoDir + 2*(centralSize+1)
)

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
