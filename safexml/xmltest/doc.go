// Package xmltest has hostile and benign XML documents for your own tests, and for parsers other
// than safexml.
//
//	for c := range xmltest.Hostile() {
//		t.Run(c.Name, func(t *testing.T) {
//			if err := parse(c.Data); err == nil {
//				t.Errorf("accepted; it breaks the rule %s", c.Rule)
//			}
//		})
//	}
//
// Documents are built in code when they are asked for; bombs take up to some 16 MB. The same cases
// come in the same order every time, and a case keeps its name from version to version.
package xmltest
