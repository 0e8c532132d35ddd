package limits

import "sync/atomic"

// A tally counts what is used of one resource. Where several goroutines count, all of them use the
// methods that say so; a [Meter] does not pay for what only a [Budget] needs.
//
// Sums are formed only where they are known to fit, so no number from an input can make one wrap
// around.
//
// Where int has 32 bits, an atomic count must lie at a multiple of eight bytes. That holds for what
// a Budget begins with.
type tally struct{ n int64 }

// add adds n if the result is at most most.
func (t *tally) add(n, most int64) bool {
	if n < 0 || n > most-t.n {
		return false
	}
	t.n += n
	return true
}

// swapShared makes n the count among goroutines if it is old.
func (t *tally) swapShared(old, n int64) bool { return atomic.CompareAndSwapInt64(&t.n, old, n) }

// raise makes n the count if it is less, and reports whether it was.
func (t *tally) raise(n int64) bool {
	if n <= t.n {
		return false
	}
	t.n = n
	return true
}

// raiseShared is raise among goroutines.
func (t *tally) raiseShared(n int64) bool {
	for old := t.load(); n > old; old = t.load() {
		if atomic.CompareAndSwapInt64(&t.n, old, n) {
			return true
		}
	}
	return false
}

// takeShared takes n off among goroutines.
func (t *tally) takeShared(n int64) { atomic.AddInt64(&t.n, -n) }

// load returns the count among goroutines.
func (t *tally) load() int64 { return atomic.LoadInt64(&t.n) }
