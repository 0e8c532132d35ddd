package decode_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Types and documents are generated from the same few names, so that they meet often. A number says
// which ones: the same on every machine.

var (
	localNames = []string{"a", "b", "c", "d", "e", "F0", "F1", "F2"}
	spaceNames = []string{"urn:x", "urn:y"}
)

// A stamp decodes itself from text, through a pointer.
type stamp struct{ Text string }

var errStamp = errors.New("not a stamp")

func (s *stamp) UnmarshalText(text []byte) error {
	if strings.Contains(string(text), "x") {
		return errStamp
	}
	s.Text = string(text)
	return nil
}

// A level is a number that decodes itself from text.
type level int

func (l *level) UnmarshalText(text []byte) error {
	*l = level(len(text))
	return nil
}

// A label and a blob are named types of text.
type (
	label string
	blob  []byte
)

var leafTypes = []reflect.Type{
	reflect.TypeFor[string](), reflect.TypeFor[label](), reflect.TypeFor[int](), reflect.TypeFor[int8](),
	reflect.TypeFor[uint16](), reflect.TypeFor[float32](), reflect.TypeFor[bool](), reflect.TypeFor[[]byte](),
	reflect.TypeFor[blob](), reflect.TypeFor[string](), reflect.TypeFor[time.Time](), reflect.TypeFor[stamp](),
	reflect.TypeFor[level](), reflect.TypeFor[any](), reflect.TypeFor[xml.Name](), reflect.TypeFor[xml.Attr](),
	reflect.TypeFor[string](), reflect.TypeFor[uint64](), reflect.TypeFor[uintptr](),
}

// strange types are those that encoding/xml fills under some tags only, or never.
var strangeTypes = []reflect.Type{
	reflect.TypeFor[chan int](), reflect.TypeFor[map[string]int](), reflect.TypeFor[[2]int](), reflect.TypeFor[**int](),
	reflect.TypeFor[complex64](), reflect.TypeFor[func()](), reflect.TypeFor[fmt.Stringer](),
}

// Types that reflection does not make: recursive ones, those with methods, and embedded ones that
// are not exported.
type (
	node struct {
		XMLName xml.Name
		Attrs   []xml.Attr `xml:",any,attr"`
		Text    string     `xml:",chardata"`
		Notes   string     `xml:",comment"`
		Nodes   []node     `xml:",any"`
	}
	list struct {
		A    string   `xml:"a,attr"`
		Next *list    `xml:"b"`
		Deep []*list  `xml:"c>d"`
		Up   **string `xml:"e,attr"`
	}
	endless []endless
	inner   struct {
		A string `xml:"a"`
		B []int  `xml:"b,attr"`
		C string `xml:",chardata"`
	}
	Outer struct {
		A *string `xml:"a"`
		D level   `xml:"d"`
	}
	embedding struct {
		inner
		*Outer
		E stamp `xml:"e>F0"`
	}
	shadowing struct {
		Outer
		A int   `xml:"a"`
		B label `xml:"urn:x b"`
		C label `xml:"b"`
	}
	Label  string
	labels struct {
		Label
		*Outer `xml:"b"`
		F0     pairs  `xml:"a"`
		F1     *pairs `xml:"b,attr"`
	}
	pairs map[string]string
	paths struct {
		A []string `xml:"a>b>c"`
		B string   `xml:"a>b>d"`
		C *node    `xml:"a>e"`
		D string   `xml:"urn:x a>b>a"`
		E any      `xml:"e"`
		F []any    `xml:"F0"`
	}
)

// Types that encoding/xml fills.
type (
	markup struct {
		XMLName xml.Name
		Inner   string  `xml:",innerxml"`
		A       *markup `xml:"a"`
		B       []byte  `xml:"b"`
		C       []count `xml:",any"`
		D       count   `xml:"d,attr"`
	}
	count int
)

// UnmarshalXML counts the tokens in an element.
func (c *count) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	*c = count(len(start.Attr))
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		if token == xml.Token(start.End()) {
			return nil
		}
		*c++
	}
}

// UnmarshalXMLAttr takes a number.
func (c *count) UnmarshalXMLAttr(a xml.Attr) error {
	n, err := strconv.Atoi(a.Value)
	*c = count(n)
	return err
}

// UnmarshalText decodes through a value.
func (p pairs) UnmarshalText(text []byte) error {
	if p != nil {
		p[string(text)] = ""
	}
	return nil
}

var handmade = []reflect.Type{
	reflect.TypeFor[node](), reflect.TypeFor[list](), reflect.TypeFor[[]list](), reflect.TypeFor[struct {
		A endless `xml:"z"`
		B *node   `xml:"b"`
	}](), reflect.TypeFor[embedding](), reflect.TypeFor[shadowing](), reflect.TypeFor[labels](), reflect.TypeFor[paths](),
	reflect.TypeFor[[]*embedding](), reflect.TypeFor[markup](), reflect.TypeFor[[]markup](), reflect.TypeFor[*count](),
	reflect.TypeFor[xml.Name](), reflect.TypeFor[string](), reflect.TypeFor[[]string](),
	reflect.TypeFor[time.Time](), reflect.TypeFor[*int](), reflect.TypeFor[any](), reflect.TypeFor[[]byte](),
}

// typeOf generates a type for the root element.
func typeOf(seed uint64) reflect.Type {
	g := &generator{rand.New(rand.NewPCG(seed, 1))}
	if g.IntN(10) == 0 {
		return pick(g, handmade)
	}
	t := g.structure(3)
	switch g.IntN(12) {
	case 0:
		return reflect.SliceOf(t)
	case 1:
		return reflect.PointerTo(t)
	}
	return t
}

type generator struct{ *rand.Rand }

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// structure generates a struct with others in it.
func (g *generator) structure(depth int) reflect.Type {
	var list []reflect.StructField
	if g.IntN(5) == 0 {
		list = append(list, reflect.StructField{Name: "XMLName", Type: reflect.TypeFor[xml.Name](),
			Tag: tag(pick(g, []string{"", "", "", pick(g, localNames), g.name()}))})
	}
	for i := range 1 + g.IntN(6) {
		list = append(list, g.field(fmt.Sprintf("F%d", i), depth))
	}
	return reflect.StructOf(list)
}

func tag(xmlTag string) reflect.StructTag {
	if xmlTag == "" {
		return ""
	}
	return reflect.StructTag(`xml:"` + xmlTag + `"`)
}

// name generates a name for a tag, at times with a namespace.
func (g *generator) name() string {
	if g.IntN(5) == 0 {
		return pick(g, spaceNames) + " " + pick(g, localNames)
	}
	return pick(g, localNames)
}

// path generates a name with others around it.
func (g *generator) path() string {
	name := g.name()
	for range g.IntN(3) {
		name += ">" + pick(g, localNames)
	}
	return name
}

func (g *generator) field(name string, depth int) reflect.StructField {
	f := reflect.StructField{Name: name}
	switch n := g.IntN(24); {
	case n < 5:
		f.Type, f.Tag = g.attrType(), tag(g.name()+",attr")
	case n == 5:
		f.Type, f.Tag = g.attrType(), tag(",attr")
	case n == 6:
		f.Type, f.Tag = pick(g, []reflect.Type{reflect.TypeFor[[]xml.Attr](), reflect.TypeFor[xml.Attr](), g.attrType()}),
			tag(",any,attr")
	case n == 7:
		f.Type, f.Tag = g.textType(), tag(",chardata")
	case n == 8:
		f.Type, f.Tag = g.textType(), tag(pick(g, []string{",cdata", ",comment", ",comment"}))
		if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() != reflect.Uint8 {
			f.Type = reflect.TypeFor[string]() // encoding/xml panics.
		}
	case n == 9:
		f.Type, f.Tag = g.elementType(depth-1), tag(",any")
	case n == 10 && depth > 0:
		f.Type, f.Anonymous = g.structure(depth-1), true
		if g.IntN(2) == 0 {
			f.Type = reflect.PointerTo(f.Type)
		}
	case n == 11:
		f.Type = g.elementType(depth - 1)
	case n < 16:
		f.Type, f.Tag = g.elementType(depth-1), tag(g.path())
	default:
		f.Type, f.Tag = g.elementType(depth-1), tag(g.name())
	}
	return f
}

func (g *generator) textType() reflect.Type {
	t := pick(g, []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[string](), reflect.TypeFor[[]byte](),
		pick(g, leafTypes)})
	if g.IntN(6) == 0 && t != reflect.TypeFor[stamp]() && t != reflect.TypeFor[level]() &&
		t != reflect.TypeFor[time.Time]() {
		t = reflect.PointerTo(t)
	}
	return t
}

func (g *generator) attrType() reflect.Type {
	t := pick(g, leafTypes)
	if t.Kind() == reflect.Interface || t == reflect.TypeFor[xml.Name]() {
		t = reflect.TypeFor[string]()
	}
	return g.wrap(t)
}

func (g *generator) wrap(t reflect.Type) reflect.Type {
	switch g.IntN(10) {
	case 0:
		return reflect.PointerTo(t)
	case 1:
		return reflect.SliceOf(t)
	case 2:
		return reflect.SliceOf(reflect.PointerTo(t))
	case 3:
		if g.IntN(3) == 0 {
			return reflect.SliceOf(reflect.SliceOf(t))
		}
	}
	return t
}

func (g *generator) elementType(depth int) reflect.Type {
	switch {
	case g.IntN(40) == 0:
		return pick(g, strangeTypes)
	case depth > 0 && g.IntN(2) == 0:
		return g.wrap(g.structure(depth))
	}
	return g.wrap(pick(g, leafTypes))
}

// documentOf generates a document.
func documentOf(seed uint64) string {
	g := &generator{rand.New(rand.NewPCG(seed, 2))}
	var b strings.Builder
	if g.IntN(4) == 0 {
		b.WriteString("<?xml version='1.0'?>\n<!-- before -->")
	}
	g.elementIn(&b, 4, ` xmlns:x="urn:x" xmlns:y="urn:y"`)
	if g.IntN(4) == 0 {
		b.WriteString("<!-- after -->")
	}
	return b.String()
}

var texts = []string{"1", "-7", "0", "300", "70000", "true", "2.5", " 12 ", "x", "", "2024-02-03T04:05:06Z",
	"&lt;&#65;", "é"}

func (g *generator) elementIn(b *strings.Builder, depth int, declarations string) {
	name := pick(g, localNames)
	if g.IntN(6) == 0 {
		name = pick(g, []string{"x:", "y:"}) + name
	}
	fmt.Fprintf(b, "<%s%s", name, declarations)
	if g.IntN(12) == 0 {
		fmt.Fprintf(b, ` xmlns=%q`, pick(g, []string{"urn:x", "urn:y", ""}))
	}
	seen := map[string]bool{}
	for range max(0, g.IntN(6)-2) {
		attr := pick(g, localNames)
		if g.IntN(5) == 0 {
			attr = pick(g, []string{"x:", "y:", "xml:"}) + attr
		}
		if !seen[attr] {
			seen[attr] = true
			fmt.Fprintf(b, ` %s="%s"`, attr, g.value())
		}
	}
	if g.IntN(8) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for range g.IntN(7) {
		switch n := g.IntN(10); {
		case n < 5 && depth > 0:
			g.elementIn(b, depth-1, "")
		case n < 7:
			b.WriteString(g.value())
		case n == 7:
			b.WriteString("<![CDATA[" + pick(g, []string{"", "9", "<a>"}) + "]]>")
		case n == 8:
			b.WriteString("<!--" + pick(g, []string{"", " c ", "1"}) + "-->")
		default:
			b.WriteString(pick(g, []string{"\n  ", "<?p i?>", ""}))
		}
	}
	fmt.Fprintf(b, "</%s>", name)
}

// value generates a text that most types take.
func (g *generator) value() string {
	if g.IntN(4) > 0 {
		return pick(g, texts[:4])
	}
	return pick(g, texts)
}
