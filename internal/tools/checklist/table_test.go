package checklist

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// header and body make the table that the tests take apart.
const (
	header = "Field        Required  Default         Meaning"
	body   = `InputBytes   no        the file's size  size of the file
OutputBytes  yes       none             bytes, unpacked
Items        yes       none             entries
Depth        no        32 (DefaultDepth)  components of a path
Steps        no        16 Mi            records
MemoryBytes  no        64 MiB           names
Time         yes       none             wall clock`
)

// packageDoc is the source of a package whose comment holds the lines as an indented block.
func packageDoc(name, block string) string {
	var b strings.Builder
	b.WriteString("// Package " + name + " is made for a test.\n//\n// # Limits\n//\n// One step is one record.\n//\n")
	for line := range strings.Lines(block) {
		b.WriteString("//\t" + line)
	}
	b.WriteString("\n//\n// More follows.\npackage " + name + "\n")
	return b.String()
}

func TestLimitsTable(t *testing.T) {
	dir := t.TempDir()
	for name, src := range map[string]string{
		"doc.go":      packageDoc("p", header+"\n"+body),
		"p.go":        "package p\n",
		"p_test.go":   "// Package p_test has a comment of its own, which does not count.\npackage p_test\n",
		"README.text": "not Go",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := LimitsTable(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{
		{"InputBytes", "no", "the file's size", "size of the file"},
		{"OutputBytes", "yes", "none", "bytes, unpacked"},
		{"Items", "yes", "none", "entries"},
		{"Depth", "no", "32 (DefaultDepth)", "components of a path"},
		{"Steps", "no", "16 Mi", "records"},
		{"MemoryBytes", "no", "64 MiB", "names"},
		{"Time", "yes", "none", "wall clock"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestLimitsTableDirectory(t *testing.T) {
	if _, err := LimitsTable(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a directory that is not there has a table")
	}
	empty := t.TempDir()
	if _, err := LimitsTable(empty); err == nil || !strings.Contains(err.Error(), "no Go files") {
		t.Errorf("an empty directory: %v", err)
	}
	for _, name := range []string{"a.go", "b.go"} {
		if err := os.WriteFile(filepath.Join(empty, name), []byte(packageDoc("p", header+"\n"+body)),
			0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LimitsTable(empty); err == nil || !strings.Contains(err.Error(), "2 package comments") {
		t.Errorf("two package comments: %v", err)
	}
}

func TestParseTableRefuses(t *testing.T) {
	change := func(from, to string) string {
		if !strings.Contains(body, from) {
			t.Fatalf("%q is not in the table", from)
		}
		return header + "\n" + strings.Replace(body, from, to, 1)
	}
	for name, c := range map[string]struct{ block, want string }{
		"no table":              {"just code", "0 tables"},
		"other columns":         {strings.Replace(header, "Default", "Standard", 1) + "\n" + body, "0 tables"},
		"heads one space apart": {"Field Required Default Meaning\n" + body, "0 tables"},
		"missing row": {change("Depth        no        32 (DefaultDepth)  components of a path\n", ""),
			"6 rows, want 7"},
		"row too many":             {header + "\n" + body + "\nMore  no  1  of it", "8 rows, want 7"},
		"unknown field":            {change("Steps ", "Stairs"), `row 5: field "Stairs", want Steps`},
		"rows exchanged":           {change("Depth ", "Steps "), `row 4: field "Steps", want Depth`},
		"no meaning":               {change("  names", ""), "the column Meaning is empty"},
		"no default":               {change("  the file's size", ""), "row 1 has 3 cells, want 4"},
		"two spaces inside a cell": {change("bytes, unpacked", "bytes,  unpacked"), "row 2 has 5 cells, want 4"},
		"indented row":             {change("Items", "  Items"), `row 3 has 5 cells, want 4`},
		"required is maybe": {change("Time         yes", "Time         maybe"),
			`Time: required is "maybe", want yes or no`},
		"required with a default": {change("none             entries", "1000             entries"),
			`Items: is required and has the default "1000"`},
		"optional without default": {change("16 Mi", "none "), "Steps: is not required and has no default"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := "Package p.\n\n" + indent(c.block) + "\n\nMore.\n"
			rows, err := parseTable(doc)
			if err == nil {
				t.Fatalf("accepted: %v", rows)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %q, want it to say %q", err, c.want)
			}
		})
	}
	if _, err := parseTable("Package p.\n\n" + indent(header+"\n"+body) + "\n\nAnd:\n\n" +
		indent(header+"\n"+body)); err == nil || !strings.Contains(err.Error(), "2 tables") {
		t.Errorf("two tables: %v", err)
	}
}

func indent(block string) string { return "\t" + strings.ReplaceAll(block, "\n", "\n\t") }
