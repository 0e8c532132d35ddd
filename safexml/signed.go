package safexml

import "github.com/seed73825598/airlock/safexml/internal/setup"

// Signed takes documents whose signature a program checks: SOAP with WS-Security, signed invoices,
// receipts, and whatever else carries XML Signature. For SAML there is [SAML]. Such a document must
// be the same to the program that checks and to the one that acts, so besides the rules for all
// documents
//
//   - it has no processing instruction, no CDATA section, and no comment but before the root
//     element ([RuleSignedNode]);
//   - no two elements have one ID ([RuleDuplicateID]): an ID is xml:id, wsu:Id, and ID, Id,
//     AssertionID, RequestID and ResponseID under any prefix; an attribute id counts if the
//     document names its value as #value;
//   - no two attributes of one element have one local name, if it is that of an ID (in upper or
//     lower case) or the element is of SAML, XML Signature, XML Encryption or WS-Security, and no
//     Algorithm, URI or the like of a signature has a prefix ([RuleAmbiguousAttribute]); xml:id and
//     wsu:Id may repeat an ID;
//   - every namespace name is a URI with a scheme (RFC 3986), as libxml2 demands of what it
//     canonicalizes ([RuleRelativeNamespace]);
//   - a Signature has the elements that XML Signature gives it, once each and in order, at most 64
//     References and 8 Transforms, and each Reference into the document is to exactly one element;
//     an envelope of SOAP has one Header and one Body, which stand nowhere else, and none is in a
//     Header ([RuleSignatureShape]). An element that has been encrypted since is excused; an HMAC
//     is not cut to less than 128 bits;
//   - no Reference and no key lies outside the document ([RuleExternalReference]). A cid: URI names
//     another part of the same message and is noted;
//   - no transform and no canonicalization runs code ([RuleActiveContent]); see [SignedXPath].
//
// Signed checks no signature. The program that does must use the element that the Reference names,
// and nothing else.
//
// A comment before the root element is noted and passes: it divides no text, and is in no canonical
// form without comments.
//
// The streaming faces keep the whole document, within MemoryBytes, until it has passed: the second
// of two equal IDs may stand at its end. A document that is accepted, written again token by token
// with the usual escapes, has the same tokens.
func Signed() Option {
	return func(c *setup.Config) { c.Choose(profileSigned) }
}

// SAML takes messages, assertions and metadata of SAML 1.1 and 2.0, alone or in an envelope of SOAP
// or a response of WS-Trust. Besides the rules of [Signed]
//
//   - there is one assertion, encrypted or not, and it is the root element or stands in a Response,
//     in RequestedSecurityToken or in a Security header; there is one message, which is the root
//     element or in the Body of an envelope, and it may be an ArtifactResponse around another;
//     metadata stand in each other as the schema has it, and not in Extensions; Issuer, Status,
//     Subject, Conditions and their like stand once; names, audiences, attribute values of a text
//     type and other texts hold no elements; no part of an assertion stands in an element of
//     another vocabulary, or in a response outside of its assertion; no element of another
//     namespace is called Assertion, Response, Signature, NameID and the like, and none directly in
//     an assertion or a message Issuer, Subject, Conditions or Status ([RuleSAMLShape]);
//   - a Signature stands in the message, assertion or metadata that it signs, has one Reference, to
//     that element, no Object, no transform but enveloped-signature and exclusive canonicalization
//     without comments, and a canonicalization without comments ([RuleSignatureShape]).
//
// These rules refuse the published families of signature wrapping whatever library checks the
// signature. SAML itself checks none, and takes a message without one.
func SAML() Option {
	return func(c *setup.Config) { c.Choose(profileSAML) }
}

// SignedXPath lets [Signed] and [SAML] take the transforms that invoices prescribe, by their exact
// expressions: XML Signature's own, not(ancestor-or-self::ds:Signature), the three of ZATCA, and
// with XPath Filter 2 and the filter "subtract" /descendant::ds:Signature (FatturaPA) and
// here()/ancestor::ds:Signature[1]. The prefix may be any that is bound to the right namespace.
// Every other expression is refused, and XSLT is.
//
// The part that such a transform leaves out is not signed, wherever it stands: a second
// UBLExtensions, say. Each is noted, with what it leaves out.
func SignedXPath() Option { return func(c *setup.Config) { c.SignedXPath = true } }
