package svg

import (
	"testing"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// TestGrammar holds each grammar to values that match and values that carry a command.
func TestGrammar(t *testing.T) {
	for _, test := range []struct {
		element, name string
		good, bad     []string
	}{
		{"rect", "width", []string{"1", "1.5e3px", " 2 cm ", "100%", "auto", ""},
			[]string{"1 image over 0,0 9,9 'F'", "1\nimage", "1 2 3", "'F'", "1image", "url(x)"}},
		{"path", "d", []string{"M0 0L1,1z", "m-1-1.5.5a1 1 0 011 1", "", "M0 0\n\tL1 1", "M1e-5 2E+3", "none"},
			[]string{"M0 0 image", "M0 0'", "M0 0\"", "@/etc/passwd", "M0,0;L1,1", "url(#a)", "M0 0\x00"}},
		{"polygon", "points", []string{"0,0 1,1", "0 0\n1 1", ""}, []string{"0,0 'F'", "0,0 F", "M0 0", "0,0\n'F'"}},
		{"g", "transform", []string{"matrix(1 0 0 1 0 0)", "translate(1,2) rotate( 3 )", "scale(2)scale(3)", "",
			"none", "rotate(45deg)", "ref(svg, 1, 2)"},
			[]string{"translate(1) image", "image(1)", "translate('F')", "translate 1", "url(#a)"}},
		{"rect", "id", []string{"a", "a b", "ä:1", "Layer_1"}, []string{"a\nb", "a\"b", "a'b", "a<b", "a\\b", "a\u2028"}},
		{"rect", "class", []string{"a b", "a [&>path]:b"}, []string{"a\" image over 0,0 9,9 \"F", "a</style>"}},
		{"svg", "viewBox", []string{"0 0 1 1", "0,0,1,1"}, []string{"0 0 1 1 'F'", "0 0 1 F"}},
		{"svg", "preserveAspectRatio", []string{"xMidYMid meet", "none"}, []string{"none 'F'", "a b c d e", "a\nb"}},
		{"feGaussianBlur", "stdDeviation", []string{"1", "1 2", "1,2"}, []string{"1 2 3", "a", "1 'F'"}},
		{"feColorMatrix", "values", []string{"1 0 0 0 0", "0.5", ""}, []string{"1 0 image", "'F'"}},
		{"animate", "values", []string{"0;1", "red;#fff", "M0 0;M1 1"}, []string{"\"F\"", "<x>", "a\x01"}},
		{"animate", "begin", []string{"0s", "a.click; accessKey(b)", "indefinite", "0.5s;b.end+0.1s"},
			[]string{"a\nb", "'F'"}},
		{"animate", "fill", []string{"freeze"}, []string{"freeze 'F'", "url(#a)"}},
		{"text", "title", []string{"any \"text\"\nat all"}, nil},
		{"rect", "data-x", []string{"any \"text\"\nat all"}, nil},
		{"svg", "contentStyleType", []string{"text/css"}, []string{"a\"b"}},
		{"a", "target", []string{"_blank"}, []string{"a\nb"}},
	} {
		g := GrammarOf(test.element, test.name)
		for _, value := range test.good {
			if !g.Match([]byte(value)) {
				t.Errorf("%s: %q is not %s", test.name, value, g)
			}
		}
		for _, value := range test.bad {
			if g.Match([]byte(value)) {
				t.Errorf("%s: %q is %s", test.name, value, g)
			}
		}
	}
}

// TestValue holds the forms of properties to values that match and values that carry a command.
func TestValue(t *testing.T) {
	for _, test := range []struct {
		property  string
		good, bad []string
	}{
		{"stroke-dasharray", []string{"none", "1", "1,2", "1 2 3px", "5%, 2", "", "calc(1px + 2px)", "1 ! important"},
			[]string{"1 image over 0,0 9,9 'F'", "1 image", "'F'", "#1", "1:2", "1 !x", "1image", "none 1 image"}},
		{"fill", []string{"red", "#fff", "url(#a)", "url(#a) red", "rgb(1, 2, 3)", "none", "context-fill",
			"#CD853F icc-color(x, 0.1)", "var(--a, #fff)"},
			[]string{"red image over 0,0 9,9 F", "red 'F'", "1", "red, blue", "url(#a) image over F", "red;x", "red:x",
				"r\\27 ed", "red{}"}},
		{"margin", []string{"0", "auto", "0 auto", "13px AUTO 0", "0 -1.6em .25em 20%", "0 ! important", "inherit"},
			[]string{"0 image over 0,0 9,9 'F'", "0 image", "auto image", "0, auto", "1 2 3 4 5", "0 'auto'", "0 #a"}},
		{"stroke-width", []string{"1", "1px", "calc(1px)", "inherit", "0.35 px", "1,5"},
			[]string{"1 2", "1 image", "'1'", "1,1,1", "1, image"}},
		{"stroke-linecap", []string{"round"}, []string{"round image", "'round'", "round,1", "1"}},
		{"font-family", []string{"Arial", "'Droid Sans', sans-serif", "Helvetica Neue", "Univers 55", "Hershey 1-stroke",
			"\"A B\"", ""},
			[]string{"x' image over 0,0 9,9 'F'", "a image over 0 0 9 9 F", "a 'b'", "'b' a", "\"a' b\"", "a;b", "\"a\\\"b\""}},
		{"font", []string{"12px Arial", "italic bold 12px/14px 'A B', serif", "inherit"},
			[]string{"12px 'A' image over 0,0", "12px Arial 'F'", "12px \"a'b\""}},
		{"filter", []string{"url(#a)", "blur(1px) url(#b)", "none", ""}, []string{"none image", "'F'", "url(#a) 1 2 3"}},
		{"transform", []string{"translate(1px, 2px) rotate(3deg)", "none"}, []string{"translate(1) image", "'F'"}},
		{"marker", []string{"none", "url(#a)"}, []string{"none image", "'F'"}},
		{"paint-order", []string{"stroke fill markers"}, []string{"stroke 'F'", "stroke, fill"}},
		{"enable-background", []string{"new 0 0 1 1", "accumulate"}, []string{"new 0 0 1 1 1", "new 'F'"}},
		{"content", []string{"\"url(x)\"", "'a'", "'a' counter(x) 'b'"}, []string{"\"a;b\"", "a;b", "'a' {"}},
		{"unknown", []string{"\"url(x)\"", "'a'"}, []string{"1 'F'", "'a' image", "\"a;b\""}},
		{"margin", []string{"0 auto", "1px", "1px 2px 3px 4px"}, []string{"1 image over", "0 'F'", "0, 0", "1 2 3 4 5"}},
		{"overflow", []string{"hidden auto", "hidden"}, []string{"hidden auto image", "'F'", "1"}},
		{"font-style", []string{"oblique 10deg", "italic"}, []string{"oblique image", "oblique 'F'", "1 2"}},
		{"font-weight", []string{"100 900", "bold"}, []string{"bold image", "100 'F'"}},
		{"font-feature-settings", []string{"'liga' 1, \"kern\" off, 'smcp'", "normal"},
			[]string{"'liga' image 'F'", "image over 0", "'li\"ga' 1"}},
		{"-inkscape-font-specification", []string{"'Sans Bold'", "Sans, Bold"}, []string{"1 image over 0,0 9,9 'F'"}},
	} {
		for _, value := range test.good {
			if !matches(test.property, value) {
				t.Errorf("%s: %q does not match", test.property, value)
			}
		}
		for _, value := range test.bad {
			if matches(test.property, value) {
				t.Errorf("%s: %q matches", test.property, value)
			}
		}
	}
}

func matches(property, value string) bool {
	var v Value
	v.Begin(property)
	for tokens := css.New([]byte(value)); ; {
		if tokens.Next(); tokens.Kind == css.End {
			return v.End()
		}
		v.Token(&tokens)
	}
}
