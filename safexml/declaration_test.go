package safexml_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// TestDeclarationBytes takes a declaration of 16 KiB and refuses one that is a byte longer, however
// it arrives.
func TestDeclarationBytes(t *testing.T) {
	const most = 16 << 10
	lim := sensible
	lim.OutputBytes = limits.KiB
	fill := func(before, after string, n int) string {
		return before + strings.Repeat("a", n-len(before)-len(after)) + after
	}
	for name, parts := range map[string][2]string{
		"document type":   {`<!DOCTYPE a SYSTEM "`, `">`},
		"internal subset": {`<!DOCTYPE a [<!ENTITY e "`, `">]>`},
		"white space":     {`<!DOCTYPE a SYSTEM "b>"` + strings.Repeat(" ", most/2) + `[<!ENTITY e ">`, `">]>`},
	} {
		t.Run(name, func(t *testing.T) {
			for split, read := range map[string]func(io.Reader) io.Reader{
				"whole":        func(r io.Reader) io.Reader { return r },
				"byte by byte": iotest.OneByteReader,
				"halves":       iotest.HalfReader,
				"data and EOF": iotest.DataErrReader,
			} {
				take := func(declaration string) error {
					r, err := safexml.NewReader(t.Context(), read(strings.NewReader(declaration+"<a/>")), lim,
						safexml.LiteralEntities(), safexml.SkipDoctype())
					if err != nil {
						return err
					}
					_, err = io.Copy(io.Discard, r)
					return err
				}
				if err := take(fill(parts[0], parts[1], most)); err != nil {
					t.Errorf("%s, 16 KiB: %v", split, err)
				}
				var refused *safexml.RuleError
				if err := take(fill(parts[0], parts[1], most+1)); !errors.As(err, &refused) ||
					!strings.Contains(refused.Detail, "16 KiB") || refused.Offset != 0 {
					t.Errorf("%s, a byte more: %v", split, err)
				}
			}
		})
	}
}

// TestDeclarationCut tells of a fault in a declaration before it tells how the source went on, and
// of the end of the source where there is none.
func TestDeclarationCut(t *testing.T) {
	broken := errors.New("broken")
	for _, test := range []struct{ text, fault string }{
		{`<!DOCTYPE a SYSTUM`, "SYSTEM must come here"},
		{`<!DOCTYPE a "`, "PUBLIC must come here"},
		{`<?xml version="1.0" encodang`, "encoding must come here"},
		{`<!DOCTYPE a SYSTEM "aaaaaaaaaaaaaaaaaaaaaaaaaaaa`, ""},
		{`<?xml version="1.0" encoding="`, ""},
	} {
		for _, read := range []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader,
		} {
			_, err := safexml.Validate(t.Context(), read(strings.NewReader(test.text)), sensible)
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%s: %v", test.text, err)
			}
			late := io.MultiReader(strings.NewReader(test.text), iotest.ErrReader(broken))
			_, err = safexml.Validate(t.Context(), read(late), sensible)
			if test.fault == "" && !errors.Is(err, broken) || test.fault != "" &&
				(errors.Is(err, broken) || !strings.Contains(err.Error(), test.fault)) {
				t.Errorf("%s, and then an error: %v", test.text, err)
			}
			lim := limits.Limits{InputBytes: limits.Bytes(len(test.text)), Time: time.Minute}
			_, err = safexml.Validate(t.Context(), read(strings.NewReader(test.text+"more")), lim)
			if exceeded := errors.Is(err, limits.ErrExceeded); exceeded != (test.fault == "") {
				t.Errorf("%s, and more than may be read: %v", test.text, err)
			}
		}
	}
}
