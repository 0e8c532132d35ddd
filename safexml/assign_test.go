package safexml_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/safexml"
)

// An envelope has a body of a type that its user chooses.
type envelope struct {
	Header string `xml:"Header>ID"`
	Body   struct {
		Content any `xml:",any"`
	} `xml:"Body"`
	next *envelope
	Next *envelope `xml:"Next"`
}

// TestInterfaces fills what interfaces point to, and the caller's own pointers see it, once all is
// well.
func TestInterfaces(t *testing.T) {
	const document = `<Envelope><Header><ID>7</ID></Header><Body><customer id="1"><name>a</name></customer></Body>` +
		`<Next><Body><c id="2"/></Body></Next></Envelope>`
	first, second := customer{ID: 9, Mails: []string{"old"}}, customer{}
	v := envelope{Header: "old", Next: &envelope{}}
	v.Body.Content, v.Next.Body.Content = &first, &second
	v.next, v.Next.Next = &v, &v // In a circle.
	if err := safexml.Unmarshal(t.Context(), []byte(document[:len(document)-1]), &v, sensible); err == nil ||
		first.ID != 9 ||
		v.Header != "old" || v.Body.Content != any(&first) {
		t.Errorf("%v, %+v in %+v", err, first, v)
	}
	if err := safexml.Unmarshal(t.Context(), []byte(document), &v, sensible); err != nil || v.Header != "7" ||
		v.Body.Content != any(&first) || v.Next.Body.Content != any(&second) {
		t.Errorf("%v, %+v", err, v)
	}
	if diff := cmp.Diff([]customer{{ID: 1, Name: "a"}, {ID: 2}}, []customer{first, second}); diff != "" {
		t.Error(diff)
	}

	var inner raw // Of which encoding/xml must take care.
	v = envelope{}
	v.Body.Content = &inner
	if err := safexml.Unmarshal(t.Context(), []byte(document), &v, sensible); err != nil ||
		inner.Inner != "<name>a</name>" {
		t.Errorf("%v, %+v", err, inner)
	}
	tok := tokenizer(t, "<e>"+document+"</e>", 2)
	inner = raw{}
	if err := tok.Decode(&v); err != nil || inner.Inner != "<name>a</name>" || v.Header != "7" {
		t.Errorf("%v, %+v", err, inner)
	}
	content := any(&first)
	if err := safexml.Unmarshal(t.Context(), []byte("<c id='3'/>"), &content, sensible); err != nil || first.ID != 3 ||
		content != any(&first) {
		t.Errorf("%v, %+v", err, first)
	}
	for name, v := range map[string]any{"nothing": new(any), "no pointer": &struct{ F any }{F: customer{}}} {
		if err := safexml.Unmarshal(t.Context(), []byte("<c><F/></c>"), v, sensible); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
