package xmltest

import (
	"bytes"
	"strconv"
	"strings"
)

// bombs are well-formed, or nearly, and cost more than any service allows.
func bombs() []recipe {
	bomb := func(name string, parts ...any) recipe {
		return recipe{name: name, make: func() []byte {
			var b bytes.Buffer
			for _, p := range parts {
				switch p := p.(type) {
				case string:
					b.WriteString(p)
				case many:
					p.write(&b)
				}
			}
			return b.Bytes()
		}}
	}
	return []recipe{
		bomb("deep", many{1_000_000, "<a>"}, many{1_000_000, "</a>"}),
		bomb("deep-and-open", many{1_000_000, "<a>"}),
		bomb("deep-namespaces", many{100_000, "<a xmlns='u#'>"}, many{100_000, "</a>"}),
		bomb("attributes", "<a", many{1_000_000, " a#=''"}, "/>"),
		bomb("namespaces", "<a", many{100_000, " xmlns:n#='u'"}, "/>"),
		bomb("namespaces-nested", many{300, "<a xmlns:n#='u'>"}, many{300, "</a>"}),
		bomb("long-name", "<", many{1_000_000, "abcdefghij"}, "/>"),
		bomb("long-attribute-name", "<a ", many{1_000_000, "abcdefghij"}, "=''/>"),
		bomb("long-namespace", "<a xmlns='", many{1_000_000, "abcdefghij"}, "'/>"),
		bomb("long-target", "<a><?", many{1_000_000, "abcdefghij"}, "?></a>"),
		bomb("long-entity", "<a>&", many{1_000_000, "abcdefghij"}, ";</a>"),
		bomb("space-in-tag", "<a", many{1_000_000, "          "}, "/>"),
		bomb("space-in-end-tag", "<a></a", many{1_000_000, "\n\n\n\n\n\n\n\n\n\n"}, ">"),
		bomb("space-around-equals", "<a b", many{1_000_000, "          "}, "='c'/>"),
		bomb("leading-zeros", "<a>&#", many{1_000_000, "0000000000"}, "65;</a>"),
		bomb("leading-zeros-in-value", "<a b='&#x", many{1_000_000, "0000000000"}, "41;'/>"),
		bomb("long-text", "<a>", many{1_000_000, "some text "}, "</a>"),
		bomb("long-value", "<a b='", many{1_000_000, "some text "}, "'/>"),
		bomb("long-comment", "<a><!--", many{1_000_000, "some text "}, "--></a>"),
		bomb("long-cdata", "<a><![CDATA[", many{1_000_000, "some text "}, "]]></a>"),
		bomb("long-instruction", "<a><?b ", many{1_000_000, "some text "}, "?></a>"),
		bomb("comments", "<a>", many{1_000_001, "<!---->"}, "</a>"),
		bomb("comments-before-root", many{1_000_001, "<!---->"}, "<a/>"),
		bomb("elements", "<a>", many{1_000_000, "<b/>"}, "</a>"),
		bomb("instructions", "<a>", many{1_000_000, "<?b?>"}, "</a>"),
	}
}

// many is a text, repeated; # in it is the number of the repetition, in seven digits.
type many struct {
	n    int
	text string
}

func (m many) write(b *bytes.Buffer) {
	before, after, numbered := strings.Cut(m.text, "#")
	if !numbered {
		b.Write(bytes.Repeat([]byte(m.text), m.n))
		return
	}
	for i := range m.n {
		b.WriteString(before)
		b.WriteString(strconv.Itoa(10_000_000 + i)[1:])
		b.WriteString(after)
	}
}
