package safexml

import (
	"context"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Defaults and ceilings of the limits and options that may stay unset.
const (
	DefaultItems       = 1_000_000
	DefaultDepth       = 256
	DefaultSteps       = 8 << 20 // plus one for each 64 bytes of InputBytes and each of Items
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
	bytesPerNode = 4 // at least: <a/>
)

// configure applies options and defaults. Every mistake in them is reported at once, before the
// document is looked at.
func configure(ctx context.Context, op string, lim limits.Limits, opts []Option) (*setup.Config, error) {
	c := applyOptions(ctx, op, lim, opts)
	expands := c.LiteralEntities || c.HTMLEntities
	if lim.OutputBytes > 0 && !expands {
		c.Problem("OutputBytes", "is %s: leave it out, because nothing here spends it", lim.OutputBytes)
	}
	checkReading(c)
	required := []limits.Resource{limits.InputBytes, limits.Time}
	if expands {
		required = append(required, limits.OutputBytes)
	}
	if err := checkConfig(c, lim.InputBytes, required...); err != nil {
		return nil, err
	}
	return c, nil
}

// checkReading notes the options of writing, where something is read.
func checkReading(c *setup.Config) {
	for _, option := range [...]struct {
		name  string
		given bool
	}{{"Prefix", len(c.Writing.Namespaces) > 0}, {"EmptyTags", c.Writing.EmptyTags}, {"Indent", c.Writing.Indents}} {
		if option.given {
			c.Problem(option.name, "is an option of NewEncoder and Marshal, and nothing is written here")
		}
	}
}

// configureWriting is configure for what writes.
func configureWriting(ctx context.Context, op string, lim limits.Limits, opts []Option) (*setup.Config, error) {
	c := applyOptions(ctx, op, lim, opts)
	if c.Writing.Indents && (c.Profile == profileSigned || c.Profile == profileSAML) {
		c.Problem("Indent", "is given together with %s: white space is part of what is signed", c.Profile)
	}
	if err := checkConfig(c, lim.OutputBytes, limits.OutputBytes, limits.Time); err != nil {
		return nil, err
	}
	return c, nil
}

// applyOptions makes a configuration of the options, with what is wrong with them.
func applyOptions(ctx context.Context, op string, lim limits.Limits, opts []Option) *setup.Config {
	c := &setup.Config{
		Op: op, Limits: lim, Lifted: map[Rule]bool{},
		Attributes: DefaultAttributesPerElement, Namespaces: DefaultNamespacesInScope,
		NameBytes: int(DefaultNameBytes), TokenBytes: int(DefaultTokenBytes),
	}
	for _, opt := range opts {
		if opt == nil {
			c.Problem("an Option", "is nil")
			continue
		}
		opt(c)
	}
	if ctx == nil {
		c.Problem("the context", "is nil")
	}
	c.Needs("DataImages", c.Images, profileSVG)
	c.Needs("DataFonts", c.Fonts, profileSVG)
	c.Needs("Hyperlinks", c.Hyperlinks, profileSVG)
	c.Needs("Canvas", c.Canvas, profileSVG)
	checkDoctype(c)
	c.Needs("SignedXPath", c.SignedXPath, profileSigned, profileSAML)
	c.Needs("PartName", c.PartName != "", profileOOXML)
	return c
}

// checkConfig tells all mistakes in the options at once, or those in the limits, and fills in
// defaults, for a document of a size.
func checkConfig(c *setup.Config, size limits.Bytes, required ...limits.Resource) error {
	if len(c.Problems) > 0 {
		return &limits.ConfigError{Op: c.Op, Problems: c.Problems}
	}
	if err := c.Limits.Check(c.Op, required...); err != nil {
		return err
	}
	setDefaults(&c.Limits, size)
	return nil
}

// setDefaults gives each unset limit its documented default, for a document of a size.
func setDefaults(l *limits.Limits, size limits.Bytes) {
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
		if size != limits.UnsafeUnlimited {
			l.Steps = DefaultSteps + int64(size)/bytesPerStep + mostNodes(l.Items, int64(size))
		}
	}
}

// mostNodes is how many nodes a document of a size has at most.
func mostNodes(items, size int64) int64 {
	if items == limits.UnsafeUnlimited {
		return size / bytesPerNode
	}
	return min(items, size/bytesPerNode)
}
