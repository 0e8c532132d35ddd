package charset

import "testing"

// TestSize has each character take as many bytes as it was decoded from.
func TestSize(t *testing.T) {
	for i := range encodings {
		c := encodings[i].open()
		if c.Decode == nil {
			continue
		}
		for pair := range 0x10000 {
			b := []byte{byte(pair >> 8), byte(pair), 'z', 'z'}
			r, n := c.Decode(b)
			if n > 0 && (r >= 0x80 || n > 1) && c.Size(r) != n || n > 0 && r < 0x80 && n != 1 {
				t.Fatalf("%s: %x is %04X and takes %d bytes; Size says %d", c.Name, b[:n], r, n, c.Size(r))
			}
		}
	}
}
