package signed

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// few is how many attributes are compared each with each.
const few = 16

// attributes refuses attributes that programs take for one another, and namespace names that have
// no scheme.
//
// Many programs look for an attribute by its local name alone, and find the first or the last of
// two. Some take a namespace declaration for an attribute of the prefix's name: xmlns:ID for ID.
func (p *Profile) attributes(d rule.Document, e *frame) error {
	for i := range p.attrs {
		a := &p.attrs[i]
		if !a.Declaration {
			if err := prefixedName(d, e, a, i); err != nil {
				return err
			}
			continue
		}
		if err := namespaceName(d, a, i); err != nil {
			return err
		}
		if a.Colon >= 0 && declaresAttribute(string(local(a)), e.family.singular()) {
			return d.Refuse(RuleAmbiguousAttribute, d.AttrAt(i), "the prefix "+limits.Quote(string(local(a)))+
				" has the name of an attribute, which some programs take its declaration for")
		}
	}
	if len(p.attrs) <= few {
		for i := range p.attrs {
			for j := range i {
				if sameName(&p.attrs[i], &p.attrs[j], e.family.singular()) {
					if err := p.pair(d, e, j, i); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	return p.manyAttributes(d, e)
}

// manyAttributes is the same for more than a few, in linear time.
func (p *Profile) manyAttributes(d rule.Document, e *frame) error {
	if err := d.Hold(entryBytes * len(p.attrs)); err != nil {
		return err
	}
	defer d.Release(entryBytes * len(p.attrs))
	first := make(map[string]int, len(p.attrs))
	for i := range p.attrs {
		key := nameKey(&p.attrs[i], e.family.singular())
		j, known := first[key]
		if !known {
			first[key] = i
			continue
		}
		if err := p.pair(d, e, j, i); err != nil {
			return err
		}
		if isStandardID(&p.attrs[j]) {
			first[key] = i // Which may be repeated; the one that it repeats may not.
		}
	}
	return nil
}

// local returns the part of a name after the colon, or all of it.
func local(a *xmlscan.Attr) []byte { return a.Name[a.Colon+1:] }

// sameName reports whether a program that looks at local names takes one attribute for the other.
// Names of IDs are compared without case, as some programs do; where every attribute has one
// reading, any two of them are the same.
func sameName(a, b *xmlscan.Attr, singular bool) bool {
	if !isIDName(local(a)) {
		return bytes.Equal(local(a), local(b))
	}
	return bytes.EqualFold(local(a), local(b)) || singular && isIDName(local(b))
}

// nameKey returns one key for all names that are the same.
func nameKey(a *xmlscan.Attr, singular bool) string {
	switch {
	case !isIDName(local(a)):
		return string(local(a))
	case singular:
		return "id"
	}
	return strings.ToLower(string(local(a)))
}

// pair judges two attributes that some programs take for one another.
func (p *Profile) pair(d rule.Document, e *frame, i, j int) error {
	a, b := &p.attrs[i], &p.attrs[j]
	isID := isIDName(local(a)) && isIDName(local(b))
	if a.Declaration && b.Declaration || !isID && !e.family.singular() && (a.Declaration || b.Declaration) {
		return nil
	}
	names := limits.Quote(string(a.Name)) + " and " + limits.Quote(string(b.Name))
	switch {
	case isID && (isStandardID(a) || isStandardID(b)) && bytes.Equal(a.Value, b.Value):
		return nil
	case isID, e.family.singular() && !isContactType(e, a):
		return d.Refuse(RuleAmbiguousAttribute, d.AttrAt(j),
			"the attributes "+names+" of one element: programs differ in which of them they read")
	case bytes.Equal(local(a), local(b)):
		return p.noteOnce(d, d.AttrAt(j), "pair "+string(local(a)),
			"the attributes "+names+" of one element have the same local name")
	}
	return nil
}

// isContactType tells the attribute of SAML metadata that federations give a second kind: a contact
// for security is contactType="other" and remd:contactType.
func isContactType(e *frame, a *xmlscan.Attr) bool {
	return e.family == samlOther && string(local(a)) == "contactType"
}

// prefixedName refuses an attribute with a prefix whose local name is that of one that says what is
// signed or how. Programs that look for local names, as those by libxml2's xmlGetProp do, take it,
// and all others see none.
func prefixedName(d rule.Document, e *frame, a *xmlscan.Attr, i int) error {
	if a.Colon < 0 || !e.family.signs() {
		return nil
	}
	switch string(local(a)) {
	case "Algorithm", "URI", "Type", "Filter", "PrefixList", "Encoding", "MimeType", "Target", "Recipient":
		return d.Refuse(RuleAmbiguousAttribute, d.AttrAt(i), "the attribute "+limits.Quote(string(a.Name))+
			" of an element that has one of that name without a prefix: programs differ in whether they read it")
	}
	return nil
}

// isIDName reports whether programs look for an ID under a local name: by the schemas of SAML 1 and
// 2, XML Signature, XML Encryption and WS-Security, and by habit.
func isIDName(local []byte) bool {
	switch len(local) {
	case len("id"):
		return bytes.EqualFold(local, []byte("id"))
	case len("RequestID"), len("ResponseID"), len("AssertionID"):
		return bytes.EqualFold(local, []byte("RequestID")) || bytes.EqualFold(local, []byte("ResponseID")) ||
			bytes.EqualFold(local, []byte("AssertionID"))
	}
	return false
}

// isStandardID reports whether an attribute is xml:id or wsu:Id, which may repeat an ID that a
// vocabulary has of its own.
func isStandardID(a *xmlscan.Attr) bool {
	return !a.Declaration && (string(a.Space) == nsXML || string(a.Space) == nsWSU)
}

// declaresAttribute reports whether a prefix is the name of an attribute that matters: of an ID
// anywhere, but for the plain "id", and of any attribute on an element of the vocabularies
// themselves.
func declaresAttribute(prefix string, singular bool) bool {
	switch prefix {
	case "ID", "Id", "AssertionID", "RequestID", "ResponseID":
		return true
	case "id", "Algorithm", "URI", "Type", "Version", "IssueInstant", "Destination", "InResponseTo", "Consent",
		"NotBefore", "NotOnOrAfter", "SessionNotOnOrAfter", "SessionIndex", "AuthnInstant", "Recipient", "Address",
		"Method", "Format", "Name", "NameFormat", "FriendlyName", "NameQualifier", "SPNameQualifier", "SPProvidedID",
		"AssertionConsumerServiceURL", "ProtocolBinding", "ForceAuthn", "IsPassive", "entityID", "Location",
		"ResponseLocation", "Binding", "validUntil", "use", "Value", "ValueType", "EncodingType", "Reason",
		"MajorVersion", "MinorVersion", "Issuer", "AttributeName", "AttributeNamespace", "AuthenticationMethod",
		"AuthenticationInstant":
		return singular
	}
	return false
}
