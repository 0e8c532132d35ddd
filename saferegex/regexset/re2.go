package regexset

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/wasilibs/go-re2/experimental"
)

// Everything that is known of go-re2 stands in this file: its package experimental promises no
// stability, so that a new version is a change here and nowhere else.

// re2Set is a set that RE2 has compiled. RE2's memory is given back by a finalizer when the set is
// garbage.
type re2Set = experimental.Set

// re2Space is the address space that RE2's memory reserves, once for the process.
func re2Space() int64 {
	if strconv.IntSize == 32 {
		return 1 << 30
	}
	return 4 << 30
}

// errTooLarge is what RE2 says of a set whose program does not fit into its memory, or whose
// automaton has no room to work.
var errTooLarge = errors.New("the program does not fit")

// compileRE2 compiles rendered patterns, with a bound for the program and the states of the
// automaton. Patterns that RE2 cannot read would be printed to standard error and never be freed;
// rendered ones are none. The slice is the function's.
func compileRE2(patterns []string, maxMem int64) (*re2Set, error) {
	set, err := experimental.CompileSetWithOptions(patterns, experimental.CompileOptions{MaxMem: int(maxMem)})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errTooLarge, err)
	}
	// The set keeps the slice for its length, and what stands in it would stay in memory.
	clear(patterns)
	return set, nil
}

// matchRE2 returns the numbers of at most n patterns that match, in no order.
func matchRE2(set *re2Set, text string, n int) ([]int, error) {
	return set.FindAllStringWithError(text, n)
}

// compileBytes is what RE2 is taken to allocate while it compiles, besides what maxMem bounds: the
// text, a tree of it, and the program before it is finished.
func compileBytes(text, insts int64) int64 { return 8*text + 64*insts + 1<<16 }

// matchBytes is what RE2 allocates for one call, besides the states: a copy of the text, the
// numbers of the patterns, and a stack.
func matchBytes(text, n int64) int64 { return text + 24*n + 1<<16 }

// fillerWidth is how many bytes of RE2's memory a match has allocated for each number that it may
// return.
const fillerWidth = 8

// needBytes is what a program of n instructions needs to be compiled and to have a few states.
func needBytes(n int64) int64 { return 128*n + 1<<16 }

// roomBytes is what has room for the states of ordinary texts as well, in whole MiB.
func roomBytes(n int64) int64 { return (256*n>>20 + 9) << 20 }
