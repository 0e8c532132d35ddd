package safexml_test

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/safexml"
)

// references has a document for each mechanism. § stands for what it names; ¤ is where that is
// reported, if that is not where it stands: a list is reported where its attribute value begins,
// CSS in an element where the element does.
var references = [...]struct{ id, document string }{
	{"doctype-external", `¤<!DOCTYPE a SYSTEM '§'><a/>`},
	{"xinclude", `<p:x xmlns:p='http://www.w3.org/2001/XInclude' href='§'/>`},
	{"xsi-schema-location", `<a xmlns:p='http://www.w3.org/2001/XMLSchema-instance' p:schemaLocation='¤urn:a §'/>`},
	{"xsi-no-namespace-schema-location",
		`<a xmlns:p='http://www.w3.org/2001/XMLSchema-instance' p:noNamespaceSchemaLocation='§'/>`},
	{"xsd-import", `<p:import xmlns:p='http://www.w3.org/2001/XMLSchema' schemaLocation='§'/>`},
	{"xsd-include", `<p:include xmlns:p='http://www.w3.org/2001/XMLSchema' schemaLocation='§'/>`},
	{"xsd-redefine", `<p:redefine xmlns:p='http://www.w3.org/2001/XMLSchema' schemaLocation='§'/>`},
	{"xsd-override", `<p:override xmlns:p='http://www.w3.org/2001/XMLSchema' schemaLocation='§'/>`},
	{"wsdl-import", `<p:import xmlns:p='http://schemas.xmlsoap.org/wsdl/' location='§'/>`},
	{"wsdl-include", `<p:include xmlns:p='http://schemas.xmlsoap.org/wsdl/' location='§'/>`},
	{"wsdl-location", `<a xmlns:p='http://www.w3.org/ns/wsdl-instance' p:wsdlLocation='¤urn:a §'/>`},
	{"relaxng-include", `<p:include xmlns:p='http://relaxng.org/ns/structure/1.0' href='§'/>`},
	{"relaxng-external-ref", `<p:externalRef xmlns:p='http://relaxng.org/ns/structure/1.0' href='§'/>`},
	{"schematron-include", `<p:include xmlns:p='http://purl.oclc.org/dsdl/schematron' href='§'/>`},
	{"schematron-extends", `<p:extends xmlns:p='http://purl.oclc.org/dsdl/schematron' href='§'/>`},
	{"nvdl-validate", `<p:validate xmlns:p='http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0' schema='§'/>`},
	{"xslt-import", `<p:import xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-include", `<p:include xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-import-schema", `<p:import-schema xmlns:p='http://www.w3.org/1999/XSL/Transform' schema-location='§'/>`},
	{"xslt-source-document", `<p:source-document xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-stream", `<p:stream xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-result-document", `<p:result-document xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-evaluate", `<p:evaluate xmlns:p='http://www.w3.org/1999/XSL/Transform' xpath='§'/>`},
	{"xslt-use-package", `<p:use-package xmlns:p='http://www.w3.org/1999/XSL/Transform' name='§'/>`},
	{"xslt-function", `<x:template xmlns:x='http://www.w3.org/1999/XSL/Transform' match='¤document("§")'/>`},
	{"xproc-import", `<p:import xmlns:p='http://www.w3.org/ns/xproc' href='§'/>`},
	{"xproc-document", `<p:document xmlns:p='http://www.w3.org/ns/xproc' href='§'/>`},
	{"xproc-data", `<p:data xmlns:p='http://www.w3.org/ns/xproc' href='§'/>`},
	{"xlink-href", `<a xmlns:p='http://www.w3.org/1999/xlink' p:href='§'/>`},
	{"xlink-on-load", `<a xmlns:p='http://www.w3.org/1999/xlink' p:actuate='onLoad' p:href='§'/>`},
	{"xslt-script", `<p:script xmlns:p='http://xml.apache.org/xalan' src='§'/>`},
	{"xslt-component", `<p:component xmlns:p='http://xml.apache.org/xalan' src='§'/>`},
	{"xslt-extension-document", `<p:document xmlns:p='http://xml.apache.org/xalan' href='§'/>`},
	{"xslt-extension-write", `<p:write xmlns:p='http://xml.apache.org/xalan' file='§'/>`},
	{"xslt-extension-open", `<p:open xmlns:p='http://xml.apache.org/xalan/redirect' file='§'/>`},
	{"xslt-extension-output", `<p:output xmlns:p='http://icl.com/saxon' href='§'/>`},
	{"xslt-extension-pipe", `<p:pipeDocument xmlns:p='http://xml.apache.org/xalan/PipeDocument' source='§'/>`},
	{"xslt-extension-query", `<p:import-query xmlns:p='http://saxon.sf.net/' href='§'/>`},
	{"xslt-document", `<p:document xmlns:p='http://www.w3.org/1999/XSL/Transform' href='§'/>`},
	{"xslt-merge-source", `<p:merge-source xmlns:p='http://www.w3.org/1999/XSL/Transform' for-each-source='§'/>`},
	{"xslt-merge-stream", `<p:merge-source xmlns:p='http://www.w3.org/1999/XSL/Transform' for-each-stream='§'/>`},
	{"xslt-language", `<p:script xmlns:p='http://www.w3.org/1999/XSL/Transform' src='§'/>`},
	{"xslt-shadow", `<p:value-of xmlns:p='http://www.w3.org/1999/XSL/Transform' _select='¤{§}'/>`},
	{"instruction-xml-stylesheet", `¤<?xml-stylesheet href="§"?><a/>`},
	{"instruction-xml-model", `¤<?xml-model href="§"?><a/>`},
	{"instruction-oasis-xml-catalog", `¤<?oasis-xml-catalog catalog="§"?><a/>`},
	{"instruction-import", `¤<?import implementation="§"?><a/>`},
	{"instruction-xul-overlay", `¤<?xul-overlay href="§"?><a/>`},
	{"instruction-oxygen", `¤<?oxygen RNGSchema="§"?><a/>`},
	{"instruction-dsd", `¤<?dsd href="§"?><a/>`},
	{"dsig-reference", `<p:Reference xmlns:p='http://www.w3.org/2000/09/xmldsig#' URI='§'/>`},
	{"dsig-retrieval-method", `<p:RetrievalMethod xmlns:p='http://www.w3.org/2000/09/xmldsig#' URI='§'/>`},
	{"dsig-key-info-reference", `<p:KeyInfoReference xmlns:p='http://www.w3.org/2000/09/xmldsig#' URI='§'/>`},
	{"xenc-cipher-reference", `<p:CipherReference xmlns:p='http://www.w3.org/2001/04/xmlenc#' URI='§'/>`},
	{"xenc-data-reference", `<p:DataReference xmlns:p='http://www.w3.org/2001/04/xmlenc#' URI='§'/>`},
	{"xenc-key-reference", `<p:KeyReference xmlns:p='http://www.w3.org/2001/04/xmlenc#' URI='§'/>`},
	{"xop-include", `<p:Include xmlns:p='http://www.w3.org/2004/08/xop/include' href='§'/>`},
	{"policy-reference", `<p:PolicyReference xmlns:p='http://www.w3.org/ns/ws-policy' URI='§'/>`},
	{"catalog-public", `<p:public xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' uri='§'/>`},
	{"catalog-system", `<p:system xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' uri='§'/>`},
	{"catalog-uri", `<p:uri xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' uri='§'/>`},
	{"catalog-system-suffix", `<p:systemSuffix xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' uri='§'/>`},
	{"catalog-uri-suffix", `<p:uriSuffix xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' uri='§'/>`},
	{"catalog-rewrite-system", `<p:rewriteSystem xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' ` +
		`rewritePrefix='§'/>`},
	{"catalog-rewrite-uri", `<p:rewriteURI xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' rewritePrefix='§'/>`},
	{"catalog-delegate-public", `<p:delegatePublic xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' catalog='§'/>`},
	{"catalog-delegate-system", `<p:delegateSystem xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' catalog='§'/>`},
	{"catalog-delegate-uri", `<p:delegateURI xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' catalog='§'/>`},
	{"catalog-next-catalog", `<p:nextCatalog xmlns:p='urn:oasis:names:tc:entity:xmlns:xml:catalog' catalog='§'/>`},
	{"xhtml-a-href", `<p:a xmlns:p='http://www.w3.org/1999/xhtml' href='§'/>`},
	{"xhtml-applet-archive", `<p:applet xmlns:p='http://www.w3.org/1999/xhtml' archive='§'/>`},
	{"xhtml-applet-code", `<p:applet xmlns:p='http://www.w3.org/1999/xhtml' code='§'/>`},
	{"xhtml-applet-codebase", `<p:applet xmlns:p='http://www.w3.org/1999/xhtml' codebase='§'/>`},
	{"xhtml-area-href", `<p:area xmlns:p='http://www.w3.org/1999/xhtml' href='§'/>`},
	{"xhtml-area-ping", `<p:area xmlns:p='http://www.w3.org/1999/xhtml' ping='§'/>`},
	{"xhtml-a-ping", `<p:a xmlns:p='http://www.w3.org/1999/xhtml' ping='§'/>`},
	{"xhtml-audio-src", `<p:audio xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-base-href", `<p:base xmlns:p='http://www.w3.org/1999/xhtml' href='§'/>`},
	{"xhtml-blockquote-cite", `<p:blockquote xmlns:p='http://www.w3.org/1999/xhtml' cite='§'/>`},
	{"xhtml-body-background", `<p:body xmlns:p='http://www.w3.org/1999/xhtml' background='§'/>`},
	{"xhtml-button-formaction", `<p:button xmlns:p='http://www.w3.org/1999/xhtml' formaction='§'/>`},
	{"xhtml-del-cite", `<p:del xmlns:p='http://www.w3.org/1999/xhtml' cite='§'/>`},
	{"xhtml-embed-src", `<p:embed xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-form-action", `<p:form xmlns:p='http://www.w3.org/1999/xhtml' action='§'/>`},
	{"xhtml-frame-longdesc", `<p:frame xmlns:p='http://www.w3.org/1999/xhtml' longdesc='§'/>`},
	{"xhtml-frame-src", `<p:frame xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-head-profile", `<p:head xmlns:p='http://www.w3.org/1999/xhtml' profile='§'/>`},
	{"xhtml-html-manifest", `<p:html xmlns:p='http://www.w3.org/1999/xhtml' manifest='§'/>`},
	{"xhtml-iframe-longdesc", `<p:iframe xmlns:p='http://www.w3.org/1999/xhtml' longdesc='§'/>`},
	{"xhtml-iframe-src", `<p:iframe xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-img-longdesc", `<p:img xmlns:p='http://www.w3.org/1999/xhtml' longdesc='§'/>`},
	{"xhtml-img-src", `<p:img xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-img-srcset", `<img xmlns='http://www.w3.org/1999/xhtml' srcset='§ 2x'/>`},
	{"xhtml-input-formaction", `<p:input xmlns:p='http://www.w3.org/1999/xhtml' formaction='§'/>`},
	{"xhtml-input-src", `<p:input xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-ins-cite", `<p:ins xmlns:p='http://www.w3.org/1999/xhtml' cite='§'/>`},
	{"xhtml-link-href", `<p:link xmlns:p='http://www.w3.org/1999/xhtml' href='§'/>`},
	{"xhtml-link-imagesrcset", `<link xmlns='http://www.w3.org/1999/xhtml' imagesrcset='§ 2x'/>`},
	{"xhtml-meta-content", `<meta xmlns='http://www.w3.org/1999/xhtml' content='¤5; url=§'/>`},
	{"xhtml-object-archive", `<p:object xmlns:p='http://www.w3.org/1999/xhtml' archive='§'/>`},
	{"xhtml-object-classid", `<p:object xmlns:p='http://www.w3.org/1999/xhtml' classid='§'/>`},
	{"xhtml-object-codebase", `<p:object xmlns:p='http://www.w3.org/1999/xhtml' codebase='§'/>`},
	{"xhtml-object-data", `<p:object xmlns:p='http://www.w3.org/1999/xhtml' data='§'/>`},
	{"xhtml-q-cite", `<p:q xmlns:p='http://www.w3.org/1999/xhtml' cite='§'/>`},
	{"xhtml-script-src", `<p:script xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-source-src", `<p:source xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-source-srcset", `<source xmlns='http://www.w3.org/1999/xhtml' srcset='§ 2x'/>`},
	{"xhtml-table-background", `<p:table xmlns:p='http://www.w3.org/1999/xhtml' background='§'/>`},
	{"xhtml-td-background", `<p:td xmlns:p='http://www.w3.org/1999/xhtml' background='§'/>`},
	{"xhtml-track-src", `<p:track xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"xhtml-video-poster", `<p:video xmlns:p='http://www.w3.org/1999/xhtml' poster='§'/>`},
	{"xhtml-video-src", `<p:video xmlns:p='http://www.w3.org/1999/xhtml' src='§'/>`},
	{"kml-href", `<p:href xmlns:p='http://www.opengis.net/kml/2.2'>§</p:href>`},
	{"kml-target-href", `<p:targetHref xmlns:p='http://www.opengis.net/kml/2.2'>§</p:targetHref>`},
	{"kml-style-url", `<p:styleUrl xmlns:p='http://www.opengis.net/kml/2.2'>§</p:styleUrl>`},
	{"kml-source-href", `<p:sourceHref xmlns:p='http://www.opengis.net/kml/2.2'>§</p:sourceHref>`},
	{"kml-schema-url", `<p:SchemaData xmlns:p='http://www.opengis.net/kml/2.2' schemaUrl='§'/>`},
	{"svg-href", `<p:x xmlns:p='http://www.w3.org/2000/svg' href='§'/>`},
	{"svg-src", `<p:x xmlns:p='http://www.w3.org/2000/svg' src='§'/>`},
	{"inkscape-absref", `<a xmlns:p='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' p:absref='§'/>`},
	{"mathml-href", `<p:x xmlns:p='http://www.w3.org/1998/Math/MathML' href='§'/>`},
	{"mathml-src", `<p:x xmlns:p='http://www.w3.org/1998/Math/MathML' src='§'/>`},
	{"mathml-altimg", `<p:math xmlns:p='http://www.w3.org/1998/Math/MathML' altimg='§'/>`},
	{"atom-link", `<p:link xmlns:p='http://www.w3.org/2005/Atom' href='§'/>`},
	{"atom-content", `<p:content xmlns:p='http://www.w3.org/2005/Atom' src='§'/>`},
	{"atom-icon", `<p:icon xmlns:p='http://www.w3.org/2005/Atom'>§</p:icon>`},
	{"atom-logo", `<p:logo xmlns:p='http://www.w3.org/2005/Atom'>§</p:logo>`},
	{"rdf-resource", `<a xmlns:p='http://www.w3.org/1999/02/22-rdf-syntax-ns#' p:resource='§'/>`},
	{"owl-import", `<p:Import xmlns:p='http://www.w3.org/2002/07/owl#'>§</p:Import>`},
	{"xforms-src", `<p:x xmlns:p='http://www.w3.org/2002/xforms' src='§'/>`},
	{"xforms-resource", `<p:x xmlns:p='http://www.w3.org/2002/xforms' resource='§'/>`},
	{"xforms-action", `<p:submission xmlns:p='http://www.w3.org/2002/xforms' action='§'/>`},
	{"xforms-schema", `<p:model xmlns:p='http://www.w3.org/2002/xforms' schema='§'/>`},
	{"voicexml-src", `<p:x xmlns:p='http://www.w3.org/2001/vxml' src='§'/>`},
	{"voicexml-next", `<p:x xmlns:p='http://www.w3.org/2001/vxml' next='§'/>`},
	{"voicexml-application", `<p:vxml xmlns:p='http://www.w3.org/2001/vxml' application='§'/>`},
	{"smil-src", `<p:x xmlns:p='http://www.w3.org/ns/SMIL' src='§'/>`},
	{"smil-href", `<p:x xmlns:p='http://www.w3.org/ns/SMIL' href='§'/>`},
	{"scxml-src", `<p:x xmlns:p='http://www.w3.org/2005/07/scxml' src='§'/>`},
	{"docbook-fileref", `<p:x xmlns:p='http://docbook.org/ns/docbook' fileref='§'/>`},
	{"wsdl-endpoint", `<p:endpoint xmlns:p='http://schemas.xmlsoap.org/wsdl/' address='§'/>`},
	{"svg-prefixed-href", `<a xmlns:p='http://www.w3.org/2000/svg' p:href='§'/>`},
	{"atom-person", `<p:uri xmlns:p='http://www.w3.org/2005/Atom'>§</p:uri>`},
	{"atom-generator", `<p:generator xmlns:p='http://www.w3.org/2005/Atom' uri='§'/>`},
	{"rss-link", `<rss><link>§</link></rss>`},
	{"rss-comments", `<rss><comments>§</comments></rss>`},
	{"rss-docs", `<rss><docs>§</docs></rss>`},
	{"rss-guid", `<rss><guid>§</guid></rss>`},
	{"rss-image", `<rss><url>§</url></rss>`},
	{"rss-enclosure", `<rss><enclosure url='§'/></rss>`},
	{"rss-source", `<rss><source url='§'/></rss>`},
	{"rss-cloud", `<rss><cloud domain='§'/></rss>`},
	{"rss-category", `<rss><category domain='§'/></rss>`},
	{"rss1-link", `<p:link xmlns:p='http://purl.org/rss/1.0/'>§</p:link>`},
	{"rss1-image", `<p:url xmlns:p='http://purl.org/rss/1.0/'>§</p:url>`},
	{"rss-comment-feed", `<p:commentRss xmlns:p='http://wellformedweb.org/CommentAPI/'>§</p:commentRss>`},
	{"rss-comment-post", `<p:comment xmlns:p='http://wellformedweb.org/CommentAPI/'>§</p:comment>`},
	{"atompub-href", `<p:x xmlns:p='http://www.w3.org/2007/app' href='§'/>`},
	{"opml-xml-url", `<opml><outline xmlUrl='§'/></opml>`},
	{"opml-html-url", `<opml><outline htmlUrl='§'/></opml>`},
	{"opml-url", `<opml><outline url='§'/></opml>`},
	{"opml-owner", `<opml><ownerId>§</ownerId></opml>`},
	{"opml-docs", `<opml><docs>§</docs></opml>`},
	{"sitemap-loc", `<p:loc xmlns:p='http://www.sitemaps.org/schemas/sitemap/0.9'>§</p:loc>`},
	{"sitemap-image-loc", `<p:loc xmlns:p='http://www.google.com/schemas/sitemap-image/1.1'>§</p:loc>`},
	{"sitemap-image-license", `<p:license xmlns:p='http://www.google.com/schemas/sitemap-image/1.1'>§</p:license>`},
	{"sitemap-video-thumbnail", `<p:thumbnail_loc xmlns:p='http://www.google.com/schemas/sitemap-video/1.1'>` +
		`§</p:thumbnail_loc>`},
	{"sitemap-video-content", `<p:content_loc xmlns:p='http://www.google.com/schemas/sitemap-video/1.1'>` +
		`§</p:content_loc>`},
	{"sitemap-video-player", `<p:player_loc xmlns:p='http://www.google.com/schemas/sitemap-video/1.1'>§</p:player_loc>`},
	{"itunes-image", `<p:image xmlns:p='http://www.itunes.com/dtds/podcast-1.0.dtd' href='§'/>`},
	{"itunes-new-feed", `<p:new-feed-url xmlns:p='http://www.itunes.com/dtds/podcast-1.0.dtd'>§</p:new-feed-url>`},
	{"podcast-url", `<p:x xmlns:p='https://podcastindex.org/namespace/1.0' url='§'/>`},
	{"podcast-href", `<p:x xmlns:p='https://podcastindex.org/namespace/1.0' href='§'/>`},
	{"podcast-uri", `<p:x xmlns:p='https://podcastindex.org/namespace/1.0' uri='§'/>`},
	{"podcast-feed", `<p:remoteItem xmlns:p='https://podcastindex.org/namespace/1.0' feedUrl='§'/>`},
	{"podcast-person-image", `<p:person xmlns:p='https://podcastindex.org/namespace/1.0' img='§'/>`},
	{"podcast-images", `<p:images xmlns:p='https://podcastindex.org/namespace/1.0' srcset='§ 2x'/>`},
	{"podcast-chat", `<p:chat xmlns:p='https://podcastindex.org/namespace/1.0' server='§'/>`},
	{"play-podcast-image", `<p:image xmlns:p='http://www.google.com/schemas/play-podcasts/1.0' href='§'/>`},
	{"media-url", `<p:x xmlns:p='http://search.yahoo.com/mrss/' url='§'/>`},
	{"media-href", `<p:x xmlns:p='http://search.yahoo.com/mrss/' href='§'/>`},
	{"media-back-link", `<p:backLink xmlns:p='http://search.yahoo.com/mrss/'>§</p:backLink>`},
	{"saml-location", `<p:x xmlns:p='urn:oasis:names:tc:SAML:2.0:metadata' Location='§'/>`},
	{"saml-response-location", `<p:x xmlns:p='urn:oasis:names:tc:SAML:2.0:metadata' ResponseLocation='§'/>`},
	{"saml-organization-url", `<p:OrganizationURL xmlns:p='urn:oasis:names:tc:SAML:2.0:metadata'>§</p:OrganizationURL>`},
	{"saml-additional-metadata", `<p:AdditionalMetadataLocation xmlns:p='urn:oasis:names:tc:SAML:2.0:metadata'>` +
		`§</p:AdditionalMetadataLocation>`},
	{"saml-logo", `<p:Logo xmlns:p='urn:oasis:names:tc:SAML:metadata:ui'>§</p:Logo>`},
	{"saml-information-url", `<p:InformationURL xmlns:p='urn:oasis:names:tc:SAML:metadata:ui'>§</p:InformationURL>`},
	{"saml-privacy-url", `<p:PrivacyStatementURL xmlns:p='urn:oasis:names:tc:SAML:metadata:ui'>§</p:PrivacyStatementURL>`},
	{"saml-discovery-location", `<p:DiscoveryResponse ` +
		`xmlns:p='urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol' Location='§'/>`},
	{"saml-destination", `<p:x xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' Destination='§'/>`},
	{"saml-consumer-service", `<p:AuthnRequest xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' ` +
		`AssertionConsumerServiceURL='§'/>`},
	{"saml-get-complete", `<p:GetComplete xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'>§</p:GetComplete>`},
	{"saml-recipient", `<p:SubjectConfirmationData xmlns:p='urn:oasis:names:tc:SAML:2.0:assertion' Recipient='§'/>`},
	{"saml-assertion-uri", `<p:AssertionURIRef xmlns:p='urn:oasis:names:tc:SAML:2.0:assertion'>§</p:AssertionURIRef>`},
	{"saml-context-declaration", `<p:AuthnContextDeclRef xmlns:p='urn:oasis:names:tc:SAML:2.0:assertion'>` +
		`§</p:AuthnContextDeclRef>`},
	{"wsdl-soap-address", `<p:address xmlns:p='http://schemas.xmlsoap.org/wsdl/soap/' location='§'/>`},
	{"wsa-address", `<p:Address xmlns:p='http://www.w3.org/2005/08/addressing'>§</p:Address>`},
	{"wsa-to", `<p:To xmlns:p='http://www.w3.org/2005/08/addressing'>§</p:To>`},
	{"wsse-reference", `<p:Reference ` +
		`xmlns:p='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd' URI='§'/>`},
	{"mex-location", `<p:Location xmlns:p='http://schemas.xmlsoap.org/ws/2004/09/mex'>§</p:Location>`},
	{"upnp-base", `<p:URLBase xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:URLBase>`},
	{"upnp-description", `<p:SCPDURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:SCPDURL>`},
	{"upnp-control", `<p:controlURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:controlURL>`},
	{"upnp-event", `<p:eventSubURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:eventSubURL>`},
	{"upnp-presentation", `<p:presentationURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:presentationURL>`},
	{"upnp-icon", `<p:url xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:url>`},
	{"upnp-manufacturer", `<p:manufacturerURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:manufacturerURL>`},
	{"upnp-model", `<p:modelURL xmlns:p='urn:schemas-upnp-org:device-1-0'>§</p:modelURL>`},
	{"opensearch-url", `<p:Url xmlns:p='http://a9.com/-/spec/opensearch/1.1/' template='§'/>`},
	{"opensearch-image", `<p:Image xmlns:p='http://a9.com/-/spec/opensearch/1.1/'>§</p:Image>`},
	{"xrd-link", `<p:Link xmlns:p='http://docs.oasis-open.org/ns/xri/xrd-1.0' href='§'/>`},
	{"xrd-template", `<p:Link xmlns:p='http://docs.oasis-open.org/ns/xri/xrd-1.0' template='§'/>`},
	{"dav-href", `<p:href xmlns:p='DAV:'>§</p:href>`},
	{"xspf-location", `<p:location xmlns:p='http://xspf.org/ns/0/'>§</p:location>`},
	{"xspf-image", `<p:image xmlns:p='http://xspf.org/ns/0/'>§</p:image>`},
	{"xspf-info", `<p:info xmlns:p='http://xspf.org/ns/0/'>§</p:info>`},
	{"xspf-license", `<p:license xmlns:p='http://xspf.org/ns/0/'>§</p:license>`},
	{"xspf-link", `<p:link xmlns:p='http://xspf.org/ns/0/' rel='x'>§</p:link>`},
	{"dash-base-url", `<p:BaseURL xmlns:p='urn:mpeg:dash:schema:mpd:2011'>§</p:BaseURL>`},
	{"dash-location", `<p:Location xmlns:p='urn:mpeg:dash:schema:mpd:2011'>§</p:Location>`},
	{"dash-media", `<p:x xmlns:p='urn:mpeg:dash:schema:mpd:2011' media='§'/>`},
	{"dash-initialization", `<p:SegmentTemplate xmlns:p='urn:mpeg:dash:schema:mpd:2011' initialization='§'/>`},
	{"dash-source", `<p:x xmlns:p='urn:mpeg:dash:schema:mpd:2011' sourceURL='§'/>`},
	{"dash-index", `<p:SegmentTemplate xmlns:p='urn:mpeg:dash:schema:mpd:2011' index='§'/>`},
	{"dash-index-of-segment", `<p:SegmentURL xmlns:p='urn:mpeg:dash:schema:mpd:2011' index='§'/>`},
	{"dash-bitstream-switching", `<p:SegmentTemplate xmlns:p='urn:mpeg:dash:schema:mpd:2011' bitstreamSwitching='§'/>`},
	{"dash-utc-timing", `<p:UTCTiming xmlns:p='urn:mpeg:dash:schema:mpd:2011' value='§'/>`},
	{"dash-patch", `<p:PatchLocation xmlns:p='urn:mpeg:dash:schema:mpd:2011' ttl='9'>§</p:PatchLocation>`},
	{"dash-content-steering", `<p:ContentSteering xmlns:p='urn:mpeg:dash:schema:mpd:2011'>§</p:ContentSteering>`},
	{"metalink-url", `<p:url xmlns:p='urn:ietf:params:xml:ns:metalink'>§</p:url>`},
	{"metalink-meta-url", `<p:metaurl xmlns:p='urn:ietf:params:xml:ns:metalink'>§</p:metaurl>`},
	{"metalink-origin", `<p:origin xmlns:p='urn:ietf:params:xml:ns:metalink'>§</p:origin>`},
	{"wadl-base", `<p:resources xmlns:p='http://wadl.dev.java.net/2009/02' base='§'/>`},
	{"wadl-href", `<p:include xmlns:p='http://wadl.dev.java.net/2009/02' href='§'/>`},
	{"xliff-href", `<p:external-file xmlns:p='urn:oasis:names:tc:xliff:document:1.2' href='§'/>`},
	{"gpx-link", `<p:link xmlns:p='http://www.topografix.com/GPX/1/1' href='§'/>`},
	{"gpx-url", `<p:url xmlns:p='http://www.topografix.com/GPX/1/1'>§</p:url>`},
	{"epub-href", `<p:x xmlns:p='http://www.idpf.org/2007/opf' href='§'/>`},
	{"epub-content", `<p:content xmlns:p='http://www.daisy.org/z3986/2005/ncx/' src='§'/>`},
	{"epub-root-file", `<p:rootfile xmlns:p='urn:oasis:names:tc:opendocument:xmlns:container' full-path='§'/>`},
	{"odf-dde-application", `<a xmlns:p='urn:oasis:names:tc:opendocument:xmlns:office:1.0' p:dde-application='§'/>`},
	{"odf-dde-topic", `<a xmlns:p='urn:oasis:names:tc:opendocument:xmlns:office:1.0' p:dde-topic='§'/>`},
	{"odf-connection", `<a xmlns:p='urn:oasis:names:tc:opendocument:xmlns:text:1.0' p:connection-name='§'/>`},
	{"odf-image-data", `<a xmlns:p='urn:oasis:names:tc:opendocument:xmlns:form:1.0' p:image-data='§'/>`},
	{"odf-connection-resource", `<a xmlns:p='urn:oasis:names:tc:opendocument:xmlns:form:1.0' p:connection-resource='§'/>`},
	{"spring-import", `<p:import xmlns:p='http://www.springframework.org/schema/beans' resource='§'/>`},
	{"spring-location", `<p:x xmlns:p='http://www.springframework.org/schema/context' location='§'/>`},
	{"spring-jndi-name", `<p:x xmlns:p='http://www.springframework.org/schema/jee' jndi-name='§'/>`},
	{"bpmn-import", `<p:import xmlns:p='http://www.omg.org/spec/BPMN/20100524/MODEL' location='§'/>`},
	{"dmn-import", `<p:import xmlns:p='http://www.omg.org/spec/DMN/20180521/MODEL/' locationURI='§'/>`},
	{"msbuild-import", `<p:Import xmlns:p='http://schemas.microsoft.com/developer/msbuild/2003' Project='§'/>`},
	{"msbuild-sdk", `<p:x xmlns:p='http://schemas.microsoft.com/developer/msbuild/2003' Sdk='§'/>`},
	{"msbuild-task", `<p:UsingTask xmlns:p='http://schemas.microsoft.com/developer/msbuild/2003' AssemblyFile='§'/>`},
	{"fo-src", `<p:x xmlns:p='http://www.w3.org/1999/XSL/Format' src='¤url("§")'/>`},
	{"fo-external-destination", `<p:basic-link xmlns:p='http://www.w3.org/1999/XSL/Format' ` +
		`external-destination='¤url("§")'/>`},
	{"fo-background", `<p:x xmlns:p='http://www.w3.org/1999/XSL/Format' background-image='¤url("§")'/>`},
	{"dita-href", `<bookmap><x href='§'/></bookmap>`},
	{"dita-conref", `<bookmap><x conref='§'/></bookmap>`},
	{"dita-conref-end", `<bookmap><x conrefend='§'/></bookmap>`},
	{"dita-data", `<bookmap><object data='§'/></bookmap>`},
	{"css-url", `<svg xmlns='http://www.w3.org/2000/svg'><rect fill='¤url(§)'/></svg>`},
	{"css-import", `<svg xmlns='http://www.w3.org/2000/svg'>¤<style>@import '§';</style></svg>`},
	{"ooxml-relationship", `<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>` +
		`<Relationship Type='x/image' Target='§' TargetMode='External'/></Relationships>`},
	{"ooxml-field", `<w:instrText xmlns:w='u'>¤ INCLUDEPICTURE "§" \d</w:instrText>`},
	{"ooxml-formula", `<c>¤<f>WEBSERVICE("§")</f></c>`},
	{"ooxml-query", `<connections><connection><webPr url='§'/></connection></connections>`},
	{"ooxml-external-book", `<externalLink><ddeLink ddeService='§'/></externalLink>`},
	{"ooxml-mail-merge", `<w:connectString xmlns:w='u' w:val='§'/>`},
	{"ooxml-action", `<a:hlinkClick xmlns:a='u' action='§'/>`},
	{"ooxml-video", `<wp15:webVideoPr xmlns:wp15='u' embeddedHtml='§'/>`},
	{"ooxml-web-extension", `<x>¤<we:webextension xmlns:we='u' id='§'/></x>`},
	{"ooxml-schema", `<sl:schema xmlns:sl='http://schemas.openxmlformats.org/schemaLibrary/2006/main' ` +
		`sl:schemaLocation='§'/>`},
	{"vml-src", `<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' src='§'/>`},
}

// TestMechanisms has EachReference report every mechanism that there is, with what it names and
// where.
func TestMechanisms(t *testing.T) {
	documents := map[string]string{}
	for _, r := range &references {
		documents[r.id] = r.document
	}
	for m := range safexml.Mechanisms() {
		t.Run(m.ID, func(t *testing.T) {
			document, ok := documents[m.ID]
			if !ok {
				t.Fatal("no document")
			}
			delete(documents, m.ID)
			const uri = "http://evil.example/x"
			offset := strings.Index(document, "¤")
			document = strings.ReplaceAll(document, "¤", "")
			if offset < 0 {
				offset = strings.Index(document, "§")
			}
			document = "<!-- 1\n2 -->\n" + strings.ReplaceAll(document, "§", uri)
			offset += len("<!-- 1\n2 -->\n")
			var found []string
			err := safexml.EachReference(t.Context(), strings.NewReader(document), sensible,
				func(r safexml.Reference) error {
					found = append(found, r.Mechanism.ID+" "+r.URI)
					if r.Mechanism != m {
						return nil
					}
					line := 1 + strings.Count(document[:offset], "\n")
					column := offset - strings.LastIndexByte(document[:offset], '\n')
					if r.URI != uri || r.Resolved != uri || r.Offset != int64(offset) || r.Line != line ||
						r.Column != column {
						t.Errorf("%+v; want %s at %d, line %d, column %d", r, uri, offset, line, column)
					}
					found = append(found, "ok")
					return nil
				})
			if err != nil {
				t.Error(err)
			}
			if !strings.Contains(strings.Join(found, " "), m.ID+" "+uri+" ok") {
				t.Errorf("not reported in %s; found %v", document, found)
			}
			if m.Rule == "" {
				return
			}
			if rule := ruleOf(t, []byte(document)); rule != string(m.Rule) {
				t.Errorf("refused under %q; want %s", rule, m.Rule)
			}
		})
	}
	for id := range documents {
		t.Errorf("no mechanism %s", id)
	}
}

// TestNamesOfReferences has attributes that some program takes for the one of a mechanism, and
// their neighbours.
func TestNamesOfReferences(t *testing.T) {
	for document, want := range map[string]string{
		`<p:include xmlns:p='http://www.w3.org/2001/XInclude' p:href='a'/>`:                    "xinclude a",
		`<include xmlns='http://www.w3.org/2001/XInclude' xmlns:q='urn:q' q:href='a'/>`:        "xinclude a",
		`<include xmlns='http://www.w3.org/2001/XInclude' xmlns:q='u:q' q:href='a' href='b'/>`: "xinclude a, xinclude b",
		`<include xmlns='http://www.w3.org/2001/XInclude' xmlns:href='urn:q'/>`:                "",
		`<include xmlns='http://www.w3.org/2001/XInclude' hrefs='urn:q' Href='a'/>`:            "",
		`<import xmlns='http://www.w3.org/1999/XSL/Transform' _href='a'/>`:                     "xslt-import a",
		`<import xmlns='http://www.w3.org/1999/XSL/Transform' __href='a' _='b'/>`:              "",
		`<import xmlns='http://www.w3.org/2001/XMLSchema' _schemaLocation='a'/>`:               "",
		`<import xmlns='http://www.w3.org/2001/XMLSchema' xmlns:q='http://www.w3.org/2001/XMLSchema-instance' ` +
			`q:noNamespaceSchemaLocation='a'/>`: "xsi-no-namespace-schema-location a",
		`<a xmlns='http://www.w3.org/1999/xhtml' xmlns:q='http://www.w3.org/1999/xlink' q:href='a'/>`: "xlink-href a",
		`<a xmlns='http://www.w3.org/1999/xhtml' xmlns:q='urn:q' q:href='a'/>`:                        "xhtml-a-href a",
		`<kml><NetworkLink><Link><href>a</href></Link></NetworkLink></kml>`:                           "kml-href a",
		`<urlset><url><loc>a</loc></url></urlset>`:                                                    "sitemap-loc a",
		`<gpx><link href='a'/></gpx>`:                                                                 "gpx-link a",
		`<html><img src='a'/></html>`:                                                                 "xhtml-img-src a",
		`<x><html><img src='a'/></html></x>`:                                                          "",
		`<?xml-stylesheet x href="a" title='href' href = 'b&#99;'?><a/>`: "instruction-xml-stylesheet a, " +
			"instruction-xml-stylesheet bc",
		`<?xml-stylesheet title="href='a'" xhref="b" href=c?><a/>`:           "",
		`<rss xmlns='http://backend.userland.com/rss2'><link>a</link></rss>`: "rss-link a",
	} {
		var found []string
		err := safexml.EachReference(t.Context(), strings.NewReader(document), sensible, func(r safexml.Reference) error {
			found = append(found, r.Mechanism.ID+" "+r.URI)
			return nil
		})
		if got := strings.Join(found, ", "); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", document, got, err, want)
		}
	}
}
