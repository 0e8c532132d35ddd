package checklist

import (
	"strings"
	"testing"
)

func TestReplaceRegion(t *testing.T) {
	const text = "before\n<!-- x:begin (written by a program) -->\nold\n<!-- x:end -->\nafter\n"
	got, err := replaceRegion(text, "x", "new\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(text, "old", "new", 1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if again, err := replaceRegion(got, "x", "new\n"); err != nil || again != got {
		t.Errorf("a second time: %q, %v", again, err)
	}
}

func TestReplaceRegionRefuses(t *testing.T) {
	const begin, end = "<!-- x:begin -->\n", "<!-- x:end -->\n"
	for name, text := range map[string]string{
		"no markers":     "text\n",
		"another region": "<!-- y:begin -->\n<!-- y:end -->\n",
		"no end":         begin,
		"no begin":       end,
		"end first":      end + begin,
		"begins twice":   begin + begin + end,
		"ends twice":     begin + end + end,
		"inside a line":  "see <!-- x:begin --> here\n" + end,
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := replaceRegion(text, "x", "new\n"); err == nil || got != "" {
				t.Errorf("got %q, %v, want an error and no text", got, err)
			}
		})
	}
}

func TestCell(t *testing.T) {
	const in, want = "`<>:\"|?*` \\x a_b [1] ~ & é", "\\`&lt;&gt;:\"\\|?\\*\\` \\\\x a\\_b \\[1\\] \\~ &amp; é"
	if got := cell(in); got != want {
		t.Errorf("cell(%q) = %q, want %q", in, got, want)
	}
}
