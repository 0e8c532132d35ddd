package safexml

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
)

// An Option changes one thing about an operation. Options are validated before the document is
// looked at; a mistake in one is a *limits.ConfigError. Those that lift a protection begin with
// Unsafe.
type Option func(*setup.Config)

// AttributesPerElement bounds the attributes of each single element, namespace declarations
// included. The default is DefaultAttributesPerElement, the ceiling MaxAttributesPerElement.
func AttributesPerElement(n int) Option {
	return func(c *setup.Config) {
		c.Within("AttributesPerElement", int64(n), MaxAttributesPerElement, &c.Attributes)
	}
}

// NamespacesInScope bounds the namespace declarations that are in scope at once. The default is
// DefaultNamespacesInScope, the ceiling MaxNamespacesInScope.
func NamespacesInScope(n int) Option {
	return func(c *setup.Config) { c.Within("NamespacesInScope", int64(n), MaxNamespacesInScope, &c.Namespaces) }
}

// NameBytes bounds each name and each name of a namespace, in bytes of UTF-8. The default is
// DefaultNameBytes, the ceiling MaxNameBytes.
func NameBytes(n limits.Bytes) Option {
	return func(c *setup.Config) { c.Within("NameBytes", int64(n), int64(MaxNameBytes), &c.NameBytes) }
}

// TokenBytes bounds each run of text, CDATA section, comment, processing instruction and attribute
// value, and the white space of each tag, in bytes of UTF-8 as they are written: the leading zeros
// of a character reference count. The default is DefaultTokenBytes, the ceiling MaxTokenBytes.
func TokenBytes(n limits.Bytes) Option {
	return func(c *setup.Config) { c.Within("TokenBytes", int64(n), int64(MaxTokenBytes), &c.TokenBytes) }
}

// UTF16 takes documents in UTF-16 as well, if they begin with a byte order mark. Everything that
// comes out is UTF-8; offsets and columns count the bytes of the source.
func UTF16() Option { return func(c *setup.Config) { c.UTF16 = true } }

// UnsafeAllow lifts single rules. The findings that they would have refused go to Report.Notes; the
// comment of each rule says what that means. A rule that cannot be lifted is a *limits.ConfigError.
func UnsafeAllow(rules ...Rule) Option { return func(c *setup.Config) { liftRules(c, rules) } }

// liftRules is UnsafeAllow.
func liftRules(c *setup.Config, rules []Rule) {
	for _, r := range rules {
		switch liftable, known := isLiftable(r); {
		case !known:
			c.Problem("UnsafeAllow", "names no rule of this package: %q", string(r))
		case !liftable:
			c.Problem("UnsafeAllow", "cannot lift %q, which belongs to the trust boundary", string(r))
		default:
			c.Lifted[r] = true
		}
	}
}
