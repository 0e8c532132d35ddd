package safexml_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

func ExampleCanvas() {
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Second}
	for _, drawing := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="2in"/>`,
		`<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"/>`,
	} {
		r, err := safexml.Validate(context.Background(), strings.NewReader(drawing), lim, safexml.SVG(),
			safexml.Canvas(2000, 2000))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r.Width, r.Height)
	}
	// Output:
	// 378 192
	// safexml.Validate: drawing-cost (line 1, column 1): the width of the drawing in pixels is 100000: at most 2000, see Canvas
}

func ExampleSkipDoctype() {
	doc := `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist/>`
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Second}
	r, err := safexml.NewReader(context.Background(), strings.NewReader(doc), lim, safexml.SkipDoctype())
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := io.ReadAll(r)
	fmt.Println(strings.TrimSpace(string(out)), len(out) == len(doc), err)
	// Output: <plist/> true <nil>
}

func ExampleLiteralEntities() {
	doc := `<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;"/>`
	lim := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Time: time.Second}
	type svg struct{ XMLName xml.Name }
	v, err := safexml.Decode[svg](context.Background(), strings.NewReader(doc), lim, safexml.LiteralEntities())
	fmt.Println(v.XMLName.Space, err)
	// Output: http://www.w3.org/2000/svg <nil>
}

func ExampleHTMLEntities() {
	lim := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Time: time.Second}
	v, err := safexml.Decode[string](context.Background(), strings.NewReader("<p>caf&eacute;</p>"), lim,
		safexml.HTMLEntities())
	fmt.Println(v, err)
	// Output: café <nil>
}

func ExampleHyperlinks() {
	drawing := `<svg xmlns="http://www.w3.org/2000/svg"><a href="https://example.com/"><path d="M0 0h9v9"/></a></svg>`
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Second}
	r, err := safexml.Validate(context.Background(), strings.NewReader(drawing), lim, safexml.SVG(), safexml.Hyperlinks())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Notes[0].Detail)
	// Output: a hyperlink to "https://example.com/"
}

func ExampleDataFonts() {
	drawing := `<svg xmlns="http://www.w3.org/2000/svg"><style>@font-face{font-family:x;src:url(data:font/woff2;base64,` +
		`d09GMgAB)}</style></svg>`
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Second}
	_, err := safexml.Validate(context.Background(), strings.NewReader(drawing), lim, safexml.SVG(), safexml.DataFonts())
	fmt.Println(err)
	// Output: <nil>
}
