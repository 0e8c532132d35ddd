package xmltest

// benignSyntax comes close to breaking the rules of bytes.
func benignSyntax() []recipe {
	return []recipe{
		text(notWellFormed, "smallest", "<a/>"),
		text(notWellFormed, "everything",
			"\ufeff<?xml version='1.0' encoding=\"utf-8\" standalone='no' ?>\r\n<!-- - - -->\n<?target data?>\n<a b = 'c' "+
				"d\n=\t\"e'f\" >t<b/>&lt;&#x10FFFF;<![CDATA[ ]] ]> <&]]><?x?><c\t></c ></a\n>\n<!----><?y z?>\n"),
		text(notWellFormed, "greater-than-in-text", "<a> ]] > ]]&gt; > -- </a>"),
		text(notWellFormed, "quotes-in-values", `<a b='"' c="'" d='&lt;>'/>`),
		text(notWellFormed, "names-of-the-fifth-edition", "<\U00012000 \u212e='1' a\u00b7='2' x.-_9='3'/>"),
		text(notWellFormed, "namespaces",
			"<a xmlns='u' xmlns:b='v'><b:a b:c='1' c='2' xml:lang='en'><d xmlns=''/></b:a></a>"),
		text(notWellFormed, "same-local-names", "<a xmlns:b='u' xmlns:c='v' b:d='1' c:d='2' d='3'/>"),
		text(notWellFormed, "prefix-bound-again", "<a xmlns:b='u'><c xmlns:b='v' b:d=''/><b:e/></a>"),
		text(notWellFormed, "prefix-xml-declared", "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>"),
		text(notWellFormed, "leading-zeros", "<a>&#0000000000000000065;</a>"),
		text(notWellFormed, "version-1.9", "<?xml version='1.9'?><a/>"),
		text(notWellFormed, "version-1.1", "<?xml version='1.1'?><a b='é&#x85;'>\u0084\u0086\u2027\u2029&#x2028;</a>"),
		text(notWellFormed, "delete-and-c1", "<a>\x7f\u0085\u009f\ufffd\u2028</a>"),
		text(entity, "the-five", "<a b='&quot;&apos;'>&lt;&gt;&amp;</a>"),
		text(encoding, "byte-order-mark", "\ufeff<a/>"),
		text(encoding, "label-in-lower-case", "<?xml version='1.0' encoding='utf-8'?><a>é€\U0001f600</a>"),
		text(encoding, "label-without-hyphen", "<?xml version='1.0' encoding='utf8'?><a>é</a>"),
		text(encoding, "latin-1-all-ascii", "<?xml version='1.0' encoding='ISO-8859-1'?><a>&#233;</a>"),
		text(encoding, "ascii", "<?xml version='1.0' encoding='US-ASCII'?><a>a</a>"),
		text(doctype, "in-a-comment", "<a><!-- <!DOCTYPE a> --></a>"),
		text(doctype, "name-alone", "<?xml version='1.0'?>\n<!DOCTYPE\r\n\ta\n>\n<a/>"),
		text(doctype, "html", "<!-- x --><!DOCTYPE html ><html/>"),
		under("SkipDoctype", text(doctype, "epub", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" "+
			"\"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">\n<html xmlns='http://www.w3.org/1999/xhtml'/>")),
		under("SkipDoctype", text(doctype, "plist", "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "+
			"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version='1.0'/>")),
		under("SkipDoctype", text(doctype, "kde", "<!DOCTYPE gui SYSTEM \"kpartgui.dtd\"><gui/>")),
		under("SVG, SkipDoctype", text(doctype, "svg", "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "+
			"\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg xmlns='http://www.w3.org/2000/svg'/>")),
		under("HTMLEntities", text(entity, "html-names", "<a b='&nbsp;&eacute;'>&auml;&hellip;&euro;&Alpha;&lt;</a>")),
		text(subset, "in-cdata", "<a><![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]></a>"),
	}
}

// benignFetches comes close to having something fetched.
func benignFetches() []recipe {
	return []recipe{
		text(instruction, "others", `<?xml-style href="x"?><a><?php echo 1; ?><?mso-application progid="Word.Document"?>`+
			`</a>`),
		text(xinclude, "other-namespace", `<include href="x" xmlns="http://www.w3.org/2001/xinclude"/>`),
		text(schemaLocation, "other-attributes", `<a schemaLocation="x"`+nsXSI+` xsi:type="b" xsi:nil="true"/>`),
		text(schemaImport, "without-location", `<xs:schema`+nsXSD+`><xs:import namespace="u"/></xs:schema>`),
		text(xsltImport, "name-alone",
			`<xsl:stylesheet version="1.0"`+nsXSL+`><xsl:template match="document"><p title="my document (draft)">`+
				`<xsl:value-of select="my-document(1) + @doc"/></p></xsl:template></xsl:stylesheet>`),
		text(xsltImport, "evaluate-by-name", `<xsl:stylesheet version="1.0"`+nsXSL+`><xsl:template match="evaluate">`+
			`<xsl:value-of select="evaluate/eval + my:evaluate-all(1)" xmlns:my="urn:my"/></xsl:template></xsl:stylesheet>`),
		text(xsltImport, "shadow-that-is-no-expression", `<xsl:stylesheet version="3.0"`+nsXSL+`><xsl:mode `+
			`_streamable="{$STREAMABLE}" on-no-match="shallow-copy"/><xsl:template match="x" _priority="{$p}">`+
			`<a _href="{@x}" _select="y"/></xsl:template></xsl:stylesheet>`),
		text(xsltImport, "names-without-calls", `<xsl:stylesheet version="3.0"`+nsXSL+`><xsl:template match="document">`+
			`<xsl:document><a href="x"/></xsl:document><xsl:value-of select="Q{urn:java:x}f(1) + Q{}a"/>`+
			`<xsl:merge-source select="a"/></xsl:template><xsl:output href="x" method="xml"/></xsl:stylesheet>`),
		text(schemaImport, "location-of-instances", `<xs:schema`+nsXSD+nsXSI+`><xs:import namespace="u" `+
			`xsi:type="xs:x" x:href="y" xmlns:x="urn:x"/></xs:schema>`),
		text(active, "namespaces-of-processors", `<xsl:stylesheet version="1.0"`+nsXSL+` xmlns:e="http://exslt.org/common" `+
			`xmlns:s="http://icl.com/saxon" xmlns:x="http://xml.apache.org/xalan"><xsl:copy-of select="e:node-set($x)"/>`+
			`</xsl:stylesheet>`),
		text(active, "namespace-of-java-without-stylesheet", `<a xmlns:j="java:java.util.Date"/>`),
		text(external, "link", `<a`+nsXLink+` xlink:href="http://example.com/" xlink:show="new"/>`),
		text(external, "embedded-part-in-base", `<a`+nsXLink+` xml:base="%zz/"><b xlink:show="embed" xlink:href="x"/>`+
			`<c xml:base="http://example.com/"><d xlink:show="embed" xlink:href="data:text/plain,x"/></c></a>`),
		text(external, "embedded-part",
			`<a`+nsXLink+` xlink:href="Pictures/1.png" xlink:show="embed" xlink:actuate="onLoad"/>`),
		text(active, "element-named-script", `<script xmlns="urn:x">alert(1)</script>`),
	}
}
