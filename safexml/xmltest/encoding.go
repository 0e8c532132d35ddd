package xmltest

import "unicode/utf16"

// hostileEncodings has bytes that are not what they say.
func hostileEncodings() []recipe {
	labelled := func(label, rest string) string { return "<?xml version='1.0' encoding='" + label + "'?>" + rest }
	wide := func(document string, order ...int) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(document)) {
			pair := []byte{byte(u >> 8), byte(u)} //nolint:gosec // The two halves of a code unit.
			for _, i := range order {
				b = append(b, pair[i])
			}
		}
		return b
	}
	return []recipe{
		text(encoding, "latin-1", labelled("ISO-8859-1", "<a>\xe9</a>")),
		text(encoding, "latin-1-name", labelled("ISO-8859-1", "<\xe9/>")),
		text(encoding, "utf-8-labelled-latin-1", labelled("ISO-8859-1", "<a>é</a>")),
		text(encoding, "windows-1252", labelled("windows-1252", "<a>\x80</a>")),
		text(encoding, "ascii-with-more", labelled("US-ASCII", "<a b='é'/>")),
		text(encoding, "ascii-with-more-in-comment", labelled("US-ASCII", "<!-- é --><a/>")),
		text(encoding, "shift-jis", labelled("Shift_JIS", "<a/>")),
		text(encoding, "iso-2022-jp", labelled("ISO-2022-JP", "<a/>")),
		text(encoding, "utf-7", labelled("UTF-7", "<a>+ADw-script+AD4-</a>")),
		text(encoding, "utf-7-mark", "+/v8-<a/>"),
		text(encoding, "cut-off-before-root", "\n\n\xe3<a/>"),
		text(notWellFormed, "characters-before-root", "\u0300\xe3\x80<a/>"),
		text(encoding, "ebcdic", "\x4c\x6f\xa7\x94\x93\x40"),
		text(encoding, "unknown-label", labelled("x-user-defined", "<a/>")),
		text(encoding, "label-with-number-of-three-digits", labelled("ISO-8859-123", "<a/>")),
		text(encoding, "utf8-label-on-latin-1", labelled("utf8", "<a>\xe9</a>")),
		text(encoding, "label-like-utf-8", labelled("UTF_8", "<a/>")),
		text(encoding, "label-utf8mb4", labelled("utf8mb4", "<a/>")),
		text(encoding, "utf-16-label-on-utf-8", labelled("UTF-16", "<a/>")),
		text(encoding, "mark-and-label-disagree", "\ufeff"+labelled("ISO-8859-1", "<a/>")),
		{rule: encoding, name: "utf-16-big-endian", make: func() []byte { return wide("\ufeff<a/>", 0, 1) }},
		{rule: encoding, name: "utf-16-little-endian", make: func() []byte { return wide("\ufeff<a/>", 1, 0) }},
		{rule: encoding, name: "utf-16-without-mark", make: func() []byte { return wide("<a/>", 0, 1) }},
		text(encoding, "utf-32", "\x00\x00\xfe\xff\x00\x00\x00<\x00\x00\x00a\x00\x00\x00/\x00\x00\x00>"),
		text(encoding, "overlong-less-than", "<a>\xc0\xbcscript\xc0\xbe</a>"),
		text(encoding, "overlong-three-bytes", "<a>\xe0\x80\xbc</a>"),
		text(encoding, "overlong-nul", "<a>\xc0\x80</a>"),
		text(encoding, "surrogate", "<a>\xed\xa0\x80</a>"),
		text(encoding, "surrogate-pair", "<a>\xed\xa0\xbd\xed\xb8\x80</a>"),
		text(encoding, "beyond-unicode", "<a>\xf4\x90\x80\x80</a>"),
		text(encoding, "continuation-alone", "<a>\x80</a>"),
		text(encoding, "cut-off-by-markup", "<a>\xe2\x82<b/></a>"),
		text(encoding, "invalid-in-comment", "<a><!-- \xff --></a>"),
		text(encoding, "invalid-in-attribute", "<a b='\xff'/>"),
		text(encoding, "invalid-in-name", "<a\xff/>"),
		text(encoding, "switch-inside", "<a><?xml version='1.0' encoding='ISO-8859-1'?>\xe9</a>"),
		text(encoding, "switch-behind-comment", "<!-- --><?xml version='1.0' encoding='UTF-7'?><a/>"),
		text(encoding, "utf-16-from-the-middle", "<a>\x00<\x00b\x00/\x00></a>"[:3]+"\xff\xfe<\x00b\x00</a>"),
	}
}

// hostileDeclarations has document type declarations.
func hostileDeclarations() []recipe {
	const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 ` +
		`"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol3 ` +
		`"&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]><lolz>&lol3;</lolz>`
	const known = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">`
	lifted := func(name, document string) recipe {
		r := text(subset, name, document)
		r.option = "UnsafeAllow(RuleDoctype)"
		return r
	}
	literal := func(name, document string) recipe {
		return under("LiteralEntities", text(subset, "literal-"+name, document))
	}
	return []recipe{
		lifted("laughs", laughs),
		lifted("external-entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`),
		lifted("behind-external", `<!DOCTYPE a SYSTEM "a.dtd" [ ]><a/>`),
		lifted("default-attribute", `<!DOCTYPE a PUBLIC "a" "b"[<!ATTLIST a role CDATA "admin">]><a/>`),

		under("Signed", text(doctype, "name-alone-signed", "<!DOCTYPE a><a/>")),
		under("OOXML", text(doctype, "name-alone-office", "<!DOCTYPE a><a/>")),
		under("SkipDoctype", text(subset, "skipped-subset", `<!DOCTYPE a [<!ENTITY b "c">]><a/>`)),
		under("SkipDoctype", text(entity, "skipped-declaration", known+"<html>&x;</html>")),
		under("SkipDoctype", text(notWellFormed, "skipped-twice", known+known+"<html/>")),
		under("SkipDoctype", text(notWellFormed, "skipped-after-root", "<html/>"+known)),
		under("SkipDoctype", text(subset, "skipped-empty-subset", `<!DOCTYPE a SYSTEM "a.dtd" []><a/>`)),
		under("HTMLEntities", text(entity, "unknown-html", "<a>&nosuch;</a>")),
		under("HTMLEntities", text(entity, "html-in-another-case", "<a>&NBSP;</a>")),
		under("HTMLEntities", text(entity, "html-5", "<a>&lsqb;&NewLine;</a>")),
		under("HTMLEntities", text(doctype, "html-and-another-dtd",
			`<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a>&nbsp;</a>`)),
		under("HTMLEntities, LiteralEntities", text(subset, "html-declared-again",
			`<!DOCTYPE a [<!ENTITY nbsp "x">]><a>&nbsp;</a>`)),
		literal("laughs", laughs),
		literal("external", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`),
		literal("external-public", `<!DOCTYPE a [<!ENTITY x PUBLIC "p" "http://evil.example/x">]><a>&x;</a>`),
		literal("external-second", `<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "z">]><a>&x;</a>`),
		literal("parameter", `<!DOCTYPE a [<!ENTITY % x "y">]><a/>`),
		literal("parameter-reference", `<!DOCTYPE a [<!ENTITY x "y">%x;]><a/>`),
		literal("recursion", `<!DOCTYPE a [<!ENTITY x "&x;">]><a>&x;</a>`),
		literal("recursion-of-two", `<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]><a>&x;</a>`),
		literal("markup", `<!DOCTYPE a [<!ENTITY x "<b/>">]><a>&x;</a>`),
		literal("character-reference", `<!DOCTYPE a [<!ENTITY x "&#60;b/>">]><a>&x;</a>`),
		literal("percent", `<!DOCTYPE a [<!ENTITY x "100%">]><a>&x;</a>`),
		literal("twice", `<!DOCTYPE a [<!ENTITY x "1"><!ENTITY x "2">]><a>&x;</a>`),
		literal("predefined-lt", `<!DOCTYPE a [<!ENTITY lt "x">]><a>&lt;</a>`),
		literal("predefined-amp", `<!DOCTYPE a [<!ENTITY amp "x">]><a>&amp;</a>`),
		literal("attlist", `<!DOCTYPE a [<!ENTITY x "y"><!ATTLIST a role CDATA "admin">]><a/>`),
		literal("element", `<!DOCTYPE a [<!ELEMENT a ANY>]><a/>`),
		literal("notation", `<!DOCTYPE a [<!NOTATION n SYSTEM "x">]><a/>`),
		literal("unparsed", `<!DOCTYPE a [<!ENTITY x SYSTEM "y" NDATA n>]><a/>`),
		literal("comment", `<!DOCTYPE a [<!-- x --><!ENTITY x "y">]><a/>`),
		literal("instruction", `<!DOCTYPE a [<?x?>]><a/>`),
		literal("conditional", `<!DOCTYPE a [<![INCLUDE[<!ENTITY x "y">]]>]><a/>`),
		under("LiteralEntities", text(entity, "undeclared-literal", `<a>&z;</a>`)),
		under("LiteralEntities", text(notWellFormed, "literal-colon", `<!DOCTYPE a [<!ENTITY x:y "y">]><a/>`)),
		under("LiteralEntities", text(notWellFormed, "literal-open", `<!DOCTYPE a [<!ENTITY x "y">`)),
		text(doctype, "system", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
		text(doctype, "public", "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' "+
			"'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'><html/>"),
		text(doctype, "remote", "<!DOCTYPE a SYSTEM 'http://169.254.169.254/latest/meta-data/'><a/>"),
		text(doctype, "behind-comment", "<!-- x --><!DOCTYPE a SYSTEM 'x'><a/>"),
		text(doctype, "laughs", laughs),
		text(doctype, "external-entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`),
		text(doctype, "parameter-entity", `<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]><a/>`),
		text(doctype, "default-attribute", `<!DOCTYPE a [<!ATTLIST a role CDATA "admin">]><a/>`),
	}
}
