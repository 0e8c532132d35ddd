package safexml

// genericRows holds what programs follow that only mean to parse, to validate or to transform, whatever the document is about.
var genericRows = [...]row{
	{Mechanism{"doctype-external", "XML", "system identifier of the document type declaration", RuleDoctype}, vocabNone, "", "", systemID},
	{Mechanism{"xinclude", "XInclude", "include, and every other element of the namespace", RuleXInclude}, vocabXInclude, "*", "href", presence},
	{Mechanism{"xsi-schema-location", "XML Schema", "xsi:schemaLocation", RuleSchemaLocation}, vocabXSI, "", "schemaLocation", pairs},
	{Mechanism{"xsi-no-namespace-schema-location", "XML Schema", "xsi:noNamespaceSchemaLocation", RuleSchemaLocation}, vocabXSI, "", "noNamespaceSchemaLocation", oneURI},
	{Mechanism{"xsd-import", "XML Schema", "schemaLocation of import", RuleSchemaImport}, vocabXSD, "import", "schemaLocation", oneURI},
	{Mechanism{"xsd-include", "XML Schema", "schemaLocation of include", RuleSchemaImport}, vocabXSD, "include", "schemaLocation", oneURI},
	{Mechanism{"xsd-redefine", "XML Schema", "schemaLocation of redefine", RuleSchemaImport}, vocabXSD, "redefine", "schemaLocation", oneURI},
	{Mechanism{"xsd-override", "XML Schema", "schemaLocation of override", RuleSchemaImport}, vocabXSD, "override", "schemaLocation", oneURI},
	{Mechanism{"wsdl-import", "WSDL", "location of import", RuleSchemaImport}, vocabWSDL, "import", "location", oneURI},
	{Mechanism{"wsdl-include", "WSDL", "location of include", RuleSchemaImport}, vocabWSDL, "include", "location", oneURI},
	{Mechanism{"wsdl-location", "WSDL", "wsdli:wsdlLocation", RuleSchemaLocation}, vocabWSDLInstance, "", "wsdlLocation", pairs},
	{Mechanism{"relaxng-include", "RELAX NG", "href of include", RuleSchemaImport}, vocabRelaxNG, "include", "href", oneURI},
	{Mechanism{"relaxng-external-ref", "RELAX NG", "href of externalRef", RuleSchemaImport}, vocabRelaxNG, "externalRef", "href", oneURI},
	{Mechanism{"schematron-include", "Schematron", "href of include", RuleSchemaImport}, vocabSchematron, "include", "href", oneURI},
	{Mechanism{"schematron-extends", "Schematron", "href of extends", RuleSchemaImport}, vocabSchematron, "extends", "href", oneURI},
	{Mechanism{"nvdl-validate", "NVDL", "schema of validate", RuleSchemaImport}, vocabNVDL, "validate", "schema", oneURI},
	{Mechanism{"xslt-import", "XSLT", "href of import", RuleXSLTImport}, vocabXSLT, "import", "href", oneURI},
	{Mechanism{"xslt-include", "XSLT", "href of include", RuleXSLTImport}, vocabXSLT, "include", "href", oneURI},
	{Mechanism{"xslt-import-schema", "XSLT", "schema-location of import-schema", RuleXSLTImport}, vocabXSLT, "import-schema", "schema-location", oneURI},
	{Mechanism{"xslt-source-document", "XSLT", "href of source-document", RuleXSLTImport}, vocabXSLT, "source-document", "href", oneURI},
	{Mechanism{"xslt-stream", "XSLT", "href of stream", RuleXSLTImport}, vocabXSLT, "stream", "href", oneURI},
	{Mechanism{"xslt-result-document", "XSLT", "href of result-document", RuleXSLTImport}, vocabXSLT, "result-document", "href", oneURI},
	{Mechanism{"xslt-function", "XSLT", "document(), unparsed-text() and their like in XPath", RuleXSLTImport}, vocabXSLT, "", "", xpathCall},
	{Mechanism{"xproc-import", "XProc", "href of import", RuleExternalReference}, vocabXProc, "import", "href", oneURI},
	{Mechanism{"xproc-document", "XProc", "href of document", RuleExternalReference}, vocabXProc, "document", "href", oneURI},
	{Mechanism{"xproc-data", "XProc", "href of data", RuleExternalReference}, vocabXProc, "data", "href", oneURI},
	{Mechanism{"xlink-href", "XLink", "xlink:href", ""}, vocabXLink, "", "href", oneURI},
	{Mechanism{"xlink-on-load", "XLink", "xlink:href with actuate=onLoad or show=embed", RuleExternalReference}, vocabXLink, "", "href", linkedOnLoad},
	{Mechanism{"xslt-script", "XSLT", "script in the namespace of a processor", RuleActiveContent}, vocabCode, "script", "src", presence},
	{Mechanism{"xslt-component", "XSLT", "component in the namespace of a processor", RuleActiveContent}, vocabCode, "component", "src", presence},
	{Mechanism{"xslt-extension-document", "XSLT", "href of document in the namespace of EXSLT", RuleXSLTImport}, vocabCode, "document", "href", presence},
	{Mechanism{"xslt-extension-write", "XSLT", "file of write in the namespace of a processor", RuleXSLTImport}, vocabCode, "write", "file", presence},
}

// instructionRows holds the processing instructions that name a resource, under their targets.
var instructionRows = [...]row{
	{Mechanism{"instruction-xml-stylesheet", "xml-stylesheet", "href of the instruction xml-stylesheet", RuleProcessingInstruction}, vocabNone, "xml-stylesheet", "href", pseudo},
	{Mechanism{"instruction-xml-model", "xml-model", "href of the instruction xml-model", RuleProcessingInstruction}, vocabNone, "xml-model", "href", pseudo},
	{Mechanism{"instruction-oasis-xml-catalog", "XML Catalogs", "catalog of the instruction oasis-xml-catalog", RuleProcessingInstruction}, vocabNone, "oasis-xml-catalog", "catalog", pseudo},
	{Mechanism{"instruction-import", "HTML components", "implementation of the instruction import", RuleProcessingInstruction}, vocabNone, "import", "implementation", pseudo},
	{Mechanism{"instruction-xul-overlay", "XUL", "href of the instruction xul-overlay", RuleProcessingInstruction}, vocabNone, "xul-overlay", "href", pseudo},
	{Mechanism{"instruction-oxygen", "oXygen", "RNGSchema of the instruction oxygen", RuleProcessingInstruction}, vocabNone, "oxygen", "RNGSchema", pseudo},
	{Mechanism{"instruction-dsd", "DSD", "href of the instruction dsd", RuleProcessingInstruction}, vocabNone, "dsd", "href", pseudo},
}
