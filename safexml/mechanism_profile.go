package safexml

// cssRows holds what CSS loads, wherever a document carries CSS. Only the SVG profile refuses it.
var cssRows = [...]row{
	{Mechanism{"css-url", "CSS", "url(), image-set() and their like, in style elements, style attributes and presentation attributes", ""}, vocabNone, "", "", inCSS},
	{Mechanism{"css-import", "CSS", "@import in style elements", ""}, vocabNone, "style", "", inCSS},
}

// officeRows holds what parts of office documents have Office fetch. Only the OOXML profile refuses
// it.
var officeRows = [...]row{
	{Mechanism{"ooxml-relationship", "OOXML", "Target of Relationship that leads out of the package", ""}, vocabNone,
		"Relationship", "Target", inOffice},
	{Mechanism{"ooxml-field", "OOXML",
		"fields that fetch or run: DDE, DDEAUTO, INCLUDEPICTURE, INCLUDETEXT, IMPORT, LINK and their like", ""},
		vocabNone, "instrText", "", inOffice},
	{Mechanism{"ooxml-formula", "OOXML", "WEBSERVICE, IMAGE, RTD, DDE and books by their path in formulas", ""}, vocabNone, "f", "",
		inOffice},
	{Mechanism{"ooxml-query", "OOXML", "url, connection and sourceFile of webPr, dbPr and textPr, odcFile and sourceFile of connection", ""}, vocabNone,
		"webPr", "url", inOffice},
	{Mechanism{"ooxml-external-book", "OOXML",
		"ddeLink, oleLink, externalBook, attachedTemplate, altChunk, subDoc and linked objects", ""}, vocabNone,
		"ddeLink", "", inOffice},
	{Mechanism{"ooxml-mail-merge", "OOXML", "connectString and query of mailMerge", ""}, vocabNone, "connectString",
		"val", inOffice},
	{Mechanism{"ooxml-action", "OOXML", "action of hlinkClick and hlinkHover", ""}, vocabNone, "hlinkClick", "action",
		inOffice},
	{Mechanism{"vml-src", "VML", "src, href and althref of VML", ""}, vocabNone, "imagedata", "src", inOffice},
	{Mechanism{"ooxml-video", "OOXML", "embeddedHtml of webVideoPr", ""}, vocabNone, "webVideoPr", "embeddedHtml",
		inOffice},
	{Mechanism{"ooxml-web-extension", "OOXML", "taskpane, webextension and webextensionref", ""}, vocabNone,
		"webextension", "id", inOffice},
	{Mechanism{"ooxml-schema", "OOXML",
		"val of attachedSchema, schemaLocation and manifestLocation of schema in a schemaLibrary", ""}, vocabNone,
		"schema", "schemaLocation", inOffice},
}

// Places in officeRows.
const (
	officeRelationship = iota
	officeField
	officeFormula
	officeQuery
	officeBook
	officeMailMerge
	officeAction
	officeVML
	officeVideo
	officeExtension
	officeSchema
)
