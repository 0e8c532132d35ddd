package xmltest

// benignBusiness has invoices, payments and reports in the shape of each standard, and messages in
// that of each identity provider.
func benignBusiness() []recipe {
	signature := func(references string) string { return signatureOf(references, keyInfo) }
	return append([]recipe{
		made(schemaLocation, "ubl", `<?xml version="1.0" encoding="UTF-8"?>
<ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:CustomizationID>
urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID><cbc:ID>1</cbc:ID>
<cac:AdditionalDocumentReference><cbc:ID>a</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject
 mimeCode="text/csv"
 filename="a.csv">YQ==</cbc:EmbeddedDocumentBinaryObject><cac:ExternalReference>
<cbc:URI>https://example.org/a</cbc:URI>
</cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference><cac:LegalMonetaryTotal><cbc:PayableAmount
 currencyID="EUR">1.00</cbc:PayableAmount></cac:LegalMonetaryTotal></ubl:Invoice>`),
		made(schemaLocation, "cii", `<?xml version='1.0' encoding='UTF-8'?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
 xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>1</ram:ID><ram:IssueDateTime><udt:DateTimeString
 format="102">20260102</udt:DateTimeString>
</ram:IssueDateTime></rsm:ExchangedDocument></rsm:CrossIndustryInvoice>`),
		located("iso-20022-payment", `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09 pain.001.001.09.xsd"><CstmrCdtTrfInitn><GrpHdr>
<MsgId>1
</MsgId><NbOfTxs>1</NbOfTxs></GrpHdr><PmtInf><CdtTrfTxInf><Amt><InstdAmt Ccy="EUR">1.00</InstdAmt></Amt><RmtInf>
<Ustrd>
A &amp; B</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>`),
		made(schemaLocation, "iso-20022-statement", `<?xml version="1.0" encoding="UTF-8"?><Document
 xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><Ntry><Amt Ccy="EUR">1.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt></BkToCstmrStmt></Document>`),
		under(documentWords+", charset.Allow(iso-8859-1)", text(encoding, "by-bank", "<?xml version='1.0' "+
			"encoding='ISO-8859-1'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.008.001.02'><Nm>M\xfcller</Nm>"+
			"</Document>")),
		made(external, "xbrl", `<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:t="http://example.org/taxonomy"><link:schemaRef xlink:type="simple" xlink:href="taxonomy.xsd"/><xbrli:context
 id="c">
<xbrli:entity><xbrli:identifier scheme="http://standards.iso.org/iso/17442">a</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2026-01-02</xbrli:instant></xbrli:period></xbrli:context><xbrli:unit id="u">
<xbrli:measure>
iso4217:EUR</xbrli:measure></xbrli:unit><t:Assets contextRef="c" unitRef="u" decimals="0">1</t:Assets></xbrli:xbrl>`),

		under("Signed, SignedXPath", text(active, "by-zatca", `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"`+invoiceNames+`><ext:UBLExtensions>
<ext:UBLExtension><ext:ExtensionURI>urn:oasis:names:specification:ubl:dsig:enveloped:xades</ext:ExtensionURI>
<ext:ExtensionContent><ds:Signature`+nsSignature+` Id="signature"><ds:SignedInfo>`+
			`<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>`+signatureMethod+
			`<ds:Reference Id="invoiceSignedData" URI=""><ds:Transforms>`+
			path(`not(//ancestor-or-self::ext:UBLExtensions)`)+path(`not(//ancestor-or-self::cac:Signature)`)+
			path(`not(//ancestor-or-self::cac:AdditionalDocumentReference[cbc:ID='QR'])`)+
			transform("http://www.w3.org/2006/12/xml-c14n11")+`</ds:Transforms>`+digest+`</ds:Reference><ds:Reference `+
			`Type="http://www.w3.org/2000/09/xmldsig#SignatureProperties" URI="#xadesSignedProperties">`+digest+
			`</ds:Reference></ds:SignedInfo>`+signatureValue+keyInfo+`<ds:Object><xades:QualifyingProperties
 xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="signature"><xades:SignedProperties
 Id="xadesSignedProperties">
<xades:SignedSignatureProperties><xades:SigningTime>2026-01-02T03:04:05</xades:SigningTime>
</xades:SignedSignatureProperties>
</xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature></ext:ExtensionContent>
</ext:UBLExtension>
</ext:UBLExtensions><cbc:ProfileID>reporting:1.0</cbc:ProfileID><cac:AdditionalDocumentReference><cbc:ID>QR</cbc:ID>
</cac:AdditionalDocumentReference><cac:Signature><cbc:ID>urn:oasis:names:specification:ubl:signature:Invoice</cbc:ID>
</cac:Signature></Invoice>`)),
		under("Signed, SignedXPath, UnsafeAllow(RuleSchemaLocation)", text(schemaLocation, "by-fattura-pa",
			`<?xml version="1.0" encoding="UTF-8" ?>
<p:FatturaElettronica versione="FPR12" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2 fatturaordinaria_v1.2.xsd">
<FatturaElettronicaHeader><DatiTrasmissione><ProgressivoInvio>00001</ProgressivoInvio></DatiTrasmissione>
</FatturaElettronicaHeader><FatturaElettronicaBody/>`+signature(reference("", filter("subtract",
				"/descendant::ds:Signature")))+`</p:FatturaElettronica>`)),
		under("Signed, UnsafeAllow(RuleSchemaLocation)", text(schemaLocation, "by-facturae",
			`<fe:Facturae xmlns:fe="http://www.facturae.es/Facturae/2014/v3.2.1/Facturae"`+nsSignature+
				` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.facturae.es a.xsd">`+
				`<FileHeader><SchemaVersion>3.2.1</SchemaVersion></FileHeader>`+signature(reference("", transform(enveloped)))+
				`</fe:Facturae>`)),
	}, benignProviders()...)
}

// benignProviders has a response of each identity provider, as it stands in a browser's form.
func benignProviders() []recipe {
	claim := func(name, value string) string {
		return `<Attribute Name="` + name + `"><AttributeValue>` + value + `</AttributeValue></Attribute>`
	}
	return []recipe{
		saml(samlShape, "by-okta", `<?xml version="1.0" encoding="UTF-8"?><saml2p:Response
 Destination="https://sp.example.org/acs"
 ID="id1" InResponseTo="_q" IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0"
 xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:xs="http://www.w3.org/2001/XMLSchema"><saml2:Issuer
 Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">
http://www.okta.com/exk1</saml2:Issuer>`+prefixed("id1", "xs")+`<saml2p:Status><saml2p:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status><saml2:Assertion ID="id2"
 IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">
<saml2:Issuer>
http://www.okta.com/exk1</saml2:Issuer>`+prefixed("id2", "xs")+`<saml2:Subject><saml2:NameID
 Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">a@example.org</saml2:NameID>
<saml2:SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="_q"
 NotOnOrAfter="2026-01-02T03:09:05.006Z" Recipient="https://sp.example.org/acs"/></saml2:SubjectConfirmation>
</saml2:Subject>
<saml2:Conditions NotBefore="2026-01-02T02:59:05.006Z" NotOnOrAfter="2026-01-02T03:09:05.006Z">
<saml2:AudienceRestriction>
<saml2:Audience>https://sp.example.org</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>
<saml2:AuthnStatement
 AuthnInstant="2026-01-02T03:04:05.006Z" SessionIndex="_q"><saml2:AuthnContext><saml2:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext>
</saml2:AuthnStatement><saml2:AttributeStatement><saml2:Attribute Name="groups"
 NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"><saml2:AttributeValue
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:type="xs:string">A
</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion></saml2p:Response>`),
		saml(samlShape, "by-entra-id", `<samlp:Response ID="_r" Version="2.0" IssueInstant="2026-01-02T03:04:05.006Z"
 Destination="https://sp.example.org/acs" InResponseTo="_q" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer
 xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sts.windows.net/0/</Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion ID="_a"
 IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>
https://sts.windows.net/0/</Issuer>`+respell(samlSignature("_a"), "samlp", "saml", "")+
			`<Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">x</NameID><SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData InResponseTo="_q"
 NotOnOrAfter="2026-01-02T04:04:05.006Z" Recipient="https://sp.example.org/acs"/></SubjectConfirmation></Subject>
<Conditions
 NotBefore="2026-01-02T02:59:05.006Z" NotOnOrAfter="2026-01-02T04:04:05.006Z"><AudienceRestriction>
<Audience>a</Audience>
</AudienceRestriction></Conditions><AttributeStatement>`+
			claim("http://schemas.microsoft.com/identity/claims/tenantid", "00000000")+
			claim("http://schemas.microsoft.com/identity/claims/displayname", "A &amp; B")+`</AttributeStatement>
<AuthnStatement
 AuthnInstant="2026-01-02T03:04:05.006Z" SessionIndex="_a"><AuthnContext><AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>
</samlp:Response>`),
		saml(samlShape, "by-ad-fs", `<samlp:Response ID="_r" Version="2.0" IssueInstant="2026-01-02T03:04:05.006Z"
 Destination="https://sp.example.org/acs" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" InResponseTo="_q"
 xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">
http://adfs.example.org/adfs/services/trust</Issuer>`+samlSignature("_r")+`<samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success" /></samlp:Status><EncryptedAssertion
 xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element"
 xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod
 Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc" /><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
<e:EncryptedKey
 xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod
 Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><DigestMethod
 Algorithm="http://www.w3.org/2000/09/xmldsig#sha1" /></e:EncryptionMethod><KeyInfo><ds:X509Data
 xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName>
<ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data></KeyInfo><e:CipherData>
<e:CipherValue>eA==
</e:CipherValue></e:CipherData></e:EncryptedKey></KeyInfo><xenc:CipherData><xenc:CipherValue>eA==</xenc:CipherValue>
</xenc:CipherData></xenc:EncryptedData></EncryptedAssertion></samlp:Response>`),
		saml(samlShape, "by-keycloak", `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Destination="https://sp.example.org/acs" ID="ID_1"
 InResponseTo="_q"
 IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0"><saml:Issuer>https://idp.example.org/realms/a</saml:Issuer>`+
			respell(samlSignature("ID_1"), "samlp", "saml", "dsig")+`<samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion
 xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID_2" IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0">
<saml:Issuer>
https://idp.example.org/realms/a</saml:Issuer><saml:Subject><saml:NameID
 Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">a</saml:NameID></saml:Subject>
<saml:AttributeStatement>
<saml:Attribute FriendlyName="Role" Name="Role" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">
<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:type="xs:string">offline_access</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>
</samlp:Response>`),
		saml(samlShape, "by-shibboleth", `<?xml version="1.0" encoding="UTF-8"?>
<saml2p:Response Destination="https://sp.example.org/Shibboleth.sso/SAML2/POST" ID="_r" InResponseTo="_q"
 IssueInstant="2026-01-02T03:04:05.006Z" Version="2.0" xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">
<saml2:Issuer
 xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.example.org/idp/shibboleth</saml2:Issuer>`+
			samlSignature("_r")+`<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>
</saml2p:Status><saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData
 Id="_e"
 Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod
 Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/><ds:KeyInfo`+nsSignature+`><xenc:EncryptedKey Id="_k"
 Recipient="https://sp.example.org/shibboleth"><xenc:EncryptionMethod
 Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod
 Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod><ds:KeyInfo><ds:X509Data>
<ds:X509Certificate>TUlJ
</ds:X509Certificate></ds:X509Data></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>eA==</xenc:CipherValue>
</xenc:CipherData>
</xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>eA==</xenc:CipherValue></xenc:CipherData>
</xenc:EncryptedData></saml2:EncryptedAssertion></saml2p:Response>`),
	}
}
