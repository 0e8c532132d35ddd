package xmltest

import "github.com/seed73825598/airlock/limits"

// The rules that bytes alone can break, as safexml calls them.
const (
	notWellFormed limits.Rule = "not-well-formed"
	encoding      limits.Rule = "encoding"
	entity        limits.Rule = "entity"
	subset        limits.Rule = "doctype-internal-subset"
	doctype       limits.Rule = "doctype"
)

// hostileSyntax breaks the productions of markup.
func hostileSyntax() []recipe {
	return []recipe{
		text(notWellFormed, "empty", ""),
		text(notWellFormed, "only-space", " \n"),
		text(notWellFormed, "no-root", "<!-- only a comment -->"),
		text(notWellFormed, "text-only", "text"),
		text(notWellFormed, "open-root", "<a>"),
		text(notWellFormed, "open-element", "<a><b></a>"),
		text(notWellFormed, "crossed", "<a><b></a></b>"),
		text(notWellFormed, "case-of-end-tag", "<a></A>"),
		text(notWellFormed, "end-tag-longer", "<a></ab>"),
		text(notWellFormed, "end-tag-shorter", "<ab></a>"),
		text(notWellFormed, "end-tag-attribute", "<a></a b='c'>"),
		text(notWellFormed, "two-roots", "<a/><b/>"),
		text(notWellFormed, "two-roots-far-apart", "<a/>\n<!-- x -->\n<b>y</b>"),
		text(notWellFormed, "end-tag-behind-root", "<a></a></a>"),
		text(notWellFormed, "text-before-root", "x<a/>"),
		text(notWellFormed, "text-behind-root", "<a/>x"),
		text(notWellFormed, "reference-behind-root", "<a/>&#32;"),
		text(notWellFormed, "cdata-behind-root", "<a/><![CDATA[]]>"),
		text(notWellFormed, "comment-without-end", "<a/><!-- x"),
		text(notWellFormed, "nul-behind-root", "<a/>\x00"),
		text(notWellFormed, "declaration-not-first", " <?xml version='1.0'?><a/>"),
		text(notWellFormed, "declaration-inside", "<a><?xml version='1.0'?></a>"),
		text(notWellFormed, "declaration-upper-case", "<?XML version='1.0'?><a/>"),
		text(notWellFormed, "declaration-without-version", "<?xml encoding='UTF-8'?><a/>"),
		text(notWellFormed, "declaration-order", "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>"),
		text(notWellFormed, "declaration-version-2", "<?xml version='2.0'?><a/>"),
		text(notWellFormed, "declaration-standalone", "<?xml version='1.0' standalone='maybe'?><a/>"),
		text(notWellFormed, "declaration-no-space", "<?xml version='1.0'encoding='UTF-8'?><a/>"),
		text(notWellFormed, "attribute-twice", "<a b='1' b='2'/>"),
		text(notWellFormed, "attribute-twice-far-apart",
			"<a a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9='' b1='' b2='' b3='' b4='' b5='' b6='' b7='' b8='' b9='' "+
				"a1=''/>"),
		text(notWellFormed, "attribute-without-value", "<a b/>"),
		text(notWellFormed, "attribute-without-quotes", "<a b=c/>"),
		text(notWellFormed, "attributes-without-space", "<a b='c'd='e'/>"),
		text(notWellFormed, "attribute-with-less-than", "<a b='<'/>"),
		text(notWellFormed, "attribute-with-other-quote", "<a b='c\"/>"),
		text(notWellFormed, "slash-before-character", "<a/\ufeff>"),
		text(notWellFormed, "slash-inside-tag", "<a / b='c'>x</a>"),
		text(notWellFormed, "space-before-name", "< a/>"),
		text(notWellFormed, "ampersand", "<a>b & c</a>"),
		text(notWellFormed, "reference-without-semicolon", "<a>&amp</a>"),
		text(notWellFormed, "reference-in-decimal-with-letters", "<a>&#6a;</a>"),
		text(notWellFormed, "reference-upper-case-x", "<a>&#X41;</a>"),
		text(notWellFormed, "reference-without-digits", "<a>&#;</a>"),
		text(notWellFormed, "cdata-end-in-text", "<a>]]></a>"),
		text(notWellFormed, "cdata-lower-case", "<a><![cdata[x]]></a>"),
		text(notWellFormed, "two-dashes-in-comment", "<a><!-- x -- y --></a>"),
		text(notWellFormed, "three-dashes-end-comment", "<a><!-- x ---></a>"),
		text(notWellFormed, "instruction-without-target", "<a><? x?></a>"),
		text(notWellFormed, "instruction-without-space", "<a><?x+y?></a>"),
		text(notWellFormed, "declaration-of-element", "<a><!ELEMENT a ANY></a>"),
		text(notWellFormed, "doctype-inside", "<a><!DOCTYPE a></a>"),
		text(notWellFormed, "doctype-behind", "<a/><!DOCTYPE a>"),
		text(notWellFormed, "doctype-lower-case", "<!doctype a><a/>"),
	}
}

// hostileCharacters breaks the productions of characters, references and names.
func hostileCharacters() []recipe {
	return []recipe{
		text(notWellFormed, "control-character", "<a>\x01</a>"),
		text(notWellFormed, "escape-character", "<a>\x1b[2J</a>"),
		text(notWellFormed, "nul", "<a>\x00</a>"),
		text(notWellFormed, "form-feed-between-attributes", "<a\x0cb='c'/>"),
		text(notWellFormed, "next-line-between-attributes", "<a\u0085b='c'/>"),
		text(notWellFormed, "noncharacter", "<a>\uffff</a>"),
		text(notWellFormed, "noncharacter-in-comment", "<a><!-- \ufffe --></a>"),
		text(notWellFormed, "reference-to-nul", "<a>&#0;</a>"),
		text(notWellFormed, "reference-to-control", "<a b='&#x1;'/>"),
		text(notWellFormed, "reference-to-surrogate", "<a>&#xD800;</a>"),
		text(notWellFormed, "reference-to-pair", "<a>&#xD83D;&#xDE00;</a>"),
		text(notWellFormed, "reference-to-noncharacter", "<a>&#xFFFE;</a>"),
		text(notWellFormed, "reference-beyond-unicode", "<a>&#x110000;</a>"),
		text(notWellFormed, "reference-wraps-around", "<a>&#x100000041;</a>"),
		text(notWellFormed, "reference-wraps-twice", "<a>&#18446744073709551681;</a>"),
		text(notWellFormed, "name-begins-with-digit", "<1a/>"),
		text(notWellFormed, "name-begins-with-dash", "<-a/>"),
		text(notWellFormed, "name-begins-with-combining-mark", "<\u0301a/>"),
		text(notWellFormed, "name-with-multiplication-sign", "<a\u00d7/>"),
		text(notWellFormed, "name-with-greek-question-mark", "<a\u037e/>"),
		text(notWellFormed, "name-in-private-use", "<\ue000/>"),
		text(notWellFormed, "byte-order-mark-twice", "\ufeff\ufeff<a/>"),
		text(encoding, "line-end-of-1.1-in-text", "<?xml version='1.1'?><a>b\u0085c</a>"),
		text(encoding, "line-separator-of-1.1-in-value", "<?xml version='1.1'?><a b='é\u2028c'/>"),
		text(encoding, "line-end-of-1.1-in-namespace", "<?xml version='1.1'?><a xmlns:b='urn:\u0085'/>"),
		text(encoding, "line-end-of-1.1-in-comment", "<?xml version='1.1'?><a><!--é\r\u0085--></a>"),
		text(encoding, "line-end-of-1.1-in-cdata", "<?xml version='1.1'?><a><![CDATA[\u2028]]></a>"),
		text(encoding, "line-end-of-1.1-in-instruction", "<?xml version='1.1'?><a/><?b \u0085?>"),

		text(entity, "undeclared", "<a>&b;</a>"),
		text(entity, "of-html", "<a>&nbsp;</a>"),
		text(entity, "in-attribute", "<a b='&eacute;'/>"),
		text(entity, "upper-case", "<a>&LT;</a>"),
		text(entity, "beyond-ascii", "<a>&é;</a>"),
		text(entity, "laughs-without-declaration", "<a>&lol9;</a>"),
	}
}

// hostileNamespaces breaks the constraints of Namespaces in XML 1.0.
func hostileNamespaces() []recipe {
	const many = "xmlns:a='u' xmlns:b='u' a:a1='' a:a2='' a:a3='' a:a4='' a:a5='' a:a6='' a:a7='' a:a8='' a:a9='' " +
		"a:b1='' a:b2='' a:b3='' a:b4='' a:b5='' a:b6='' a:b7='' a:b8=''"
	return []recipe{
		text(notWellFormed, "prefix-undeclared", "<a:b/>"),
		text(notWellFormed, "prefix-of-attribute-undeclared", "<a b:c=''/>"),
		text(notWellFormed, "prefix-out-of-scope", "<a><b xmlns:c='u'/><c:d/></a>"),
		text(notWellFormed, "prefix-declared-for-nothing", "<a xmlns:b=''/>"),
		text(notWellFormed, "prefix-xml-bound-elsewhere", "<a xmlns:xml='u'/>"),
		text(notWellFormed, "prefix-bound-to-xml", "<a xmlns:b='http://www.w3.org/XML/1998/namespace'/>"),
		text(notWellFormed, "default-bound-to-xml", "<a xmlns='http://www.w3.org/XML/1998/namespace'/>"),
		text(notWellFormed, "prefix-xmlns-declared", "<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>"),
		text(notWellFormed, "prefix-bound-to-xmlns", "<a xmlns:b='http://www.w3.org/2000/xmlns/'/>"),
		text(notWellFormed, "element-in-xmlns", "<xmlns:a/>"),
		text(notWellFormed, "attributes-mean-the-same", "<a xmlns:b='u' xmlns:c='u' b:d='1' c:d='2'/>"),
		text(notWellFormed, "attributes-mean-the-same-after-decoding",
			"<a xmlns:b='u' xmlns:c='&#117;' b:d='1' c:d='2'/>"),
		text(notWellFormed, "attributes-mean-the-same-among-many", "<a "+many+" b:a1=''/>"),
		text(notWellFormed, "two-colons", "<a:b:c xmlns:a='u'/>"),
		text(notWellFormed, "colon-first", "<:a/>"),
		text(notWellFormed, "colon-last", "<a: xmlns:a='u'/>"),
		text(notWellFormed, "digit-behind-colon", "<a:1 xmlns:a='u'/>"),
		text(notWellFormed, "colon-in-target", "<a><?b:c d?></a>"),
		text(notWellFormed, "colon-in-entity", "<a>&b:c;</a>"),
	}
}
