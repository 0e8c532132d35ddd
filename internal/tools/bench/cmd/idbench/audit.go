package main

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// auditRows is a large table.
const auditRows = 1_000_000

// audits prints how many rows a second Audit reads on one core, and what a million of them take in
// memory: rows of ASCII, and rows with the names of all traditions.
func audits(p *unicodeid.Profile, rounds int) error {
	bases := []string{"user", "maria", "Li", "j-smith"}
	var mixed []string
	for c := range idtest.People() {
		if _, err := p.Register(context.Background(), c.Raw+"17"); err == nil {
			mixed = append(mixed, c.Raw)
		}
	}
	fmt.Printf("| Audit of %d rows | rows a second | goal | heap with the last row | accounted | bytes a row |\n"+
		"|---|---|---|---|---|---|\n", auditRows)
	for _, table := range []struct {
		what  string
		bases []string
		goal  float64
	}{{"ASCII", bases, 500_000}, {fmt.Sprintf("mixed scripts, %d names", len(mixed)), mixed, 250_000}} {
		var perSecond []float64
		for range rounds {
			took, err := auditTime(p, table.bases)
			if err != nil {
				return err
			}
			perSecond = append(perSecond, auditRows/took.Seconds())
		}
		held, used, err := auditMemory(p, table.bases)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f | %.0f | %v | %v | %d |\n", table.what, median(perSecond), table.goal,
			held, used, int64(held)/auditRows)
	}
	return nil
}

var auditLimits = limits.Limits{Items: auditRows, Time: time.Hour}

// auditTime is the processor time of an audit, the collector's included.
func auditTime(p *unicodeid.Profile, bases []string) (time.Duration, error) {
	runtime.GC()
	began := processorTime()
	err := p.Audit(context.Background(), rows(bases, func() {}), auditLimits, unreported)
	return processorTime() - began, err
}

// auditMemory returns how much more of the heap is in use with the last row, and how much Audit
// accounts for. It has an observer, which takes time of its own.
func auditMemory(p *unicodeid.Profile, bases []string) (held, accounted limits.Bytes, err error) {
	var used limits.Usage
	ctx := limits.WithObserver(context.Background(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		if e.Usage.Items >= auditRows {
			used = e.Usage
		}
	}})
	before, peak := alive(), int64(0)
	err = p.Audit(ctx, rows(bases, func() { peak = alive() }), auditLimits, unreported)
	return limits.Bytes(peak - before), used.MemoryBytes, err
}

func unreported(unicodeid.Finding) error { return nil }

// rows yields the rows of a table, and calls last before the last of them.
func rows(bases []string, last func()) iter.Seq2[unicodeid.Row, error] {
	return func(yield func(unicodeid.Row, error) bool) {
		for i := range auditRows {
			if i == auditRows-1 {
				last()
			}
			row := unicodeid.Row{ID: strconv.Itoa(i), Name: bases[i%len(bases)] + strconv.Itoa(i/len(bases))}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// alive returns how much of the heap is in use.
func alive() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc) //nolint:gosec // Less than 2^63.
}
