package xmlscan

import (
	"math"

	"github.com/seed73825598/airlock/limits"
)

// Stats is what a document holds.
type Stats struct {
	Bytes      int64 // read from the source
	Elements   int64
	Attributes int64 // namespace declarations included
	Nodes      int64 // elements, comments, processing instructions and CDATA sections
	Depth      int   // the deepest
}

// counters are what the document holds so far, and how much of that its meter has been told.
type counters struct {
	meter *limits.Meter
	bytes limits.Resource // that the source is charged to
	left  int64           // of it
	stats Stats

	settledNodes int64 // of stats.Nodes
	settledSteps int64

	maxNodes int64
	maxDepth int
}

func newCounters(c *Config) counters {
	n := counters{meter: c.Meter, bytes: limits.InputBytes, left: amount(int64(c.Limits.InputBytes)),
		maxNodes: amount(c.Limits.Items), maxDepth: int(min(amount(c.Limits.Depth), math.MaxInt))}
	if c.Writes {
		n.bytes, n.left = limits.OutputBytes, amount(int64(c.Limits.OutputBytes))
	}
	return n
}

// amount returns a limit as a number to compare with.
func amount(limit int64) int64 {
	if limit == limits.UnsafeUnlimited {
		return math.MaxInt64
	}
	return limit
}

// receive charges for n bytes of the source.
func (c *counters) receive(n int) error {
	if err := c.meter.Spend(c.bytes, int64(n)); err != nil {
		return err
	}
	c.left -= int64(n)
	c.stats.Bytes += int64(n)
	return nil
}

// settle charges for what has been scanned up to an offset: one step for each 64 bytes begun, one
// for each node, and the nodes.
func (c *counters) settle(offset int) error {
	if steps := (int64(offset)+63)/64 + c.stats.Nodes; steps > c.settledSteps {
		if err := c.meter.Step(steps - c.settledSteps); err != nil {
			return err
		}
		c.settledSteps = steps
	}
	if err := c.meter.Spend(limits.Items, c.stats.Nodes-c.settledNodes); err != nil {
		return err
	}
	c.settledNodes = c.stats.Nodes
	return nil
}

// node counts one more, and reports whether there may be as many. If not, settle says so too.
func (c *counters) node() bool {
	c.stats.Nodes++
	return c.stats.Nodes <= c.maxNodes
}

// deeper notes a nesting that has not been reached before.
func (c *counters) deeper(depth int) error {
	if err := c.meter.Deep(int64(depth)); err != nil {
		return err
	}
	c.stats.Depth = depth
	return nil
}
