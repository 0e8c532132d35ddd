package safexml_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

func TestConfigErrors(t *testing.T) {
	for name, opts := range map[string][]safexml.Option{
		"no attributes":       {safexml.AttributesPerElement(0)},
		"too many attributes": {safexml.AttributesPerElement(safexml.MaxAttributesPerElement + 1)},
		"no namespaces":       {safexml.NamespacesInScope(0)},
		"too many namespaces": {safexml.NamespacesInScope(safexml.MaxNamespacesInScope + 1)},
		"no name":             {safexml.NameBytes(-1)},
		"too long names":      {safexml.NameBytes(safexml.MaxNameBytes + 1)},
		"no token":            {safexml.TokenBytes(0)},
		"too long tokens":     {safexml.TokenBytes(safexml.MaxTokenBytes + 1)},
		"unlimited token":     {safexml.TokenBytes(limits.UnsafeUnlimited)},
		"unknown rule":        {safexml.UnsafeAllow("no-such-rule")},
		"trust boundary":      {safexml.UnsafeAllow(safexml.RuleNotWellFormed)},
		"one of several":      {safexml.UnsafeAllow(safexml.RuleDoctype, safexml.RuleEntity)},
		"xpath alone":         {safexml.SignedXPath()},
		"xpath under SVG":     {safexml.SVG(), safexml.SignedXPath()},
		"two profiles":        {safexml.Signed(), safexml.SAML()},
		"nil":                 {nil},
		"canvas of nothing":   {safexml.SVG(), safexml.Canvas(0, 1)},
		"canvas too high":     {safexml.SVG(), safexml.Canvas(1, safexml.MaxCanvas+1)},
		"canvas alone":        {safexml.Canvas(1, 1)},
		"canvas of office":    {safexml.OOXML(), safexml.Canvas(1, 1)},
		"fonts alone":         {safexml.DataFonts()},
		"hyperlinks alone":    {safexml.Hyperlinks()},
		"images alone":        {safexml.DataImages()},
	} {
		t.Run(name, func(t *testing.T) {
			for _, f := range faces {
				err := f.take(t.Context(), strings.NewReader(ordinary), sensible, opts...)
				config, ok := errors.AsType[*limits.ConfigError](err)
				if !ok || len(config.Problems) != 1 || !errors.Is(err, limits.ErrConfig) ||
					errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrUnset) {
					t.Errorf("%s: %v; want one mistake in the configuration", f.name, err)
				}
			}
		})
	}
	_, err := safexml.Validate(t.Context(), strings.NewReader(ordinary), sensible, safexml.AttributesPerElement(0),
		safexml.NamespacesInScope(0), nil)
	if config, ok := errors.AsType[*limits.ConfigError](err); !ok || len(config.Problems) != 3 {
		t.Errorf("%v; want three problems at once", err)
	}
}

// TestNil has nothing but errors of configuration for what is nil.
func TestNil(t *testing.T) {
	for _, f := range faces[:5] {
		noContext := f.take(nil, strings.NewReader(ordinary), sensible)
		noSource := f.take(t.Context(), nil, sensible)
		for _, err := range []error{noContext, noSource} {
			if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
	if err := safexml.EachReference(t.Context(), strings.NewReader(ordinary), sensible, nil); !errors.Is(err,
		limits.ErrConfig) {
		t.Errorf("EachReference: %v", err)
	}
	var nilPointer *node
	for _, v := range []any{nil, node{}, nilPointer, map[string]string{}} {
		if err := safexml.Unmarshal(t.Context(), []byte(ordinary), v, sensible); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("Unmarshal into %T: %v", v, err)
		}
	}
}

// wrong is a reader that breaks the contract of io.Reader.
type wrong func(p []byte) (int, error)

func (f wrong) Read(p []byte) (int, error) { return f(p) }

// TestBadSource blames the source, and not the document, for what no reader may return and for its
// errors.
func TestBadSource(t *testing.T) {
	broken := errors.New("broken")
	for name, src := range map[string]io.Reader{
		"more than asked for": wrong(func(p []byte) (int, error) { return len(p) + 1, nil }),
		"negative":            wrong(func([]byte) (int, error) { return -1, nil }),
		"nothing for ever":    wrong(func([]byte) (int, error) { return 0, nil }),
		"an error":            wrong(func([]byte) (int, error) { return 0, broken }),
		"cut off": io.MultiReader(strings.NewReader("<a>"),
			wrong(func([]byte) (int, error) { return 0, io.ErrUnexpectedEOF })),
		"data and an error": wrong(func(p []byte) (int, error) { return copy(p, "<a/>"), broken }),
	} {
		t.Run(name, func(t *testing.T) {
			for _, f := range faces[:5] {
				err := f.take(t.Context(), src, sensible)
				if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) ||
					errors.Is(err, io.EOF) {
					t.Errorf("%s: %v; want the environment's error", f.name, err)
				}
			}
		})
	}
}
