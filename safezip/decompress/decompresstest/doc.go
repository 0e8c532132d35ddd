// Package decompresstest has hostile and benign compressed streams for your own tests, and for
// readers other than decompress.
//
//	for c := range decompresstest.Hostile() {
//		t.Run(c.Name, func(t *testing.T) {
//			if _, err := read(c.Format, c.Data); err == nil {
//				t.Errorf("accepted; it breaks the rule %s", c.Rule)
//			}
//		})
//	}
//
// Streams are built in code when they are asked for; none is larger than a megabyte, whatever it
// becomes. The same cases come in the same order every time, and a case keeps its name from version
// to version.
package decompresstest
