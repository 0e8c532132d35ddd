package safexml_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/safexml"
)

// A program is another parser, started once for many files.
type program struct {
	name, debian string
	args         []string
	// complains finds the name of a file at the start of a line that says the file is ill-formed.
	complains *regexp.Regexp
}

var programs = []program{
	{"xmllint", "libxml2-utils", []string{"--noout", "--nonet"},
		regexp.MustCompile(`(?m)^([0-9]+\.xml):[0-9]+: (?:parser|namespace|encoding|I/O) error`)},
	{"xmlwf", "expat", []string{"-k"}, regexp.MustCompile(`(?m)^([0-9]+\.xml):[0-9]+:[0-9]+: `)},
}

// refusals returns which of the documents, by number, a program refuses, with what it says.
func (p *program) refusals(t *testing.T, documents [][]byte) map[int]string {
	t.Helper()
	bin := need.Program(t, p.name, p.debian)
	dir := t.TempDir()
	args := append([]string(nil), p.args...)
	for i, data := range documents {
		name := fmt.Sprintf("%d.xml", i)
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	cmd := exec.CommandContext(t.Context(), bin, args...)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run() // The exit status is about all the files; what was printed, about each.
	refused := map[int]string{}
	for _, m := range p.complains.FindAllStringSubmatchIndex(out.String(), -1) {
		var n int
		if _, err := fmt.Sscanf(out.String()[m[2]:m[3]], "%d.xml", &n); err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(out.String()[m[0]:], "\n")
		if _, told := refused[n]; !told {
			refused[n] = line
		}
	}
	return refused
}

// differences are the reasons for which a program refuses a document that is well-formed.
var differences = []struct{ program, text, why string }{
	{"xmlwf", "not well-formed (invalid token)", "expat has the names of the fourth edition"},
	{"xmlwf", "unknown encoding", "expat does not know the label utf8, which Python writes"},
	{"xmllint", "is not a valid URI",
		"libxml2 holds names of namespaces to the grammar of URIs, which the recommendation does not make an error"},
}

// stricter returns the place in differences that explains why a program refuses a document, or -1.
func stricter(p *program, said string) int {
	for i, known := range differences {
		if known.program == p.name && strings.Contains(said, known.text) {
			return i
		}
	}
	return -1
}

// TestPrograms holds the verdict on every document that is at hand to libxml2 and expat: what is
// accepted, they accept, and where both accept something that is refused as ill-formed, the reason
// is known.
func TestPrograms(t *testing.T) {
	var documents [][]byte
	for _, c := range append(hostile(), benign()...) {
		if len(c.Data) < 64<<10 && (c.Option == "" || c.Option == "Signed" || len(documents)%16 == 0) {
			documents = append(documents, c.Data)
		}
	}
	for _, c := range suite(t) {
		documents = append(documents, c.data)
	}
	documents = append(documents, mutations(documents)...)
	verdicts := make([]error, len(documents))
	accepted := 0
	for i, data := range documents {
		if _, verdicts[i] = validate(t, data, sensible); verdicts[i] == nil {
			accepted++
		}
	}
	lenient, met := make(map[int]int), make([]bool, len(differences))
	for i := range programs {
		p := &programs[i]
		refused := p.refusals(t, documents)
		for n, said := range refused {
			if verdicts[n] != nil {
				continue
			}
			if why := stricter(p, said); why < 0 {
				t.Errorf("%s refuses %q: %s", p.name, documents[n], said)
			} else {
				met[why] = true
			}
		}
		for n := range documents {
			if refused[n] == "" {
				lenient[n]++
			}
		}
		t.Logf("%s: %d documents, %d accepted by safexml, %d refused by %s", p.name, len(documents), accepted,
			len(refused), p.name)
	}
	for i, known := range differences {
		if !met[i] {
			t.Errorf("no document shows that %s", known.why)
		}
	}
	for n, programsAccept := range lenient {
		if rule, ok := errors.AsType[*safexml.RuleError](verdicts[n]); ok && programsAccept == len(programs) &&
			rule.Rule == safexml.RuleNotWellFormed && !colonInDoctype.Match(documents[n]) {
			// Neither holds the name in a document type declaration to Namespaces in XML.
			t.Errorf("both programs accept %q: %v", documents[n], verdicts[n])
		}
	}
}

// colonInDoctype tells a document type declaration whose name is none of Namespaces in XML.
var colonInDoctype = regexp.MustCompile(`<!DOCTYPE (:|\S*:\s)`)

// mutations returns documents with one byte changed each, by a fixed rule.
func mutations(documents [][]byte) [][]byte {
	var list [][]byte
	replacements := []byte("<>&'\"/?!-]; \x00a:")
	for i, data := range documents {
		if len(data) == 0 || len(data) > 2000 || i%2 > 0 {
			continue
		}
		changed := bytes.Clone(data)
		changed[i*7919%len(data)] = replacements[i%len(replacements)]
		list = append(list, changed)
	}
	return list
}
