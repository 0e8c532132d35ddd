package xmltest

import "unicode/utf16"

// allowed returns a recipe for a document that is labelled, under package charset's option for
// another label or the same one.
func allowed(allow, name, label, rest string) recipe {
	return under("charset.Allow("+allow+")", text(encoding, name, "<?xml version='1.0' encoding='"+label+"'?>"+rest))
}

// wide returns a recipe for a document of code units in UTF-16, the low byte first, or last.
func wide(name string, lowFirst bool, units []uint16) recipe {
	var b []byte
	for _, u := range units {
		high, low := byte(u>>8), byte(u) //nolint:gosec // The two halves of a code unit.
		if lowFirst {
			b = append(b, low, high)
		} else {
			b = append(b, high, low)
		}
	}
	return under("UTF16", recipe{rule: encoding, name: "wide-" + name, make: func() []byte { return b }})
}

// units returns the code units of a document, with others in the place of each "*".
func units(document string, others ...uint16) []uint16 {
	var list []uint16
	for _, u := range utf16.Encode([]rune(document)) {
		if u == '*' {
			list = append(list, others...)
		} else {
			list = append(list, u)
		}
	}
	return list
}

// hostileCharsets has documents in encodings that are allowed, with bytes that programs read
// differently.
func hostileCharsets() []recipe {
	return []recipe{
		allowed("iso-8859-1", "c1-read-as-windows-1252", "ISO-8859-1", "<a>\x8bscript\x9b</a>"),
		allowed("iso-8859-1", "another-label", "windows-1252", "<a>\xe9</a>"),
		allowed("iso-8859-1", "not-declared", "UTF-8", "<a>\xe9</a>"),
		under("charset.Allow(iso-8859-1)", text(encoding, "no-label", "<a>\xe9</a>")),
		under("charset.Allow(iso-8859-1)", text(encoding, "mark-against-label",
			"\ufeff<?xml version='1.0' encoding='ISO-8859-1'?><a/>")),
		under("charset.Allow(iso-8859-1)", text(encoding, "mark-of-utf-16-against-label",
			"\xff\xfe<?xml version='1.0' encoding='ISO-8859-1'?><a/>")),
		allowed("iso-8859-1", "switch-inside-allowed", "ISO-8859-1", "<a><?xml version='1.0' encoding='windows-1252'?></a>"),
		allowed("iso-8859-1", "utf-7-beside-allowed", "UTF-7", "<a>+ADw-script+AD4-</a>"),
		allowed("iso-8859-1", "ebcdic-beside-allowed", "IBM037", "<a/>"),
		allowed("iso-8859-1", "user-defined-beside-allowed", "x-user-defined", "<a/>"),
		allowed("windows-1252", "undefined-byte", "windows-1252", "<a>\x81</a>"),
		allowed("windows-1252", "undefined-byte-in-attribute", "windows-1252", "<a b='\x9d'/>"),
		allowed("windows-1251", "undefined-in-cyrillic", "windows-1251", "<a>\x98</a>"),
		allowed("koi8-u", "disputed-letter", "KOI8-U", "<a>\xae</a>"),
		allowed("shift_jis", "backslash-or-yen", "Shift_JIS", "<a b='\\'/>"),
		allowed("shift_jis", "tilde-or-overline", "Shift_JIS", "<a>~</a>"),
		allowed("shift_jis", "wave-dash", "Shift_JIS", "<a>\x81\x60</a>"),
		allowed("shift_jis", "lead-takes-quote", "Shift_JIS", "<a b='\x81' c=' d='e'/>"),
		allowed("shift_jis", "escape-of-iso-2022", "ISO-2022-JP", "<a>\x1b$B</a>"),
		allowed("shift_jis", "bracket-ends-section", "Shift_JIS", "<a><![CDATA[\x87]]><b/><![CDATA[]]></a>"),
		allowed("big5", "bracket-ends-section-of-big5", "Big5", "<a><![CDATA[\x94]]><b/><![CDATA[]]></a>"),
		allowed("big5", "bracket-ends-section-before-another", "Big5", "<a><![CDATA[\xfa\x5d\xfa]]>]]></a>"),
		allowed("euc-jp", "lead-takes-markup", "EUC-JP", "<a>\xa4<b/></a>"),
		allowed("euc-kr", "lead-takes-end-tag", "EUC-KR", "<a>\xb0</a>"),
		allowed("gbk", "lead-takes-less-than", "GBK", "<a>\x81<b/></a>"),
		allowed("gb18030", "four-bytes-cut", "GB18030", "<a>\x81\x30\x81</a>"),
		allowed("gb18030", "shorter-form-of-four-bytes", "GB18030", "<a>\x84\x31\xa4\x37</a>"),
		allowed("gb18030", "private-use", "GB18030", "<a>\xaa\xa1</a>"),
		allowed("gbk", "hz", "HZ-GB-2312", "<a>~{VPND~}</a>"),
		allowed("big5", "lead-takes-greater-than", "Big5", "<a>\xa4></a>"),
		allowed("big5", "no-such-pair", "Big5", "<a>\xff\x40</a>"),

		wide("high-surrogate-alone", true, units("\ufeff<a>*</a>", 0xd800)),
		wide("low-surrogate-alone", true, units("\ufeff<a>*</a>", 0xdc00)),
		wide("surrogates-swapped", false, units("\ufeff<a b='*'/>", 0xde00, 0xd83d)),
		wide("two-high-surrogates", false, units("\ufeff<a>*</a>", 0xd83d, 0xd83d, 0xde00)),
		wide("surrogate-at-end", true, units("\ufeff<a/><!--*", 0xd83d)),
		wide("label-of-other-order", true, units("\ufeff<?xml version='1.0' encoding='UTF-16BE'?><a/>")),
		wide("label-utf-8", true, units("\ufeff<?xml version='1.0' encoding='UTF-8'?><a/>")),
		wide("label-latin-1", false, units("\ufeff<?xml version='1.0' encoding='ISO-8859-1'?><a/>")),
		under("UTF16", recipe{rule: encoding, name: "wide-odd-number-of-bytes", make: func() []byte {
			return []byte("\xfe\xff\x00<\x00a\x00/\x00>\x00")
		}}),
		under("UTF16", text(encoding, "utf-16-label-on-bytes", "<?xml version='1.0' encoding='UTF-16'?><a/>")),
	}
}

// benignCharsets has honest documents in other encodings.
func benignCharsets() []recipe {
	in := func(label, words string) recipe {
		return allowed(label, "in-"+label, label, "\n<a b='"+words+"'>"+words+"<!-- "+words+" --></a>\n")
	}
	return []recipe{
		in("iso-8859-1", "\xc4rger \xfcber \xdf\xa0\xff"),
		in("iso-8859-2", "\xb3\xf3d\xbc"),
		in("iso-8859-5", "\xbf\xe0\xd8\xd2\xd5\xe2"),
		in("iso-8859-7", "\xe1\xe2\xe3"),
		in("iso-8859-8", "\xf9\xec\xe5\xed"),
		in("iso-8859-15", "10 \xa4"),
		in("windows-1250", "\x9elu\x9dou\xe8k\xfd"),
		in("windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2, \x93\xec\xe8\xf0\x94"),
		in("windows-1252", "\x93quoted\x94 \x96 10 \x80"),
		in("windows-1254", "\xddstanbul"),
		in("windows-1256", "\xe3\xd1\xcd\xc8\xc7"),
		in("koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4"),
		in("macintosh", "\x8a\x9a\x9f"),
		in("shift_jis", "\x93\xfa\x96\x7b\x83\x5c\x83\x74\x83\x67 \xb1\xb2"),
		allowed("shift_jis", "brackets-of-nec-and-ibm", "Shift_JIS",
			"<a b='\x87]>'><![CDATA[[\x87]] \xfa]> \x83]]>]]>\x87]</a>"),
		in("windows-31j", "C:\\ ~ \x87\x40"),
		in("euc-jp", "\xc6\xfc\xcb\xdc \x8e\xb1"),
		in("euc-kr", "\xc7\xd1\xb1\xb9\xbe\xee"),
		in("gb2312", "\xd6\xd0\xce\xc4"),
		in("gbk", "\xd6\xd0\xce\xc4 \x81\x40"),
		in("gb18030", "\xd6\xd0\xce\xc4 \x81\x30\x84\x36 \x90\x30\x81\x30"),
		in("big5", "\xa4\xa4\xa4\xe5 \xb3\x5c"),
		allowed("iso-8859-1", "alias", "latin1", "<a>\xe9</a>"),
		under("charset.Allow(windows-1252)", text(encoding, "utf-8-all-the-same", "<?xml version='1.0'?><a>é</a>")),
		wide("little-endian", true, units("\ufeff<?xml version='1.0' encoding='UTF-16'?><a b='é'>\u4e2d\U0001f600</a>")),
		wide("big-endian", false, units("\ufeff<?xml version='1.0' encoding='utf-16'?><a b='é'>\u4e2d\U0001f600</a>")),
	}
}
