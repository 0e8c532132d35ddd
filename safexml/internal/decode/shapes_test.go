package decode_test

import (
	"encoding/xml"
	"math/big"
	"net/netip"
	"reflect"
	"testing"
	"time"
)

// Types of which the generator makes none.
type (
	innerShape struct {
		A string `xml:"a"`
		B int    `xml:"b,attr"`
	}
	// OuterShape is exported and embedded by pointer.
	OuterShape struct {
		A string `xml:"a"`
		C string `xml:"c"`
		T string `xml:",chardata"`
	}
	nodeShape struct {
		XMLName  xml.Name
		Attrs    []xml.Attr  `xml:",any,attr"`
		Text     string      `xml:",chardata"`
		Note     string      `xml:",comment"`
		Children []nodeShape `xml:",any"`
	}
	named struct {
		XMLName xml.Name `xml:"urn:x a"`
		V       string   `xml:",chardata"`
	}
	listShape struct {
		Next  *listShape `xml:"a"`
		Value string     `xml:"b,attr"`
	}
	word string
	// Word is exported and embedded.
	Word string
	// Stamp has the method of the stamp in it.
	Stamp struct{ stamp }
	// First and Second have names in common.
	First struct {
		A string `xml:"a"`
		B string `xml:"b,attr"`
		C string `xml:"c"`
	}
	Second struct {
		A []string `xml:"a"`
		C string   `xml:"b>c"`
		T string   `xml:",chardata"`
	}
	flag8  bool
	levels []level
	stamps []stamp
)

// A stampValue decodes itself from text, and is no pointer.
type stampValue map[string]string

// UnmarshalText keeps the text in the map, if there is one.
func (s stampValue) UnmarshalText(text []byte) error {
	if s != nil {
		s[""] = string(text)
	}
	return nil
}

// UnmarshalText makes a slice a text.
func (l *levels) UnmarshalText(text []byte) error { *l = append(*l, level(len(text))); return nil }

// tagged returns a value of a struct whose tags go vet does not let pass.
func tagged(fields ...reflect.StructField) any {
	return reflect.Zero(reflect.StructOf(fields)).Interface()
}

// field is one of its fields; without a name it is embedded.
func field(name string, v any, tag reflect.StructTag) reflect.StructField {
	f := reflect.StructField{Name: name, Type: reflect.TypeOf(v), Tag: tag}
	if name == "" {
		of := f.Type
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		f.Name, f.Anonymous = of.Name(), true
	}
	return f
}

// shapes are filled from each of the documents below.
var shapes = []any{
	struct{ *OuterShape }{}, struct{ innerShape }{}, struct{ *innerShape }{},
	tagged(field("", (*OuterShape)(nil), ""), field("A", "", `xml:"a"`)),
	tagged(field("", OuterShape{}, ""), field("", First{}, "")),
	struct {
		A *OuterShape `xml:"a"`
		B **int       `xml:"b"`
	}{},
	struct {
		A ***string    `xml:"a"`
		B **innerShape `xml:"b"`
		C *[]int       `xml:"c"`
		D []*[]int     `xml:"d"`
	}{},
	nodeShape{},
	struct {
		Rest []nodeShape `xml:",any"`
		A    string      `xml:"a"`
	}{},
	struct {
		Rest *nodeShape `xml:",any"`
	}{},
	struct {
		Rest string `xml:",any"`
	}{},
	struct {
		Rest []string `xml:",any"`
	}{},
	struct {
		A named `xml:"a"`
	}{},
	struct {
		A named
		B []named `xml:"urn:x a"`
	}{},
	struct {
		A []named `xml:"b>a"`
	}{},
	struct {
		A string   `xml:"a>b>c"`
		B []string `xml:"a>b>d"`
		C string   `xml:"a>c"`
		D int      `xml:"b>a"`
	}{},
	struct {
		A []string `xml:"a>b"`
		B []string `xml:"a>c"`
	}{},
	struct {
		A string `xml:"urn:x a>b"`
		B string `xml:"urn:y a>c"`
	}{},
	struct {
		A []byte   `xml:"a"`
		B []byte   `xml:"b,attr"`
		C []byte   `xml:",chardata"`
		D [][]byte `xml:"d"`
		E []uint8  `xml:",comment"`
	}{},
	struct {
		A levels  `xml:"a"`
		B levels  `xml:"b,attr"`
		C *levels `xml:"c"`
		D stamps  `xml:"d"`
	}{},
	struct {
		stamp
		A string `xml:"a"`
	}{},
	struct {
		Stamp stamp    `xml:"a"`
		P     *stamp   `xml:"b,attr"`
		S     []stamp  `xml:"c"`
		Q     []*stamp `xml:"d"`
	}{},
	struct {
		A map[string]string `xml:"b"`
		B string            `xml:"a"`
	}{},
	struct {
		A any              `xml:"a"`
		B any              `xml:"b,attr"`
		C []any            `xml:"c"`
		D interface{ X() } `xml:"d"`
	}{},
	struct {
		A [2]int `xml:"a"`
		B string `xml:"b"`
	}{},
	struct {
		A [3]byte `xml:"a"`
	}{},
	struct {
		A string `xml:"a,omitempty"`
		B *int   `xml:"b,attr,omitempty"`
		C []int  `xml:"c,omitempty"`
	}{},
	struct {
		T string   `xml:",chardata"`
		C string   `xml:",comment"`
		A []string `xml:"a"`
	}{},
	struct {
		T string `xml:",cdata"`
		A string `xml:"a"`
	}{},
	struct {
		T *string `xml:",chardata"`
	}{},
	struct {
		T int `xml:",chardata"`
	}{},
	struct {
		T **int `xml:",chardata"`
	}{},
	struct {
		T time.Time `xml:",chardata"`
	}{},
	struct {
		T []int `xml:",chardata"`
	}{},
	struct {
		T bool `xml:",chardata"`
		B bool `xml:"b,attr"`
	}{},
	struct {
		X string `xml:"urn:x a,attr"`
		Y string `xml:"a,attr"`
		Z string `xml:"urn:y b"`
	}{},
	struct {
		X string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Y string `xml:"xmlns,attr"`
		Z string `xml:"xmlns a,attr"`
	}{},
	struct {
		L []xml.Attr `xml:",any,attr"`
		B string     `xml:"b,attr"`
	}{},
	struct {
		L xml.Attr `xml:",any,attr"`
	}{},
	struct {
		L *xml.Attr   `xml:",any,attr"`
		P []*xml.Attr `xml:"b,attr"`
	}{},
	struct {
		L string `xml:",any,attr"`
	}{},
	struct {
		L []string `xml:",any,attr"`
	}{},
	struct {
		L []string `xml:"b,attr"`
		M []int    `xml:"a,attr"`
	}{},
	listShape{},
	struct {
		A int8    `xml:"a"`
		B uint8   `xml:"b,attr"`
		C float32 `xml:"c"`
		D float64 `xml:"d"`
		E uint    `xml:"e"`
		F flag8   `xml:"F0"`
	}{},
	struct {
		A xml.Name   `xml:"a"`
		B []xml.Name `xml:"b"`
		C *xml.Name  `xml:"c"`
	}{},
	struct {
		XMLName struct{} `xml:"a"`
		A       string   `xml:"a"`
	}{},
	struct {
		XMLName string `xml:"a"`
		A       string `xml:"b"`
	}{},
	struct {
		XMLName *xml.Name `xml:"a"`
	}{},
	struct {
		XMLName xml.Name `xml:"-"`
		A       string   `xml:"-"`
		B       string   `xml:"b"`
	}{},
	tagged(field("A", "", `xml:"a"`), field("B", "", `xml:"a"`)),
	struct {
		A string `xml:"a>b"`
		B string `xml:"a"`
	}{},
	struct {
		A string `xml:"a,attr"`
		B string `xml:"a"`
	}{},
	struct {
		A string `xml:",any"`
		B string `xml:",any"`
	}{},
	struct {
		A string `xml:",attr"`
		B string
	}{},
	struct {
		A struct {
			XMLName xml.Name `xml:"b"`
		}
	}{},
	tagged(field("A", struct {
		XMLName xml.Name `xml:"b"`
	}{}, `xml:"a"`)),
	struct {
		A word          `xml:"a"`
		B []word        `xml:"b"`
		C time.Duration `xml:"c"`
		D *time.Time    `xml:"d,attr"`
		E uintptr       `xml:"e"`
		F complex128    `xml:"F0"`
		G func()        `xml:"F1"`
	}{},
	tagged(field("A", "", `xml:"a>"`)),
	struct {
		A string `xml:">a"`
	}{},
	struct {
		A string `xml:"a>>b"`
	}{},
	tagged(field("A", "", `xml:"a>b,attr"`)),
	tagged(field("A", "", `xml:",attr,chardata"`)),
	tagged(field("A", "", `xml:"a,chardata"`)),
	tagged(field("A", "", `xml:"urn:x "`)),
	tagged(field("A", "", `xml:" a"`)),
	tagged(field("A", "", `xml:"a,other"`)),
	tagged(field("A", "", `xml:"a>b,any"`), field("B", "", `xml:"b,any"`)),
	tagged(field("A", "", `xml:"a b c"`)),
	struct {
		A string `xml:"a>b>c"`
		B string `xml:"a>b"`
	}{},
	struct {
		A string `xml:",any,attr,omitempty"`
	}{},
	struct {
		OuterShape `xml:"a"`
		B          string `xml:"b"`
	}{},
	struct {
		*OuterShape `xml:"b"`
	}{},
	struct {
		OuterShape
		Second struct{ OuterShape } `xml:"b"`
		T      string               `xml:",chardata"`
	}{},
	tagged(field("", First{}, ""), field("", Second{}, "")),
	struct {
		*First
		*Second
		B string `xml:"b,attr"`
	}{},
	struct {
		word `xml:"a"`
		B    string `xml:"b"`
	}{},
	struct {
		Word `xml:"a"`
	}{},
	struct {
		*Word
	}{},
	struct {
		any
		B string `xml:"b"`
	}{},
	struct {
		Stamp
		B string `xml:"b"`
	}{},
	struct {
		A struct {
			XMLName xml.Name `xml:"b"`
			T       string   `xml:",chardata"`
		} `xml:"b"`
		B []struct {
			XMLName xml.Name `xml:"urn:x a"`
		} `xml:"a"`
	}{},
	struct {
		A *struct {
			XMLName xml.Name `xml:"urn:x b"`
		} `xml:"c>b"`
	}{},
	struct {
		A *[]byte   `xml:"a"`
		B []*string `xml:"b"`
		C *any      `xml:"c"`
		D []*[]byte `xml:"d"`
	}{},
	struct {
		A [][]string          `xml:"a"`
		B []map[string]string `xml:"b"`
	}{},
	struct {
		A *xml.Attr  `xml:"a,attr"`
		B xml.Attr   `xml:"b,attr"`
		C []xml.Attr `xml:"c,attr"`
		D **xml.Attr `xml:"d,attr"`
	}{},
	struct {
		A xml.Attr `xml:"a"`
	}{},
	struct {
		A xml.Name `xml:"b,attr"`
	}{},
	struct {
		A xml.Name `xml:",chardata"`
	}{},
	struct {
		A struct{ B string } `xml:"b,attr"`
	}{},
	struct {
		A struct{ B string } `xml:",chardata"`
	}{},
	struct {
		A int `xml:",comment"`
	}{},
	struct {
		A *string `xml:",comment"`
	}{},
	struct {
		A []xml.Attr `xml:",any,attr"`
		B []xml.Attr `xml:",any,attr"`
	}{},
	struct {
		A []OuterShape  `xml:"a"`
		B []*OuterShape `xml:"b"`
		C *[]OuterShape `xml:"c"`
	}{},
	struct {
		A stampValue   `xml:"a"`
		B *stampValue  `xml:"b"`
		C []stampValue `xml:"c,attr"`
		D stampValue   `xml:",chardata"`
	}{},
	struct {
		A big.Int    `xml:"a"`
		B *big.Float `xml:"b,attr"`
		C big.Rat    `xml:",chardata"`
		D netip.Addr `xml:"d"`
	}{},
	word(""), int(0), []string(nil), []int(nil), [2]string{}, map[string]string(nil), stamp{}, level(0), levels(nil),
	time.Time{}, []byte(nil), xml.Name{}, xml.Attr{}, (*string)(nil), (**int)(nil), (any)(nil),
	[]nodeShape(nil), []*nodeShape(nil),
	true, float32(0), []stamp(nil), []any(nil), []xml.Name(nil), []xml.Attr(nil),
}

var shapeDocuments = []string{
	`<a/>`, `<a></a>`, `<a> </a>`, `<a>x</a>`, `<a b="1"/>`, `<a b=""/>`, `<a b=" 1 ">  7  </a>`, `<a>true</a>`,
	`<a> 1 </a>`,
	`<a b="true"> false </a>`, `<a b="T">1</a>`, `<a b="300"><a>128</a></a>`, `<a><a>1</a><b>2</b><c>3</c><d>4</d></a>`,
	`<a><b>2</b><a>1</a><b>3</b><a>4</a></a>`, `<a>1<a>2</a>3<b>4</b>5</a>`, `<a>1<!--c-->2<![CDATA[<3>]]>4<!--d-->5</a>`,
	`<a><a><a><b>x</b></a></a></a>`, `<a><a><b><c>1</c><d>2</d></b></a><a><b><d>3</d></b><c>4</c></a><b><a>5</a></b></a>`,
	`<a><a><b>1</b><c>2</c><b>3</b></a><b/><a><c>4</c></a></a>`,
	`<a xmlns="urn:x"><a>1</a><b xmlns="urn:y">2</b><b>3</b></a>`, `<x:a xmlns:x="urn:x" x:a="1" a="2"><x:b>3</x:b></x:a>`,
	`<x:a xmlns:x="urn:x" xmlns:y="urn:y" y:a="1" x:b="2" b="3">` +
		`<y:b>3</y:b><y:a><y:c>4</y:c></y:a><x:a><x:b>5</x:b></x:a></x:a>`,
	`<a xml:lang="de" xmlns="urn:x" xmlns:a="urn:y"/>`, `<a b="x" c="y" d="z"/>`, `<a><b b="1" c="2">t<c/></b></a>`,
	`<a><a/><a></a><b/><c> </c><d>	</d></a>`, `<a><a>-128</a><c>1e40</c><d>1e400</d></a>`, `<a><c>+inf</c><d>-Inf</d></a>`,
	`<a><a>0x10</a><c>0x1p-2</c><d>1_000</d></a>`, `<a><a>+5</a><e>+5</e></a>`,
	`<a><e>-1</e></a>`, `<a><e>18446744073709551616</e></a>`,
	`<a b="2026-02-03T04:05:06Z">2026-02-03T04:05:06Z</a>`, `<a d="2026-02-03T04:05:06Z"><c>5</c></a>`, `<a d=""/>`,
	`<a><F0>true</F0><F0>maybe</F0></a>`, `<a><F1>1</F1></a>`, `<a>é&amp;&#x41;<b>&lt;</b></a>`, `<b>1</b>`,
	`<a><!--x--><!--y--><a><!--z--></a></a>`, `<a><?pi x?>1<?pi y?>2</a>`, "<a>1\r\n2\r3</a>", `<a><A>1</A><B>2</B></a>`,
	`<a A="1"><B>2</B></a>`, `<a><stamp>1</stamp><Outer><a>1</a></Outer><inner><a>1</a></inner></a>`,
	`<a><Stamp/><x/><x>y</x></a>`, `<a><d><d>1</d></d><c><c>2</c></c></a>`, `<a><b><b>1</b>2</b></a>`, `<a>1 2 3</a>`,
	`<a><a>tRUE</a></a>`, `<a b="1" a="2"><a b="3">4</a></a>`, `<a><a xmlns="urn:x">1</a><a>2</a></a>`,
	`<a><b><a xmlns="urn:x">1</a></b><b><a>2</a></b></a>`,
}

// TestShapes fills types that were thought of one by one from each of the documents.
func TestShapes(t *testing.T) {
	for i, v := range shapes {
		if testing.Short() && i%3 > 0 {
			continue
		}
		typ := reflect.TypeOf(v)
		if v == nil {
			typ = reflect.TypeFor[any]()
		}
		if misplacesName(typ, map[reflect.Type]bool{}) {
			continue
		}
		for _, document := range shapeDocuments {
			sameValue(t, typ, []byte(document))
		}
	}
}
