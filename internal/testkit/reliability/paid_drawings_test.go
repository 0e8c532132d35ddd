//go:build linux && !race

package reliability

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// dearDrawings are inputs of safexml.SVG.
func dearDrawings() []dear {
	style := func(text string) func(context.Context, limits.Limits) error {
		return drawing(`<style>` + text + `</style>`)
	}
	return []dear{
		{"svg: declarations under selectors", 20_000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return style(strings.Repeat("a,", n) + "b{" + strings.Repeat("zoom:var(--a);", n) + "}")
			}},
		{"svg: declarations in a block", 20_000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return style("@media print{" + strings.Repeat("a,", n) + "b{" + strings.Repeat("color:red;", n) + "}}")
			}},
		{"svg: sizes of classes", 4000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			var s strings.Builder
			for i := range n {
				fmt.Fprintf(&s, ".z%d{zoom:1.01}", i)
			}
			group := `<g class="` + strings.Repeat("a ", 30_000) + `"/>`
			return drawing(`<style>` + s.String() + `</style>` + strings.Repeat(group, 20))
		}},
		{"svg: long numbers", 4 << 20, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return drawing(`<path d="M0 0l` + strings.Repeat(strings.Repeat("1", 1000)+"e-999 ", n/1000) + `1"/>`)
		}},
		{"svg: elements of one ID", 1000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return drawing(`<defs>` + strings.Repeat(`<g id="a"/>`, n) + `</defs>` + strings.Repeat(`<use href="#a"/>`, n))
		}},
		{"svg: content of a mask", 1000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return drawing(`<mask id="a">` + strings.Repeat(`<g/>`, n) + `</mask>` +
				strings.Repeat(`<g mask="url(#a)"/>`, n))
		}},
	}
}

func drawing(content string) func(context.Context, limits.Limits) error {
	return validated(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">`+content+`</svg>`, safexml.SVG())
}
