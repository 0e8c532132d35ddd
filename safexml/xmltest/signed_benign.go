package xmltest

import "strings"

// benignSigned has signed documents as honest programs write them.
func benignSigned() []recipe {
	// The qualifying properties of XAdES, with digests of their own.
	xades := `<ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#sig">` +
		`<xades:SignedProperties Id="props">` +
		`<xades:SignedSignatureProperties><xades:SigningCertificate><xades:Cert><xades:CertDigest>` + digest +
		`</xades:CertDigest></xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties>` +
		`</xades:SignedProperties></xades:QualifyingProperties></ds:Object>`
	withID := func(signature string) string {
		return strings.Replace(signature, "<ds:Signature ", `<ds:Signature Id="sig" `, 1)
	}
	certificate := `<wsse:BinarySecurityToken wsu:Id="token" EncodingType="urn:e" ValueType="urn:v">` +
		`TUlJ</wsse:BinarySecurityToken>`
	keyByReference := `<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#token"/>` +
		`</wsse:SecurityTokenReference></ds:KeyInfo>`
	return []recipe{
		signed(signedNode, "enveloped", order("")),
		signed(signedNode, "comment-before-root", `<?xml version="1.0"?><!-- produced by a program --> `+order("")),
		signed(signedNode, "text-alone", order(`<o:Note>text &amp; &#13; &lt;!-- --&gt;</o:Note>`)),
		signed(duplicateID, "similar", `<a ID="x"><b ID="X"/><c ID="x1"/><d idref="x" href="#x"/></a>`),
		signed(duplicateID, "rows", order(`<o:Line id="1"/><o:Line id="1"/><o:Other r:id="1" xmlns:r="urn:r"/>`)),
		signed(duplicateID, "lower-case-named-once", order(`<o:Line id="b"/><o:Line id="c"/>`, signatureOf(reference("#b")))),
		signed(duplicateID, "repeated-on-one-element",
			order(`<o:Line Id="b" xml:id="b"/>`, signatureOf(reference("#b"), keyInfo))),
		signed(ambiguous, "xml-id", order(`<o:Line ID="b" xml:id="b"/>`)),
		signed(ambiguous, "wsu-id", order(`<o:Line Id="b"`+nsUtility+` wsu:Id="b"/>`)),
		signed(ambiguous, "types",
			order(`<o:Line type="b" xsi:type="o:T" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`)),
		signed(ambiguous, "two-must-understand",
			order(`<o:Header s:mustUnderstand="1" t:mustUnderstand="1" xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" `+
				`xmlns:t="http://www.w3.org/2003/05/soap-envelope"/>`)),
		signed(ambiguous, "prefix-id", order(`<id:Line xmlns:id="urn:example:id"/>`)),
		signed(ambiguous, "xsi-type-beside-type", order("", strings.Replace(signatureOf(reference("#a")), `URI="#a"`,
			`URI="#a" Type="urn:t" xsi:type="ds:ReferenceType" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`, 1))),
		signed(relative, "no-namespace", order(`<o:Lines xmlns="urn:example:line"><Line xmlns=""/></o:Lines>`)),
		signed(relative, "schemes", order(`<o:Line xmlns:b="urn:b" xmlns:c="tag:example.org,2020:c" xmlns:d="x-d.e+f:g" `+
			`xmlns:e="HTTP://example.org"/>`)),
		signed(signatureShape, "several-references", order("", withID(signatureOf(reference("", transform(enveloped))+
			reference("#key")+reference("#props", transform(exclusive)), strings.Replace(keyInfo, "KeyInfo", `KeyInfo Id="key"`,
			1), xades)))),
		signed(signatureShape, "hmac-whole", order("", signatureCutTo("256"))),
		signed(signatureShape, "hmac-half", order("", signatureCutTo("\n\t128\n"))),
		signed(signatureShape, "enveloping", signatureOf(reference("#o"), keyInfo, `<ds:Object Id="o"><a/></ds:Object>`)),
		signed(signatureShape, "manifest", signatureOf(reference("#m"), `<ds:Object><ds:Manifest Id="m">`+reference("#p")+
			reference("#q")+
			`</ds:Manifest></ds:Object><ds:Object><a Id="p"/><a Id="q"/></ds:Object>`)),
		signed(signatureShape, "counter-signature", order("", withID(signatureOf(reference("#a"), keyInfo,
			`<ds:Object>`+signatureOf(reference("#sig"))+`</ds:Object>`)))),
		signed(signatureShape, "pointers", order("", signatureOf(reference("#xpointer(/)", transform(enveloped))+
			reference("#xpointer(id('a'))")))),
		signed(signatureShape, "8-transforms", order(
			"", signatureOf(reference("#a", strings.Repeat(transform(inclusive), 8))))),
		signed(signatureShape, "64-references", order("", signatureOf(strings.Repeat(reference("#a"), 64)))),
		signed(signatureShape, "soap", envelope(certificate+signatureOf(reference("#b", transform(exclusive))+
			reference("#token"), keyByReference), `<a/>`)),
		signed(relative, "all-characters", order(`<o:Line xmlns:b="http://u:p@a-b.c_d:80/a;b=c/~d?e=f&amp;g/?#h/i?" `+
			`xmlns:c="urn:a:b,c(d)*e'f!g$h%41%fF" xmlns:d="clr-namespace:A.B;assembly=C" xmlns:e="http:///a" xmlns:f="DAV:" `+
			`xmlns:g="mailto:a@example.org"/>`)),
		signed(ambiguous, "prefixed-names-of-others", order(`<o:Line o:URI="http://a/" o:Algorithm="b"/>`)),
		signed(signatureShape, "envelope-in-body", envelope(signatureOf(reference("#b")),
			`<s:Envelope><s:Header/><s:Body/></s:Envelope>`)),
		signed(signatureShape, "body-alone", `<s:Body xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" Id="b"/>`),
		signed(signatureShape, "list-of-prefixes-for-each", order("", strings.Replace(signatureOf(reference("#a",
			transform(exclusive, `<ec:InclusiveNamespaces xmlns:ec="`+exclusive+`" PrefixList="xs"/>`))), exclusive+`"/>`,
			exclusive+`"><ec:InclusiveNamespaces xmlns:ec="`+exclusive+`" PrefixList="xs"/></ds:CanonicalizationMethod>`, 1))),
		signed(signatureShape, "soap-encrypted",
			envelope(certificate+signatureOf(reference("#b")+reference("#encrypted-header"), keyByReference),
				`<xenc:EncryptedData`+nsCipher+` Id="e" Type="http://www.w3.org/2001/04/xmlenc#Content"><xenc:EncryptionMethod `+
					`Algorithm="urn:x">`+
					`<ds:DigestMethod`+nsSignature+` Algorithm="urn:d"/></xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>`+
					`eA==</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`)),
		signed(signatureShape, "receipt", `<eb:Receipt `+
			`xmlns:eb="http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/"><r:NonRepudiationInformation `+
			`xmlns:r="http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0"`+nsSignature+`>`+
			`<r:MessagePartNRInformation>`+reference("#theirs")+`</r:MessagePartNRInformation></r:NonRepudiationInformation>`+
			`</eb:Receipt>`),
		signed(signatureShape, "without-uri", order("", signatureOf(`<ds:Reference>`+digest+`</ds:Reference>`))),
		signed(signatureShape, "fiscal-receipt", `<NFe xmlns="http://www.portalfiscal.inf.br/nfe"><infNFe Id="NFe1"><ide>`+
			`1</ide></infNFe><Signature xmlns="`+dsig+`">`+
			`<SignedInfo><CanonicalizationMethod Algorithm="`+inclusive+`"/><SignatureMethod Algorithm="`+dsig+
			`rsa-sha1"/><Reference URI="#NFe1"><Transforms><Transform Algorithm="`+enveloped+`"/><Transform Algorithm="`+
			inclusive+`"/></Transforms>`+
			`<DigestMethod Algorithm="`+dsig+`sha1"/><DigestValue>eA==</DigestValue></Reference></SignedInfo><SignatureValue>`+
			`eA==</SignatureValue><KeyInfo/></Signature></NFe>`),
		signed(external, "attachment", envelope(signatureOf(reference("cid:part1@example.org")+reference("#b"), keyInfo),
			"")),
		signed(active, "other-algorithms", order("", signatureOf(reference("#a", transform(dsig+"base64"),
			transform("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform",
				`<wsse:TransformationParameters`+nsSecurity+`><ds:CanonicalizationMethod `+
					`Algorithm="`+inclusive+`"/></wsse:TransformationParameters>`))))),

		byXPath(active, "xml-signature", invoice(path(`not(ancestor-or-self::ds:Signature)`), transform(inclusive))),
		byXPath(active, "zatca", invoice(path(`not(//ancestor-or-self::ext:UBLExtensions)`),
			path(`not(//ancestor-or-self::cac:Signature)`),
			path(`not(//ancestor-or-self::cac:AdditionalDocumentReference[cbc:ID='QR'])`),
			transform("http://www.w3.org/2006/12/xml-c14n11"))),
		byXPath(active, "fattura", invoice(filter("subtract", `/descendant::ds:Signature`))),
		byXPath(active, "here", invoice(filter("subtract", "\n here()/ancestor::ds:Signature[1] "))),
		byXPath(active, "other-prefix", strings.Replace(invoice(path(`not(ancestor-or-self::dsig:Signature)`)), "<ds:XPath>",
			`<ds:XPath xmlns:dsig="`+dsig+`">`, 1)),
	}
}
