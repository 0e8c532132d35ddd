package regexset

import (
	"sync"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// maxCacheBytes bounds the engines that a set keeps for the patterns that have matched. An engine
// takes a few KiB, so that ten thousand of them would take more than RE2 does.
const maxCacheBytes = 8 * limits.MiB

// kept is an engine that a cache keeps.
type kept struct {
	re   *saferegex.Regexp
	prog *rematch.Program
}

// cache keeps engines between calls. Its content changes no answer and no count of steps.
type cache struct {
	mu      sync.Mutex
	engines map[int]kept
	bytes   limits.Bytes
}

// get returns the engine of a pattern, none if it is not kept.
func (c *cache) get(i int) kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.engines[i]
}

// put keeps an engine. The entries from before are dropped if there is no room: to know which of
// them is used most would cost more than to make it again, some ten microseconds.
func (c *cache) put(i int, k kept) {
	size := k.re.Stats().MemoryBytes
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.engines == nil || c.bytes+size > maxCacheBytes {
		c.engines, c.bytes = map[int]kept{}, 0
	}
	if c.engines[i].re == nil {
		c.engines[i] = k
		c.bytes += size
	}
}

// clear drops everything.
func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.engines, c.bytes = nil, 0
}

// size returns the memory of what is kept.
func (c *cache) size() limits.Bytes {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}
