package safexml

import "github.com/seed73825598/airlock/safexml/internal/xmlscan"

// A vocabulary is a namespace of which something is known, or several that mean the same.
type vocabulary uint8

const (
	vocabNone vocabulary = iota
	vocabXML
	vocabXInclude
	vocabXSI
	vocabXSD
	vocabWSDL
	vocabWSDLInstance
	vocabRelaxNG
	vocabSchematron
	vocabNVDL
	vocabXLink
	vocabXProc
	vocabSignature
	vocabEncryption
	vocabXOP
	vocabPolicy
	vocabCatalog
	vocabXHTML
	vocabKML
	vocabSVG
	vocabMathML
	vocabAtom
	vocabRDF
	vocabOWL
	vocabXForms
	vocabVoiceXML
	vocabSMIL
	vocabSCXML
	vocabDocBook
	vocabCode // elements of XSLT processors that hold program code or write files
	vocabWSSecurity

	// Whatever stands in the scope of this one can hold XPath.
	vocabXSLT vocabulary = 1 | xmlscan.Watch
)

// vocabularyOf returns the vocabulary of a namespace name. Names are compared as the programs that
// act on them compare them: byte by byte.
func vocabularyOf(uri []byte) vocabulary {
	switch string(uri) {
	case "http://www.w3.org/XML/1998/namespace":
		return vocabXML
	case "http://www.w3.org/2001/XInclude", "http://www.w3.org/2003/XInclude":
		return vocabXInclude
	case "http://www.w3.org/2001/XMLSchema-instance":
		return vocabXSI
	case "http://www.w3.org/1999/XSL/Transform":
		return vocabXSLT
	case "http://www.w3.org/2001/XMLSchema":
		return vocabXSD
	case "http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/ns/wsdl":
		return vocabWSDL
	case "http://www.w3.org/ns/wsdl-instance":
		return vocabWSDLInstance
	case "http://relaxng.org/ns/structure/1.0":
		return vocabRelaxNG
	case "http://purl.oclc.org/dsdl/schematron", "http://www.ascc.net/xml/schematron":
		return vocabSchematron
	case "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0":
		return vocabNVDL
	case "http://www.w3.org/1999/xlink":
		return vocabXLink
	case "http://www.w3.org/ns/xproc":
		return vocabXProc
	case "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2009/xmldsig11#":
		return vocabSignature
	case "http://www.w3.org/2001/04/xmlenc#":
		return vocabEncryption
	case "http://www.w3.org/2004/08/xop/include":
		return vocabXOP
	case "http://schemas.xmlsoap.org/ws/2004/09/policy", "http://www.w3.org/ns/ws-policy":
		return vocabPolicy
	case "urn:oasis:names:tc:entity:xmlns:xml:catalog":
		return vocabCatalog
	case "urn:schemas-microsoft-com:xslt", "http://xml.apache.org/xalan", "http://xml.apache.org/xslt",
		"http://exslt.org/common",
		"http://xml.apache.org/xalan/redirect", "http://icl.com/saxon", "http://saxon.sf.net/":
		return vocabCode
	case "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd":
		return vocabWSSecurity
	}
	return documentVocabulary(uri)
}

// documentVocabulary returns the vocabulary of a namespace whose elements name resources that only
// a program for such documents fetches.
func documentVocabulary(uri []byte) vocabulary {
	switch string(uri) {
	case "http://www.w3.org/1999/xhtml":
		return vocabXHTML
	case "http://www.opengis.net/kml/2.2", "http://earth.google.com/kml/2.0", "http://earth.google.com/kml/2.1",
		"http://earth.google.com/kml/2.2",
		"http://www.google.com/kml/ext/2.2":
		return vocabKML
	case "http://www.w3.org/2000/svg":
		return vocabSVG
	case "http://www.w3.org/1998/Math/MathML":
		return vocabMathML
	case "http://www.w3.org/2005/Atom":
		return vocabAtom
	case "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
		return vocabRDF
	case "http://www.w3.org/2002/07/owl#":
		return vocabOWL
	case "http://www.w3.org/2002/xforms":
		return vocabXForms
	case "http://www.w3.org/2001/vxml":
		return vocabVoiceXML
	case "http://www.w3.org/ns/SMIL", "http://www.w3.org/2001/SMIL20/Language",
		"http://www.w3.org/2005/SMIL21/Language":
		return vocabSMIL
	case "http://www.w3.org/2005/07/scxml":
		return vocabSCXML
	case "http://docbook.org/ns/docbook":
		return vocabDocBook
	}
	return vocabNone
}
