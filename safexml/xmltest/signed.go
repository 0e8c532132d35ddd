package xmltest

import (
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

const (
	signedNode     limits.Rule = "signed-node"
	duplicateID    limits.Rule = "duplicate-id"
	ambiguous      limits.Rule = "ambiguous-attribute"
	relative       limits.Rule = "relative-namespace"
	signatureShape limits.Rule = "signature-shape"

	dsig        = "http://www.w3.org/2000/09/xmldsig#"
	nsSignature = ` xmlns:ds="` + dsig + `"`
	nsUtility   = ` xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"`
	nsSecurity  = ` xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"`
	nsCipher    = ` xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"`

	exclusive  = "http://www.w3.org/2001/10/xml-exc-c14n#"
	inclusive  = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	enveloped  = dsig + "enveloped-signature"
	pathXPath  = "http://www.w3.org/TR/1999/REC-xpath-19991116"
	pathFilter = "http://www.w3.org/2002/06/xmldsig-filter2"

	digestMethod = `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>`
	digestValue  = `<ds:DigestValue>n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=</ds:DigestValue>`
	digest       = digestMethod + digestValue
	methods      = `<ds:CanonicalizationMethod Algorithm="` + exclusive + `"/>` + signatureMethod
	methodsInc   = `<ds:CanonicalizationMethod Algorithm="` + inclusive + `"/>` + signatureMethod

	signatureMethod = `<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>`
	signatureValue  = `<ds:SignatureValue>c2lnbmF0dXJl</ds:SignatureValue>`
	keyInfo         = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>TUlJ</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
)

// signed returns a recipe for a document that is judged as one with a signature.
func signed(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "Signed"
	return r
}

// byXPath is the same with the option SignedXPath.
func byXPath(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "Signed, SignedXPath"
	return r
}

// transform returns one Transform.
func transform(algorithm string, content ...string) string {
	return `<ds:Transform Algorithm="` + algorithm + `">` + strings.Join(content, "") + `</ds:Transform>`
}

// reference returns a Reference with transforms.
func reference(uri string, transforms ...string) string {
	all := ""
	if len(transforms) > 0 {
		all = "<ds:Transforms>" + strings.Join(transforms, "") + "</ds:Transforms>"
	}
	return `<ds:Reference URI="` + uri + `">` + all + digest + `</ds:Reference>`
}

// signatureOf returns a Signature around its References, and what follows its value.
func signatureOf(references string, rest ...string) string {
	return `<ds:Signature` + nsSignature + `><ds:SignedInfo>` + methods + references + `</ds:SignedInfo>` +
		signatureValue + strings.Join(rest, "") + `</ds:Signature>`
}

// signatureWith returns a Signature with a content of its own.
func signatureWith(content string) string {
	return `<ds:Signature` + nsSignature + `>` + content + `</ds:Signature>`
}

// signatureCutTo returns a Signature by an HMAC of so many bits.
func signatureCutTo(bits string) string {
	return strings.Replace(signatureOf(reference("#a")), signatureMethod, `<ds:SignatureMethod `+
		`Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"><ds:HMACOutputLength>`+bits+
		`</ds:HMACOutputLength></ds:SignatureMethod>`, 1)
}

// order returns a document whose signature signs it whole.
func order(body string, signature ...string) string {
	if len(signature) == 0 {
		signature = []string{signatureOf(reference("#a", transform(enveloped), transform(exclusive)))}
	}
	return `<o:Order xmlns:o="urn:example:order" Id="a"><o:Buyer>B &amp; C</o:Buyer>` + body +
		strings.Join(signature, "") + `</o:Order>`
}

// envelope returns a SOAP message with a signed body, as WS-Security has it.
func envelope(header, body string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"` + nsUtility + `><s:Header><wsse:Security` +
		nsSecurity + ` s:mustUnderstand="1">` + header + `</wsse:Security></s:Header><s:Body wsu:Id="b">` + body +
		`</s:Body></s:Envelope>`
}

// hostileSigned has documents that a signature check and a program read differently.
func hostileSigned() []recipe {
	many := func(n int, s string) string { return strings.Repeat(s, n) }
	numbered := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	inInfo := func(content string) string {
		return order("", signatureWith(`<ds:SignedInfo>`+content+`</ds:SignedInfo>`+signatureValue))
	}
	return []recipe{
		signed(signedNode, "comment-in-text", order(`<o:Name>admin<!-- -->.evil</o:Name>`)),
		signed(signedNode, "comment-alone", order(`<!-- -->`)),
		signed(signedNode, "comment-in-value", order("", strings.Replace(signatureOf(reference("#a")), "c2ln", "c2<!---->ln",
			1))),
		signed(signedNode, "cdata", order(`<o:Name><![CDATA[admin]]></o:Name>`)),
		signed(signedNode, "instruction", order(`<o:Name>admin<?x?>.evil</o:Name>`)),
		signed(signedNode, "instruction-before-root", `<?x?>`+order("")),
		signed(signedNode, "comment-behind-root", order("")+"<!-- -->"),

		signed(duplicateID, "wrapping", order(`<o:Line Id="a"/>`)),
		signed(duplicateID, "other-case", order(`<o:Line ID="a"/>`)),
		signed(duplicateID, "xml-id", order(`<o:Line xml:id="a"/>`)),
		signed(duplicateID, "wsu-id", order(`<o:Line`+nsUtility+` wsu:Id="a"/>`)),
		signed(duplicateID, "wsu-id-in-lower-case", order(`<o:Line`+nsUtility+` wsu:id="a"/>`)),
		signed(duplicateID, "prefixed", order(`<o:Line o:ID="a"/>`)),
		signed(duplicateID, "prefixed-assertion", order(`<o:Line o:AssertionID="a"/>`)),
		signed(duplicateID, "spaces", order(`<o:Line ID=" a "/>`)),
		signed(duplicateID, "encoded", order(`<o:Line ID="&#97;"/>`)),
		signed(duplicateID, "assertion", order(`<o:Line AssertionID="a"/>`)),
		signed(duplicateID, "request", order(`<o:Line RequestID="a"/>`)),
		signed(duplicateID, "lower-case-named", order(`<o:Line id="a"/>`)),
		signed(duplicateID, "lower-case-both", order(`<o:Line id="b"/><o:Line id="b"/>`, signatureOf(reference("#b")))),
		signed(duplicateID, "lower-case-by-pointer",
			order(`<o:Line id="b"/><o:Line id="b"/>`, signatureOf(reference("#xpointer(id('b'))")))),
		signed(duplicateID, "lower-case-named-elsewhere", order(`<o:Line id="b"/><o:Line id="b"/><o:See target="#b"/>`)),
		signed(duplicateID, "behind-the-signature", order("", signatureOf(reference("#a"), `<ds:Object Id="a"/>`))),

		signed(ambiguous, "two-cases", order(`<o:Line Id="c" ID="d"/>`)),
		signed(ambiguous, "two-cases-equal", order(`<o:Line Id="c" id="c"/>`)),
		signed(ambiguous, "prefixed", order(`<o:Line ID="c" o:ID="d"/>`)),
		signed(ambiguous, "xml-id-differs", order(`<o:Line ID="c" xml:id="d"/>`)),
		signed(ambiguous, "wsu-id-differs", order(`<o:Line Id="c"`+nsUtility+` wsu:Id="d"/>`)),
		signed(ambiguous, "xml-id-hides-two", order(`<o:Line xml:id="c" ID="c" Id="c"/>`)),
		signed(ambiguous, "declaration", order(`<o:Line xmlns:ID="urn:a"/>`)),
		signed(ambiguous, "declaration-beside", order(`<o:Line xmlns:id="urn:a" ID="c"/>`)),
		signed(ambiguous, "reference-uri",
			order("", strings.Replace(signatureOf(reference("#a")), `URI="#a"`, `URI="#a" x:URI="#b" xmlns:x="urn:x"`, 1))),
		signed(ambiguous, "uri-declared",
			order("", strings.Replace(signatureOf(reference("#a")), `URI="#a"`, `URI="#a" xmlns:URI="urn:b"`, 1))),
		signed(ambiguous, "algorithm", order("", strings.Replace(signatureOf(reference("#a")),
			`<ds:SignatureMethod `, `<ds:SignatureMethod xmlns:x="urn:x" `+
				`x:Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1" `, 1))),
		signed(ambiguous, "uri-prefixed",
			order("", strings.Replace(signatureOf(reference("#a")), `URI="#a"`,
				`x:URI="file:///etc/passwd" xmlns:x="urn:x"`, 1))),
		signed(ambiguous, "uri-prefixed-by-its-own", order("", signatureOf(reference("#a"),
			`<ds:KeyInfo><ds:RetrievalMethod ds:URI="http://example.org/key"/></ds:KeyInfo>`))),
		signed(ambiguous, "algorithm-prefixed", order("", signatureOf(reference("#a",
			`<ds:Transform ds:Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>`)))),
		signed(ambiguous, "cipher-reference-prefixed", order(`<xenc:CipherReference`+nsCipher+` xenc:URI="http://a/"/>`)),
		signed(ambiguous, "prefix-list", order("", signatureOf(reference("#a", transform(exclusive,
			`<ec:InclusiveNamespaces xmlns:ec="`+exclusive+`" PrefixList="xs" ec:PrefixList="#default"/>`))))),
		byXPath(ambiguous, "filter", order("", signatureOf(reference("", transform(pathFilter,
			`<f:XPath xmlns:f="`+pathFilter+`" Filter="subtract" f:Filter="union">/descendant::ds:Signature</f:XPath>`))))),
		signed(ambiguous, "token-type", envelope(`<wsse:BinarySecurityToken ValueType="urn:a" wsse:ValueType="urn:b"/>`, "")),
		signed(ambiguous, "among-many", order(`<o:Line`+numbered(20, ` a%d=""`)+` ID="c" Id="d"/>`)),
		signed(ambiguous, "among-many-equal", order(`<o:Line`+numbered(20, ` a%d=""`)+` xml:id="c" ID="c" Id="c"/>`)),

		signed(relative, "default", order(`<Line xmlns="line"/>`)),
		signed(relative, "prefix", order(`<o:Line xmlns:x="x"/>`)),
		signed(relative, "path", order(`<o:Line xmlns:x="../x"/>`)),
		signed(relative, "host", order(`<o:Line xmlns:x="//example.org/x"/>`)),
		signed(relative, "fragment", order(`<o:Line xmlns:x="#x"/>`)),
		signed(relative, "colon-first", order(`<o:Line xmlns:x=":x"/>`)),
		signed(relative, "digit-first", order(`<o:Line xmlns:x="1:x"/>`)),
		signed(relative, "space-first", order(`<o:Line xmlns:x=" urn:x"/>`)),
		signed(relative, "no-uri-space", order(`<o:Line xmlns:x="http://exa mple/"/>`)),
		signed(relative, "no-uri-space-last", order(`<o:Line xmlns:x="http://www.w3.org/2001/XMLSchema "/>`)),
		signed(relative, "no-uri-escape", order(`<o:Line xmlns:x="urn:%zz"/>`)),
		signed(relative, "no-uri-escape-cut-off", order(`<o:Line xmlns:x="urn:%4"/>`)),
		signed(relative, "no-uri-beyond-ascii", order(`<o:Line xmlns:x="urn:é"/>`)),
		signed(relative, "no-uri-port", order(`<o:Line xmlns:x="http://a:b/"/>`)),
		signed(relative, "no-uri-port-empty", order(`<o:Line xmlns:x="http://a:/"/>`)),
		signed(relative, "no-uri-port-of-many-digits", order(`<o:Line xmlns:x="http://a:99999999999/"/>`)),
		signed(relative, "no-uri-brackets", order(`<o:Line xmlns:x="urn:a[b]"/>`)),
		signed(relative, "no-uri-host-in-brackets", order(`<o:Line xmlns:x="http://[x/"/>`)),
		signed(relative, "no-uri-backslash", order(`<o:Line xmlns:x="C:\a"/>`)),
		signed(relative, "no-uri-two-fragments", order(`<o:Line xmlns:x="http://a#b#c"/>`)),
		signed(relative, "no-uri-user", order(`<o:Line xmlns:x="http://a^b@c/"/>`)),
		signed(relative, "no-uri-quote-in-query", order(`<o:Line xmlns:x='urn:a?"'/>`)),
		signed(relative, "no-uri-brace-in-fragment", order(`<o:Line xmlns:x="urn:a#{b}"/>`)),
		signed(relative, "in-the-signature", order("", signatureOf(reference("#a"), `<ds:Object><x xmlns="x"/>`+
			`</ds:Object>`))),

		signed(signatureShape, "hmac-of-one-bit", order("", signatureCutTo("1"))),
		signed(signatureShape, "hmac-of-eight-bits", order("", signatureCutTo(" 08 "))),
		signed(signatureShape, "hmac-of-no-bits", order("", signatureCutTo(""))),
		signed(signatureShape, "hmac-of-minus-one", order("", signatureCutTo("-256"))),
		signed(signatureShape, "hmac-in-two-numbers", order("", signatureCutTo("2 56"))),
		signed(signatureShape, "hmac-in-an-element", order("", signatureCutTo(`1<x xmlns="urn:x">60</x>`))),
		signed(signatureShape, "two-signed-infos", order("", signatureWith(`<ds:SignedInfo>`+methods+reference("#a")+
			`</ds:SignedInfo><ds:SignedInfo>`+methods+reference("#a")+`</ds:SignedInfo>`+signatureValue))),
		signed(signatureShape, "signed-info-last",
			order("", signatureWith(signatureValue+`<ds:SignedInfo>`+methods+reference("#a")+
				`</ds:SignedInfo>`))),
		signed(signatureShape, "signed-info-in-object", order("", signatureOf(reference("#a"),
			`<ds:Object><ds:SignedInfo>`+methods+reference("#a")+`</ds:SignedInfo></ds:Object>`))),
		signed(signatureShape, "no-signed-info", order("", signatureWith(signatureValue))),
		signed(signatureShape, "two-values", order("", signatureOf(reference("#a"), signatureValue))),
		signed(signatureShape, "no-value", order(
			"", signatureWith(`<ds:SignedInfo>`+methods+reference("#a")+`</ds:SignedInfo>`))),
		signed(signatureShape, "value-with-element",
			order("", strings.Replace(signatureOf(reference("#a")), "c2ln", "c2<x/>ln", 1))),
		signed(signatureShape, "two-key-infos", order("", signatureOf(reference("#a"), keyInfo, keyInfo))),
		signed(signatureShape, "foreign-in-signature", order("", signatureOf(reference("#a"), "<x/>"))),
		signed(signatureShape, "no-canonicalization", inInfo(signatureMethod+reference("#a"))),
		signed(signatureShape, "two-canonicalizations", inInfo(`<ds:CanonicalizationMethod Algorithm="urn:x"/>`+methods+
			reference("#a"))),
		signed(signatureShape, "two-methods", inInfo(methods+signatureMethod+reference("#a"))),
		signed(signatureShape, "method-behind-reference", inInfo(methods+reference("#a")+signatureMethod)),
		signed(signatureShape, "no-reference", inInfo(methods)),
		signed(signatureShape, "two-digest-values", inInfo(methods+`<ds:Reference URI="#a">`+digest+digestValue+
			`</ds:Reference>`)),
		signed(signatureShape, "digest-value-first",
			inInfo(methods+`<ds:Reference URI="#a">`+digestValue+digestMethod+digestValue+`</ds:Reference>`)),
		signed(signatureShape, "two-digest-methods", inInfo(methods+`<ds:Reference URI="#a">`+digestMethod+digest+
			`</ds:Reference>`)),
		signed(signatureShape, "no-digest-value", inInfo(methods+`<ds:Reference URI="#a">`+digestMethod+`</ds:Reference>`)),
		signed(signatureShape, "digest-value-divided",
			inInfo(methods+strings.Replace(reference("#a"), "n4bQ", "n4<x/>bQ", 1))),
		signed(signatureShape, "digest-value-elsewhere",
			`<o:Order xmlns:o="urn:example:order" Id="a"><o:Extra`+nsSignature+`>`+digestValue+`</o:Extra>`+
				signatureOf(reference("#a"))+`</o:Order>`),
		signed(signatureShape, "reference-elsewhere",
			`<o:Order xmlns:o="urn:example:order" Id="a"><o:Extra`+nsSignature+`>`+reference("#a")+`</o:Extra></o:Order>`),
		signed(signatureShape, "value-elsewhere", order(`<ds:SignatureValue`+nsSignature+`/>`)),
		signed(signatureShape, "transform-elsewhere", order(`<o:Extra`+nsSignature+`>`+transform(exclusive)+`</o:Extra>`)),
		signed(signatureShape, "no-transform-in-transforms", inInfo(methods+`<ds:Reference URI="#a"><ds:Transforms/>`+digest+
			`</ds:Reference>`)),
		signed(signatureShape, "two-transforms", inInfo(methods+`<ds:Reference URI="#a"><ds:Transforms>`+transform(enveloped)+
			`</ds:Transforms><ds:Transforms>`+
			transform(exclusive)+`</ds:Transforms>`+digest+`</ds:Reference>`)),
		signed(signatureShape, "65-references", inInfo(methods+many(65, reference("#a")))),
		signed(signatureShape, "9-transforms", order("", signatureOf(reference("#a", many(9, transform(exclusive)))))),
		signed(signatureShape, "65-references-in-manifest", order("", signatureOf(reference("#a"), `<ds:Object><ds:Manifest>`+
			many(65, reference("#a"))+`</ds:Manifest></ds:Object>`))),
		signed(signatureShape, "certificate-divided", order("", strings.Replace(signatureOf(reference("#a"), keyInfo),
			"TUlJ", "TU<ds:x/>lJ", 1))),
		signed(signatureShape, "cipher-value-divided", order(`<xenc:CipherValue`+nsCipher+`>eA<x/>==</xenc:CipherValue>`)),
		signed(signatureShape, "two-lists-of-prefixes", order("", signatureOf(reference("#a", transform(exclusive,
			many(2, `<ec:InclusiveNamespaces xmlns:ec="`+exclusive+`" PrefixList="xs"/>`)))))),
		signed(signatureShape, "two-bodies", strings.Replace(envelope(signatureOf(reference("#b")), ""), "</s:Body>",
			"</s:Body><s:Body><o:Order xmlns:o='urn:o'/></s:Body>", 1)),
		signed(signatureShape, "two-headers", strings.Replace(envelope(signatureOf(reference("#b")), ""), "<s:Body ",
			"<s:Header/><s:Body ", 1)),
		signed(signatureShape, "body-in-header", strings.Replace(envelope(signatureOf(reference("#b")), ""),
			"<wsse:Security ", `<x:Wrapper xmlns:x="urn:x"><s:Body/></x:Wrapper><wsse:Security `, 1)),
		signed(signatureShape, "envelope-in-header", strings.Replace(envelope(signatureOf(reference("#b")), ""),
			"<wsse:Security ", `<x:Wrapper xmlns:x="urn:x"><s:Envelope><s:Body/></s:Envelope></x:Wrapper><wsse:Security `, 1)),
		signed(signatureShape, "dangling", order("", signatureOf(reference("#nothing")))),
		signed(signatureShape, "dangling-pointer", order("", signatureOf(reference("#xpointer(id('nothing'))")))),
		signed(signatureShape, "dangling-in-manifest", order("", signatureOf(reference("#a"), `<ds:Object><ds:Manifest>`+
			reference("#nothing")+`</ds:Manifest></ds:Object>`))),
		signed(signatureShape, "pointer-to-path", order("", signatureOf(reference("#xpointer(//o:Order)")))),
		signed(signatureShape, "pointer-to-child", order("", signatureOf(reference("#element(/1)")))),
		signed(signatureShape, "escaped-name", order("", signatureOf(reference("#%61")))),
		signed(signatureShape, "nothing-after-number-sign", order("", signatureOf(reference("#")))),
		signed(signatureShape, "dangling-and-not-encrypted", envelope(signatureOf(reference("#gone"))+
			`<xenc:EncryptedKey`+nsCipher+`/>`, "")),

		signed(external, "reference", order("", signatureOf(reference("http://evil.example/x")))),
		signed(external, "reference-relative", order("", signatureOf(reference("other.xml#a")))),
		signed(external, "reference-spaces", order("", signatureOf(reference(" #a")))),
		signed(external, "key", order("", signatureOf(reference("#a"), `<ds:KeyInfo><ds:RetrievalMethod `+
			`URI="file:///etc/passwd"/></ds:KeyInfo>`))),
		signed(external, "cipher", order(`<xenc:CipherReference`+nsCipher+` URI="http://evil.example/x"/>`)),
		signed(active, "canonicalization-by-xslt", strings.Replace(order("", signatureOf(reference("#a"))),
			exclusive+`"/>`, `http://www.w3.org/TR/1999/REC-xslt-19991116"/>`, 1)),
		signed(active, "canonicalization-by-xpath", strings.Replace(order("", signatureOf(reference("#a"))),
			exclusive+`"/>`, pathXPath+`"/>`, 1)),
		signed(active, "canonicalization-by-filter", strings.Replace(order("", signatureOf(reference("#a"))),
			exclusive+`"/>`, pathFilter+`"/>`, 1)),
		signed(active, "xslt", order(
			"", signatureOf(reference("#a", transform("http://www.w3.org/TR/1999/REC-xslt-19991116"))))),
		signed(active, "xpath", order(
			"", signatureOf(reference("#a", transform(pathXPath, `<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>`))))),
		signed(active, "filter", order("", signatureOf(reference("#a", transform(pathFilter))))),
		signed(active, "xquery", order("", signatureOf(reference("#a", transform("http://www.w3.org/2010/xquery"))))),
	}
}

// invoiceNames are the prefixes of UBL.
const invoiceNames = ` xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"` +
	` xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"` +
	` xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`

// invoice returns a document with a signature over what the transforms leave of it.
func invoice(transforms ...string) string {
	return `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"` + invoiceNames + nsSignature +
		`><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>` +
		signatureOf(reference("", transforms...)) +
		`</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:ID>1</cbc:ID></Invoice>`
}

// path returns a transform by an expression.
func path(expression string) string {
	return transform(pathXPath, "<ds:XPath>"+expression+"</ds:XPath>")
}

// filter returns a transform of XPath Filter 2.
func filter(how, expression string) string {
	return transform(pathFilter, `<XPath xmlns="`+pathFilter+`" Filter="`+how+`">`+expression+`</XPath>`)
}

// hostileSignedXPath has expressions that are not those that invoices prescribe.
func hostileSignedXPath() []recipe {
	return []recipe{
		byXPath(active, "everything-else", invoice(path(`not(ancestor-or-self::cbc:ID)`))),
		byXPath(active, "nothing", invoice(path(`false()`))),
		byXPath(active, "or-more", invoice(path(`not(ancestor-or-self::ds:Signature) and false()`))),
		byXPath(active, "inner-space", invoice(path(`not( ancestor-or-self::ds:Signature)`))),
		byXPath(active, "other-namespace", strings.Replace(invoice(path(`not(ancestor-or-self::x:Signature)`)), "<ds:XPath",
			`<ds:XPath xmlns:x="urn:x"`, 1)),
		byXPath(active, "prefix-bound-again", strings.Replace(invoice(path(`not(ancestor-or-self::ds:Signature)`)),
			"<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>",
			`<d:XPath xmlns:d="`+dsig+`" xmlns:ds="urn:x">not(ancestor-or-self::ds:Signature)</d:XPath>`, 1)),
		byXPath(active, "no-prefix", invoice(path(`not(ancestor-or-self::Signature)`))),
		byXPath(active, "undeclared-prefix", invoice(path(`not(ancestor-or-self::y:Signature)`))),
		byXPath(active, "other-reference", invoice(
			path(`not(//ancestor-or-self::cac:AdditionalDocumentReference[cbc:ID='PIH'])`))),
		byXPath(active, "too-long", invoice(path(`not(ancestor-or-self::`+strings.Repeat("x", 2000)+`:Signature)`))),
		byXPath(active, "filter-intersect", invoice(filter("intersect", `/descendant::ds:Signature`))),
		byXPath(active, "filter-union", invoice(filter("union", `/`))),
		byXPath(active, "filter-all", invoice(filter("subtract", `/`))),
		byXPath(active, "xslt-beside-xpath", invoice(transform("http://www.w3.org/TR/1999/REC-xslt-19991116"))),
		byXPath(signatureShape, "xpath-missing", invoice(transform(pathXPath))),
		byXPath(signatureShape, "xpath-with-element", invoice(transform(pathXPath,
			`<ds:XPath>not(ancestor-or-self::ds:Signature)<x/></ds:XPath>`))),
	}
}
