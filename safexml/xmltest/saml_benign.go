package xmltest

import "strings"

// respell returns a message with other prefixes for the protocol, the assertion and the signature;
// an empty one stands for the default namespace.
func respell(message, protocol, assertion, signature string) string {
	var changes []string
	for _, p := range [][2]string{{"samlp", protocol}, {"saml", assertion}, {"ds", signature}} {
		name, declaration := p[1]+":", "xmlns:"+p[1]+"="
		if p[1] == "" {
			name, declaration = "", "xmlns="
		}
		changes = append(changes, "<"+p[0]+":", "<"+name, "</"+p[0]+":", "</"+name, "xmlns:"+p[0]+"=", declaration)
	}
	return strings.NewReplacer(changes...).Replace(message)
}

// samlAttributes returns a statement with the attributes of a user.
func samlAttributes(values ...string) string {
	return `<saml:AttributeStatement>` + strings.Join(values, "") + `</saml:AttributeStatement>`
}

// samlAttribute returns one attribute.
func samlAttribute(name, value string) string {
	return `<saml:Attribute Name="` + name + `" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">` +
		`<saml:AttributeValue` + nsTypes + ` xsi:type="xs:string">` + value + `</saml:AttributeValue></saml:Attribute>`
}

// claims is an assertion with attributes.
func claims(statement string, signature ...string) string {
	return strings.Replace(samlAssertion("_a", mallory, signature...), "</saml:Assertion>", statement+"</saml:Assertion>",
		1)
}

// prefixed returns a signature whose exclusive canonicalization has a list of prefixes.
func prefixed(id, prefixes string) string {
	return signatureOf(reference("#"+id, transform(enveloped), transform(exclusive,
		`<ec:InclusiveNamespaces xmlns:ec="`+exclusive+`" PrefixList="`+prefixes+`"/>`)), keyInfo)
}

// soapOf returns an envelope around a message.
func soapOf(header, message string) string {
	return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">` + header + `<soap:Body>` + message +
		`</soap:Body></soap:Envelope>`
}

// request returns a message that is no response.
func request(name, attributes string, content ...string) string {
	return `<samlp:` + name + nsProtocol + nsAssertion + ` ID="_q" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"` +
		attributes + `>` +
		`<saml:Issuer>https://sp.example.org/</saml:Issuer>` + strings.Join(content, "") + `</samlp:` + name + `>`
}

// benignSAML has honest messages, in the shapes that the documentation of products shows.
func benignSAML() []recipe {
	respond := func(signature string, content ...string) string {
		return samlResponse("_r", append([]string{signature, samlStatus}, content...)...)
	}
	mail := samlAttribute("urn:oid:0.9.2342.19200300.100.1.3", mallory)
	statement := samlAttributes(mail, samlAttribute("urn:oid:2.5.4.42", "A &amp; B"))
	both := respond(samlSignature("_r"), claims(statement, samlSignature("_a")))
	return append([]recipe{
		// Okta, Shibboleth: the prefixes saml2p and saml2, both signed, a list of prefixes.
		saml(samlShape, "response-and-assertion", `<?xml version="1.0" encoding="UTF-8"?>`+
			respell(respond(prefixed("_r", "xs"),
				claims(statement, prefixed("_a", "xs"))), "saml2p", "saml2", "ds")),
		saml(samlShape, "encrypted", respell(respond(prefixed("_r", "xsd"), samlEncrypted("_e")), "saml2p", "saml2", "ds")),
		saml(samlShape, "targeted-id", respell(respond("", claims(samlAttributes(
			`<saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10"><saml:AttributeValue><saml:NameID `+
				`NameQualifier="https://idp.example.org/" SPNameQualifier="https://sp.example.org/">x</saml:NameID>`+
				`</saml:AttributeValue></saml:Attribute>`),
			samlSignature("_a"))), "saml2p", "saml2", "ds")),
		// Entra ID, AD FS: the assertion in the default namespace, and so the signature.
		saml(samlShape, "default-namespaces", respell(respond("", claims(samlAttributes(
			`<saml:Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"><saml:AttributeValue>`+
				`x</saml:AttributeValue></saml:Attribute>`,
			`<saml:Attribute Name="http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"><saml:AttributeValue>`+
				`a</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue></saml:Attribute>`),
			samlSignature("_a"))), "samlp", "", "")),
		saml(samlShape, "original-issuer", respond("", claims(samlAttributes(
			`<saml:Attribute Name="x" a:OriginalIssuer="urn:o" `+
				`xmlns:a="http://schemas.xmlsoap.org/ws/2009/09/identity/claims"><saml:AttributeValue>x</saml:AttributeValue>`+
				`</saml:Attribute>`),
			samlSignature("_a")))),
		saml(samlShape, "response-of-ws-trust",
			`<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:Lifetime/>`+
				`<t:RequestedSecurityToken>`+saml1Assertion+`</t:RequestedSecurityToken><t:TokenType>`+
				`urn:oasis:names:tc:SAML:1.0:assertion</t:TokenType></t:RequestSecurityTokenResponse>`),
		// Google Workspace: the response alone.
		saml(signatureShape, "response", respell(respond(samlSignature("_r"), claims(statement)), "saml2p", "saml2", "ds")),
		// OneLogin, PingFederate, SimpleSAMLphp, Keycloak: the assertion alone, samlp and saml.
		saml(signatureShape, "assertion", respond("", claims(statement, samlSignature("_a")))),
		saml(signatureShape, "both", both),
		saml(signatureShape, "dsig-prefix", respell(both, "samlp", "saml", "dsig")),
		// Auth0: the signature last among the children of the assertion.
		saml(signatureShape, "signature-last", strings.Replace(respond("", claims(statement)), "</saml:Assertion>",
			samlSignature("_a")+"</saml:Assertion>", 1)),
		// Salesforce: an Issuer with a format, and a list of prefixes.
		saml(signatureShape, "issuer-format", strings.ReplaceAll(respond(prefixed("_r", "ds saml samlp "+
			"xs"), samlAssertion("_a", mallory)),
			"<saml:Issuer>", `<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">`)),
		saml(signatureShape, "encrypted-and-signed", respond(samlSignature("_r"), samlEncrypted("_e"))),
		saml(signatureShape, "encrypted-alone", respond("", samlEncrypted("_e"))),
		saml(signatureShape, "key-value", strings.Replace(both, keyInfo,
			`<ds:KeyInfo><ds:KeyName>k</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>eA==</ds:Modulus><ds:Exponent>`+
				`AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>`, 1)),
		saml(signatureShape, "inclusive-canonicalization", strings.ReplaceAll(both, methods, methodsInc)),
		saml(signatureShape, "no-key", strings.ReplaceAll(both, keyInfo, "")),
		saml(signatureShape, "whole-document", strings.Replace(respond(samlSignature("_r"), samlAssertion("_a", mallory)),
			`"#_r"`, `""`, 1)),
		saml(signatureShape, "indented", strings.NewReplacer("><saml:", ">\n  <saml:", "><ds:", ">\r\n    <ds:").Replace(
			both)),
		saml(signedNode, "assertion-comment-before-root", `<!-- issued by a program -->`+both),
		saml(duplicateID, "three-ids", both),
		saml(ambiguous, "typed-value", respond("", claims(samlAttributes(mail, `<saml:Attribute Name="c">`+
			`<saml:AttributeValue`+
			nsTypes+` xsi:type="xs:anyType"><c:Code xmlns:c="urn:example:codes" list="l">1</c:Code></saml:AttributeValue>`+
			`</saml:Attribute>`), samlSignature("_a")))),
		saml(relative, "many-namespaces", respond("", claims(samlAttributes(samlAttribute("x", "1")),
			prefixed("_a", "#default xs")))),
	}, benignSAMLMessages()...)
}

// saml1Assertion is an assertion of SAML 1.1, whose signature stands last.
const saml1Assertion = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" MajorVersion="1" ` +
	`MinorVersion="1" AssertionID="_o" Issuer="urn:i" IssueInstant="2026-01-02T03:04:05Z">` +
	`<saml:Conditions NotBefore="2026-01-02T03:04:05Z"><saml:AudienceRestrictionCondition><saml:Audience>` +
	`urn:a</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>` +
	`<saml:AttributeStatement><saml:Subject><saml:NameIdentifier>x</saml:NameIdentifier><saml:SubjectConfirmation>` +
	`<saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation>` +
	`</saml:Subject>` +
	`<saml:Attribute AttributeName="n" AttributeNamespace="urn:n"><saml:AttributeValue>x</saml:AttributeValue>` +
	`</saml:Attribute></saml:AttributeStatement>` +
	`<ds:Signature` + nsSignature + `><ds:SignedInfo>` + methods +
	`<ds:Reference URI="#_o"><ds:Transforms><ds:Transform Algorithm="` + enveloped + `"/><ds:Transform Algorithm="` +
	exclusive + `"/></ds:Transforms>` + digest +
	`</ds:Reference></ds:SignedInfo>` + signatureValue + keyInfo + `</ds:Signature></saml:Assertion>`

// benignSAMLMessages has the other messages of SAML, and its metadata.
func benignSAMLMessages() []recipe {
	failed := `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode ` +
		`Value="urn:oasis:names:tc:SAML:2.0:status:NoPassive"/></samlp:StatusCode>` +
		`<samlp:StatusMessage>no session</samlp:StatusMessage><samlp:StatusDetail><c:Cause xmlns:c="urn:example:cause">` +
		`x</c:Cause></samlp:StatusDetail></samlp:Status>`
	name := `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" ` +
		`SPNameQualifier="https://sp.example.org/">x</saml:NameID>`
	respond := samlResponse("_r", samlSignature("_r"), samlStatus, samlAssertion("_a", mallory, samlSignature("_a")))
	return []recipe{
		saml(samlShape, "attributes-of-an-entity", `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" `+
			`entityID="https://idp.example.org/"><md:Extensions><mdattr:EntityAttributes `+
			`xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute"><saml:Attribute`+nsAssertion+` Name="x">`+
			`<saml:AttributeValue>y</saml:AttributeValue></saml:Attribute></mdattr:EntityAttributes></md:Extensions>`+
			`</md:EntityDescriptor>`),
		saml(samlShape, "authentication-request", request("AuthnRequest", ` Destination="https://idp.example.org/sso" `+
			`AssertionConsumerServiceURL="https://sp.example.org/acs" `+
			`ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"`,
			`<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" AllowCreate="true"/>`+
				`<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>`+
				`urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>`+
				`</samlp:RequestedAuthnContext>`)),
		saml(samlShape, "signed-request", request("AuthnRequest", "", samlSignature("_q"),
			`<samlp:Extensions><e:Level xmlns:e="urn:example:level" Name="x">high</e:Level></samlp:Extensions>`)),
		saml(samlShape, "logout-request", request("LogoutRequest", ` Destination="https://idp.example.org/slo"`,
			samlSignature("_q"), name,
			`<samlp:SessionIndex>_s</samlp:SessionIndex><samlp:SessionIndex>_t</samlp:SessionIndex>`)),
		saml(samlShape, "logout-response", request("LogoutResponse", ` InResponseTo="_p"`, samlSignature("_q"), samlStatus)),
		saml(samlShape, "failure", samlResponse("_r", failed)),
		saml(samlShape, "artifact-resolve", soapOf("", request("ArtifactResolve", "", samlSignature("_q"),
			`<samlp:Artifact>AAQ=</samlp:Artifact>`))),
		saml(samlShape, "artifact-response", soapOf("<soap:Header/>", request("ArtifactResponse", ` InResponseTo="_p"`,
			samlSignature("_q"), samlStatus, respond))),
		saml(samlShape, "artifact-of-a-request", soapOf("", request("ArtifactResponse", ` InResponseTo="_p"`,
			samlSignature("_q"), samlStatus, `<samlp:LogoutRequest ID="_l" Version="2.0" `+
				`IssueInstant="2026-01-02T03:04:05Z">`+name+`</samlp:LogoutRequest>`))),
		saml(samlShape, "foreign-names-in-extensions", request("AuthnRequest", "",
			`<samlp:Extensions><e:Conditions xmlns:e="urn:example:level"><e:Subject>x</e:Subject></e:Conditions>`+
				`</samlp:Extensions>`)),
		saml(samlShape, "enhanced-client", soapOf(`<soap:Header><ecp:Response `+
			`xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp" soap:mustUnderstand="1" `+
			`soap:actor="http://schemas.xmlsoap.org/soap/actor/next" `+
			`AssertionConsumerServiceURL="https://sp.example.org/acs"/></soap:Header>`, respond)),
		saml(samlShape, "enhanced-client-to-the-service", soapOf(`<soap:Header><paos:Response `+
			`xmlns:paos="urn:liberty:paos:2003-08" soap:mustUnderstand="1" `+
			`soap:actor="http://schemas.xmlsoap.org/soap/actor/next" refToMessageID="6c3a4f8b9c2d"/></soap:Header>`, respond)),
		saml(samlShape, "request-with-subject-and-attributes", request("AuthnRequest", "", samlSignature("_q"),
			`<samlp:Extensions><saml:Attribute Name="x"><saml:AttributeValue>y</saml:AttributeValue></saml:Attribute>`+
				`</samlp:Extensions><saml:Subject>`+name+`</saml:Subject><saml:Conditions><saml:AudienceRestriction>`+
				`<saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>`)),
		saml(ambiguous, "contact-for-security", samlMetadata(`<md:ContactPerson xmlns:remd="http://refeds.org/metadata" `+
			`contactType="other" remd:contactType="http://refeds.org/metadata/contactType/security">`+
			`<md:EmailAddress>mailto:a@example.org</md:EmailAddress></md:ContactPerson>`)),
		saml(ambiguous, "holder-of-key", samlMetadata(`<md:SPSSODescriptor><md:AssertionConsumerService index="0" `+
			`xmlns:hoksso="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" `+
			`hoksso:ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" `+
			`Binding="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" Location="https://sp.example.org/acs"/>`+
			`</md:SPSSODescriptor>`)),
		saml(samlShape, "aggregate-of-aggregates", `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`+
			`<md:EntitiesDescriptor><md:EntityDescriptor entityID="a"/></md:EntitiesDescriptor>`+
			samlMetadata(`<md:SPSSODescriptor/><md:IDPSSODescriptor/>`)+`</md:EntitiesDescriptor>`),
		saml(samlShape, "attribute-query", soapOf("", request("AttributeQuery", "", samlSignature("_q"),
			`<saml:Subject>`+name+`</saml:Subject><saml:Attribute Name="mail"/>`))),
		saml(samlShape, "bare-assertion", samlAssertion("_a", mallory, samlSignature("_a"))),
		saml(samlShape, "bare-assertion-of-saml-1", saml1Assertion),
		saml(samlShape, "metadata-of-an-identity-provider",
			samlMetadata(`<md:IDPSSODescriptor WantAuthnRequestsSigned="true" `+
				`protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">`+keyInfo+
				`</md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>`+
				`<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" `+
				`Location="https://idp.example.org/sso"/></md:IDPSSODescriptor>`)),
		saml(samlShape, "metadata-of-a-service-provider", samlMetadata(`<md:SPSSODescriptor AuthnRequestsSigned="false" `+
			`WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`+
			`<md:Extensions><ui:UIInfo xmlns:ui="urn:oasis:names:tc:SAML:metadata:ui"><ui:DisplayName xml:lang="en">`+
			`Example</ui:DisplayName><ui:Logo height="16" width="16">https://sp.example.org/l.png</ui:Logo></ui:UIInfo>`+
			`</md:Extensions>`+
			`<md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" `+
			`Location="https://sp.example.org/acs"/></md:SPSSODescriptor>`)),
		saml(samlShape, "aggregate-of-metadata", `<!-- terms of use --><md:EntitiesDescriptor `+
			`xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_f" Name="urn:example:federation" `+
			`validUntil="2026-02-02T00:00:00Z">`+
			samlSignature("_f")+samlMetadata(
			`<md:AttributeAuthorityDescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>`)+
			`<md:EntityDescriptor entityID="https://other.example.org/"/></md:EntitiesDescriptor>`),
	}
}

// samlMetadata returns signed metadata with one role.
func samlMetadata(role string) string {
	return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"` + nsSignature +
		` ID="_m" entityID="https://idp.example.org/">` +
		samlSignature("_m") + role + `<md:Organization><md:OrganizationName xml:lang="en">Example</md:OrganizationName>` +
		`</md:Organization></md:EntityDescriptor>`
}
