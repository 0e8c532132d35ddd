package tree

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
	"github.com/seed73825598/airlock/safezip/internal/judge"
)

// Rules about names that a path alone does not show.
const (
	// NameEncoding is about a name beyond ASCII whose entry does not say its encoding.
	NameEncoding limits.Rule = "name-encoding"
	// UnicodePath is about a second name, in Unicode, that is not the first.
	UnicodePath limits.Rule = "unicode-path"
)

// A Policy says which names are let in. Its zero value is the strictest.
type Policy struct {
	Lifted    map[limits.Rule]bool
	Unicode   bool // names beyond ASCII, under rules of their own
	SkipMacOS bool // what macOS adds to archives is left out
	// Decode reads names beyond ASCII that do not say they are UTF-8; nil for no such encoding.
	Decode func(raw []byte) (string, error)
	Label  string // of Decode, for notes
}

// Admits reports a rule about names that the policy puts others in the place of.
func (p *Policy) Admits(rule limits.Rule) bool { return rule == filename.NonASCII && p.Unicode }

// A Name is the place of an entry in the tree.
type Name struct {
	Path string // components with "/" between them; empty for the root
	Dir  bool   // the name says that the entry is a directory
	Root bool   // the name is that of the root itself
	Skip bool   // the entry is left out: it is macOS's own
}

// Name judges the name of an entry by itself. It returns ok = false if it has been refused and the
// judge wants to see more.
func (t *Tree) Name(e *Entry) (n Name, ok bool, err error) {
	if path, dir := strings.CutSuffix(e.Name, "/"); filename.Plain(path) && !t.policy.SkipMacOS {
		return Name{Path: path, Dir: dir}, true, nil // As nearly every name.
	}
	name, unsaid, ok, err := t.decoded(e)
	if err != nil {
		return Name{}, false, err
	}
	t.decodes = t.decodes || name != e.Name
	if t.policy.Lifted[filename.Backslash] && strings.Contains(name, `\`) {
		if err := t.report(e, filename.Backslash, "backslashes are read as separators"); err != nil {
			return Name{}, false, err
		}
		name = strings.ReplaceAll(name, `\`, "/")
	}
	n.Path, n.Dir, n.Root = filename.Clean(name)
	if n.Root || e.Dir && name == "." { // Some packers of tar write no slash after directories.
		return Name{Dir: true, Root: true}, ok, nil
	}
	n.Skip = t.policy.SkipMacOS && isMacOS(n.Path)
	for _, problem := range t.problems(n, unsaid) {
		ok = ok && t.policy.Lifted[problem.Rule]
		if err := t.report(e, problem.Rule, problem.Detail); err != nil {
			return Name{}, false, err
		}
	}
	if n.Skip && ok {
		return n, true, t.note(e, "left out: macOS keeps its own data under this name")
	}
	return n, ok, nil
}

// problems returns what is wrong with a path under the policy. unsaid is what is wrong with its
// encoding, or "".
func (t *Tree) problems(n Name, unsaid string) []filename.Problem {
	var problems []filename.Problem
	for _, problem := range filename.Check(n.Path) {
		if n.Skip && isSpelling(problem.Rule) {
			continue
		}
		if !t.policy.Admits(problem.Rule) {
			problems = append(problems, problem)
		}
		if problem.Rule == filename.NonASCII && unsaid != "" {
			problems = append(problems, filename.Problem{Rule: NameEncoding, Detail: unsaid})
		}
	}
	return problems
}

// decoded returns the name of an entry in UTF-8, or as it stands together with what is wrong with
// its encoding; ok is false if its Unicode name has been refused and the judge wants to see more. A
// name beyond ASCII whose entry does not say that it is UTF-8 is read by the policy's encoding, or
// by the Unicode name beside it, or, if it is UTF-8 after all, as it stands: no other encoding
// reads a separator or a dot where UTF-8 has none.
func (t *Tree) decoded(e *Entry) (name, unsaid string, ok bool, err error) {
	wide := t.policy.Unicode || t.policy.Lifted[filename.NonASCII]
	if e.UTF8 || !strings.ContainsFunc(e.Name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return e.Name, "", true, nil
	}
	name = e.Name
	what := "it is UTF-8, and the entry does not say so"
	const unknown = "it is beyond ASCII, and the entry does not say that it is UTF-8"
	switch {
	case t.policy.Decode != nil:
		if name, err = t.policy.Decode([]byte(e.Name)); err != nil || !utf8.ValidString(name) {
			name, unsaid = e.Name, "it is no text in "+t.policy.Label
		}
		what = fmt.Sprintf("it is %s in %s", limits.Quote(e.Name), t.policy.Label)
	case e.UnicodeName != "" || !wide || !utf8.ValidString(e.Name):
		unsaid = unknown
	}
	if second := e.UnicodeName; second != "" && second != name {
		switch {
		case !utf8.ValidString(second) || skeleton(second) != skeleton(e.Name):
			if err := t.report(e, UnicodePath, "the Unicode path extra field holds "+limits.Quote(second)+
				", which differs in more than characters beyond ASCII"); err != nil {
				return "", "", false, err
			}
			return name, unsaid, t.policy.Lifted[UnicodePath], nil
		case wide:
			name, unsaid = second, ""
			what = fmt.Sprintf("it is %s in an encoding that the entry does not say", limits.Quote(e.Name))
		}
	}
	if unsaid != "" {
		return name, unsaid, true, nil
	}
	return name, "", true, t.note(e, "the name is "+limits.Quote(name)+": "+what)
}

// skeleton is a name with each run of characters beyond ASCII taken for one.
func skeleton(name string) string {
	var b strings.Builder
	beyond := false
	for i := range len(name) {
		switch c := name[i]; {
		case c < utf8.RuneSelf:
			b.WriteByte(c)
			beyond = false
		case !beyond:
			b.WriteByte(0xff)
			beyond = true
		}
	}
	return b.String()
}

// isMacOS reports a path that macOS adds to an archive: resource forks, folder settings and icons.
func isMacOS(path string) bool {
	for component := range strings.SplitSeq(path, "/") {
		if component == "__MACOSX" || component == ".DS_Store" || component == "Icon\r" ||
			strings.HasPrefix(component, "._") {
			return true
		}
	}
	return false
}

// isSpelling reports a rule about how a name is spelt, as opposed to where it leads.
func isSpelling(rule limits.Rule) bool {
	switch rule {
	case filename.ControlCharacter, filename.ReservedName, filename.TrailingDotSpace, filename.IllegalCharacter,
		filename.NonASCII, filename.LongName, filename.InvisibleCharacter, filename.BidiControl,
		filename.LookalikeSeparator, filename.UnassignedCharacter:
		return true
	}
	return false
}

func (t *Tree) note(e *Entry, detail string) error {
	return t.judge.Note(judge.Finding{Where: e.Name, Offset: e.Offset, Detail: detail})
}
