package safexml

import (
	"iter"
	"slices"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/signed"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module.
type RuleError = limits.RuleError

// The trust boundary. None of these can be lifted: after each of them is a document that two
// programs read differently.
const (
	// breaks a production of XML 1.0 or a constraint of Namespaces in XML 1.0.
	RuleNotWellFormed = xmlscan.RuleNotWellFormed
	// is not in the encoding it says, or in one that is not read; or says another version than 1.0
	// and has line ends that only XML 1.1 has, U+0085 or U+2028.
	RuleEncoding = xmlscan.RuleEncoding
	// refers to an entity other than lt, gt, amp, quot and apos.
	RuleEntity = xmlscan.RuleEntity
	// declares entities or attributes of its own.
	RuleInternalSubset = xmlscan.RuleInternalSubset
	// under Signed and SAML: a comment, processing instruction or CDATA section.
	RuleSignedNode = signed.RuleSignedNode
	// under Signed and SAML: two elements have one ID.
	RuleDuplicateID = signed.RuleDuplicateID
	// under Signed and SAML: two attributes of one element that programs take for one another.
	RuleAmbiguousAttribute = signed.RuleAmbiguousAttribute
	// under Signed and SAML: a namespace name that is no absolute URI.
	RuleRelativeNamespace = signed.RuleRelativeNamespace
	// under Signed and SAML: a Signature that is not in the form of XML Signature, or of SAML.
	RuleSignatureShape = signed.RuleSignatureShape
	// under SAML: a second assertion, or something where SAML has nothing of the kind.
	RuleSAMLShape = signed.RuleSAMLShape
	// under SVG: what an element draws holds the element itself.
	RuleReferenceCycle = rule.Cycle
)

// Rules that UnsafeAllow lifts one by one. Then the finding goes to Report.Notes; each comment says
// what that means.
const (
	// RuleDoctype: a document type declaration that names more than the root element. SkipDoctype
	// takes one without an internal subset and is no lift; lifted, it is skipped whatever it names
	// and whatever the profile: nothing is fetched, its entities stay unknown, and after NewReader
	// and NewDecoder white space stands in its place. A Tokenizer shows it.
	RuleDoctype = xmlscan.RuleDoctype
	// RuleProcessingInstruction: lifted, instructions that name a stylesheet, a schema or a catalog
	// pass. Others always do.
	RuleProcessingInstruction Rule = "processing-instruction"
	// RuleXInclude: lifted, elements of XInclude pass like any others.
	RuleXInclude Rule = "xinclude"
	// RuleSchemaLocation (many honest documents carry one, such as POM and GPX files): lifted,
	// xsi:schemaLocation and its like pass.
	RuleSchemaLocation Rule = "schema-location"
	// RuleXSLTImport: lifted, stylesheets may import, include and read other documents.
	RuleXSLTImport Rule = "xslt-import"
	// RuleSchemaImport: lifted, schemas and service descriptions may include others.
	RuleSchemaImport Rule = "schema-import"
	// RuleExternalReference: lifted, links that are followed without a click may lead out of the
	// document.
	RuleExternalReference = rule.External
	// RuleActiveContent: lifted, a document may carry program code.
	RuleActiveContent = rule.Active
	// RuleUnlistedContent (under SVG): lifted, elements, attributes and CSS pass that have not been
	// looked at.
	RuleUnlistedContent = rule.Unlisted
	// RuleDrawingCost (under SVG): lifted, a drawing may be as large as it says, and cost what it
	// does.
	RuleDrawingCost = rule.DrawingCost
	// RuleOOXMLExternal (under OOXML): lifted, parts of office documents may have Office fetch
	// files and pages.
	RuleOOXMLExternal = rule.OOXMLExternal
	// RuleOOXMLBounds (under OOXML): lifted, rows and columns may have any number.
	RuleOOXMLBounds = rule.OOXMLBounds
)

// ruleTable holds one line for each rule, the trust boundary first.
var ruleTable = setup.RuleTable{
	{Rule: RuleNotWellFormed, Attack: "A document that is not XML, which each parser repairs in its own way, so that " +
		"filter and consumer read different ones.",
		Advice: "Mend the document at this place: it is not well-formed XML.",
		CWE:    "CWE-436"},
	{Rule: RuleEncoding, Attack: "Bytes and label disagree, overlong forms, a switch of encoding, line ends that XML " +
		"1.1 alone has: markup and text that the filter does not see.",
		Advice: "Save the document as UTF-8, and declare no other encoding, and version 1.0.",
		CWE:    "CWE-838"},
	{Rule: RuleEntity, Attack: "A reference to an entity, which another parser expands to a file, a server's answer or " +
		"gigabytes.",
		Advice: "Write the text itself in place of the entity: only &lt; &gt; &amp; &apos; &quot; and numbers are known.",
		CWE:    "CWE-611"},
	{Rule: RuleInternalSubset, Attack: "Declarations inside the document: entity bombs, external entities, and " +
		"attributes that only some parsers see.",
		Advice: "Remove the declarations between [ and ] from the document type declaration.",
		CWE:    "CWE-776"},
	{Rule: RuleSignedNode, Attack: "A comment, processing instruction or CDATA section splits the text that a signature " +
		"covers and the program reads only in part.",
		Advice: "Sign the document again without comments, instructions and CDATA sections.",
		CWE:    "CWE-347"},
	{Rule: RuleDuplicateID, Attack: "Two elements have one ID: the signature is checked on one and the other is used.",
		Advice: "Give each element an ID of its own, and sign the document again.",
		CWE:    "CWE-347"},
	{Rule: RuleAmbiguousAttribute, Attack: "Two attributes of one element with one local name, or one with a prefix " +
		"that a signature has without: the signature is checked by the one and the program reads the other.",
		Advice: "Give the two attributes of the element different names, and sign the document again.",
		CWE:    "CWE-347"},
	{Rule: RuleRelativeNamespace, Attack: "A namespace name that is no absolute URI makes canonicalization fail, and " +
		"programs then sign or check nothing at all.",
		Advice: "Use absolute URIs as names of namespaces, such as \"urn:example:order\".",
		CWE:    "CWE-347"},
	{Rule: RuleSignatureShape, Attack: "A signature with two of what it must have once, a Reference to nothing or to " +
		"something else, or a Body of SOAP outside of its place: one part is verified and the other used. Or an " +
		"HMAC that is cut to a few bits and can be guessed.",
		Advice: "Sign the document again with a common library: its signature has an unusual structure.",
		CWE:    "CWE-347"},
	{Rule: RuleSAMLShape, Attack: "A forged assertion beside, around or inside the signed one: the signature is checked " +
		"on one and the user of the other is logged in.",
		Advice: "Send the message as the identity provider made it: its structure is unusual.",
		CWE:    "CWE-347"},
	{Rule: RuleReferenceCycle, Attack: "An element of SVG draws itself again, through any number of others: the program " +
		"that draws it never ends.",
		Advice: "Remove the reference by which the element draws itself.",
		CWE:    "CWE-674"},

	{Rule: RuleDoctype, Attack: "A parser after this one fetches the external subset that a document type declaration " +
		"names.",
		Advice: "Remove the document type declaration (<!DOCTYPE ...>).",
		CWE:    "CWE-611", Liftable: true},
	{Rule: RuleProcessingInstruction,
		Attack: "An instruction has browsers and editors fetch a stylesheet, a schema or a catalog, and run what it holds.",
		Advice: "Remove the processing instruction (<?...?>).",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleXInclude, Attack: "XInclude puts a file or a server's answer into the document, without any DTD.",
		Advice: "Put the included text into the document itself, and remove the XInclude element.",
		CWE:    "CWE-611", Liftable: true},
	{Rule: RuleSchemaLocation, Attack: "A validating parser fetches the schema from where the document says.",
		Advice: "Remove the attributes that say where the schema is.",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleXSLTImport, Attack: "A stylesheet imports another one, or reads and writes files with the functions and " +
		"instructions of XSLT.",
		Advice: "Put what the stylesheet imports into it, and remove what reads or writes files.",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleSchemaImport, Attack: "A schema or service description has the program that compiles it fetch others.",
		Advice: "Put the imported definitions into the document itself, and remove the import.",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleExternalReference, Attack: "A link that is followed when the document is loaded leads to another server.",
		Advice: "Embed what the document refers to, or remove the reference.",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleActiveContent, Attack: "The document carries code, or names code, that a program after this one runs.",
		Advice: "Remove scripts, event handlers and other code from the document.",
		CWE:    "CWE-94", Liftable: true},
	{Rule: RuleUnlistedContent, Attack: "Markup or CSS outside the profile's lists does in one renderer what nobody has " +
		"foreseen, or is read differently by an HTML parser.",
		Advice: "Remove the element, attribute or style at this place: it is not among those that are taken.",
		CWE:    "CWE-184", Liftable: true},
	{Rule: RuleDrawingCost, Attack: "A drawing of a few bytes says that it is huge, or has filters, masks and patterns " +
		"over huge regions: the program that draws it runs out of memory or time.",
		Advice: "Simplify the drawing: fewer elements that are drawn again, smaller patterns and filters.",
		CWE:    "CWE-400", Liftable: true},
	{Rule: RuleOOXMLExternal, Attack: "A relationship, field, formula or query has an office program fetch a file or a " +
		"page when the document is opened.",
		Advice: "Remove the link to an outside file or page from the document, or embed what it shows.",
		CWE:    "CWE-918", Liftable: true},
	{Rule: RuleOOXMLBounds, Attack: "A row or column beyond the last of the format has a program make room for millions " +
		"of cells.",
		Advice: "Remove cells beyond the last row and column that the format has.",
		CWE:    "CWE-770", Liftable: true},
}

// Rules lists every rule of this package, the trust boundary first.
func Rules() iter.Seq[limits.RuleInfo] { return ruleTable.All() }

// isLiftable reports whether UnsafeAllow may name the rule, and whether there is such a rule at
// all.
func isLiftable(rule Rule) (liftable, known bool) {
	i := slices.IndexFunc(ruleTable, func(info limits.RuleInfo) bool { return info.Rule == rule })
	return i >= 0 && ruleTable[i].Liftable, i >= 0
}
