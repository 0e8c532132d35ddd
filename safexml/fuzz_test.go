package safexml_test

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// fuzzLimits are small enough that inputs reach them.
var fuzzLimits = limits.Limits{InputBytes: 64 * limits.KiB, Time: sensible.Time, Items: 200, Depth: 20}

// optionsByte is the byte for the option of a case.
var optionsByte = map[string]byte{"SVG": 1, "SVG, DataImages": 6, "OOXML": 2, "Signed": 3, "SAML": 8,
	"Signed, SignedXPath":      9,
	"UnsafeAllow(RuleDoctype)": 5, "SVG, Hyperlinks": 11, "SVG, DataFonts": 11}

// fuzzOptions are the ways in which a document is judged; the byte before it says which. Options
// under which the faces may differ, as some blank what others refuse, are those of FuzzEntities.
func fuzzOptions(which byte) []safexml.Option {
	var opts []safexml.Option
	switch which & 15 {
	case 1:
		opts = append(opts, safexml.SVG())
	case 2:
		opts = append(opts, safexml.OOXML())
	case 3:
		opts = append(opts, safexml.Signed())
	case 4:
		opts = append(opts, safexml.UTF16())
	case 5:
		opts = append(opts, safexml.UnsafeAllow(safexml.RuleDoctype, safexml.RuleProcessingInstruction,
			safexml.RuleXInclude, safexml.RuleXSLTImport))
	case 6:
		opts = append(opts, safexml.SVG(), safexml.DataImages(), safexml.UnsafeAllow(safexml.RuleUnlistedContent,
			safexml.RuleExternalReference))
	case 7:
		opts = append(opts, safexml.AttributesPerElement(3), safexml.NamespacesInScope(3), safexml.NameBytes(6),
			safexml.TokenBytes(12))
	case 8:
		opts = append(opts, safexml.SAML())
	case 9:
		opts = append(opts, safexml.Signed(), safexml.SignedXPath())
	case 10:
		opts = append(opts, safexml.SAML(), safexml.SignedXPath())
	case 11:
		opts = append(opts, safexml.SVG(), safexml.Hyperlinks(), safexml.DataFonts())
	case 12:
		opts = append(opts, safexml.UTF16(), charset.Allow(slices.Collect(charset.Labels())...))
	case 13:
		opts = append(opts, safexml.OOXML(), safexml.PartName("word/document.xml"))
	}
	return opts
}

// FuzzDocument holds every face to the verdict of Validate however the document arrives, and
// accepted documents to what encoding/xml reads.
func FuzzDocument(f *testing.F) {
	seeds := 0
	for _, cases := range []iter.Seq[xmltest.Case]{xmltest.Hostile(), xmltest.Benign()} {
		for c := range cases {
			// The drawings are many and alike.
			if seeds++; len(c.Data) < 2048 && (c.Option != "SVG" || seeds%8 == 0) {
				f.Add(optionsByte[c.Option], c.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		opts := fuzzOptions(which)
		report, first := validate(t, data, fuzzLimits, opts...)
		want := verdict(t, first)
		for i, r := range []io.Reader{
			iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data)),
			io.MultiReader(bytes.NewReader(data[:len(data)/2]), bytes.NewReader(data[len(data)/2:])),
		} {
			other, err := safexml.Validate(t.Context(), r, fuzzLimits, opts...)
			if diff := cmp.Diff(want, verdict(t, err)); diff != "" {
				t.Errorf("split %d (-whole +split):\n%s", i, diff)
			}
			if diff := cmp.Diff(report, other); diff != "" {
				t.Errorf("split %d, report (-whole +split):\n%s", i, diff)
			}
		}
		for _, f := range faces[1:3] {
			for _, r := range []io.Reader{bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data))} {
				if diff := cmp.Diff(want, verdict(t, f.take(t.Context(), r, fuzzLimits, opts...))); diff != "" {
					t.Errorf("%s (-Validate +%s):\n%s", f.name, f.name, diff)
				}
			}
		}
		refs := 0
		if err := safexml.EachReference(t.Context(), bytes.NewReader(data), fuzzLimits,
			func(r safexml.Reference) error {
				if refs++; r.Offset < 0 || r.Offset > int64(len(data)) || r.Line < 1 || r.Column < 1 ||
					r.Mechanism.ID == "" {
					t.Errorf("reference %+v", r)
				}
				return nil
			}, opts...); err != nil && first == nil {
			if _, ok := verdict(t, err).(limits.ExceededError); !ok {
				t.Errorf("EachReference refuses what passes: %v", err)
			}
		}
		if first == nil && report.Encoding == "UTF-8" && which&15 != 5 && which&15 != 7 {
			sameTokens(t, data, opts...)
		}
	})
}
