// Package tartest has hostile and benign tar archives for your own tests, and for unpackers other
// than safetar.
//
//	for c := range tartest.Hostile() {
//		t.Run(c.Name, func(t *testing.T) {
//			dir := filepath.Join(t.TempDir(), "out")
//			if err := unpack(dir, c.Data); err == nil {
//				t.Errorf("accepted; it breaks the rule %s", c.Rule)
//			}
//			ziptest.AssertContained(t, dir)
//		})
//	}
//
// Archives are built in code, block by block, when they are asked for; none is larger than a few
// hundred kilobytes, whatever it claims to become. The same cases come in the same order every
// time, and a case keeps its name from version to version.
package tartest
