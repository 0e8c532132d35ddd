package safexml

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// SkipDoctype takes a document type declaration that names a DTD and has no internal subset.
// Nothing is fetched, and no entity becomes known. After [NewReader] and [NewDecoder] white space
// of the same length stands in its place, line ends kept, so that no parser there loads what it
// names; a [Tokenizer] does not show it; [Report.Notes] tells of it.
//
// [Validate] hands out no bytes: its caller goes on with the original. It takes only the
// identifiers of well-known DTDs (W3C, OASIS, Apple, KDE, Qt, freedesktop.org and the like), which
// parsers have at hand or do not load. [EachReference] reports what is named, whatever it is.
//
// A declaration of the root's name alone, <!DOCTYPE html>, is taken without any option. With
// [Signed], [SAML] or [OOXML] the option is a *limits.ConfigError: no document type declaration may
// stand in such documents.
func SkipDoctype() Option { return func(c *setup.Config) { c.SkipDoctype = true } }

// LiteralEntities takes an internal subset that holds nothing but declarations of entities with
// their text, <!ENTITY ns_svg "http://www.w3.org/2000/svg">, as Adobe Illustrator writes them. The
// text has no <, & or %; each name is declared once, and none of the five that XML has. It implies
// [SkipDoctype].
//
// Each reference spends the length of the text from OutputBytes, which is then required. Rules and
// profiles judge the text in its place. After [NewReader] and [NewDecoder] it stands there,
// escaped, so that the bytes and InputOffset there no longer count those of the source; [Report]
// and errors do. [Validate] and [EachReference], which hand out neither bytes nor values, refuse an
// internal subset under the option as well. With [Signed], [SAML] or [OOXML] it is a
// *limits.ConfigError.
func LiteralEntities() Option { return func(c *setup.Config) { c.LiteralEntities = true } }

// HTMLEntities takes references to the 253 entities of XHTML 1.0 (its appendix A.2), such as &nbsp;
// and &eacute;, without any declaration. A document's own declaration of such a name is refused.
// The rules for OutputBytes and the profiles are those of [LiteralEntities]; every face takes them.
func HTMLEntities() Option { return func(c *setup.Config) { c.HTMLEntities = true } }

// isStrict reports whether a profile takes no document type declaration at all.
func isStrict(profile string) bool {
	switch profile {
	case profileSigned, profileSAML, profileOOXML:
		return true
	}
	return false
}

// checkDoctype notes the options for document type declarations that the profile excludes.
func checkDoctype(c *setup.Config) {
	if !isStrict(c.Profile) {
		return
	}
	for _, option := range [...]struct {
		name  string
		given bool
	}{{"SkipDoctype", c.SkipDoctype}, {"LiteralEntities", c.LiteralEntities}, {"HTMLEntities", c.HTMLEntities}} {
		if option.given {
			c.Problem(option.name, "is given together with %s, which takes no document type declaration", c.Profile)
		}
	}
}

// doctypes returns which document type declarations the scanner takes.
func doctypes(c *setup.Config, p purpose) xmlscan.Doctypes {
	switch {
	case c.Lifted[RuleDoctype], c.SkipDoctype, c.LiteralEntities, p.tell != nil:
		return xmlscan.AnyDoctype
	case isStrict(c.Profile):
		return xmlscan.NoDoctype
	}
	return xmlscan.BareDoctype
}

// refuseSubset refuses an internal subset where the caller goes on with the original bytes.
func (r *reading) refuseSubset() error {
	return r.refuse(RuleInternalSubset, r.scan.At(),
		"an internal subset, whose entities a parser of these bytes would expand: NewReader and NewDecoder expand and "+
			"blank them")
}

// skipDoctype judges a document type declaration that the scanner has taken.
func (r *reading) skipDoctype(public, system string) error {
	if r.conf.Lifted[RuleDoctype] && !r.scan.Subset() {
		return r.note(RuleDoctype, r.scan.At(),
			"a document type declaration with the system identifier "+limits.Quote(system))
	}
	if r.scan.Subset() && !r.hands {
		return r.refuseSubset()
	}
	if system == "" && public == "" {
		return r.note("", r.scan.At(), "a document type declaration that names the root element alone")
	}
	if !r.hands && !isKnownDTD(system) {
		return r.refuse(RuleDoctype, r.scan.At(), "a document type declaration that names "+limits.Quote(system)+
			", which a parser of these bytes could fetch: NewReader and NewDecoder blank it")
	}
	return r.note("", r.scan.At(), "a document type declaration that names "+limits.Quote(system)+" was skipped")
}
