package ziptest

import (
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// badNames are names of which each breaks one rule before any other.
var badNames = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RulePathTraversal, []string{
		"../evil", "../../etc/cron.d/evil", "a/../../evil", "a/..", "..", "../", "./../evil", `..\evil`,
		`a\..\..\evil`, `a/..\evil`, "/../evil",
		"a/b/../c", `C:\..\evil`, `\\server\..\evil`, "..//evil",
	}},
	{safezip.RuleAbsolutePath, []string{"/evil", "/", "/etc/passwd", `\evil`, "/./evil", `\Windows\evil.dll`}},
	{safezip.RuleDriveOrUNC, []string{
		"C:evil", "c:/evil", `C:\evil`, "Z:", `\\server\share\evil`, "//server/share/evil", `\\?\C:\evil`,
		`\\.\pipe\evil`, `\??\C:\evil`, "///evil", `/\server\evil`,
	}},
	{safezip.RuleControlCharacter, []string{"a\nb", "a\rb", "a\tb", "\x1b[2J", "a\x7f", "\x01", "dir\n/x", "a\bb"}},
	{safezip.RuleInvalidName, []string{"", "a//b", "a/./b", "a/.", ".", "a//", "a\x00b", "\x00", "././a", "a/./",
		".//a", "evil.php\x00.png"}},
	{safezip.RuleBackslash, []string{`a\b`, `a\`, `a/b\c`, `a\b\c.txt`, `dir\/x`}},
	{safezip.RuleReservedName, []string{
		"CON", "nul", "nul.txt", "aux.tar.gz", "COM1", "com0.log", "lpt9.x", "CONIN$", "conout$.txt", "CLOCK$",
		"a/prn/b", "con .txt", "Aux", "LPT1", "a/NUL", "com5.txt.bak",
	}},
	{safezip.RuleTrailingDotSpace, []string{"a.", "a ", "a./b", "...", "x.exe..", " ", "a/b /c", "evil.exe. ."}},
	{safezip.RuleIllegalCharacter, []string{"a<b", "a>b", "ab:c", `a"b`, "a|b", "a?", "*", "file.txt:stream",
		"file.txt::$DATA", "dir:x/y"}},
	{safezip.RuleLongName, []string{
		strings.Repeat("a", 256), "d/" + strings.Repeat("b", 256) + "/c", strings.Repeat(strings.Repeat("c", 255)+"/",
			15) + strings.Repeat("d", 255) + "/e", strings.Repeat("e", 60000),
	}},
	{safezip.RuleNonASCII, []string{"ä", "日本語.txt", "a\u202egpj.exe", "a\u200bb", "a\u2215b", "a\u0301", "\U000e0041",
		"\xff\xfe", "CON\u00b9"}},
}

// pairs are names that are harmless alone and break a rule together.
var pairs = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RuleDuplicateName, []string{"a", "a"}},
	{safezip.RuleDuplicateName, []string{"a/b", "x", "a/b"}},
	{safezip.RuleDuplicateName, []string{"a", "./a"}},
	{safezip.RuleDuplicateName, []string{"d/", "d/"}},
	{safezip.RuleDuplicateName, []string{"./", "./"}},
	{safezip.RuleFileDirCollision, []string{"a", "a/b"}},
	{safezip.RuleFileDirCollision, []string{"a/b", "a"}},
	{safezip.RuleFileDirCollision, []string{"a", "a/"}},
	{safezip.RuleFileDirCollision, []string{"a/", "a"}},
	{safezip.RuleFileDirCollision, []string{"x/y/z/w", "x/y"}},
	{safezip.RuleCaseCollision, []string{"a", "A"}},
	{safezip.RuleCaseCollision, []string{"dir/readme", "dir/README"}},
	{safezip.RuleCaseCollision, []string{"dir/a", "DIR/b"}},
	{safezip.RuleCaseCollision, []string{"d/", "D"}},
	{safezip.RuleCaseCollision, []string{"a/B/c/d", "a/b/e"}},
	{safezip.RuleShortNameCollision, []string{"Program Files/x", "PROGRA~1/y"}},
	{safezip.RuleShortNameCollision, []string{"d/REPORT~1.DOC", "d/report-final.docx"}},
	{safezip.RuleShortNameCollision, []string{"web.config", "WEB~1.CON"}},
	{safezip.RuleShortNameCollision, []string{"settings.local.json", "se1a2b~1.jso"}},
	{safezip.RuleShortNameCollision, []string{"verylongname", "very~123"}},
	{safezip.RuleShortNameCollision, []string{".htaccess", "HTACCE~1"}},
	{safezip.RuleShortNameCollision, []string{"a+b", "A_B~1"}},
	{safezip.RuleShortNameCollision, []string{"run.sh", "run.sh;"}},
	{safezip.RuleShortNameCollision, []string{"d/a;12", "d/a"}},
	{safezip.RuleShortNameCollision, []string{"a;1", "a;2"}},
	{safezip.RuleShortNameCollision, []string{"Run.SH", "run.sh;1"}},
	{safezip.RuleShortNameCollision, []string{"a/b", "a;1"}},
}

func hostileNames() []recipe {
	var list []recipe
	for _, group := range badNames {
		for i, name := range group.names {
			list = append(list,
				archive(group.rule, "name-"+strconv.Itoa(i+1), named(name)),
				archive(group.rule, "name-"+strconv.Itoa(i+1)+"-among-others", file("first"), named(name),
					file("last")))
		}
	}
	for i, p := range pairs {
		var files []zipbuild.File
		for _, name := range p.names {
			files = append(files, named(name))
		}
		list = append(list, archive(p.rule, "names-"+strconv.Itoa(i+1), files...))
	}
	latin := file("caf\xe9.txt")
	latin.EditLocal = func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagUTF8 }
	latin.EditCentral = latin.EditLocal
	return append(list, archive(safezip.RuleNonASCII, "without-the-flag", latin))
}

// named returns a small file, or an empty directory if the name ends in a slash.
func named(name string) zipbuild.File {
	if strings.HasSuffix(name, "/") {
		return zipbuild.File{Name: name}
	}
	return file(name)
}

// goodNames come close to breaking the rule.
var goodNames = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RulePathTraversal, []string{"..a/b", "a..b/c", "a/..b"}},
	{safezip.RuleAbsolutePath, []string{"etc/passwd", "a/etc"}},
	{safezip.RuleDriveOrUNC, []string{"C/x", "server/share/x"}},
	{safezip.RuleControlCharacter, []string{"a b", "~", "!"}},
	{safezip.RuleInvalidName, []string{"./a", ".a", "c/.b/d"}},
	{safezip.RuleBackslash, []string{"a/b", "a_b"}},
	{safezip.RuleReservedName, []string{"CONSOLE", "com10", "nul1", "aux-x", "lpt", "xCON", "con_", "clock"}},
	{safezip.RuleTrailingDotSpace, []string{".profile", "a.b", " a", "a b.c"}},
	{safezip.RuleIllegalCharacter, []string{"a;b", "a'b", "a&b", "a$b", "a%20b", "(a)", "[a]", "{a}", "a=b", "a+b",
		"a@b", "#a", "a,b", "a^b", "`a`"}},
	{safezip.RuleLongName, []string{strings.Repeat("a", 255), strings.Repeat(strings.Repeat("c", 255)+"/", 15) +
		strings.Repeat("d", 254) + "/e"}},
	{safezip.RuleNonASCII, []string{"ae", "nihongo.txt"}},
	{safezip.RuleDuplicateName, []string{"a", "b", "c/a", "c/b"}},
	{safezip.RuleFileDirCollision, []string{"a/b", "a/", "b", "ab/c"}},
	{safezip.RuleCaseCollision, []string{"a/A", "B/b", "c", "C1"}},
	{safezip.RuleShortNameCollision, []string{"PROGRA~1/x", "d/Program Files/y", "report~1.docx", "report-final.txt",
		"d/REPORT~1.DOC", "a.txt~", "~1", "a~", "notes.~1~", "notes.txt", "foo~0.c", "foo~bar.c", "foobar.c",
		"v", "v;1/x", "v;a", "v;1a"}},
}

func benignNames() []recipe {
	var list []recipe
	for _, group := range goodNames {
		var files []zipbuild.File
		for _, name := range group.names {
			files = append(files, named(name))
		}
		list = append(list, archive(group.rule, "neighbours", files...))
	}
	return list
}
