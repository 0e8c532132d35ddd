package safexml_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safexml"
)

// said is a text that quotes all of what it was given in its error.
type said string

func (s *said) UnmarshalText(text []byte) error { return fmt.Errorf("no %s", text) }

// A tree holds itself.
type tree struct {
	N    int    `xml:"n,attr"`
	Kids []tree `xml:",any"`
}

// busy fails for a reason of its own.
type busy string

func (b *busy) UnmarshalText([]byte) error {
	return &limits.ConfigError{Op: "busy", Problems: []limits.FieldProblem{{Field: "a", Reason: "b"}}}
}

func TestMismatch(t *testing.T) {
	digits := strings.Repeat("7", 1<<20)
	for name, test := range map[string]struct {
		v        any
		document string
		err      error // what errors.Is finds; nil for any
		path     string
		typ      reflect.Type
	}{
		"digits":  {new(struct{ A int }), "<x>\n<A>" + digits + "</A></x>", strconv.ErrRange, "x/A", reflect.TypeFor[int]()},
		"letters": {new(struct{ A int }), "<x>\n<A>\x7f seven</A></x>", strconv.ErrSyntax, "x/A", reflect.TypeFor[int]()},
		"truth":   {new(struct{ A bool }), "<x>\n<A>perhaps</A></x>", strconv.ErrSyntax, "x/A", reflect.TypeFor[bool]()},
		"attribute": {new(struct {
			A uint8 `xml:"a,attr"`
		}), "<x\na='256'/>", strconv.ErrRange, "x/@a", reflect.TypeFor[uint8]()},
		"text": {new(struct{ A said }), "<x>\n<A>" + digits + "</A></x>", nil, "x/A", reflect.TypeFor[said]()},
		"root": {new(struct {
			XMLName xml.Name `xml:"y"`
		}), "<" + strings.Repeat("x", 4000) + "\n/>", nil, "…" + strings.Repeat("x", 1021), nil},
		"list": {new(struct {
			A []struct {
				B []int `xml:"b>c"`
			}
		}), "<x><A/>\n<A><b><c>1</c><c/></b><b/><b><c>2</c><c>z</c></b></A></x>", strconv.ErrSyntax, "x/A[2]/b[3]/c[2]",
			reflect.TypeFor[int]()},
		"any": {new(struct {
			A struct {
				B int `xml:"b,attr"`
			} `xml:",any"`
		}), "<x>\n<A/><z b='z'/></x>", strconv.ErrSyntax, "x/z/@b", reflect.TypeFor[int]()},
		"deep": {new(tree), strings.Repeat("<a>", 250) + "<b n='z'/>" + strings.Repeat("</a>", 250), nil,
			strings.Repeat("a/", 250) + "b/@n", reflect.TypeFor[int]()},
	} {
		t.Run(name, func(t *testing.T) {
			before := reflect.ValueOf(test.v).Elem().Interface()
			err := safexml.Unmarshal(t.Context(), []byte(test.document), test.v, sensible)
			misfit, ok := errors.AsType[*safexml.MismatchError](err)
			if !ok || !errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) ||
				test.err != nil && !errors.Is(err, test.err) {
				t.Fatalf("%v; want a mismatch because of %v", err, test.err)
			}
			rule, ok := errors.AsType[*safexml.RuleError](err)
			if !ok || rule.Rule != safexml.RuleMismatch || rule.Line != misfit.Line || rule.Line < 1 {
				t.Errorf("rule %+v in %+v", rule, misfit)
			}
			if test.typ == nil {
				test.typ = reflect.TypeOf(test.v).Elem()
			}
			if misfit.Type != test.typ || misfit.Op != "safexml.Unmarshal" || misfit.Path != test.path {
				t.Errorf("%+v", misfit)
			}
			if status := limitshttp.Status(err); status != 422 {
				t.Errorf("status %d", status)
			}
			written, err := json.Marshal(misfit)
			if err != nil {
				t.Error(err)
			}
			var log strings.Builder
			slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "err", misfit)
			for _, text := range []string{misfit.Error(), string(written), log.String()} {
				if len(text) > 1024 || strings.ContainsAny(text, "\x7f\U00012000") {
					t.Errorf("%d bytes: %.1100q", len(text), text)
				}
			}
			if after := reflect.ValueOf(test.v).Elem().Interface(); !reflect.DeepEqual(before, after) {
				t.Errorf("assigned: %+v", after)
			}
		})
	}
}

// TestMismatchOfTheCaller tells what no document fits from what this document does not.
func TestMismatchOfTheCaller(t *testing.T) {
	for name, v := range map[string]any{
		"channel": new(struct{ A chan int }),
		"map":     new(struct{ A map[string]int }),
		"tag": new(struct {
			A int `xml:"a,attr,chardata"` //nolint:staticcheck // A wrong tag.
		}),
		"chain": new(struct {
			A int `xml:"a>b,attr"` //nolint:staticcheck // A wrong tag.
		}),
		"conflict": new(struct {
			A int `xml:"a>b"`
			B int `xml:"a"`
		}),
		"own failure": new(struct{ A busy }),
	} {
		t.Run(name, func(t *testing.T) {
			err := safexml.Unmarshal(t.Context(), []byte("<x><A>1</A><a>1</a></x>"), v, sensible)
			if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v; want a mistake of the caller", err)
			}
		})
	}
}

// TestMismatchInUTF16 counts the bytes of the source.
func TestMismatchInUTF16(t *testing.T) {
	data := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("<x>\n<A>z</A></x>")) {
		data = append(data, byte(u), byte(u>>8))
	}
	err := safexml.Unmarshal(t.Context(), data, new(struct{ A int }), sensible, safexml.UTF16())
	if misfit, ok := errors.AsType[*safexml.MismatchError](err); !ok || misfit.Offset != 18 ||
		misfit.Line != 2 || misfit.Column != 9 {
		t.Errorf("%+v", err)
	}
}

// TestMismatchZero has a text for an error without content.
func TestMismatchZero(t *testing.T) {
	for _, e := range []*safexml.MismatchError{nil, {}} {
		if _, err := json.Marshal(e); err != nil || e.Error() == "" || e.Unwrap() != nil || e.LogValue().Any() == nil {
			t.Errorf("%q, %v", e.Error(), err)
		}
	}
}

func ExampleMismatchError() {
	var order struct {
		Amount int `xml:"amount"`
	}
	err := safexml.Unmarshal(context.Background(), []byte("<order><amount>ten</amount></order>"), &order, lim)
	misfit, ok := errors.AsType[*safexml.MismatchError](err)
	fmt.Println(ok, errors.Is(err, limits.ErrRefused), misfit.Err)

	// Output:
	// true true invalid syntax
}
