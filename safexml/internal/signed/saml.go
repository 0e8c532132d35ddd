package signed

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// saml is what the document as a whole has had of SAML.
type saml struct {
	assertion bool // its assertion, encrypted or not
	message   bool // its message
}

// samlFrame is what an open element has had of SAML.
type samlFrame struct {
	seen  uint16 // of what stands there once
	text  bool   // an AttributeValue with text
	child bool   // an AttributeValue with elements
	typed bool   // an AttributeValue that says that it is text

	bare      bool // in a response, and in none of its assertions and messages
	described bool // in metadata
}

// samlKind returns the kind of an element of SAML, or of what carries SAML.
func samlKind(f family, local string) kind {
	switch f {
	case assertions:
		switch local {
		case "Assertion", "EncryptedAssertion":
			return assertion
		case "AttributeValue":
			return attributeValue
		case "NameID", "Issuer", "NameIdentifier", "Audience", "ConfirmationMethod", "AuthnContextClassRef",
			"AuthnContextDeclRef", "AuthenticatingAuthority", "AssertionIDRef", "AssertionIDReference",
			"AssertionURIRef", "Action":
			return textOnly
		}
	case protocol:
		switch local {
		case "Response":
			return response
		case "ArtifactResponse":
			return artifactResponse
		case "AuthnRequest", "ArtifactResolve", "LogoutRequest", "LogoutResponse", "ManageNameIDRequest",
			"ManageNameIDResponse", "NameIDMappingRequest", "NameIDMappingResponse", "AttributeQuery", "AuthnQuery",
			"AuthzDecisionQuery", "AssertionIDRequest", "Request":
			return message
		case "SessionIndex", "StatusMessage", "RequesterID", "Artifact", "AssertionArtifact", "GetComplete":
			return textOnly
		}
	case samlOther:
		switch local {
		case "EntitiesDescriptor":
			return entities
		case "EntityDescriptor":
			return entity
		case "RoleDescriptor", "IDPSSODescriptor", "SPSSODescriptor",
			"AuthnAuthorityDescriptor", "AttributeAuthorityDescriptor", "PDPDescriptor", "AffiliationDescriptor":
			return metadata
		}
	case trust:
		if local == "RequestedSecurityToken" {
			return tokenHolder
		}
	case wss:
		if local == "Security" {
			return tokenHolder
		}
	case foreign, dsig, dsig11, xenc, filter2, c14n, soap, holder:
	}
	return other
}

// samlStart applies the rules of SAML to a start tag.
func (p *Profile) samlStart(d rule.Document, e *frame) error {
	if !p.cfg.SAML {
		return nil
	}
	p.samlWithin(e)
	if err := p.samlContent(d, e); err != nil {
		return err
	}
	if err := p.samlAlias(d, e); err != nil {
		return err
	}
	if err := p.samlOnce(d, e); err != nil {
		return err
	}
	switch e.kind {
	case assertion, message, response, artifactResponse:
		return p.samlPlace(d, e)
	case entities, entity, metadata:
		return p.metadataPlace(d, e)
	case soapEnvelope:
		if len(p.open) > 0 {
			return p.refuseSAML(d, "an envelope inside another element")
		}
	case signature, object, dsReference, canonicalizationMethod:
		return p.samlSignature(d, e)
	case attributeValue:
		e.saml.typed = p.isTextType(d)
	default:
	}
	return nil
}

// samlWithin tells an element what it stands in.
func (p *Profile) samlWithin(e *frame) {
	around := &p.parent().saml
	switch e.kind {
	case response, artifactResponse:
		e.saml.bare = true
	case assertion, message:
	default:
		e.saml.bare = around.bare
	}
	switch p.parent().kind {
	case entities, entity, metadata:
		e.saml.described = true
	default:
		e.saml.described = around.described
	}
}

func (p *Profile) refuseSAML(d rule.Document, detail string) error {
	return d.Refuse(RuleSAMLShape, d.At(), detail)
}

// samlContent holds the root element to SAML, and refuses elements where SAML has text: a program
// that takes the first piece of the text has another name than one that takes all of it.
func (p *Profile) samlContent(d rule.Document, e *frame) error {
	if len(p.open) == 0 {
		switch e.family {
		case assertions, protocol, samlOther, soap, trust:
			return nil
		case foreign, dsig, dsig11, xenc, filter2, c14n, wss, holder:
		}
		return p.refuseSAML(d, "the root element "+limits.Quote(p.elementName(d))+
			" is no message, assertion or metadata of SAML, and no envelope of one")
	}
	parent := p.parent()
	switch {
	case e.family == assertions && e.kind != assertion && !parent.family.carries():
		return p.refuseSAML(d, "the element "+limits.Quote(p.elementName(d))+" of an assertion inside an element that is no "+
			"part of one, where programs that look for its name alone find it")
	case e.family == assertions && e.kind != assertion && parent.saml.bare && !p.isIssuer(d, parent):
		return p.refuseSAML(d, "the element "+limits.Quote(p.elementName(d))+" of an assertion in a response and outside of "+
			"its assertion, where programs that look for its name alone find it")
	case parent.kind == textOnly:
		return p.refuseSAML(d, "the element "+limits.Quote(p.elementName(d))+" in the text of another")
	case parent.kind == attributeValue && (parent.saml.typed || parent.saml.text):
		return p.refuseSAML(d, "the element "+limits.Quote(p.elementName(d))+" in an AttributeValue that is text")
	case parent.kind == transform && e.kind != xpathOf && e.kind != filterOf &&
		(string(d.Space()) != nsExcC14N || !bytes.HasSuffix([]byte(p.elementName(d)), []byte("InclusiveNamespaces"))):
		return d.Refuse(RuleSignatureShape, d.At(), "the element "+limits.Quote(p.elementName(d))+" in a Transform")
	}
	parent.saml.child = true
	return nil
}

// isIssuer reports whether the element at hand is the Issuer of a response.
func (p *Profile) isIssuer(d rule.Document, parent *frame) bool {
	raw, colon := d.Name()
	return (parent.kind == response || parent.kind == artifactResponse) && string(raw[colon+1:]) == "Issuer"
}

// samlAlias refuses elements of other namespaces with the local name of one that programs look for:
// not few look for local names alone.
func (p *Profile) samlAlias(d rule.Document, e *frame) error {
	raw, colon := d.Name()
	var own bool
	switch string(raw[colon+1:]) {
	case "Assertion", "EncryptedAssertion":
		own = e.family == assertions
	case "Response":
		// A header of that name goes with a response through an enhanced client (SAML 2.0 profiles,
		// 4.2).
		own = e.family == protocol || e.family == samlOther || p.parent().kind == soapHeader && string(d.Space()) == nsPAOS
	case "Signature", "SignedInfo", "SignatureValue", "DigestValue":
		own = e.family == dsig
	case "NameID", "NameIdentifier":
		own = e.family == assertions
	case "Issuer", "Subject", "Conditions", "Status", "AttributeStatement", "AuthnStatement", "AuthenticationStatement":
		// SAML has no room for other vocabularies there: they stand in Extensions, Advice, and
		// values.
		switch p.parent().kind {
		case assertion, message, response, artifactResponse:
			own = e.family == assertions || e.family == protocol
		default:
			return nil
		}
	case "HMACOutputLength":
		return d.Refuse(RuleSignatureShape, d.At(), "a signature that is cut short")
	default:
		return nil
	}
	if own {
		return nil
	}
	return p.refuseSAML(d, "the element "+limits.Quote(p.elementName(d))+
		" of another namespace, which programs take for the one of SAML")
}

// samlText refuses text beside elements in an AttributeValue.
func (p *Profile) samlText(d rule.Document, data []byte) error {
	if !p.cfg.SAML || len(p.open) == 0 {
		return nil
	}
	e := p.parent()
	if e.kind != attributeValue || len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	e.saml.text = true
	if e.saml.child {
		return p.refuseSAML(d, "text beside elements in an AttributeValue")
	}
	return nil
}

// isTextType reports whether xsi:type of the start tag names a type of XML Schema, all of which but
// anyType are text.
func (p *Profile) isTextType(d rule.Document) bool {
	for i := range p.attrs {
		a := &p.attrs[i]
		if string(a.Space) != nsXSI || string(local(a)) != "type" {
			continue
		}
		prefix, name, found := bytes.Cut(bytes.TrimSpace(a.Value), []byte(":"))
		if !found {
			prefix, name = nil, prefix
		}
		space, declared := d.Lookup(prefix)
		return declared && string(space) == nsXSD && string(name) != "anyType"
	}
	return false
}

// samlOnce refuses the second of what stands once: programs differ in whether they take the first
// or the last.
func (p *Profile) samlOnce(d rule.Document, e *frame) error {
	parent := p.parent()
	if f := parent.family; f != assertions && f != protocol && f != samlOther || parent.kind == attributeValue {
		return nil
	}
	raw, colon := d.Name()
	bit := onceBit(e, string(raw[colon+1:]))
	if bit == 0 {
		return nil
	}
	if parent.saml.seen&bit != 0 {
		return p.refuseSAML(d, "a second "+limits.Quote(p.elementName(d))+" in one element, where SAML has one")
	}
	parent.saml.seen |= bit
	return nil
}

// onceBit returns the bit of an element that stands once in its parent, or 0.
func onceBit(e *frame, local string) uint16 {
	switch {
	case e.kind == signature:
		return 1 << 0
	case e.kind == message: // In an ArtifactResponse, beside or instead of a Response.
		return 1 << 9
	case e.family != assertions && e.family != protocol && e.family != samlOther:
		return 0
	}
	switch local {
	case "Issuer":
		return 1 << 1
	case "Extensions":
		return 1 << 2
	case "Status":
		return 1 << 3
	case "StatusCode":
		return 1 << 4
	case "Subject":
		return 1 << 5
	case "Conditions":
		return 1 << 6
	case "NameID", "EncryptedID", "BaseID", "NameIdentifier":
		return 1 << 7
	case "SubjectConfirmationData":
		return 1 << 8
	case "Response":
		return 1 << 9
	}
	return 0
}

// samlPlace holds messages and assertions to the places where a program that follows the protocol
// looks for them, and the document to one assertion. Everything else is where a wrapped original,
// or a forgery, is put: Extensions, Object, another assertion.
func (p *Profile) samlPlace(d rule.Document, e *frame) error {
	parent := p.parent()
	name := limits.Quote(p.elementName(d))
	if e.kind != assertion {
		switch {
		case parent.kind == artifactResponse && e.kind != artifactResponse:
			return nil
		case len(p.open) > 0 && parent.kind != soapBody:
			return p.refuseSAML(d, "the message "+name+" inside another element")
		case p.saml.message:
			return p.refuseSAML(d, "a second message, "+name)
		}
		p.saml.message = true
		return nil
	}
	if p.saml.assertion {
		return p.refuseSAML(d, "a second assertion, "+name)
	}
	p.saml.assertion = true
	if len(p.open) == 0 || parent.kind == response || parent.kind == tokenHolder && p.isHeld() {
		return nil
	}
	return p.refuseSAML(d, "the assertion "+name+" outside of its place in a Response")
}

// isHeld reports whether the holder of a token, which is the parent of the element at hand, stands
// in an envelope or an answer of WS-Trust.
func (p *Profile) isHeld() bool {
	if len(p.open) == 1 {
		return true
	}
	f := p.open[len(p.open)-2].family
	return f == soap || f == trust
}

// metadataPlace holds metadata to the places where a program looks for them: entities in a list of
// them, and their roles in an entity. A signed original is put into Extensions.
func (p *Profile) metadataPlace(d rule.Document, e *frame) error {
	parent := p.parent().kind
	if !e.saml.described || parent == entities && e.kind != metadata || parent == entity && e.kind == metadata {
		return nil
	}
	return p.refuseSAML(d, "the metadata "+limits.Quote(p.elementName(d))+" inside of other metadata, and outside of its "+
		"place there")
}

// samlSignature holds a signature to what SAML has (Core 2.0, 5.4): it stands in what it signs, and
// its one Reference is to that.
func (p *Profile) samlSignature(d rule.Document, e *frame) error {
	switch e.kind {
	case signature:
		switch p.parent().kind {
		case assertion, message, response, artifactResponse, entities, entity, metadata:
			return nil
		default:
		}
		return d.Refuse(RuleSignatureShape, d.At(),
			"a Signature outside of a message, an assertion or metadata, where SAML has none")
	case object:
		return d.Refuse(RuleSignatureShape, d.At(), "an Object in a Signature of SAML, which does not sign it")
	case canonicalizationMethod:
		return p.samlCanonicalization(d)
	default:
		return p.samlReference(d)
	}
}

// samlCanonicalization holds the canonicalization of SignedInfo to those without comments. SAML has
// the exclusive one (Core 2.0, 5.4.3); the inclusive ones are met in practice, and of SignedInfo,
// with every namespace name absolute, they say the same to all programs.
func (p *Profile) samlCanonicalization(d rule.Document) error {
	algorithm, at, _ := p.unprefixed(d, "Algorithm")
	switch algorithm {
	case nsExcC14N, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11":
		return nil
	}
	return d.Refuse(RuleSignatureShape, at, "the canonicalization "+limits.Quote(algorithm)+
		": SAML() takes those of W3C without comments")
}

// samlReference holds the Reference of a signature to the parent of the signature.
func (p *Profile) samlReference(d rule.Document) error {
	uri, at, found := p.unprefixed(d, "URI")
	if p.parent().kind != signedInfo {
		return d.Refuse(RuleSignatureShape, at, "a Reference outside of the SignedInfo of a signature")
	}
	if p.parent().count > 1 {
		return d.Refuse(RuleSignatureShape, at, "a second Reference, where a signature of SAML has one")
	}
	signs := len(p.open) - 3 // Around SignedInfo and Signature.
	if signs < 0 {
		return d.Refuse(RuleSignatureShape, at, "a Reference in a signature that is in no element")
	}
	id := p.open[signs].id
	if found && (uri == "" && signs == 0 || id != "" && uri == "#"+id) {
		return nil
	}
	return d.Refuse(RuleSignatureShape, at, "a Reference to "+limits.Quote(uri)+
		", where a signature of SAML signs the element that it stands in, "+limits.Quote("#"+id))
}

// samlTransform holds transforms to the two of SAML (Core 2.0, 5.4.4).
func (p *Profile) samlTransform(d rule.Document, algorithm string, at xmlscan.Position) error {
	if algorithm == algEnveloped || algorithm == nsExcC14N {
		return nil
	}
	return d.Refuse(RuleSignatureShape, at, "the transform "+limits.Quote(algorithm)+
		": SAML() takes enveloped-signature, and exclusive canonicalization without comments")
}
