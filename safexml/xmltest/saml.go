package xmltest

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
)

const (
	samlShape limits.Rule = "saml-shape"

	nsProtocol  = ` xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"`
	nsAssertion = ` xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"`
	nsTypes     = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"`

	samlIssuer = `<saml:Issuer>https://idp.example.org/</saml:Issuer>`
	samlStatus = `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>`

	// An attacker signs in as mallory, and is to pass as admin.
	mallory = "mallory@example.org"
	admin   = "admin@example.org"
)

// saml returns a recipe for a document that is judged as SAML.
func saml(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "SAML"
	return r
}

// samlSignature returns the signature that stands in the element with an ID.
func samlSignature(id string, rest ...string) string {
	return signatureOf(reference("#"+id, transform(enveloped), transform(exclusive)),
		append([]string{keyInfo}, rest...)...)
}

// samlAssertion returns an assertion about a user, with what follows its issuer.
func samlAssertion(id, user string, signature ...string) string {
	return `<saml:Assertion` + nsAssertion + ` ID="` + id + `" Version="2.0" IssueInstant="2026-01-02T03:04:05Z">` +
		samlIssuer +
		strings.Join(signature, "") + samlClaims(user) + `</saml:Assertion>`
}

// samlClaims returns what an assertion says.
func samlClaims(user string) string {
	return `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">` + user +
		`</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` +
		`<saml:SubjectConfirmationData InResponseTo="_q" NotOnOrAfter="2026-01-02T03:09:05Z" ` +
		`Recipient="https://sp.example.org/acs"/>` +
		`</saml:SubjectConfirmation></saml:Subject>` +
		`<saml:Conditions NotBefore="2026-01-02T03:03:05Z" NotOnOrAfter="2026-01-02T03:09:05Z"><saml:AudienceRestriction>` +
		`<saml:Audience>https://sp.example.org/</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
		`<saml:AuthnStatement AuthnInstant="2026-01-02T03:04:00Z" SessionIndex="_s"><saml:AuthnContext>` +
		`<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>` +
		`</saml:AuthnContext></saml:AuthnStatement>`
}

// samlResponse returns a response with what follows its issuer.
func samlResponse(id string, content ...string) string {
	return `<samlp:Response` + nsProtocol + nsAssertion + ` ID="` + id +
		`" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"` +
		` Destination="https://sp.example.org/acs" InResponseTo="_q">` + samlIssuer + strings.Join(content, "") +
		`</samlp:Response>`
}

// logout returns a signed request about a user.
func logout(id, user string) string {
	return `<samlp:LogoutRequest` + nsProtocol + nsAssertion + ` ID="` + id + `" Version="2.0" ` +
		`IssueInstant="2026-01-02T03:04:05Z">` + samlIssuer + samlSignature(id) + `<saml:NameID>` + user +
		`</saml:NameID></samlp:LogoutRequest>`
}

// hostileSAML has one case for each published family, under its public name.
func hostileSAML() []recipe {
	signedAssertion := samlAssertion("_a", mallory, samlSignature("_a"))
	original := samlResponse("_r", samlStatus, samlAssertion("_a", mallory))
	forged := func(id string, rest ...string) string { return samlAssertion(id, admin, rest...) }
	inObject := func(content string) string { return samlSignature("_a", `<ds:Object>`+content+`</ds:Object>`) }
	respond := func(content ...string) string { return samlResponse("_r", append([]string{samlStatus}, content...)...) }
	honest := respond(signedAssertion)
	edit := func(document, old, replacement string) string { return strings.Replace(document, old, replacement, 1) }
	nameID := func(content string) string { return edit(honest, mallory, content) }
	return []recipe{
		// The eight arrangements of "On Breaking SAML" that SAML Raider numbers.
		saml(signatureShape, "wrapping-1", samlResponse("_evil", samlSignature("_r", original), samlStatus, forged("_b"))),
		saml(signatureShape, "wrapping-1-object",
			samlResponse("_evil", samlSignature("_r", `<ds:Object>`+original+`</ds:Object>`),
				samlStatus, forged("_b"))),
		saml(samlShape, "wrapping-2", samlResponse("_evil", original, samlSignature("_r"), samlStatus, forged("_b"))),
		saml(samlShape, "name-in-key-info", respond(edit(signedAssertion, "<ds:KeyInfo>", "<ds:KeyInfo><saml:NameID>"+admin+
			"</saml:NameID>"))),
		saml(samlShape, "subject-in-foreign-element", respond(edit(signedAssertion, "<saml:Subject>", `<x:y xmlns:x="urn:x">`+
			`<saml:Subject><saml:NameID>`+admin+`</saml:NameID></saml:Subject></x:y><saml:Subject>`))),
		saml(samlShape, "foreign-subject", respond(edit(signedAssertion, "<saml:Subject>", `<x:Subject xmlns:x="urn:x">`+
			`<x:Name>`+admin+`</x:Name></x:Subject><saml:Subject>`))),
		saml(samlShape, "foreign-conditions", respond(edit(signedAssertion, "<saml:Conditions ",
			`<Conditions NotOnOrAfter="2099-01-01T00:00:00Z"/><saml:Conditions `))),
		saml(samlShape, "foreign-issuer", samlResponse("_r", `<x:Issuer xmlns:x="urn:x">https://evil.example/</x:Issuer>`,
			samlStatus, signedAssertion)),
		saml(samlShape, "foreign-status", samlResponse("_r", `<Status><StatusCode Value="x"/></Status>`, samlStatus,
			signedAssertion)),
		saml(samlShape, "artifact-of-two-messages", request("ArtifactResponse", ` InResponseTo="_p"`, samlStatus,
			`<samlp:LogoutRequest`+nsProtocol+` ID="_l"/><samlp:AuthnRequest`+nsProtocol+` ID="_n"/>`)),
		saml(samlShape, "attributes-in-foreign-extension", samlResponse("_r", `<samlp:Extensions><x:y xmlns:x="urn:x">`+
			`<saml:AttributeStatement/></x:y></samlp:Extensions>`, samlStatus, signedAssertion)),
		// Parts of an assertion outside of it, which programs find by their names.
		saml(samlShape, "attributes-in-extensions", samlResponse("_r", `<samlp:Extensions><saml:AttributeStatement/>`+
			`</samlp:Extensions>`, samlStatus, signedAssertion)),
		saml(samlShape, "subject-in-extensions", samlResponse("_r", `<samlp:Extensions><saml:Subject><saml:NameID>`+admin+
			`</saml:NameID></saml:Subject></samlp:Extensions>`, samlStatus, signedAssertion)),
		saml(samlShape, "name-in-extensions", samlResponse("_r", `<samlp:Extensions><saml:NameID>`+admin+
			`</saml:NameID></samlp:Extensions>`, samlStatus, signedAssertion)),
		saml(samlShape, "issuer-in-extensions", samlResponse("_r", `<samlp:Extensions>`+samlIssuer+`</samlp:Extensions>`,
			samlStatus, signedAssertion)),
		saml(samlShape, "subject-in-response", respond(`<saml:Subject><saml:NameID>`+admin+`</saml:NameID></saml:Subject>`,
			signedAssertion)),
		saml(samlShape, "attributes-in-status", edit(honest, "</samlp:Status>",
			"<samlp:StatusDetail><saml:AttributeStatement/></samlp:StatusDetail></samlp:Status>")),
		saml(samlShape, "name-in-extensions-of-artifact", request("ArtifactResponse", ` InResponseTo="_p"`,
			`<samlp:Extensions><saml:NameID>`+admin+`</saml:NameID></samlp:Extensions>`, samlStatus, honest)),
		// Two messages of one document.
		saml(samlShape, "two-messages", soapOf("", logout("_l", mallory)+logout("_m", admin))),
		saml(samlShape, "two-messages-response-last", soapOf("", logout("_l", mallory)+honest)),
		saml(signatureShape, "saml-two-bodies", edit(soapOf("", logout("_l", mallory)), "</soap:Body>",
			"</soap:Body><soap:Body>"+logout("_m", admin)+"</soap:Body>")),
		saml(signatureShape, "saml-body-in-header", soapOf("<soap:Header><soap:Body>"+logout("_l", mallory)+
			"</soap:Body></soap:Header>", logout("_m", admin))),
		saml(signatureShape, "body-in-extensions", samlResponse("_r", `<samlp:Extensions><soap:Body `+
			`xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">`+original+`</soap:Body></samlp:Extensions>`, samlStatus,
			samlAssertion("_b", admin))),
		saml(samlShape, "envelope-in-extensions", samlResponse("_r", `<samlp:Extensions>`+soapOf("", original)+
			`</samlp:Extensions>`, samlStatus)),
		saml(samlShape, "security-in-extensions", samlResponse("_r", `<samlp:Extensions><wsse:Security`+nsSecurity+`>`+
			signedAssertion+`</wsse:Security></samlp:Extensions>`, samlStatus)),
		// Signed metadata inside of other metadata.
		saml(samlShape, "entity-in-extensions", edit(samlMetadata(""), "<md:Organization>", "<md:Extensions>"+
			"<md:EntityDescriptor entityID='x'/></md:Extensions><md:Organization>")),
		saml(samlShape, "entity-in-foreign-element", edit(samlMetadata(""), "<md:Organization>", "<md:Extensions>"+
			"<x:y xmlns:x='urn:x'><md:EntityDescriptor entityID='x'/></x:y></md:Extensions><md:Organization>")),
		saml(samlShape, "entity-in-entity", samlMetadata("<md:EntityDescriptor entityID='x'/>")),
		saml(samlShape, "entities-in-entity", samlMetadata("<md:EntitiesDescriptor/>")),
		saml(samlShape, "role-in-role", samlMetadata("<md:IDPSSODescriptor><md:SPSSODescriptor/></md:IDPSSODescriptor>")),
		saml(samlShape, "role-in-extensions", samlMetadata("<md:Extensions><md:IDPSSODescriptor/></md:Extensions>")),
		saml(samlShape, "response-of-paos-in-response", respond(`<paos:Response xmlns:paos="urn:liberty:paos:2003-08"/>`)),
		saml(samlShape, "wrapping-3", respond(forged("_b"), signedAssertion)),
		saml(samlShape, "wrapping-3-last", respond(signedAssertion, forged("_b"))),
		saml(signatureShape, "wrapping-4", respond(edit(forged("_b", samlSignature("_a")), "</saml:Assertion>",
			samlAssertion("_a", mallory)+"</saml:Assertion>"))),
		saml(samlShape, "wrapping-4-nested", respond(
			edit(forged("_b"), "</saml:Assertion>", signedAssertion+"</saml:Assertion>"))),
		saml(signatureShape, "wrapping-5", respond(forged("_b", samlSignature("_a")), samlAssertion("_a", mallory))),
		saml(signatureShape, "wrapping-6", respond(
			forged("_b", signatureOf(reference("#_a", transform(enveloped)), samlAssertion("_a", mallory))))),
		saml(samlShape, "wrapping-7", samlResponse("_r", `<samlp:Extensions>`+forged("_b")+`</samlp:Extensions>`, samlStatus,
			signedAssertion)),
		saml(signatureShape, "wrapping-8", respond(forged("_b", inObject(samlAssertion("_a", mallory))))),

		// The same in other places, and with the original where the schema has room.
		saml(samlShape, "assertion-in-advice", respond(edit(forged("_b"), "</saml:Conditions>",
			"</saml:Conditions><saml:Advice>"+signedAssertion+"</saml:Advice>"))),
		saml(samlShape, "assertion-in-attribute-value", respond(edit(forged("_b"), "</saml:Assertion>",
			`<saml:AttributeStatement><saml:Attribute Name="x"><saml:AttributeValue>`+signedAssertion+
				`</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`))),
		saml(samlShape, "assertion-in-confirmation-data", respond(edit(forged("_b"), `acs"/>`,
			`acs">`+signedAssertion+`</saml:SubjectConfirmationData>`))),
		saml(samlShape, "assertion-in-status-detail", samlResponse("_r", edit(samlStatus, "</samlp:Status>",
			"<samlp:StatusDetail>"+signedAssertion+"</samlp:StatusDetail></samlp:Status>"))),
		saml(samlShape, "assertion-and-encrypted", respond(forged("_b"), samlEncrypted("_e"))),
		saml(samlShape, "encrypted-twice", respond(samlEncrypted("_e"), samlEncrypted("_f"))),
		saml(samlShape, "response-in-extensions", samlResponse("_evil", `<samlp:Extensions>`+original+`</samlp:Extensions>`,
			samlStatus)),
		saml(samlShape, "response-in-response", samlResponse("_evil", samlStatus, original)),
		saml(samlShape, "foreign-root", `<x xmlns="urn:x">`+honest+`</x>`),
		saml(samlShape, "two-messages-in-body", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>`+
			honest+samlResponse("_o", samlStatus, forged("_b"))+`</s:Body></s:Envelope>`),
		saml(duplicateID, "same-id", respond(forged("_a"), signedAssertion)),
		saml(duplicateID, "id-of-the-response", edit(edit(honest, `ID="_a"`, `ID="_r"`), `"#_a"`, `"#_r"`)),
		saml(duplicateID, "id-in-extensions",
			edit(honest, samlStatus, `<samlp:Extensions><x xmlns="urn:x" ID="_a"/></samlp:Extensions>`+samlStatus)),

		// The names of SAML in other namespaces, for programs that look for local names.
		saml(samlShape, "assertion-of-another-namespace", samlResponse("_r", `<samlp:Extensions><x:Assertion `+
			`xmlns:x="urn:x" ID="_b"/></samlp:Extensions>`, samlStatus, signedAssertion)),
		saml(samlShape, "assertion-without-namespace", samlResponse("_r", samlStatus, `<Assertion xmlns="" ID="_b"/>`,
			signedAssertion)),
		saml(samlShape, "response-of-another-namespace", samlResponse("_r", `<samlp:Extensions><x:Response xmlns:x="urn:x" `+
			`ID="_b"/></samlp:Extensions>`, samlStatus, signedAssertion)),
		saml(samlShape, "signature-of-another-namespace", edit(honest, samlStatus, `<samlp:Extensions><x:Signature `+
			`xmlns:x="urn:x"/></samlp:Extensions>`+samlStatus)),
		saml(samlShape, "digest-value-of-another-namespace", edit(honest, samlStatus, `<samlp:Extensions><x:DigestValue `+
			`xmlns:x="urn:x"/></samlp:Extensions>`+samlStatus)),
		saml(samlShape, "name-id-of-another-namespace", edit(honest, "<saml:NameID ", `<x:NameID xmlns:x="urn:x">`+admin+
			`</x:NameID><saml:NameID `)),
		saml(samlShape, "assertion-of-another-version",
			edit(honest, "<saml:Assertion", `<o:Assertion xmlns:o="urn:oasis:names:tc:SAML:1.0:assertion"/><saml:Assertion`)),
		saml(signatureShape, "signature-cut-short", edit(honest, `rsa-sha256"/>`, `hmac-sha256"><ds:HMACOutputLength>`+
			`8</ds:HMACOutputLength></ds:SignatureMethod>`)),

		// Text that is divided: CVE-2017-11427 and its like, CVE-2018-0489.
		saml(signedNode, "comment-in-name-id", nameID(admin+`<!---->.`+mallory)),
		saml(signedNode, "comment-in-attribute", respond(edit(signedAssertion, "</saml:Assertion>",
			`<saml:AttributeStatement><saml:Attribute Name="mail">`+
				`<saml:AttributeValue>`+admin+`<!-- x -->.evil.example</saml:AttributeValue></saml:Attribute>`+
				`</saml:AttributeStatement></saml:Assertion>`))),
		saml(signedNode, "instruction-in-name-id", nameID(admin+`<?x?>.`+mallory)),
		saml(signedNode, "cdata-in-name-id", nameID(`<![CDATA[`+admin+`]]>.evil.example`)),
		saml(samlShape, "element-in-name-id", nameID(admin+`<x xmlns="urn:x"/>.evil.example`)),
		saml(samlShape, "element-in-audience", edit(honest, "<saml:Audience>", `<saml:Audience><x xmlns="urn:x"/>`)),
		saml(samlShape, "element-in-issuer", edit(honest, "<saml:Issuer>", `<saml:Issuer><x xmlns="urn:x"/>`)),
		saml(samlShape, "element-in-typed-value", respond(edit(signedAssertion, "</saml:Assertion>",
			`<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue`+nsTypes+
				` xsi:type="xs:string"><x xmlns="urn:x"/>`+admin+
				`</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`))),
		saml(samlShape, "element-in-value", respond(edit(signedAssertion, "</saml:Assertion>",
			`<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>`+admin+
				`<x xmlns="urn:x"/>.evil.example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`+
				`</saml:Assertion>`))),
		saml(samlShape, "text-behind-element-in-value", respond(edit(signedAssertion, "</saml:Assertion>",
			`<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue><x xmlns="urn:x"/>`+admin+
				`</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`))),
		saml(entity, "entity-in-name-id", nameID(`admin&at;example.org`)),
		saml(doctype, "doctype", `<!DOCTYPE r SYSTEM "http://evil.example/x.dtd">`+honest),
		// CVE-2025-25291, CVE-2025-25292
		saml(doctype, "doctype-confusion", `<!DOCTYPE r [<!ENTITY a "b">]>`+honest),
		saml(notWellFormed, "assertion-two-roots", honest+forged("_b")),                      // CVE-2022-39299
		saml(notWellFormed, "colon-attribute", edit(honest, `ID="_a"`, `ID="_a" ::ID="_b"`)), // CVE-2020-29509
		saml(notWellFormed, "colon-element", edit(honest, samlStatus, `<:x/>`+samlStatus)),   // CVE-2020-29511

		// Attribute pollution: CVE-2025-66567 and its like.
		saml(ambiguous, "id-in-two-cases", edit(honest, `ID="_a"`, `ID="_a" Id="_b"`)),
		saml(ambiguous, "id-prefixed", edit(honest, `ID="_a"`, `ID="_a" samlp:ID="_b"`)),
		saml(ambiguous, "id-by-declaration", edit(honest, `ID="_a"`, `xmlns:ID="urn:b" ID="_a"`)),
		saml(ambiguous, "xml-id", edit(honest, `ID="_a"`, `ID="_a" xml:id="_b"`)),
		saml(ambiguous, "id-and-assertion-id", edit(honest, `ID="_a"`, `ID="_a" AssertionID="_b"`)),
		saml(ambiguous, "destination", edit(honest, `Destination=`, `saml:Destination="https://evil.example/" Destination=`)),
		saml(ambiguous, "not-on-or-after", edit(honest, `<saml:Conditions `, `<saml:Conditions xmlns:x="urn:x" `+
			`x:NotOnOrAfter="2099-01-01T00:00:00Z" `)),
		saml(ambiguous, "recipient-by-declaration", edit(honest, `<saml:SubjectConfirmationData `,
			`<saml:SubjectConfirmationData xmlns:Recipient="https://evil.example/" `)),
		saml(ambiguous, "assertion-reference-uri", edit(honest, `URI="#_a"`, `URI="#_a" saml:URI="#_b"`)),

		// Void canonicalization: CVE-2025-66568.
		saml(relative, "void-canonicalization", edit(honest, nsProtocol, nsProtocol+` xmlns:ns="1"`)),
		saml(relative, "void-in-assertion", edit(honest, `ID="_a"`, `xmlns:x="../x" ID="_a"`)),
		saml(relative, "void-in-signature", edit(honest, nsSignature, nsSignature+` xmlns:x="x"`)),

		// Two of what a signature has once: CVE-2025-29774, CVE-2025-29775, CVE-2024-45409.
		saml(signatureShape, "assertion-two-signed-infos",
			edit(honest, `</ds:SignedInfo>`, `</ds:SignedInfo><ds:SignedInfo>`+methods+
				reference("#_a")+`</ds:SignedInfo>`)),
		saml(signatureShape, "assertion-two-digest-values", edit(honest, digestValue, digestValue+digestValue)),
		saml(signatureShape, "assertion-digest-value-divided", edit(honest, "n4bQ", `<x xmlns="urn:x"/>n4bQ`)),
		saml(signedNode, "digest-value-comment", edit(honest, "n4bQ", "<!-- x -->n4bQ")),
		saml(signatureShape, "digest-value-in-extensions", edit(honest, samlStatus, `<samlp:Extensions`+nsSignature+`>`+
			digestValue+
			`</samlp:Extensions>`+samlStatus)),
		saml(signatureShape, "digest-value-in-status-detail",
			edit(honest, `</samlp:Status>`, `<samlp:StatusDetail`+nsSignature+`>`+
				digestValue+`</samlp:StatusDetail></samlp:Status>`)),
		saml(signatureShape, "digest-value-in-xades", edit(honest, samlStatus,
			`<samlp:Extensions><d:Digest xmlns:d="http://uri.etsi.org/01903/v1.3.2#"`+nsSignature+`>`+digestValue+
				`</d:Digest></samlp:Extensions>`+samlStatus)),
		saml(signatureShape, "signed-info-in-key-info", edit(honest, keyInfo, `<ds:KeyInfo><ds:SignedInfo>`+methods+
			reference("#_a")+
			`</ds:SignedInfo></ds:KeyInfo>`)),
		saml(samlShape, "two-signatures", respond(samlAssertion("_a", mallory, samlSignature("_a"), samlSignature("_a")))),
		saml(signatureShape, "two-references", edit(honest, `</ds:SignedInfo>`, reference("#_r")+`</ds:SignedInfo>`)),
		saml(signatureShape, "repeated-reference", edit(honest, `</ds:SignedInfo>`, reference("#_a")+`</ds:SignedInfo>`)),
		saml(signatureShape, "assertion-no-reference",
			edit(honest, reference("#_a", transform(enveloped), transform(exclusive)), "")),
		saml(signatureShape, "dangling-reference", edit(honest, `"#_a"`, `"#_x"`)),
		saml(signatureShape, "reference-to-another", edit(honest, `"#_a"`, `"#_r"`)),
		saml(signatureShape, "empty-reference", edit(honest, `"#_a"`, `""`)),
		saml(signatureShape, "reference-without-uri", edit(honest, ` URI="#_a"`, ``)),
		saml(signatureShape, "pointer", edit(honest, `"#_a"`, `"#xpointer(id('_a'))"`)),
		saml(signatureShape, "reference-without-id", edit(edit(honest, ` ID="_a"`, ``), `"#_a"`, `"#"`)),
		saml(signatureShape, "manifest", edit(honest, `</ds:Signature>`, `<ds:Object><ds:Manifest>`+reference("#_a")+
			`</ds:Manifest></ds:Object></ds:Signature>`)),
		saml(signatureShape, "empty-object", edit(honest, `</ds:Signature>`, `<ds:Object/></ds:Signature>`)),
		saml(signatureShape, "reference-outside", edit(honest, `"#_a"`, `"https://idp.example.org/#_a"`)),
		saml(external, "key-outside", edit(honest, keyInfo,
			`<ds:KeyInfo><ds:RetrievalMethod URI="https://evil.example/key"/></ds:KeyInfo>`)),

		// Signatures elsewhere than in what they sign.
		saml(signatureShape, "signature-in-extensions", samlResponse("_r", `<samlp:Extensions>`+samlSignature("_r")+
			`</samlp:Extensions>`, samlStatus)),
		saml(signatureShape, "signature-in-subject", edit(honest, `<saml:Subject>`, `<saml:Subject>`+samlSignature("_x"))),
		saml(signatureShape, "signature-of-envelope", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">`+
			`<s:Body>`+
			respond(forged("_b"))+samlSignature("_r")+`</s:Body></s:Envelope>`),

		// Foreign transforms and canonicalizations.
		saml(active, "assertion-xslt",
			edit(honest, transform(exclusive), transform("http://www.w3.org/TR/1999/REC-xslt-19991116"))),
		saml(active, "assertion-xpath",
			edit(honest, transform(exclusive), transform(pathXPath, `<ds:XPath>self::x</ds:XPath>`))),
		saml(active, "assertion-filter", edit(honest, transform(exclusive), transform(pathFilter))),
		saml(signatureShape, "base64", edit(honest, transform(exclusive), transform(dsig+"base64"))),
		saml(signatureShape, "with-comments", edit(honest, transform(exclusive), transform(exclusive+"WithComments"))),
		saml(signatureShape, "inclusive", edit(honest, transform(exclusive), transform(inclusive))),
		saml(signatureShape, "decryption", edit(honest, transform(exclusive),
			transform("http://www.w3.org/2002/07/decrypt#XML"))),
		saml(signatureShape, "token-transform", edit(honest, transform(exclusive),
			transform("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"))),
		saml(signatureShape, "no-algorithm", edit(honest, transform(exclusive), `<ds:Transform/>`)),
		saml(signatureShape, "algorithm-with-space",
			edit(honest, methods, strings.Replace(methods, exclusive, " "+exclusive, 1))),
		saml(signatureShape, "element-in-transform",
			edit(honest, transform(exclusive), transform(exclusive, `<x xmlns="urn:x"/>`))),
		saml(signatureShape, "canonicalization-with-comments",
			edit(honest, methods, strings.Replace(methods, exclusive, exclusive+"WithComments", 1))),
		saml(signatureShape, "canonicalization-foreign",
			edit(honest, methods, strings.Replace(methods, exclusive, "urn:x", 1))),

		// Two of what SAML has once.
		saml(samlShape, "two-subjects", edit(honest, "</saml:Subject>", "</saml:Subject><saml:Subject><saml:NameID>"+admin+
			"</saml:NameID></saml:Subject>")),
		saml(samlShape, "two-names", edit(honest, "</saml:NameID>", "</saml:NameID><saml:NameID>"+admin+"</saml:NameID>")),
		saml(samlShape, "two-issuers", edit(honest, samlIssuer, samlIssuer+samlIssuer)),
		saml(samlShape, "two-conditions", edit(honest, "<saml:Conditions ", "<saml:Conditions/><saml:Conditions ")),
		saml(samlShape, "two-status", respond(samlStatus, signedAssertion)),
	}
}

// samlEncrypted returns an encrypted assertion.
func samlEncrypted(id string) string {
	return `<saml:EncryptedAssertion` + nsAssertion + `><xenc:EncryptedData` + nsCipher + nsSignature + ` Id="` + id +
		`" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod ` +
		`Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>` +
		`<ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p">` +
		`<ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod>` + keyInfo +
		`<xenc:CipherData><xenc:CipherValue>a2V5</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>` +
		`<xenc:CipherData><xenc:CipherValue>Y2lwaGVy</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>` +
		`</saml:EncryptedAssertion>`
}
