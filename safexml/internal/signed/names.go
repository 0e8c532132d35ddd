package signed

import "strings"

// A family is a vocabulary that the rules are about.
type family uint8

const (
	foreign    family = iota
	dsig              // XML Signature 1
	dsig11            // XML Signature 1.1
	xenc              // XML Encryption 1 and 1.1
	filter2           // XPath Filter 2
	c14n              // what exclusive canonicalization is told
	assertions        // SAML 1 and 2
	protocol          // SAML 1 and 2
	samlOther         // every other namespace of SAML: metadata, profiles, extensions
	wss               // WS-Security
	soap              // SOAP 1.1 and 1.2
	trust             // WS-Trust
	// holder is a vocabulary that has References and DigestValues of XML Signature outside of a
	// Signature's own: XAdES, DSS, receipts of ebXML.
	holder
)

const (
	nsDSig    = "http://www.w3.org/2000/09/xmldsig#"
	nsFilter2 = "http://www.w3.org/2002/06/xmldsig-filter2"
	nsXML     = "http://www.w3.org/XML/1998/namespace"
	nsWSU     = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
	nsXSD     = "http://www.w3.org/2001/XMLSchema"
	nsXSI     = "http://www.w3.org/2001/XMLSchema-instance"
	nsExcC14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
	nsPAOS    = "urn:liberty:paos:2003-08"
	nsSAML    = "urn:oasis:names:tc:SAML:"
)

// familyOf returns the vocabulary of a namespace name. Names are compared byte by byte, as programs
// compare them.
func familyOf(space []byte) family {
	switch string(space) {
	case "":
		return foreign
	case nsDSig:
		return dsig
	case "http://www.w3.org/2009/xmldsig11#":
		return dsig11
	case "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#":
		return xenc
	case nsFilter2:
		return filter2
	case nsExcC14N:
		return c14n
	case nsSAML + "2.0:assertion", nsSAML + "1.0:assertion":
		return assertions
	case nsSAML + "2.0:protocol", nsSAML + "1.0:protocol":
		return protocol
	case nsWSU, "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
		"http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd":
		return wss
	case "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope":
		return soap
	case "http://docs.oasis-open.org/ws-sx/ws-trust/200512", "http://schemas.xmlsoap.org/ws/2005/02/trust",
		"http://docs.oasis-open.org/ws-sx/ws-trust/200512/":
		return trust
	}
	return prefixFamily(string(space))
}

// prefixFamily knows the vocabularies that have a namespace for each version or part.
func prefixFamily(space string) family {
	if strings.HasPrefix(space, nsSAML) {
		return samlOther
	}
	for _, prefix := range []string{
		"http://uri.etsi.org/01903/", "urn:oasis:names:tc:dss:", "http://docs.oasis-open.org/dss",
		"http://docs.oasis-open.org/ebxml-", "http://www.oasis-open.org/committees/ebxml-msg/",
		"http://www.ebxml.org/namespaces/",
	} {
		if strings.HasPrefix(space, prefix) {
			return holder
		}
	}
	return foreign
}

// singular reports whether every attribute of an element of the family has one reading only: no two
// have one local name.
func (f family) singular() bool {
	switch f {
	case dsig, dsig11, xenc, filter2, c14n, assertions, protocol, samlOther, wss:
		return true
	case foreign, soap, trust, holder:
	}
	return false
}

// signs reports whether elements of the family say what a signature or an encryption is of and how
// it is made.
func (f family) signs() bool {
	switch f {
	case dsig, dsig11, xenc, filter2, c14n:
		return true
	case foreign, assertions, protocol, samlOther, wss, soap, trust, holder:
	}
	return false
}

// carries reports whether elements of the family hold parts of assertions.
func (f family) carries() bool {
	switch f {
	case assertions, protocol, samlOther, wss, soap, trust:
		return true
	case foreign, dsig, dsig11, xenc, filter2, c14n, holder:
	}
	return false
}

// A kind is an element that some rule is about.
type kind uint8

const (
	other kind = iota
	signature
	signedInfo
	signatureValue
	canonicalizationMethod
	signatureMethod
	outputLength // HMACOutputLength
	dsReference
	transforms
	transform
	digestMethod
	digestValue
	keyInfo
	object
	manifest
	retrieval // RetrievalMethod, KeyInfoReference, CipherReference, DataReference, KeyReference
	xpathOf   // XPath of XML Signature
	filterOf  // XPath of XPath Filter 2
	inclusive // InclusiveNamespaces of exclusive canonicalization
	keyText   // an element of a key or of what is encrypted whose content is text
	encryptedData

	assertion // Assertion and EncryptedAssertion of SAML
	message   // a request or response of SAML
	response  // Response of SAML
	artifactResponse
	entities // EntitiesDescriptor of SAML metadata
	entity   // EntityDescriptor
	metadata // any other element of SAML metadata that may be signed
	textOnly // an element of SAML whose content is text
	attributeValue
	soapEnvelope
	soapHeader
	soapBody
	tokenHolder // an element outside SAML that holds one assertion
)

// kindOf returns the kind of an element.
func kindOf(f family, local []byte) kind {
	switch f {
	case dsig:
		return dsigKind(string(local))
	case xenc:
		switch string(local) {
		case "EncryptedData":
			return encryptedData
		case "CipherReference", "DataReference", "KeyReference":
			return retrieval
		case "CipherValue", "KeySize", "OAEPparams", "CarriedKeyName":
			return keyText
		}
	case dsig11:
		switch string(local) {
		case "KeyInfoReference":
			return retrieval
		case "X509Digest", "OCSPResponse", "PublicKey", "DEREncodedKeyValue":
			return keyText
		}
	case c14n:
		if string(local) == "InclusiveNamespaces" {
			return inclusive
		}
	case filter2:
		if string(local) == "XPath" {
			return filterOf
		}
	case soap:
		return soapKind(string(local))
	case assertions, protocol, samlOther, trust, wss:
		return samlKind(f, string(local))
	case foreign, holder:
	}
	return other
}

// dsigKind returns the kind of an element of XML Signature.
func dsigKind(local string) kind {
	switch local {
	case "Signature":
		return signature
	case "SignedInfo":
		return signedInfo
	case "SignatureValue":
		return signatureValue
	case "CanonicalizationMethod":
		return canonicalizationMethod
	case "SignatureMethod":
		return signatureMethod
	case "HMACOutputLength":
		return outputLength
	case "Reference":
		return dsReference
	case "Transforms":
		return transforms
	case "Transform":
		return transform
	case "DigestMethod":
		return digestMethod
	case "DigestValue":
		return digestValue
	case "KeyInfo":
		return keyInfo
	case "Object":
		return object
	case "Manifest":
		return manifest
	case "RetrievalMethod", "KeyInfoReference":
		return retrieval
	case "XPath":
		return xpathOf
	case "X509Certificate", "X509CRL", "X509IssuerName", "X509SerialNumber", "X509SKI", "X509SubjectName", "KeyName",
		"MgmtData", "Modulus", "Exponent", "PGPKeyID", "PGPKeyPacket", "SPKISexp":
		return keyText
	}
	return other
}
