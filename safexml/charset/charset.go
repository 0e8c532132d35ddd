package charset

import (
	"iter"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Allow takes documents whose XML declaration names one of the encodings that labels stand for.
// Labels are names and aliases of the IANA registry, and those in common use, without regard to
// case; [Labels] lists them. A document may name the encoding by any of its labels. A label that is
// none of them, and no label at all, is a *limits.ConfigError. Given more than once, the lists add
// up.
func Allow(labels ...string) safexml.Option {
	return func(c *setup.Config) {
		if len(labels) == 0 {
			c.Problem("charset.Allow", "is given no label")
		}
		for _, label := range labels {
			e := find(label)
			if e == nil {
				c.Problem("charset.Allow", "knows no encoding %s", limits.Quote(label))
				continue
			}
			if c.Charsets == nil {
				c.Charsets = map[string]func() *xmlscan.Charset{}
			}
			for _, alias := range e.labels {
				c.Charsets[strings.ToUpper(alias)] = e.open
			}
		}
	}
}

// Labels yields what [Allow] takes: of each encoding its name first, then its aliases.
func Labels() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range encodings {
			for _, label := range encodings[i].labels {
				if !yield(label) {
					return
				}
			}
		}
	}
}

// find returns the encoding that a label stands for, or nil.
func find(label string) *encoding {
	for i := range encodings {
		if slices.ContainsFunc(encodings[i].labels, func(l string) bool { return strings.EqualFold(l, label) }) {
			return &encodings[i]
		}
	}
	return nil
}
