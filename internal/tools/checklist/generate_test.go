package checklist

import (
	"io/fs"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// A probe is a module with one package, "door", which has three rules: one that is never lifted,
// one that UnsafeAllow lifts and one with an option of its own. A test changes one thing and sees
// it refused.
type probe struct {
	files fstest.MapFS
	rules []limits.RuleInfo
	Package
}

func newProbe() *probe {
	p := &probe{
		files: fstest.MapFS{
			"limits/limits.go": {Data: []byte("package limits\n\ntype Rule string\n")},
			"internal/names/names.go": {Data: []byte(`package names

import "` + module + `/limits"

const Bad limits.Rule = "bad-name"
`)},
			"door/doc.go": {Data: []byte(packageDoc("door", header+"\n"+body))},
			"door/rules.go": {Data: []byte(`package door

import (
	"os"

	"` + module + `/internal/names"
	"` + module + `/limits"
)

// Rule is what other packages of the module call it too.
type Rule = limits.Rule

const (
	RuleBadName      = names.Bad
	RuleGap     Rule = "g" + "ap"
	RuleLink    Rule = "link"
	DefaultDepth     = 32
	hidden      Rule = "hidden"
)

func UnsafeAllow(rules ...Rule)        {}
func UnsafeLinks()                     {}
func Links()                           {}
func Open(name string) (*os.File, int) { return os.Open(name) }
`)},
		},
		rules: []limits.RuleInfo{
			{Rule: "bad-name", Attack: "A name leads elsewhere.", CWE: "CWE-22", Default: "refused"},
			{Rule: "gap", Attack: "Bytes | nobody sees.", CWE: "CWE-436", Default: "refused", Liftable: true},
			{Rule: "link", Attack: "A link leads out.", CWE: "CWE-61", Default: "refused"},
		},
		Package: Package{
			Path:     "door",
			Lift:     map[limits.Rule]string{"link": "UnsafeLinks"},
			Supports: map[limits.Rule][]string{"bad-name": {"5.3.3"}, "link": {"5.2.5", "1.5.3"}},
			Budgets:  map[string][]string{"OutputBytes": {"5.2.3", "15.2.2"}},
		},
	}
	p.Rules = func() iter.Seq[limits.RuleInfo] { return slices.Values(p.rules) }
	return p
}

const wantDoor = `## Limits

| Field | Required | Default | Meaning |
| --- | --- | --- | --- |
| ¬InputBytes¬ | no | the file's size | size of the file |
| ¬OutputBytes¬ | yes | none | bytes, unpacked |
| ¬Items¬ | yes | none | entries |
| ¬Depth¬ | no | 32 (DefaultDepth) | components of a path |
| ¬Steps¬ | no | 16 Mi | records |
| ¬MemoryBytes¬ | no | 64 MiB | names |
| ¬Time¬ | yes | none | wall clock |

## Budgets and rules

| Budget or rule | What it stops | CWE | ASVS 5.0 | Default | How to lift it | How to test it |
| --- | --- | --- | --- | --- | --- | --- |
| ¬InputBytes¬ | The input itself is larger than the service can take in. | CWE-770 | – | the file's size | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/InputBytes'¬ |
| ¬OutputBytes¬ | A small input expands to a huge output. | CWE-409 | 5.2.3, 15.2.2 | required | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/OutputBytes'¬ |
| ¬Items¬ | Millions of tiny parts, each of which costs more than its bytes. | CWE-770 | – | required | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/Items'¬ |
| ¬Depth¬ | Nesting so deep that whoever follows it runs out of stack or path. | CWE-674 | – | 32 (DefaultDepth) | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/Depth'¬ |
| ¬Steps¬ | An input that is cheap to send and dear to process. | CWE-405 | – | 16 Mi | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/Steps'¬ |
| ¬MemoryBytes¬ | An input that has to be held in memory, or claims that it has. | CWE-789 | – | 64 MiB | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/MemoryBytes'¬ |
| ¬Time¬ | A call that keeps a worker busy for as long as the sender likes. | CWE-400 | – | required | ¬limits.UnsafeUnlimited¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestLimits/Time'¬ |
| ¬bad-name¬ | A name leads elsewhere. | CWE-22 | 5.3.3 | refused | not at all | ¬go test github.com/seed73825598/airlock/door -run 'TestRules/bad-name'¬ |
| ¬gap¬ | Bytes \| nobody sees. | CWE-436 | – | refused | ¬UnsafeAllow(RuleGap)¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestRules/gap'¬ |
| ¬link¬ | A link leads out. | CWE-61 | 5.2.5, 1.5.3 | refused | ¬UnsafeLinks()¬ | ¬go test github.com/seed73825598/airlock/door -run 'TestRules/link'¬ |

The column ASVS 5.0 names requirements of the OWASP Application Security Verification Standard 5.0 that the line supports. It does not say that a service meets them.

- 1.5.3: parsers that read the same data read it the same way
- 5.2.3: uncompressed size and number of files are checked before a compressed file is uncompressed
- 5.2.5: compressed files with symbolic links are not accepted unless they are needed
- 5.3.3: unpacking does not follow path information that came with the file (zip slip)
- 15.2.2: there are defences against exhausting the service through what is expensive
`

func TestGenerate(t *testing.T) {
	p := newProbe()
	texts, err := Generate(p.files, []Package{p.Package})
	if err != nil {
		t.Fatal(err)
	}
	head, tables, found := strings.Cut(texts["door/CHECKLIST.md"], "## Limits\n")
	if !found || len(texts) != 1 || !strings.HasPrefix(head, "# door: review checklist\n") ||
		!strings.Contains(head, callers) {
		t.Errorf("%d texts, the head is\n%s", len(texts), head)
	}
	if diff := cmp.Diff(strings.ReplaceAll(wantDoor, "¬", "`"), "## Limits\n"+tables); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestCell(t *testing.T) {
	const in, want = "`<>:\"|?*` \\x a_b [1] ~ & é", "\\`&lt;&gt;:\"\\|?\\*\\` \\\\x a\\_b \\[1\\] \\~ &amp; é"
	if got := cell(in); got != want {
		t.Errorf("cell(%q) = %q, want %q", in, got, want)
	}
}

func TestGenerateRefuses(t *testing.T) {
	edit := func(p *probe, name, from, to string) {
		src := string(p.files[name].Data)
		if !strings.Contains(src, from) {
			t.Fatalf("%q is not in %s", from, name)
		}
		p.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(src, from, to, 1))}
	}
	for name, c := range map[string]struct {
		change func(*probe)
		want   string
	}{
		"no rules": {func(p *probe) { p.rules = nil }, "no rules"},
		"rule listed twice": {func(p *probe) { p.rules = append(p.rules, p.rules[0]) },
			`rule "bad-name": is listed twice`},
		"rule in camel case": {func(p *probe) { p.rules[1].Rule = "badName" },
			`rule "badName": is not in kebab case`},
		"rule ends with a dash": {func(p *probe) { p.rules[1].Rule = "gap-" }, `rule "gap-": is not in kebab case`},
		"CWE without number":    {func(p *probe) { p.rules[0].CWE = "CWE-" }, `CWE is "CWE-"`},
		"CWE without prefix":    {func(p *probe) { p.rules[0].CWE = "22" }, `CWE is "22"`},
		"attack is missing":     {func(p *probe) { p.rules[0].Attack = "" }, `attack is ""`},
		"attack of two lines":   {func(p *probe) { p.rules[0].Attack = "One\ntwo." }, "attack is"},
		"attack without period": {func(p *probe) { p.rules[0].Attack = "A name" }, "attack is"},
		"default is missing":    {func(p *probe) { p.rules[0].Default = "" }, `default is ""`},
		"rule without constant": {func(p *probe) { edit(p, "door/rules.go", "RuleLink ", "ruleLink ") },
			`rule "link": 0 exported constants`},
		"two constants": {func(p *probe) {
			edit(p, "door/rules.go", `hidden      Rule = "hidden"`,
				`RuleToo Rule = "gap"`)
		}, `rule "gap": 2 exported constants`},
		"constant without rule": {func(p *probe) { edit(p, "door/rules.go", "hidden ", "RuleNew ") },
			`rule "hidden": has the constant RuleNew`},
		"constant of other name": {func(p *probe) { edit(p, "internal/names/names.go", "bad-name", "worse-name") },
			`rule "worse-name": has the constant RuleBadName`},
		"lift of unknown rule": {func(p *probe) { p.Lift["gone"] = "UnsafeLinks" },
			`rule "gone": UnsafeLinks is said to lift it`},
		"lift of liftable rule": {func(p *probe) { p.Lift["gap"] = "UnsafeLinks" },
			`rule "gap": UnsafeLinks is said to lift it, and UnsafeAllow does`},
		"lift by missing option": {func(p *probe) { p.Lift["link"] = "UnsafeGone" }, `"UnsafeGone" is not a function`},
		"lift by harmless name": {func(p *probe) { p.Lift["link"] = "Links" },
			`"Links" is not a function of the package whose name begins with Unsafe`},
		"claim for unknown rule": {func(p *probe) { p.Supports["gone"] = []string{"5.3.3"} },
			`rule "gone": is mapped to ASVS`},
		"claim of unknown number": {func(p *probe) { p.Supports["gap"] = []string{"5.3.9"} },
			`"gap": ASVS requirement "5.3.9"`},
		"claim of nothing": {func(p *probe) { p.Supports["gap"] = nil }, `"gap": is mapped to no requirement`},
		"claim for unknown field": {func(p *probe) { p.Budgets["Width"] = []string{"5.2.1"} },
			`field "Width": is mapped to ASVS`},
		"budget unknown number": {func(p *probe) { p.Budgets["Time"] = []string{"99.1.1"} },
			`"Time": ASVS requirement "99.1.1"`},
		"row is missing": {func(p *probe) { edit(p, "door/doc.go", "//\tItems", "//\tThings") },
			`limits table: row 3: field "Things"`},
		"package is missing":     {func(p *probe) { p.Path = "window" }, "window: "},
		"source does not parse":  {func(p *probe) { edit(p, "door/rules.go", "const (", "const") }, "door: rules.go"},
		"files are not readable": {func(p *probe) { p.files["door/rules.go"].Mode = fs.ModeDir }, "door: "},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProbe()
			c.change(p)
			got, err := Generate(p.files, []Package{p.Package})
			if err == nil || got != nil {
				t.Fatalf("accepted (error %v):\n%v", err, got)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %q, want it to say %q", err, c.want)
			}
		})
	}
}

// TestGenerateReportsAll wants every mistake in one run: an author who adds ten rules should not
// run the generator ten times.
func TestGenerateReportsAll(t *testing.T) {
	p := newProbe()
	p.rules[0].CWE, p.rules[2].Attack, p.Supports["gap"] = "", "", []string{"0.0.0"}
	_, err := Generate(p.files, []Package{p.Package})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{`rule "bad-name": CWE`, `rule "link": attack`, `"gap": ASVS`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error is %q, want it to say %q", err, want)
		}
	}
}

func TestRequirements(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range requirements {
		if seen[q.ID] || q.Text == "" {
			t.Errorf("requirement %q: listed twice or without a text", q.ID)
		}
		seen[q.ID] = true
	}
}
