package regextest

import (
	"strings"

	"github.com/seed73825598/airlock/saferegex"
)

// neighbours come close to breaking a rule, or look like a pattern that does.
func neighbours() []Case {
	return []Case{
		{Name: "as-long-as-may-be", Pattern: "[" + times("a", 32<<10-2) + "]", Text: "banana", Op: FindAll, Count: 3,
			Rule: saferegex.RulePatternTooLong},
		{Name: "many-words", Pattern: strings.TrimSuffix(times("word|", 3000), "|"), Text: "a word", Count: 1,
			Rule: saferegex.RulePatternTooLong},
		{Name: "as-deep-as-may-be", Pattern: times("(?:", 100) + "a" + times(")", 100), Text: "a", Count: 1,
			Rule: saferegex.RulePatternTooDeep},
		{Name: "brackets-that-are-literals", Pattern: `^\Q` + times("(", 200) + `\E[(]{2}`, Text: times("(", 202), Count: 1,
			Rule: saferegex.RulePatternTooDeep},
		{Name: "as-many-groups-as-may-be", Pattern: "^" + named(250) + "$", Text: times("a", 250), Count: 1,
			Rule: saferegex.RuleTooManyGroups},
		{Name: "groups-that-capture-nothing", Pattern: times("(?:a)", 1000), Text: times("a", 1000), Count: 1,
			Rule: saferegex.RuleTooManyGroups},
		{Name: "as-large-as-may-be", Pattern: times("a{1000}", 9) + "a{998}", Text: times("a", 10_000), Count: 1,
			Rule: saferegex.RuleProgramTooLarge},
		{Name: "repeat-of-a-repeat", Pattern: `^(?:[0-9a-f]{2}(?:-|$)){16}`, Text: times("0f-", 16), Count: 1,
			Rule: saferegex.RuleProgramTooLarge},
		{Name: "all-letters-in-either-case", Pattern: `(?i)^[\pL\pM' -]{1,100}$`, Text: "Łukasz Żeromski", Count: 1,
			Rule: saferegex.RuleClassTooLarge},
		{Name: "two-wide-ranges-in-either-case", Pattern: `(?i)[B-\x{1E942}][B-\x{1E942}]`, Text: "ab", Count: 1,
			Rule: saferegex.RuleClassTooLarge},
		{Name: "named-as-elsewhere", Pattern: `(?<year>\d{4})-(?P<month>\d\d)`, Text: "1999-12", Count: 1,
			Rule: saferegex.RuleInvalidSyntax},
		{Name: "flags-within", Pattern: `a(?i:b)(?s:.)(?U)c*`,
			Text: "aB\nc", Count: 1, Rule: saferegex.RuleInvalidSyntax},
		{Name: "what-looks-like-look-ahead", Pattern: `\(\?=a\)|[(?=]`, Text: "(?=a)", Op: FindAll, Count: 1,
			Rule: saferegex.RuleInvalidSyntax},
		{Name: "braces-that-are-literals", Pattern: `^{"a": {}}$`, Text: `{"a": {}}`, Count: 1,
			Rule: saferegex.RuleInvalidSyntax},
	}
}

// fields are checks of what users type into forms.
func fields() []Case {
	return []Case{
		{Name: "email", Pattern: `^[a-zA-Z0-9._%+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,63}$`,
			Text:  "first.last+tag@mail.example.co.uk",
			Count: 1},
		{Name: "email-without-dot", Pattern: `^[a-zA-Z0-9._%+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,63}$`,
			Text: "root@localhost"},
		{Name: "uuid", Pattern: `(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
			Text: "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", Count: 1},
		{Name: "slug", Pattern: `^[a-z0-9]+(?:-[a-z0-9]+)*$`, Text: "a-walk-in-the-park-2", Count: 1},
		{Name: "slug-with-two-hyphens", Pattern: `^[a-z0-9]+(?:-[a-z0-9]+)*$`, Text: "a--walk"},
		{Name: "ipv4", Pattern: `^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$`, Text: "192.168.255.1", Count: 1},
		{Name: "version", Pattern: `^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([\da-zA-Z.-]+))?(?:\+([\da-zA-Z.-]+))?$`,
			Text: "v1.22.0-rc.1+build.5", Count: 1},
		{Name: "telephone", Pattern: `^\+?[0-9][0-9 ()/.-]{5,30}$`, Text: "+44 (0)20 7946 0958", Count: 1},
		{Name: "date", Pattern: `^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$`, Text: "2024-02-29", Count: 1},
		{Name: "colour", Pattern: `^#(?:[0-9a-fA-F]{3}){1,2}$`, Text: "#ff8800", Count: 1},
		{Name: "name-in-any-script", Pattern: `^[\pL\pM][\pL\pM' .-]{0,63}$`, Text: "Nguyễn Văn An", Count: 1},
		{Name: "host", Pattern: `^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`,
			Text:  "xn--bcher-kva.example.com",
			Count: 1},
		{Name: "password", Pattern: `^[[:graph:]]{12,128}$`, Text: "correct-horse-battery-staple", Count: 1},
		{Name: "trim", Pattern: `^\s+|\s+$`, Text: " \t a b \n", Op: ReplaceAll, Count: 2},
		{Name: "list", Pattern: `\s*[,;]\s*`, Text: "one, two;three ,four", Op: Split, Count: 4},
		{Name: "markup", Pattern: `<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>`,
			Text: "<p class='x'>Hi <b>there</b></p>", Op: FindAll,
			Count: 4},
	}
}

// logs are searches in lines that programs write.
func logs() []Case {
	const (
		access = `192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326` + "\n"
		system = "Jan  2 15:04:05 host sshd[4711]: Failed password for root from 198.51.100.23 port 22 ssh2\n"
	)
	return []Case{
		{Name: "access", Pattern: `(?m)^(\S+) (\S+) (\S+) \[([^\]]+)\] "(\S+) (\S+) ([^"]*)" (\d{3}) (\d+|-)$`,
			Text: times(access, 500), Op: FindAll, Count: 500},
		{Name: "address", Pattern: `\b(?:\d{1,3}\.){3}\d{1,3}\b`, Text: times(access+system, 300),
			Op: FindAll, Count: 600},
		{Name: "failed", Pattern: `(?im)failed (?:password|publickey) for (?:invalid user )?(\S+)`, Text: times(system, 600),
			Op: FindAll, Count: 600},
		{Name: "time", Pattern: `\d\d:\d\d:\d\d`, Text: times(system, 600), Op: FindAll, Count: 600},
		{Name: "nothing", Pattern: `panic: .*goroutine \d+`, Text: times(system, 600)},
		{Name: "key", Pattern: `(?i)(api[_-]?key|secret|token)\s*[:=]\s*["']?([\w-]{16,64})`,
			Text: `API_KEY = "0123456789abcdef0123"; tokens: 3`, Op: FindAll, Count: 1},
		{Name: "fields", Pattern: `\s+`, Text: system, Op: Split, Count: 15},
		{Name: "lines", Pattern: `\r?\n`, Text: times(access, 100), Op: Split, Count: 101},
	}
}
