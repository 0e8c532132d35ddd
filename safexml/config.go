package safexml

import (
	"context"
	"fmt"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Defaults and ceilings of the limits and options that may stay unset.
const (
	DefaultItems       = 1_000_000
	DefaultDepth       = 256
	DefaultSteps       = 8 << 20 // plus one for each 64 bytes of InputBytes
	DefaultMemoryBytes = 16 * limits.MiB

	DefaultAttributesPerElement = 512
	MaxAttributesPerElement     = 65_536
	DefaultNamespacesInScope    = 256
	MaxNamespacesInScope        = 65_536
	DefaultNameBytes            = 4 * limits.KiB
	MaxNameBytes                = xmlscan.MaxNameBytes * limits.B
	DefaultTokenBytes           = 8 * limits.MiB
	MaxTokenBytes               = 1 * limits.GiB

	bytesPerStep = 64
	// judgedBytes is how much of an attribute value the rules look at. What is longer is refused
	// where it would have to be understood.
	judgedBytes = int(64 * limits.KiB)
)

// config is the validated form of limits and options: made once for an operation, and not changed
// after that.
type config struct {
	op         string
	lim        limits.Limits
	lifted     map[Rule]bool
	attributes int
	namespaces int
	nameBytes  int
	tokenBytes int
	utf16      bool
	images     bool           // DataImages
	part       string         // PartName
	profile    func() profile // nil without one
	profiled   string         // the option that chose it
	problems   []limits.FieldProblem
}

// configure applies options and defaults. Every mistake in them is reported at once, before the
// document is looked at.
func configure(ctx context.Context, op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{
		op: op, lim: lim, lifted: map[Rule]bool{},
		attributes: DefaultAttributesPerElement, namespaces: DefaultNamespacesInScope,
		nameBytes: int(DefaultNameBytes), tokenBytes: int(DefaultTokenBytes),
	}
	for _, opt := range opts {
		if opt == nil {
			c.problem("an Option", "is nil")
			continue
		}
		opt(c)
	}
	if ctx == nil {
		c.problem("the context", "is nil")
	}
	if c.images && c.profiled != "SVG" {
		c.problem("DataImages", "belongs to SVG, which is not given")
	}
	if c.part != "" && c.profiled != "OOXML" {
		c.problem("PartName", "belongs to OOXML, which is not given")
	}
	if len(c.problems) > 0 {
		return nil, &limits.ConfigError{Op: op, Problems: c.problems}
	}
	if err := lim.Check(op, limits.InputBytes, limits.Time); err != nil {
		return nil, err
	}
	c.setDefaults()
	return c, nil
}

// setDefaults gives each unset limit its documented default.
func (c *config) setDefaults() {
	l := &c.lim
	if l.Items == 0 {
		l.Items = DefaultItems
	}
	if l.Depth == 0 {
		l.Depth = DefaultDepth
	}
	if l.MemoryBytes == 0 {
		l.MemoryBytes = DefaultMemoryBytes
	}
	if l.Steps == 0 {
		l.Steps = limits.UnsafeUnlimited
		if l.InputBytes != limits.UnsafeUnlimited {
			l.Steps = DefaultSteps + int64(l.InputBytes)/bytesPerStep
		}
	}
}

// problem notes a mistake in the options.
func (c *config) problem(field, format string, args ...any) {
	c.problems = append(c.problems, limits.FieldProblem{Field: field, Reason: fmt.Sprintf(format, args...)})
}

// within sets an option, or notes a problem unless 1 <= v <= ceiling.
func (c *config) within(field string, v, ceiling int64, set *int) {
	if v < 1 || v > ceiling {
		c.problem(field, "is %d: not between 1 and %d", v, ceiling)
		return
	}
	*set = int(v)
}

// liftRules is UnsafeAllow.
func (c *config) liftRules(rules []Rule) {
	for _, r := range rules {
		switch liftable, known := isLiftable(r); {
		case !known:
			c.problem("UnsafeAllow", "names no rule of this package: %q", string(r))
		case !liftable:
			c.problem("UnsafeAllow", "cannot lift %q, which belongs to the trust boundary", string(r))
		default:
			c.lifted[r] = true
		}
	}
}

// choose sets the profile. A document is of one kind.
func (c *config) choose(option string, fresh func() profile) {
	if c.profile != nil && c.profiled != option {
		c.problem(option, "is given together with %s: one profile at most", c.profiled)
	}
	c.profile, c.profiled = fresh, option
}
