package regextest

import "github.com/seed73825598/airlock/saferegex"

// hostileRedact lie across the end of a window, where a copy in pieces would let them pass.
func hostileRedact() []Case {
	refused := func(name, pattern, text string) Case {
		return Case{Name: name, Pattern: pattern, Text: text, Op: Redact, Template: "x", Want: RefuseText, Window: 1 << 10,
			Rule: saferegex.RuleMatchTooLong}
	}
	return []Case{
		refused("longer-by-one", `k[^;]*;`, times("a", 5000)+"k"+times("b", 1<<10-1)+";"),
		refused("never-ends", `(?s)BEGIN.*END`, "BEGIN"+times("b", 5000)),
		refused("line", `token=.*`, "a\ntoken="+times("b", 5000)+"\nc\n"),
		refused("nested", `((k+)+;)+`, times("k", 5000)+";"),
		refused("to-the-end", `k+$`, times("k", 5000)),
	}
}

// benignRedact have matches that fill the window, or texts that are longer than it between them.
func benignRedact() []Case {
	copied := func(name, pattern, text string, count int) Case {
		return Case{Name: name, Pattern: pattern, Text: text, Op: Redact, Template: "x", Count: count, Window: 1 << 10,
			Rule: saferegex.RuleMatchTooLong}
	}
	return []Case{
		copied("as-long-as-may-be", `k[^;]*;`, times("a", 5000)+"k"+times("b", 1<<10-2)+";", 1),
		copied("one-after-the-other", `k[^;]*;`, times("kb;", 2000), 2000),
		copied("long-without-match", `secret=\w+`, times("a line\n", 2000), 0),
		copied("line-in-the-window", `(?m)token=.*$`, "a\ntoken="+times("b", 1000)+"\nc\n", 1),
	}
}
