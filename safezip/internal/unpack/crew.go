package unpack

import (
	"cmp"
	"errors"
	"math"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Jobs are the entries with data, to be written or checked.
type Jobs struct {
	Nodes []int32 // each with an entry
	// Progress, if it is not nil, is told on the caller's goroutine how many of the nodes are done
	// and how many bytes were unpacked: at most 20 times a second, and once when all are done.
	Progress func(done, bytes int64)
}

// A crew is a number of workers and what they share. Each takes the next job until none is left,
// and passes over those that come after a refused entry in the archive; what comes before it is
// still done. So the error is that of the first bad entry, for any number of workers.
type crew struct {
	build  *Build
	jobs   Jobs
	next   atomic.Int64
	failed atomic.Int64 // the first entry with an error so far

	doneEntries, doneBytes atomic.Int64

	mu       sync.Mutex
	err      error // of that entry
	panicked any   // what a worker panicked with
}

// progressPause is the least time between two calls of Progress.
const progressPause = time.Second / 20

// errSuperseded ends an entry that comes after a refused one; it is not returned.
var errSuperseded = errors.New("safezip: an earlier entry has been refused")

// Files runs the jobs, by one worker for each filler. It returns when none of them runs any more:
// also when Progress panics, or a worker does (in the caller's source); then stop is called, and
// the panic goes on here.
func (b *Build) Files(jobs Jobs, fillers []Filler, stop func()) error {
	c := &crew{build: b, jobs: jobs}
	c.failed.Store(math.MaxInt64)
	writers := make([]*writer, max(1, min(len(fillers), len(jobs.Nodes))))
	for i := range writers {
		writers[i] = &writer{crew: c, filler: fillers[i], dirs: newDirs(b.work.Tree, b.root, 1+len(writers))}
	}
	defer func() {
		for _, w := range writers {
			w.dirs.close()
		}
	}()
	return c.work(writers, stop)
}

// work runs the jobs on one writer each of a number of goroutines.
func (c *crew) work(writers []*writer, stop func()) error {
	c.order()
	if len(writers) == 1 && c.jobs.Progress == nil {
		c.run(writers[0])
		return c.err
	}
	ended := make(chan struct{}, len(writers))
	for _, w := range writers {
		go func() {
			defer func() { ended <- struct{}{} }()
			c.guard(w)
		}()
	}
	left := len(writers)
	defer func() {
		if left > 0 {
			stop()
		}
		for ; left > 0; left-- {
			<-ended
		}
	}()
	tick := time.NewTicker(progressPause)
	defer tick.Stop()
	for left > 0 {
		select {
		case <-ended:
			left--
		case <-tick.C:
			c.tell()
		}
	}
	if c.panicked != nil {
		panic(c.panicked)
	}
	if c.err == nil {
		c.tell()
	}
	return c.err
}

// guard runs a worker and keeps a panic of the caller's source for the caller's goroutine.
func (c *crew) guard(w *writer) {
	returned := false
	defer func() {
		v := recover()
		if returned {
			return
		}
		if v == nil {
			v = "safezip: the archive's reader ended its goroutine"
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.panicked = v
		c.failed.Store(-1)
	}()
	c.run(w)
	returned = true
}

// run does one job after another.
func (c *crew) run(w *writer) {
	for {
		next := c.next.Add(1) - 1
		if next >= int64(len(c.jobs.Nodes)) {
			return
		}
		id := c.jobs.Nodes[next]
		entry := int64(c.build.work.Tree.Nodes[id].Entry)
		if entry > c.failed.Load() {
			continue
		}
		if err := w.do(id); err != nil {
			c.fail(entry, err)
		}
		c.doneEntries.Add(1)
	}
}

// fail keeps the error of the first entry that has one.
func (c *crew) fail(entry int64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if entry < c.failed.Load() {
		c.failed.Store(entry)
		c.err = err
	}
}

// tell calls Progress.
func (c *crew) tell() {
	if c.jobs.Progress != nil {
		c.jobs.Progress(c.doneEntries.Load(), c.doneBytes.Load())
	}
}

// order puts the large files first, or the last worker would be busy with one alone. Small ones go
// directory by directory, so that each directory is opened once, however an archive mixes them.
func (c *crew) order() {
	nodes := c.build.work.Tree.Nodes
	slices.SortStableFunc(c.jobs.Nodes, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.class(b), c.class(a)), cmp.Compare(nodes[a].Parent, nodes[b].Parent))
	})
}

// class is 0 for a file under 1 MiB and one more for each doubling.
func (c *crew) class(id int32) int {
	size := c.build.work.Meta(c.build.work.Tree.Nodes[id].Entry).Size
	return bits.Len64(uint64(size >> 20)) //nolint:gosec // Sizes are not negative.
}
