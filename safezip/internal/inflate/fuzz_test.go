package inflate

import (
	"bytes"
	"compress/flate"
	"testing"
)

// FuzzStream compares a Decoder with compress/flate on any bytes.
func FuzzStream(f *testing.F) {
	for _, s := range broken() {
		f.Add(s.data)
	}
	for _, s := range honest() {
		f.Add(s.data)
	}
	d := New()
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, d, free(t), data, pieces...)
	})
}

// FuzzBlocks compares a Decoder with compress/flate on blocks whose codes, symbols and mistakes the
// fuzzer chooses: few of the streams that FuzzStream sees get past the header of a block.
func FuzzBlocks(f *testing.F) {
	f.Add([]byte("a choice of blocks"))
	f.Add(bytes.Repeat([]byte{2, 200, 3, 77, 9, 1, 255, 0, 128, 63}, 60))
	f.Add(bytes.Repeat([]byte{1, 0, 7}, 100))
	d := New()
	f.Fuzz(func(t *testing.T, choices []byte) {
		compare(t, d, free(t), stream(choices), pieces...)
	})
}

// FuzzRoundTrip inflates what compress/flate deflates.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("The quick brown fox jumps over the lazy dog."), 6)
	d := New()
	f.Fuzz(func(t *testing.T, data []byte, level int) {
		level = max(-2, min(level%12, 9))
		compressed := deflated(t, data, level)
		compare(t, d, free(t), compressed, pieces...)
	})
}

// deflated returns data as compress/flate writes it.
func deflated(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// choice deals out numbers from bytes, and zero when they have run out.
type choice struct{ left []byte }

func (c *choice) next(n int) int {
	if len(c.left) == 0 {
		return 0
	}
	v := int(c.left[0])
	c.left = c.left[1:]
	if n > 256 && len(c.left) > 0 {
		v = v<<8 | int(c.left[0])
		c.left = c.left[1:]
	}
	return v % n
}

// stream writes blocks as the bytes choose.
func stream(choices []byte) []byte {
	c, w := &choice{choices}, &bitWriter{}
	for len(c.left) > 0 {
		last := len(c.left) < 8
		w.bits(uint64(b2i(last)), 1)
		switch c.next(8) {
		case 0:
			w.bits(0, 2)
			w.align()
			n := c.next(300)
			w.bits(uint64(n), 16)
			w.bits(uint64(n)^0xffff, 16)
			for range n {
				w.bits(uint64(c.next(256)), 8)
			}
		case 1, 2:
			w.bits(1, 2)
			dist := make([]uint8, fixedDist)
			for i := range dist {
				dist[i] = 5
			}
			writeSymbols(c, w, newHuffman(fixedLens()), newHuffman(dist))
		case 3:
			w.bits(uint64(c.next(4)), 2)
			w.bits(uint64(c.next(1<<16)), 16)
		default:
			h := dynamic{lit: chosenCode(c, 257+c.next(32)%30), dist: chosenCode(c, 1+c.next(30))}
			h.write(w)
			writeSymbols(c, w, newHuffman(h.lit), newHuffman(h.dist))
		}
	}
	if c := choices; len(c) > 2 && c[0]&7 == 5 { // A bit turned over.
		at := (int(c[1])<<8 | int(c[2])) % len(w.data)
		w.data[at] ^= 1 << (c[0] >> 5)
	}
	return append(w.data, "after the stream"...)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// chosenCode deals out code lengths to n symbols: most often a complete code.
func chosenCode(c *choice, n int) []uint8 {
	lens := make([]uint8, n)
	if n > endBlock {
		lens[endBlock] = uint8(1 + c.next(maxBits))
	}
	const whole = 1 << maxBits
	left := whole
	if n > endBlock {
		left -= whole >> lens[endBlock]
	}
	at := c.next(n)
	for tries := 0; left > 0 && tries < 2*n; tries++ {
		at = (at + 1 + c.next(5)*c.next(2)) % n
		if lens[at] != 0 {
			continue
		}
		length := 1 + c.next(maxBits)
		for whole>>length > left {
			length++
		}
		lens[at] = uint8(length)
		left -= whole >> length
	}
	// The rest is dealt out by making codes shorter.
	for i := 0; left > 0 && i < n; i++ {
		for lens[i] > 1 && whole>>lens[i] <= left {
			left -= whole >> lens[i]
			lens[i]--
		}
	}
	if c.next(40) == 39 {
		lens[c.next(n)] = uint8(c.next(maxBits + 1))
	}
	return lens
}

// writeSymbols writes symbols that have codes, and the end of the block.
func writeSymbols(c *choice, w *bitWriter, lit, dist huffman) {
	for range c.next(400) {
		symbol := c.next(len(lit.lens))
		for i := 0; lit.lens[symbol] == 0 && i < len(lit.lens); i++ {
			symbol = (symbol + 1) % len(lit.lens)
		}
		if symbol == endBlock {
			continue
		}
		w.symbol(lit, symbol)
		if symbol < endBlock {
			continue
		}
		if at := symbol - endBlock - 1; at < len(lengthExtra) {
			w.bits(uint64(c.next(256)), uint(lengthExtra[at]))
		}
		distance := c.next(len(dist.lens))
		if c.next(4) > 0 {
			distance %= 6
		}
		w.symbol(dist, distance)
		if distance < len(distanceExtra) {
			w.bits(uint64(c.next(1<<13)), uint(distanceExtra[distance]))
		}
	}
	w.symbol(lit, endBlock)
}
