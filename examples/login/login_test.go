package login_test

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	saml2 "github.com/russellhaering/gosaml2"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/seed73825598/airlock/examples/login"
	"github.com/seed73825598/airlock/limits"
)

const (
	mallory = "mallory@example.org"
	admin   = "admin@example.org"
	acs     = "https://sp.example.org/acs"
	issuer  = "https://idp.example.org/"
)

// assertion returns an assertion about a user that is not signed.
func assertion(id, user string) string {
	now := time.Now().UTC()
	return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="` + id +
		`" Version="2.0" IssueInstant="` +
		now.Format(time.RFC3339) + `"><saml:Issuer>` + issuer + `</saml:Issuer><saml:Subject><saml:NameID>` + user +
		`</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` +
		`<saml:SubjectConfirmationData NotOnOrAfter="` +
		now.Add(time.Hour).Format(time.RFC3339) + `" Recipient="` + acs + `"/></saml:SubjectConfirmation></saml:Subject>` +
		`<saml:Conditions NotBefore="` + now.Add(-time.Hour).Format(time.RFC3339) + `" NotOnOrAfter="` +
		now.Add(time.Hour).Format(time.RFC3339) + `"><saml:AudienceRestriction><saml:Audience>` + issuer +
		`</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
		`<saml:AuthnStatement AuthnInstant="` + now.Format(time.RFC3339) +
		`"/><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>` + user +
		`</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`
}

// respond returns a response with the given content.
func respond(id string, content ...string) string {
	return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="` + id +
		`" Version="2.0" IssueInstant="` +
		time.Now().UTC().Format(time.RFC3339) + `" Destination="` + acs +
		`"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">` + issuer +
		`</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
		strings.Join(content, "") + `</samlp:Response>`
}

// A provider signs, and says what it has signed with.
type provider struct {
	context *dsig.SigningContext
	roots   *dsig.MemoryX509CertificateStore
}

func newProvider(t *testing.T) provider {
	t.Helper()
	store := dsig.RandomKeyStoreForTest()
	_, der, err := store.GetKeyPair()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	ctx := dsig.NewDefaultSigningContext(store)
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	return provider{ctx, &dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{cert}}}
}

// sign returns an element with its signature, and the signature alone.
func (p provider) sign(t *testing.T, element string) (signed, signature string) {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromString(element); err != nil {
		t.Fatal(err)
	}
	with, err := p.context.SignEnveloped(doc.Root())
	if err != nil {
		t.Fatal(err)
	}
	write := func(e *etree.Element) string {
		out := etree.NewDocumentWithRoot(e)
		text, err := out.WriteToString()
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	signed = write(with.Copy())
	return signed, write(with.SelectElement("Signature").Copy())
}

// service returns the service that users sign in to.
func (p provider) service() *saml2.SAMLServiceProvider {
	return &saml2.SAMLServiceProvider{
		IdentityProviderIssuer: issuer, AssertionConsumerServiceURL: acs, ServiceProviderIssuer: "https://sp.example.org/",
		AudienceURI: issuer, IDPCertificateStore: p.roots,
	}
}

func encode(document string) string { return base64.StdEncoding.EncodeToString([]byte(document)) }

// A family is one published way to forge a response.
type family struct{ name, document string }

// families forges a response for the administrator in every published way. The attacker has signed
// in as mallory, and has the signed response.
func families(t *testing.T, p provider) []family {
	t.Helper()
	original := assertion("_a", mallory)
	signed, signature := p.sign(t, original)
	whole, wholeSignature := p.sign(t, respond("_r", original))
	forged := assertion("_b", admin)
	into := func(document, before, insert string) string {
		if !strings.Contains(document, before) {
			t.Fatalf("no %s in %s", before, document)
		}
		return strings.Replace(document, before, insert+before, 1)
	}
	const (
		subject      = "<saml:Subject>"
		end          = "</saml:Assertion>"
		endSignature = "</ds:Signature>"
		endStatus    = "</samlp:Status>"
	)
	object := func(content string) string { return "<ds:Object>" + content + "</ds:Object>" }
	honest := respond("_r", signed)
	edit := func(document, old, replacement string) string {
		if !strings.Contains(document, old) {
			t.Fatalf("no %s in %s", old, document)
		}
		return strings.Replace(document, old, replacement, 1)
	}
	return []family{
		{"wrapping 1", respond("_x", into(wholeSignature, endSignature, object(respond("_r", original))), forged)},
		{"wrapping 2", respond("_x", whole, wholeSignature, forged)},
		{"wrapping 3", respond("_r", forged, signed)},
		{"wrapping 3, forged last", respond("_r", signed, forged)},
		{"wrapping 4", respond("_r", into(forged, end, signed))},
		{"wrapping 5", respond("_r", into(forged, subject, signature), original)},
		{"wrapping 6", respond("_r", into(forged, subject, into(signature, endSignature, original)))},
		{"wrapping 7", into(honest, "<samlp:Status>", "<samlp:Extensions>"+forged+"</samlp:Extensions>")},
		{"wrapping 8", respond("_r", into(forged, subject, into(signature, endSignature, object(original))))},
		{"same ID", respond("_r", assertion("_a", admin), signed)},
		{"comment in the name", edit(honest, mallory, admin+"<!---->."+mallory)},
		{"comment in the name, all of it read", edit(honest, mallory, "mallory<!-- -->@example.org")},
		{"instruction in the name", edit(honest, mallory, "mallory<?x?>@example.org")},
		{"second name", into(honest, "</saml:Subject>", "<saml:NameID>"+admin+"</saml:NameID>")},
		{"second subject", into(honest, "<saml:Conditions", "<saml:Subject><saml:NameID>"+admin+"</saml:NameID>"+
			"</saml:Subject>")},
		{"two signed infos", into(honest, "<ds:SignedInfo>", "<ds:SignedInfo/>")},
		{"two digest values", into(honest, "<ds:DigestValue>", "<ds:DigestValue>eA==</ds:DigestValue>")},
		{"comment in the digest", edit(honest, "<ds:DigestValue>", "<ds:DigestValue><!-- -->")},
		{"digest in the status", into(honest, endStatus, `<samlp:StatusDetail `+
			`xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:DigestValue>eA==</ds:DigestValue></samlp:StatusDetail>`)},
		{"ID twice", edit(honest, `ID="_a"`, `ID="_a" saml:ID="_b"`)},
		{"ID by declaration", edit(honest, `ID="_a"`, `xmlns:ID="urn:b" ID="_a"`)},
		{"destination by declaration", edit(edit(honest, `Destination="`+acs+`"`, `Destination="https://other.example.org/"`),
			`Destination="https://other.example.org/"`, `Destination="https://other.example.org/" xmlns:Destination="`+acs+`"`)},
		{"relative namespace", edit(honest, "<samlp:Response ", `<samlp:Response xmlns:x="1" `)},
		{"foreign transform", edit(honest, `Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"`,
			`Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"`)},
		{"dangling reference", edit(honest, `URI="#_a"`, `URI="#_z"`)},
		{"empty reference", edit(honest, `URI="#_a"`, `URI=""`)},
		{"repeated reference", into(honest, "</ds:SignedInfo>", `<ds:Reference URI="#_a"/>`)},
		{"document type", `<!DOCTYPE r [<!ENTITY a "b">]>` + honest},
		{"response in a response", respond("_x", honest, forged)},
		{"second root", honest + respond("_x", forged)},
	}
}

// misread holds what gosaml2 0.12.0 alone takes, with the user whom it logs in: of all families
// none makes it the administrator, and some are documents that it should not have read at all. It
// looks past comments, second roots and document types, finds an attribute in a namespace
// declaration, and takes what has no canonical form.
var misread = map[string]string{
	"comment in the name, all of it read": mallory,
	"comment in the digest":               mallory,
	"digest in the status":                mallory,
	"destination by declaration":          mallory,
	"relative namespace":                  mallory,
	"document type":                       mallory,
	"second root":                         mallory,
}

// TestFamilies has every forgery refused before gosaml2 sees it, and shows what gosaml2 alone makes
// of it.
func TestFamilies(t *testing.T) {
	p := newProvider(t)
	sp := p.service()
	for _, f := range families(t, p) {
		t.Run(f.name, func(t *testing.T) {
			if user, err := login.User(t.Context(), sp, encode(f.document)); !errors.Is(err, limits.ErrRefused) || user != "" {
				t.Errorf("%q, %v; want a refusal", user, err)
			}
			user := ""
			if info, err := sp.RetrieveAssertionInfo(encode(f.document)); err == nil && !info.WarningInfo.InvalidTime {
				user = info.NameID
			}
			if user != misread[f.name] {
				t.Errorf("gosaml2 alone logs in %q; want %q", user, misread[f.name])
			}
		})
	}
}

// TestHonest logs the user in whose assertion, or response, or both, are signed.
func TestHonest(t *testing.T) {
	p := newProvider(t)
	signed, _ := p.sign(t, assertion("_a", mallory))
	whole, _ := p.sign(t, respond("_r", assertion("_a", mallory)))
	both, _ := p.sign(t, respond("_r", signed))
	for name, document := range map[string]string{"assertion": respond("_r", signed), "response": whole, "both": both} {
		if user, err := login.User(t.Context(), p.service(), encode(document)); err != nil || user != mallory {
			t.Errorf("%s: %q, %v", name, user, err)
		}
	}
}

// TestRefusals refuses what is not signed by the provider, and what is no response.
func TestRefusals(t *testing.T) {
	p, other := newProvider(t), newProvider(t)
	signed, _ := other.sign(t, assertion("_a", admin))
	for name, field := range map[string]string{
		"another provider": encode(respond("_r", signed)),
		"not signed":       encode(respond("_r", assertion("_a", admin))),
		"not base64":       "<",
		"empty":            "",
		"too large":        encode(strings.Repeat(" ", 1<<20)),
	} {
		if user, err := login.User(t.Context(), p.service(), field); err == nil || user != "" {
			t.Errorf("%s: %q, %v", name, user, err)
		}
	}
}
