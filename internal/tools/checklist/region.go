package checklist

import (
	"fmt"
	"strings"
)

// replaceRegion puts body between the markers of the region with the given name. A marker is a line
// of its own:
//
//	<!-- limits:begin (what stands here is written by go generate) -->
//	<!-- limits:end -->
//
// Each of the two must be there exactly once: a text that lost its markers would otherwise never be
// written again, and nobody would see it.
func replaceRegion(text, name, body string) (string, error) {
	begin, end := -1, -1 // where the region's body begins, and where its end marker does
	at := 0
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "<!-- "+name+":begin") && strings.HasSuffix(trimmed, "-->"):
			if begin >= 0 {
				return "", fmt.Errorf("region %s begins twice", name)
			}
			begin = at + len(line)
		case trimmed == "<!-- "+name+":end -->":
			if end >= 0 {
				return "", fmt.Errorf("region %s ends twice", name)
			}
			end = at
		}
		at += len(line)
	}
	if begin < 0 || end < begin {
		return "", fmt.Errorf("region %s is not there: want a line <!-- %s:begin … --> and, below it, <!-- %s:end -->", name, name, name)
	}
	return text[:begin] + body + text[end:], nil
}

// cell makes text safe inside a cell of a Markdown table: what a rule says about "<>|*" is said,
// not rendered.
func cell(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`,
		"]", `\]`, "~", `\~`,
	).Replace(text)
}

// row writes one row of a Markdown table from cells that are Markdown already.
func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}
