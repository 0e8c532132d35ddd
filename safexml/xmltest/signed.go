package xmltest

import "github.com/seed73825598/airlock/limits"

const (
	signedNode  limits.Rule = "signed-node"
	duplicateID limits.Rule = "duplicate-id"

	nsSignature = ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#"`
)

// signed returns a recipe for a document that is judged as one with a signature.
func signed(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "Signed"
	return r
}

// hostileSigned has documents that a signature check and a program read differently.
func hostileSigned() []recipe {
	saml := func(body string) string {
		return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="r1">` + body + `</samlp:Response>`
	}
	return []recipe{
		signed(signedNode, "comment-in-name", saml(`<NameID>admin@example.com<!-- -->.evil.example</NameID>`)),
		signed(signedNode, "cdata", saml(`<NameID><![CDATA[admin]]></NameID>`)),
		signed(signedNode, "instruction", saml(`<NameID>admin<?x?>.evil.example</NameID>`)),
		signed(signedNode, "comment-behind-root", saml("")+"<!-- -->"),

		signed(duplicateID, "wrapping", saml(`<Assertion ID="a1"/><Assertion ID="a1"/>`)),
		signed(duplicateID, "other-case", saml(`<Assertion ID="a1"/><Assertion Id="a1"/>`)),
		signed(duplicateID, "xml-id", saml(`<Assertion ID="a1"/><Object xml:id="a1"/>`)),
		signed(duplicateID, "spaces", saml(`<Assertion ID="a1"/><Object id=" a1 "/>`)),
		signed(duplicateID, "encoded", saml(`<Assertion ID="a1"/><Object ID="&#97;1"/>`)),
		signed(duplicateID, "with-the-root", saml(`<Assertion AssertionID="r1"/>`)),

		signed(external, "reference", saml(`<ds:Reference`+nsSignature+` URI="http://evil.example/x"/>`)),
		signed(external, "key", saml(`<ds:RetrievalMethod`+nsSignature+` URI="file:///etc/passwd"/>`)),
		signed(active, "transform", saml(`<ds:Transform`+nsSignature+` Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>`)),
	}
}

func benignSigned() []recipe {
	const document = `<r xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ID="a"><s Id="b">text &amp; &#13;</s><ds:Signature><ds:SignedInfo>` +
		`<ds:Reference URI="#a"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></ds:Transforms></ds:Reference>` +
		`<ds:Reference URI=""/></ds:SignedInfo></ds:Signature></r>`
	return []recipe{
		signed(signedNode, "text-alone", document),
		signed(duplicateID, "similar", `<a ID="x"><b ID="X"/><c ID="x1"/><d idref="x"/></a>`),
	}
}
