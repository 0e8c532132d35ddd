package xmltest

import (
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
)

// Limits are those under which every hostile document must be refused and every benign one
// accepted: 64 MiB of input within a minute. Cases whose options replace entities need OutputBytes,
// too; see Case.Limits.
func Limits() limits.Limits { return limits.Limits{InputBytes: 64 * limits.MiB, Time: time.Minute} }

// Limits are those of the package, and 1 MiB of OutputBytes if an option of the case replaces
// entities.
func (c Case) Limits() limits.Limits {
	l := Limits()
	if strings.Contains(c.Option, "Entities") {
		l.OutputBytes = limits.MiB
	}
	return l
}

// Options are those under which the document is hostile or benign: the options that Option names,
// as values; none if it is empty.
func (c Case) Options() []safexml.Option {
	var list []safexml.Option
	for name := range strings.SplitSeq(c.Option, ", ") {
		switch name {
		case "SkipDoctype":
			list = append(list, safexml.SkipDoctype())
		case "LiteralEntities":
			list = append(list, safexml.LiteralEntities())
		case "HTMLEntities":
			list = append(list, safexml.HTMLEntities())
		case "SVG":
			list = append(list, safexml.SVG())
		case "Hyperlinks":
			list = append(list, safexml.Hyperlinks())
		case "DataImages":
			list = append(list, safexml.DataImages())
		case "DataFonts":
			list = append(list, safexml.DataFonts())
		case "OOXML":
			list = append(list, safexml.OOXML())
		case "Signed":
			list = append(list, safexml.Signed())
		case "SignedXPath":
			list = append(list, safexml.SignedXPath())
		case "SAML":
			list = append(list, safexml.SAML())
		case "UTF16":
			list = append(list, safexml.UTF16())
		case "UnsafeAllow(RuleDoctype)":
			list = append(list, safexml.UnsafeAllow(safexml.RuleDoctype))
		case "UnsafeAllow(RuleSchemaLocation)":
			list = append(list, safexml.UnsafeAllow(safexml.RuleSchemaLocation))
		default:
			if label, ok := argument(name, "charset.Allow"); ok {
				list = append(list, charset.Allow(label))
			} else if part, ok := argument(name, "PartName"); ok {
				list = append(list, safexml.PartName(part))
			}
		}
	}
	return list
}

// argument returns what stands in parentheses after the name of an option.
func argument(call, name string) (string, bool) {
	rest, ok := strings.CutPrefix(call, name+"(")
	return strings.TrimSuffix(rest, ")"), ok
}
