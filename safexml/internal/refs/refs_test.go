package refs_test

import (
	"testing"

	"github.com/seed73825598/airlock/safexml/internal/refs"
)

// The table is in the order of the vocabularies, as Rows needs it, and every id stands for one
// line.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	last := refs.None
	for r := range refs.All() {
		if r.Vocabulary < last {
			t.Errorf("%s: out of order", r.ID)
		}
		last = r.Vocabulary
		if seen[r.ID] || r.ID == "" || r.Format() == "" || r.Construct() == "" {
			t.Errorf("%q: id, format %q, construct %q", r.ID, r.Format(), r.Construct())
		}
		seen[r.ID] = true
		if refs.ByID(r.ID) != r {
			t.Errorf("%s: another line has the id", r.ID)
		}
		n := 0
		for i := range refs.Rows(r.Vocabulary) {
			if refs.Rows(r.Vocabulary)[i].ID == r.ID {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d times among the lines of its vocabulary", r.ID, n)
		}
	}
	if len(seen) < 240 {
		t.Errorf("%d mechanisms", len(seen))
	}
}

func TestVocabularies(t *testing.T) {
	for space, want := range map[string]refs.Vocabulary{
		"http://www.w3.org/2001/XInclude":         refs.XInclude,
		"http://www.w3.org/1999/XSL/Transform":    refs.XSLT,
		"http://www.w3.org/1999/xsl/transform":    refs.None,
		"urn:oasis:names:tc:SAML:2.0:metadata":    refs.SAMLMetadata,
		"http://schemas.xmlsoap.org/wsdl/soap12/": refs.SOAPBinding,
		"":                                     refs.None,
		"http://www.w3.org/XML/1998/namespace": refs.XML,
		"http://schemas.microsoft.com/developer/msbuild/2003": refs.MSBuild,
	} {
		if got := refs.Of([]byte(space)); got != want {
			t.Errorf("%q: %d (%s); want %d", space, got, got.Name(), want)
		}
	}
	for root, want := range map[string]refs.Vocabulary{"rss": refs.RSS, "opml": refs.OPML, "RSS": refs.None,
		"": refs.None} {
		if got := refs.ByRoot([]byte(root)); got != want {
			t.Errorf("root %q: %d; want %d", root, got, want)
		}
	}
	for _, c := range []struct {
		v     refs.Vocabulary
		ruled bool
	}{{refs.XInclude, true}, {refs.XSLT, true}, {refs.Atom, false}, {refs.XLink, true}, {refs.XML, false}} {
		if refs.Ruled(c.v) != c.ruled {
			t.Errorf("%s ruled: %v", c.v.Name(), !c.ruled)
		}
	}
	if refs.Instruction([]byte("xml-stylesheet")) == nil || refs.Instruction([]byte("style")) != nil ||
		refs.ByID("nothing").ID != "" {
		t.Error("a mechanism is there that is not, or is not that is")
	}
}
