// Package setup holds the options of one operation of package safexml. It is a package of its own
// so that another package of the module can make an option: an option is a function of a [Config].
package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Config is the limits and options of one operation. Options fill it in, package safexml checks
// it before it looks at the document, and nothing changes it after that.
type Config struct {
	Op     string // the name of the operation, for errors
	Limits limits.Limits
	Lifted map[limits.Rule]bool // by UnsafeAllow

	Attributes int // most attributes of one element
	Namespaces int // most namespace declarations in scope at once
	NameBytes  int // longest name
	TokenBytes int // longest token

	UTF16 bool

	Profile string // the option that chose it, such as "SVG"; empty without a profile
	// by their labels in upper case: charset.Allow
	Charsets map[string]func() *xmlscan.Charset

	SkipDoctype     bool
	LiteralEntities bool
	HTMLEntities    bool

	Images     bool // SVG: DataImages
	Fonts      bool // SVG: DataFonts
	Hyperlinks bool // SVG: Hyperlinks
	// SVG: Canvas
	Canvas                    bool
	CanvasWidth, CanvasHeight int
	PartName                  string // OOXML: PartName

	SignedXPath bool // Signed and SAML: SignedXPath

	Writing Writing // the options of an Encoder

	Problems []limits.FieldProblem // mistakes in the options
}

// Writing holds the options of an Encoder.
type Writing struct {
	Namespaces []Namespace // Prefix
	EmptyTags  bool
	Indents    bool // Indent
	LinePrefix string
	Indent     string
}

// A Namespace is a prefix and what it stands for.
type Namespace struct{ Prefix, URI string }

// Charset returns the encoding that a label in upper case stands for, or nil.
func (c *Config) Charset(label string) *xmlscan.Charset {
	if open := c.Charsets[label]; open != nil {
		return open()
	}
	return nil
}

// Problem notes a mistake in the options.
func (c *Config) Problem(field, format string, args ...any) {
	c.Problems = append(c.Problems, limits.FieldProblem{Field: field, Reason: fmt.Sprintf(format, args...)})
}

// Within sets an option, or notes a problem unless 1 <= v <= ceiling.
func (c *Config) Within(field string, v, ceiling int64, set *int) {
	if v < 1 || v > ceiling {
		c.Problem(field, "is %d: not between 1 and %d", v, ceiling)
		return
	}
	*set = int(v)
}

// Choose sets the profile that an option stands for. A document is of one kind.
func (c *Config) Choose(option string) {
	if c.Profile != "" && c.Profile != option {
		c.Problem(option, "is given together with %s: one profile at most", c.Profile)
	}
	c.Profile = option
}

// Needs notes a problem if an option is given without a profile that it belongs to.
func (c *Config) Needs(option string, given bool, profiles ...string) {
	if given && !slices.Contains(profiles, c.Profile) {
		c.Problem(option, "belongs to %s, which is not given", strings.Join(profiles, " or "))
	}
}
