//go:build linux && !race

package reliability

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// dearDocuments are inputs of safexml without a profile, or with that of office parts.
func dearDocuments() []dear {
	return []dear{
		{"xml: a declaration byte by byte", 16_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return passedOn(iotest.OneByteReader, `<!DOCTYPE a SYSTEM "`+strings.Repeat(">", n)+`"><a/>`, safexml.SkipDoctype())
		}},
		{"xml: a subset byte by byte", 16_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			var s strings.Builder
			for i := 0; s.Len() < n-100; i++ {
				fmt.Fprintf(&s, `<!ENTITY a%03d "%s">`, i, strings.Repeat("x", 50))
			}
			return passedOn(iotest.OneByteReader, `<!DOCTYPE a [`+s.String()+`]><a/>`, safexml.LiteralEntities())
		}},
		{"xml: one of many entities", 8 << 20, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			var s strings.Builder
			for i := range 256 {
				fmt.Fprintf(&s, `<!ENTITY %c%c "x">`, 'a'+i/16, 'a'+i%16)
			}
			return passedOn(iotest.DataErrReader, `<!DOCTYPE a [`+s.String()+`]><a>`+strings.Repeat("&pp;", n/4)+`</a>`,
				safexml.LiteralEntities())
		}},
		{"xml: small elements after a large one", 8 << 20, 0,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				var s strings.Builder
				for i := range 65_000 {
					fmt.Fprintf(&s, ` a%d=""`, i)
				}
				small := `<c a="" b="" c="" d="" e="" f="" g="" h="" i=""/>`
				return validated(`<a><b`+s.String()+`/>`+strings.Repeat(small, n/len(small))+`</a>`,
					safexml.AttributesPerElement(1<<16))
			}},
		{"xml: short bases below a long one", 10_000, 2_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return validated(`<x xml:base="http://a/` + strings.Repeat("b/", 30_000) + `">` +
					strings.Repeat("<a xml:base='c'/>", n) + `</x>`)
			}},
		{"xml: comments of XPath in comments", 60_000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return validated(`<x:a xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:b select="` +
					strings.Repeat("doc(:", n/5) + `"/></x:a>`)
			}},
		{"xml: calls of XPath in calls", 60_000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				doc := `<x:a xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:b select="` + strings.Repeat("doc(", n/4) +
					`"/></x:a>`
				return func(ctx context.Context, lim limits.Limits) error {
					return safexml.EachReference(ctx, strings.NewReader(doc), lim,
						func(safexml.Reference) error { return nil })
				}
			}},
		{"xml: namespaces around records", 20_000, 200_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				var s strings.Builder
				for i := range 100 {
					fmt.Fprintf(&s, ` xmlns:n%d="%s%d"`, i, strings.Repeat("u", 2000), i)
				}
				return records(`<r` + s.String() + `>` + strings.Repeat(`<f/>`, n) + `</r>`)
			}},
		{"xml: entities between records", 50_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return records(`<!DOCTYPE r [<!ENTITY a "x">]><r>`+strings.Repeat(`<f/>&a;`, n)+`</r>`,
				safexml.LiteralEntities())
		}},
		{"xml: a long name to write", 1 << 20, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return written(&xml.StartElement{Name: xml.Name{Local: strings.Repeat("\ufffd", n)}})
		}},
		{"xml: namespaces to write", 60_000, 500_000, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			e := &xml.StartElement{Name: xml.Name{Local: "a"}}
			for i := range n {
				e.Attr = append(e.Attr, xml.Attr{Name: xml.Name{Space: fmt.Sprint(i), Local: "a"}})
			}
			return written(e)
		}},
		{"ooxml: brackets of a formula", 60_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return validated(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+
				`<row r="1">`+strings.Repeat(`<c r="A1"><f>`+strings.Repeat("[", n)+`</f></c>`, 200)+
				`</row></sheetData></worksheet>`, safexml.OOXML())
		}},
		{"ooxml: calls of a formula", 400_000, 500_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				doc := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
					`<row r="1"><c r="A1"><f>` + strings.Repeat("|WEBSERVICE(A)", n) + `</f></c></row></sheetData></worksheet>`
				return func(ctx context.Context, lim limits.Limits) error {
					return safexml.EachReference(ctx, strings.NewReader(doc), lim,
						func(safexml.Reference) error { return nil }, safexml.OOXML())
				}
			}},
		{"ooxml: fields in fields", 4000, 1_000_000, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return validated(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+
				`<w:body><w:p>`+strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, n)+
				strings.Repeat(`<w:r><w:instrText>a</w:instrText></w:r>`, n)+`</w:p></w:body></w:document>`,
				safexml.OOXML())
		}},
	}
}

func validated(doc string, opts ...safexml.Option) func(context.Context, limits.Limits) error {
	return func(ctx context.Context, lim limits.Limits) error {
		_, err := safexml.Validate(ctx, strings.NewReader(doc), lim, opts...)
		return err
	}
}

func passedOn(split func(io.Reader) io.Reader, doc string, opts ...safexml.Option,
) func(context.Context, limits.Limits) error {
	return func(ctx context.Context, lim limits.Limits) error {
		r, err := safexml.NewReader(ctx, split(strings.NewReader(doc)), lim, opts...)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, r)
		return err
	}
}

// A foreign record is filled by encoding/xml.
type foreign struct{ n int }

func (f *foreign) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	f.n++
	return d.Skip()
}

func records(doc string, opts ...safexml.Option) func(context.Context, limits.Limits) error {
	return func(ctx context.Context, lim limits.Limits) error {
		_, err := safexml.EachRecord(ctx, strings.NewReader(doc), "r/f", lim, func(foreign) error { return nil }, opts...)
		return err
	}
}

func written(e *xml.StartElement) func(context.Context, limits.Limits) error {
	return func(ctx context.Context, lim limits.Limits) error {
		lim.InputBytes = 0
		w, err := safexml.NewEncoder(ctx, io.Discard, lim, safexml.AttributesPerElement(1<<16),
			safexml.NamespacesInScope(1<<16))
		if err != nil {
			return err
		}
		defer func() { _ = w.Close() }()
		return w.EncodeToken(*e)
	}
}
