package caselist_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/decompress/decompresstest"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
	"github.com/seed73825598/airlock/safezip/ziptest"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// A shaped case is one of any …test package: it brings the limits and options that it is made for.
type shaped[Option any] interface {
	Limits() limits.Limits
	Options() []Option
}

// A kit is a …test package.
type kit[Case shaped[Option], Option any] struct {
	rules           iter.Seq[limits.RuleInfo]
	byCall          []limits.Rule // the arguments of a call break them, or what it finds on the disk
	hostile, benign iter.Seq[Case]
	about           func(c Case) (name string, rule limits.Rule, passes bool)
	// take does with an input what the package is for, under the limits and options of the case.
	take func(t *testing.T, c Case) error
}

// check asks of a kit that names are unique, that each rule has three hostile cases and a benign
// one, that hostile ones are refused unless they say that they pass, and that benign ones are
// taken.
func (k kit[Case, Option]) check(t *testing.T) {
	seen := map[string]bool{}
	once := func(name string) {
		if seen[name] {
			t.Errorf("%s comes twice", name)
		}
		seen[name] = true
	}
	hostile, benign := map[limits.Rule]int{}, map[limits.Rule]int{}
	for c := range k.hostile {
		name, rule, passes := k.about(c)
		once("hostile " + name)
		hostile[rule]++
		if err := k.take(t, c); errors.Is(err, limits.ErrRefused) == passes || passes && err != nil {
			t.Errorf("hostile %s: %v; want no refusal: %t", name, err, passes)
		}
	}
	for c := range k.benign {
		name, rule, _ := k.about(c)
		once("benign " + name)
		benign[rule]++
		if err := k.take(t, c); err != nil {
			t.Errorf("benign %s: %v", name, err)
		}
	}
	for info := range k.rules {
		n, m := hostile[info.Rule], benign[info.Rule]
		if !slices.Contains(k.byCall, info.Rule) && (n < 3 || m < 1) {
			t.Errorf("%s has %d hostile and %d benign cases; want 3 and 1", info.Rule, n, m)
		}
	}
}

// TestShape: six packages, one shape. Each has Hostile and Benign, and more of both where an option
// makes another judge of the package; Seed; and Limits and Options of each case.
func TestShape(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds: each package has its cases in tests of its own, too")
	}
	t.Run("ziptest", kit[ziptest.Case, safezip.Option]{
		rules: safezip.Rules(), byCall: []limits.Rule{safezip.RuleOutsidePrefix, safezip.RuleKeptName},
		hostile: caselist.Chain(ziptest.Hostile(), ziptest.HostileUnicode()),
		benign:  caselist.Chain(ziptest.Benign(), ziptest.BenignUnicode()),
		about:   func(c ziptest.Case) (string, limits.Rule, bool) { return c.Name, c.Rule, false },
		take: func(t *testing.T, c ziptest.Case) error {
			dir, size := filepath.Join(t.TempDir(), "out"), int64(len(c.Data))
			_, err := safezip.Extract(t.Context(), dir, bytes.NewReader(c.Data), size, c.Limits(), c.Options()...)
			return err
		},
	}.check)
	t.Run("tartest", kit[tartest.Case, safetar.Option]{
		rules: safetar.Rules(), byCall: []limits.Rule{safetar.RuleOutsidePrefix, safetar.RuleKeptName,
			safetar.RulePresetDictionary},
		hostile: caselist.Chain(tartest.Hostile(), tartest.HostileLinks(), tartest.HostileUnicode()),
		benign:  caselist.Chain(tartest.Benign(), tartest.BenignLinks(), tartest.BenignUnicode()),
		about:   func(c tartest.Case) (string, limits.Rule, bool) { return c.Name, c.Rule, false },
		take: func(t *testing.T, c tartest.Case) error {
			_, err := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
			return err
		},
	}.check)
	t.Run("decompresstest", kit[decompresstest.Case, decompress.Option]{
		rules:   decompress.Rules(),
		hostile: caselist.Chain(decompresstest.Hostile(), decompresstest.HostileMultistream()),
		benign:  caselist.Chain(decompresstest.Benign(), decompresstest.BenignMultistream()),
		about:   func(c decompresstest.Case) (string, limits.Rule, bool) { return c.Name, c.Rule, false },
		take: func(t *testing.T, c decompresstest.Case) error {
			_, err := decompress.Bytes(t.Context(), c.Data, c.Format, c.Limits(), c.Options()...)
			return err
		},
	}.check)
	t.Run("xmltest", kit[xmltest.Case, safexml.Option]{
		rules: safexml.Rules(), hostile: xmltest.Hostile(), benign: xmltest.Benign(),
		about: func(c xmltest.Case) (string, limits.Rule, bool) { return c.Name, c.Rule, false },
		take:  takeDocument,
	}.check)
	t.Run("regextest", kit[regextest.Case, saferegex.Option]{
		rules:   saferegex.Rules(),
		hostile: caselist.Chain(regextest.Hostile(), regextest.HostileBytes(), regextest.HostileRedact()),
		benign:  caselist.Chain(regextest.Benign(), regextest.BenignBytes(), regextest.BenignRedact()),
		about: func(c regextest.Case) (string, limits.Rule, bool) {
			return c.Name, c.Rule, c.Want != regextest.RefusePattern && c.Want != regextest.RefuseText
		},
		take: takePattern,
	}.check)
	t.Run("idtest", kit[idtest.Case, unicodeid.Option]{
		rules: unicodeid.Rules(), hostile: idtest.Hostile(), benign: idtest.Benign(),
		about: func(c idtest.Case) (string, limits.Rule, bool) { return c.Name, c.Rule, c.Rule == "" },
		take:  takeName(),
	}.check)
}

// takeDocument reads every token: a document that declares entities passes where they are replaced.
func takeDocument(t *testing.T, c xmltest.Case) error {
	tokens, err := safexml.NewTokenizer(t.Context(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
	for err == nil {
		err = tokens.Next()
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// takePattern compiles the pattern, and copies a text that is to be copied. The other operations
// are those of regextest's own tests.
func takePattern(t *testing.T, c regextest.Case) error {
	re, err := saferegex.Compile(t.Context(), c.Pattern, c.Limits(), c.Options()...)
	if err != nil || c.Op != regextest.Redact {
		return err
	}
	_, err = re.Redact(t.Context(), new(bytes.Buffer), strings.NewReader(c.Text), c.Template, c.Window)
	return err
}

// takeName signs a name up, with a profile for each that cases name.
func takeName() func(t *testing.T, c idtest.Case) error {
	profiles := map[string]*unicodeid.Profile{}
	return func(t *testing.T, c idtest.Case) error {
		if profiles[c.Profile] == nil {
			p, err := unicodeid.New(c.Limits(), c.Options()...)
			if err != nil {
				return err
			}
			profiles[c.Profile] = p
		}
		_, err := profiles[c.Profile].Register(t.Context(), c.Raw)
		return err
	}
}
