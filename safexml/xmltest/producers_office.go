package xmltest

const relationTypes = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

// benignParts has parts of office documents in the shape of each program that writes them.
func benignParts() []recipe {
	by := func(program, part, document string) recipe {
		return under("OOXML, PartName("+part+")", text(officeExternal, "by-"+program+"/"+part, document))
	}
	const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"
	return []recipe{
		by("word", "[Content_Types].xml", declaration+`<Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
 ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override
 PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`),
		by("word", "word/document.xml", declaration+`<w:document
 xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14"><w:body><w:p
 w14:paraId="4F8A2B3C" w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>
<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:r><w:t xml:space="preserve">Report </w:t></w:r><w:hyperlink r:id="rId4"
 w:history="1"><w:r><w:t>here</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText
 xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>
<w:fldChar w:fldCharType="end"/></w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent
 cx="914400" cy="914400"/><wp:docPr id="1" name="Text Box 1"/><a:graphic
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:bodyPr/></wps:wsp>
</a:graphicData>
</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shapetype id="_x0000_t202"
 coordsize="21600,21600"
 o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype><v:shape id="Text Box 1"
 type="#_x0000_t202" style="width:1in;height:1in"><v:imagedata r:id="rId5" o:title=""/></v:shape></w:pict>
</mc:Fallback>
</mc:AlternateContent></w:p><w:sectPr w:rsidR="00A77B3E"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body>
</w:document>`),
		by("word", "word/_rels/document.xml.rels", declaration+`<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
 Id="rId1" Type=`+relationTypes+`styles" Target="styles.xml"/><Relationship Id="rId4" Type=`+relationTypes+`hyperlink"
 Target="https://www.example.org/a?b=1&amp;c=2" TargetMode="External"/><Relationship
 Id="rId5" Type=`+relationTypes+`image"
 Target="media/image1.jpeg"/><Relationship Id="rId6" Type=`+relationTypes+`customXml"
 Target="../customXml/item1.xml"/>
</Relationships>`),
		by("word", "docProps/app.xml", declaration+`<Properties
 xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Template>Normal.dotm</Template>
<TotalTime>3
</TotalTime><HyperlinkBase>https://www.example.org/</HyperlinkBase><HeadingPairs><vt:vector size="2"
 baseType="variant">
<vt:variant><vt:lpstr>Title</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector>
</HeadingPairs>
<AppVersion>16.0000</AppVersion></Properties>`),
		by("excel", "xl/workbook.xml", declaration+`<workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15 xr"
 xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
 xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><fileVersion appName="xl" lastEdited="7"
 lowestEdited="7" rupBuild="22228"/><workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice
 Requires="x15">
<x15ac:absPath url="C:\Users\user\Documents\"
 xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/>
</mc:Choice></mc:AlternateContent><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800"/></bookViews>
<sheets>
<sheet name="Data &amp; sums" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName
 name="_xlnm._FilterDatabase"
 localSheetId="0" hidden="1">'Data &amp; sums'!$A$1:$C$9</definedName><definedName name="_xlnm.Print_Titles"
 localSheetId="0">'Data &amp; sums'!$1:$1</definedName></definedNames><calcPr calcId="191029"/></workbook>`),
		by("excel", "xl/worksheets/sheet1.xml", declaration+`<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"
 xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetPr filterMode="1"/><dimension
 ref="A1:C9"/>
<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"
 state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col
 min="1"
 max="3" width="9.140625"/></cols><sheetData><row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v>
</c><c
 r="B1"><f>SUM(B2:B9)*IF(A2="DDE",1,2)&amp;"|"</f><v>3</v></c><c r="C1">
<f>_xlfn.XLOOKUP(A1,Table1[Name],Table1[Price])</f>
</c></row></sheetData><autoFilter ref="A1:C9"/><hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="A2"
 location="Sheet2!A1" display="next"/></hyperlinks><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75"
 header="0.3"
 footer="0.3"/><pageSetup paperSize="9" orientation="portrait" r:id="rId2"/></worksheet>`),
		by("powerpoint", "ppt/slides/slide1.xml", declaration+`<p:sld
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1"
 name=""/>
<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"><a:extLst><a:ext
 uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"><a16:creationId
 xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" id="{00000000-0000-0000-0000-000000000001}"/>
</a:ext>
</a:extLst></p:cNvPr></p:nvSpPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-US"><a:hlinkClick r:id="rId2"/>
</a:rPr><a:t>A
</a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/></a:rPr>
<a:t>next</a:t></a:r>
</a:p></p:txBody></p:sp><p:pic><p:blipFill><a:blip r:embed="rId3"/></p:blipFill></p:pic></p:spTree></p:cSld>
<p:timing/>
</p:sld>`),
		by("libreoffice", "word/settings.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="709"/><w:autoHyphenation w:val="true"/><w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`),
		by("libreoffice", "xl/styles.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt
 numFmtId="164"
 formatCode="General"/></numFmts><fonts count="1"><font><sz val="10"/><name val="Arial"/><family val="2"/></font>
</fonts>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`),
		by("google-docs", "word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"
 xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas"><w:background w:color="ffffff"/><w:body><w:p
 w:rsidR="00000000" w:rsidDel="00000000"><w:pPr><w:rPr/></w:pPr><w:hyperlink r:id="rId6"><w:r><w:rPr><w:color
 w:val="1155cc"/><w:u w:val="single"/><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">link</w:t></w:r>
</w:hyperlink>
</w:p></w:body></w:document>`),
		by("apache-poi", "xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetViews>
<sheetView
 workbookViewId="0" tabSelected="true"/></sheetViews><sheetFormatPr defaultRowHeight="15.0"/><sheetData><row r="1"><c
 r="A1"
 t="inlineStr"><is><t>a</t></is></c><c r="B1"><f>VLOOKUP(A1,Sheet2!A:B,2,FALSE)</f></c></row></sheetData>
</worksheet>`),
		by("openpyxl", "xl/worksheets/sheet1.xml", `<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><outlinePr
 summaryBelow="1" summaryRight="1"/><pageSetUpPr/></sheetPr><dimension ref="A1:B1"/><sheetData><row r="1"><c r="A1"
 t="n"><v>1
</v></c><c r="B1"><f>HYPERLINK("https://example.org/","x")</f><v/></c></row></sheetData></worksheet>`),
		by("excelize", "xl/_rels/workbook.xml.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Target="/xl/worksheets/sheet1.xml" Type=`+relationTypes+`worksheet"></Relationship></Relationships>`),
	}
}
