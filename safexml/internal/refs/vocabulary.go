package refs

import (
	"slices"
	"sync"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Vocabulary is a namespace of which something is known, or several that mean the same; or a
// format without a namespace, which its root element tells.
type Vocabulary uint8

// The vocabularies, in the order of the table.
const (
	None Vocabulary = iota
	XML
	XInclude
	XSI
	XSD
	WSDL
	WSDLInstance
	RelaxNG
	Schematron
	NVDL
	XLink
	XProc
	Signature
	Encryption
	XOP
	Policy
	Catalog
	XHTML
	KML
	SVG
	Sodipodi // what Inkscape adds to SVG
	MathML
	Atom
	RDF
	OWL
	XForms
	VoiceXML
	SMIL
	SCXML
	DocBook
	Code      // elements of XSLT processors that hold program code or write files
	WSUtility // the utility part of WS-Security, which has the IDs
	RSS
	RSS1
	CommentAPI
	AtomPub
	OPML
	Sitemap
	SitemapImage
	SitemapVideo
	ITunes
	Podcast
	PlayPodcast
	MediaRSS
	SAMLMetadata
	SAMLInterface
	SAMLDiscovery
	SAMLProtocol
	SAMLAssertion
	SOAPBinding
	Addressing
	WSSecurity
	MetadataExchange
	UPnP
	OpenSearch
	XRD
	DAV
	XSPF
	DASH
	Metalink
	WADL
	XLIFF
	GPX
	OPF
	NCX
	OCF
	ODFOffice
	ODFText
	ODFForm
	SpringBeans
	SpringContext
	SpringJEE
	BPMN
	DMN
	MSBuild
	XSLFO
	DITA

	// Whatever stands in the scope of this one can hold XPath.
	XSLT Vocabulary = 1 | xmlscan.Watch
)

// known has what is known of each vocabulary.
var known = [...]struct {
	vocabulary Vocabulary
	name       string
	spaces     []string // its namespace names
	roots      []string // the root elements without a namespace that tell it
}{
	{XML, "XML", []string{"http://www.w3.org/XML/1998/namespace"}, nil},
	{XInclude, "XInclude", []string{"http://www.w3.org/2001/XInclude", "http://www.w3.org/2003/XInclude"}, nil},
	{XSI, "XML Schema", []string{"http://www.w3.org/2001/XMLSchema-instance"}, nil},
	{XSD, "XML Schema", []string{"http://www.w3.org/2001/XMLSchema"}, nil},
	{WSDL, "WSDL", []string{"http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/ns/wsdl"}, nil},
	{WSDLInstance, "WSDL", []string{"http://www.w3.org/ns/wsdl-instance"}, nil},
	{RelaxNG, "RELAX NG", []string{"http://relaxng.org/ns/structure/1.0"}, nil},
	{Schematron, "Schematron", []string{
		"http://purl.oclc.org/dsdl/schematron",
		"http://www.ascc.net/xml/schematron",
	}, nil},
	{NVDL, "NVDL", []string{"http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"}, nil},
	{XLink, "XLink", []string{"http://www.w3.org/1999/xlink"}, nil},
	{XProc, "XProc", []string{"http://www.w3.org/ns/xproc"}, nil},
	{Signature, "XML Signature", []string{
		"http://www.w3.org/2000/09/xmldsig#",
		"http://www.w3.org/2009/xmldsig11#",
	}, nil},
	{Encryption, "XML Encryption", []string{"http://www.w3.org/2001/04/xmlenc#"}, nil},
	{XOP, "XOP", []string{"http://www.w3.org/2004/08/xop/include"}, nil},
	{Policy, "WS-Policy", []string{
		"http://schemas.xmlsoap.org/ws/2004/09/policy",
		"http://www.w3.org/ns/ws-policy",
	}, nil},
	{Catalog, "XML Catalogs", []string{"urn:oasis:names:tc:entity:xmlns:xml:catalog"}, nil},
	{XHTML, "XHTML", []string{"http://www.w3.org/1999/xhtml"}, []string{"html"}},
	{KML, "KML", []string{
		"http://www.opengis.net/kml/2.2",
		"http://earth.google.com/kml/2.0",
		"http://earth.google.com/kml/2.1",
		"http://earth.google.com/kml/2.2",
		"http://www.google.com/kml/ext/2.2",
	}, []string{"kml"}},
	{SVG, "SVG", []string{"http://www.w3.org/2000/svg"}, nil},
	{Sodipodi, "Inkscape", []string{
		"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
		"http://inkscape.sourceforge.net/DTD/sodipodi-0.dtd",
	}, nil},
	{MathML, "MathML", []string{"http://www.w3.org/1998/Math/MathML"}, nil},
	{Atom, "Atom", []string{"http://www.w3.org/2005/Atom"}, nil},
	{RDF, "RDF", []string{"http://www.w3.org/1999/02/22-rdf-syntax-ns#"}, nil},
	{OWL, "OWL", []string{"http://www.w3.org/2002/07/owl#"}, nil},
	{XForms, "XForms", []string{"http://www.w3.org/2002/xforms"}, nil},
	{VoiceXML, "VoiceXML", []string{"http://www.w3.org/2001/vxml"}, nil},
	{SMIL, "SMIL", []string{
		"http://www.w3.org/ns/SMIL",
		"http://www.w3.org/2001/SMIL20/Language",
		"http://www.w3.org/2005/SMIL21/Language",
	}, nil},
	{SCXML, "SCXML", []string{"http://www.w3.org/2005/07/scxml"}, nil},
	{DocBook, "DocBook", []string{"http://docbook.org/ns/docbook"}, nil},
	{Code, "XSLT", []string{
		"urn:schemas-microsoft-com:xslt",
		"http://xml.apache.org/xalan",
		"http://xml.apache.org/xslt",
		"http://exslt.org/common",
		"http://xml.apache.org/xalan/redirect",
		"http://xml.apache.org/xalan/PipeDocument",
		"http://xml.apache.org/xalan/xsltc",
		"org.apache.xalan.xslt.extensions.Redirect",
		"http://www.jclark.com/xt",
		"http://exslt.org/functions",
		"http://icl.com/saxon",
		"http://saxon.sf.net/",
	}, nil},
	{WSUtility, "WS-Security", []string{
		"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
	}, nil},
	{RSS, "RSS", []string{
		"http://backend.userland.com/rss2",
		"http://backend.userland.com/RSS2",
		"http://blogs.law.harvard.edu/tech/rss",
	}, []string{"rss"}},
	{RSS1, "RSS 1.0", []string{
		"http://purl.org/rss/1.0/",
		"http://my.netscape.com/rdf/simple/0.9/",
		"http://channel.netscape.com/rdf/simple/0.9/",
	}, nil},
	{CommentAPI, "RSS", []string{"http://wellformedweb.org/CommentAPI/"}, nil},
	{AtomPub, "Atom Publishing Protocol", []string{"http://www.w3.org/2007/app"}, nil},
	{OPML, "OPML", nil, []string{"opml"}},
	{Sitemap, "Sitemaps", []string{
		"http://www.sitemaps.org/schemas/sitemap/0.9",
		"https://www.sitemaps.org/schemas/sitemap/0.9",
		"http://www.google.com/schemas/sitemap/0.84",
	}, []string{"sitemapindex", "urlset"}},
	{SitemapImage, "Sitemaps", []string{"http://www.google.com/schemas/sitemap-image/1.1"}, nil},
	{SitemapVideo, "Sitemaps", []string{"http://www.google.com/schemas/sitemap-video/1.1"}, nil},
	{ITunes, "Podcast", []string{
		"http://www.itunes.com/dtds/podcast-1.0.dtd",
		"http://www.itunes.com/DTDs/Podcast-1.0.dtd",
	}, nil},
	{Podcast, "Podcast", []string{
		"https://podcastindex.org/namespace/1.0",
		"http://podcastindex.org/namespace/1.0",
		"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
	}, nil},
	{PlayPodcast, "Podcast", []string{"http://www.google.com/schemas/play-podcasts/1.0"}, nil},
	{MediaRSS, "Media RSS", []string{"http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"}, nil},
	{SAMLMetadata, "SAML metadata", []string{"urn:oasis:names:tc:SAML:2.0:metadata"}, nil},
	{SAMLInterface, "SAML metadata", []string{"urn:oasis:names:tc:SAML:metadata:ui"}, nil},
	{SAMLDiscovery, "SAML metadata", []string{"urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"}, nil},
	{SAMLProtocol, "SAML", []string{"urn:oasis:names:tc:SAML:2.0:protocol"}, nil},
	{SAMLAssertion, "SAML", []string{"urn:oasis:names:tc:SAML:2.0:assertion"}, nil},
	{SOAPBinding, "WSDL", []string{
		"http://schemas.xmlsoap.org/wsdl/soap/",
		"http://schemas.xmlsoap.org/wsdl/soap12/",
		"http://schemas.xmlsoap.org/wsdl/http/",
	}, nil},
	{Addressing, "WS-Addressing", []string{
		"http://www.w3.org/2005/08/addressing",
		"http://schemas.xmlsoap.org/ws/2004/08/addressing",
		"http://schemas.xmlsoap.org/ws/2004/03/addressing",
		"http://schemas.xmlsoap.org/ws/2003/03/addressing",
	}, nil},
	{WSSecurity, "WS-Security", []string{
		"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
	}, nil},
	{MetadataExchange, "WS-MetadataExchange", []string{
		"http://schemas.xmlsoap.org/ws/2004/09/mex",
		"http://www.w3.org/2011/03/ws-mex",
	}, nil},
	{UPnP, "UPnP", []string{"urn:schemas-upnp-org:device-1-0"}, nil},
	{OpenSearch, "OpenSearch", []string{
		"http://a9.com/-/spec/opensearch/1.1/",
		"http://a9.com/-/spec/opensearchdescription/1.1/",
	}, nil},
	{XRD, "XRD", []string{"http://docs.oasis-open.org/ns/xri/xrd-1.0"}, nil},
	{DAV, "WebDAV", []string{"DAV:"}, nil},
	{XSPF, "XSPF", []string{"http://xspf.org/ns/0/"}, nil},
	{DASH, "MPEG-DASH", []string{"urn:mpeg:dash:schema:mpd:2011", "urn:mpeg:DASH:schema:MPD:2011"}, nil},
	{Metalink, "Metalink", []string{"urn:ietf:params:xml:ns:metalink", "http://www.metalinker.org/"}, nil},
	{WADL, "WADL", []string{"http://wadl.dev.java.net/2009/02", "http://research.sun.com/wadl/2006/10"}, nil},
	{XLIFF, "XLIFF", []string{
		"urn:oasis:names:tc:xliff:document:1.2",
		"urn:oasis:names:tc:xliff:document:1.1",
		"urn:oasis:names:tc:xliff:resourcedata:2.0",
	}, nil},
	{GPX, "GPX", []string{"http://www.topografix.com/GPX/1/1", "http://www.topografix.com/GPX/1/0"}, []string{"gpx"}},
	{OPF, "EPUB", []string{"http://www.idpf.org/2007/opf"}, nil},
	{NCX, "EPUB", []string{"http://www.daisy.org/z3986/2005/ncx/"}, nil},
	{OCF, "EPUB", []string{"urn:oasis:names:tc:opendocument:xmlns:container"}, nil},
	{ODFOffice, "OpenDocument", []string{"urn:oasis:names:tc:opendocument:xmlns:office:1.0"}, nil},
	{ODFText, "OpenDocument", []string{"urn:oasis:names:tc:opendocument:xmlns:text:1.0"}, nil},
	{ODFForm, "OpenDocument", []string{"urn:oasis:names:tc:opendocument:xmlns:form:1.0"}, nil},
	{SpringBeans, "Spring", []string{"http://www.springframework.org/schema/beans"}, nil},
	{SpringContext, "Spring", []string{
		"http://www.springframework.org/schema/context",
		"http://www.springframework.org/schema/util",
	}, nil},
	{SpringJEE, "Spring", []string{"http://www.springframework.org/schema/jee"}, nil},
	{BPMN, "BPMN", []string{"http://www.omg.org/spec/BPMN/20100524/MODEL"}, nil},
	{DMN, "DMN", []string{
		"http://www.omg.org/spec/DMN/20180521/MODEL/",
		"https://www.omg.org/spec/DMN/20191111/MODEL/",
		"https://www.omg.org/spec/DMN/20211108/MODEL/",
		"https://www.omg.org/spec/DMN/20230324/MODEL/",
	}, nil},
	{MSBuild, "MSBuild", []string{"http://schemas.microsoft.com/developer/msbuild/2003"}, []string{"Project"}},
	{XSLFO, "XSL-FO", []string{"http://www.w3.org/1999/XSL/Format"}, nil},
	{DITA, "DITA", nil, []string{"bookmap", "concept", "dita", "glossentry", "map", "topic", "troubleshooting"}},
	{XSLT, "XSLT", []string{"http://www.w3.org/1999/XSL/Transform"}, nil},
}

// Name returns the name of the format.
func (v Vocabulary) Name() string {
	for i := range known {
		if known[i].vocabulary == v {
			return known[i].name
		}
	}
	return ""
}

// ByRoot returns the vocabulary of a document whose root element has no namespace.
func ByRoot(local []byte) Vocabulary {
	for i := range known {
		if slices.Contains(known[i].roots, string(local)) {
			return known[i].vocabulary
		}
	}
	return None
}

// bySpace has the vocabularies under their namespace names.
var bySpace = sync.OnceValue(func() map[string]Vocabulary {
	m := map[string]Vocabulary{}
	for i := range known {
		for _, space := range known[i].spaces {
			m[space] = known[i].vocabulary
		}
	}
	return m
})

// Of returns the vocabulary of a namespace name. Names are compared as the programs that act on
// them compare them: byte by byte.
func Of(uri []byte) Vocabulary { return bySpace()[string(uri)] }
