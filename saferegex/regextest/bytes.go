package regextest

import "github.com/seed73825598/airlock/saferegex"

// hostileBytes mean one byte to one engine and several to another.
func hostileBytes() []Case {
	refused := func(name, pattern string) Case {
		return Case{Name: name, Pattern: pattern, Want: RefusePattern, Rule: saferegex.RuleByteClass}
	}
	return []Case{
		refused("literal", `café`), refused("end-of-a-range", `[a-ÿ]`), refused("negated", `[^é]`),
		refused("quoted", `\Qé\E`), refused("number", `\x{100}`), refused("number-in-a-class", `[\x{80}-\x{10FFFF}]`),
		refused("letters", `\pL+`), refused("not-a-script", `\P{Greek}`), refused("in-a-class", `[\p{Lu}_]`),
		refused("in-a-group", `(?:a|(b|[^ñ]))*`), refused("other-case", `(?i)ſ`),
	}
}

// benignBytes are patterns of ASCII and of bytes by number.
func benignBytes() []Case {
	near := func(name, pattern, text string, count int) Case {
		return Case{Name: name, Pattern: pattern, Text: text, Op: FindAll, Count: count, Rule: saferegex.RuleByteClass}
	}
	return []Case{
		near("byte-by-number", `\xFF\xD8\xFF`, "\xff\xd8\xff\xe0", 1),
		near("beyond-ascii", `[\x80-\xff]+`, "a\xe9b\xc3\xa9c", 2),
		near("any-byte", `.`, "\xc3\xa9", 2),
		near("all-but-one", `[^a]`, "a\xe9", 1),
		near("letters-of-ascii", `(?i)k`, "kK\u212a", 2),
		near("number-of-two-digits", `[\x00-\x08\x0e-\x1f]`, "a\x00b\x1f\n", 2),
		near("classes-of-ascii", `\w+|[[:punct:]]`, "a_1!", 2),
	}
}
