package inflate

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// A sample is a stream.
type sample struct {
	name   string
	reason string // a part of the error's text; empty for a stream that is cut off
	data   []byte
}

func written(name, reason string, write func(w *bitWriter)) sample {
	w := &bitWriter{}
	write(w)
	return sample{name, reason, append(w.data, make([]byte, 40)...)}
}

// lengths returns n lengths, those of the given symbols and 0.
func lengths(n int, of map[int]uint8) []uint8 {
	lens := make([]uint8, n)
	for symbol, length := range of {
		lens[symbol] = length
	}
	return lens
}

// broken returns a stream for each error of RFC 1951.
func broken() []sample {
	fixed := newHuffman(fixedLens())
	block := func(name, reason string, h dynamic) sample {
		return written(name, reason, func(w *bitWriter) {
			w.bits(1, 1)
			h.write(w)
		})
	}
	two := map[int]uint8{'a': 1, endBlock: 1}
	list := []sample{
		written("reserved type", "reserved type", func(w *bitWriter) { w.bits(7, 3) }),
		written("reserved type, not the last", "reserved type", func(w *bitWriter) { w.bits(6, 3) }),
		written("stored length", "complement", func(w *bitWriter) {
			w.bits(1, 3)
			w.align()
			w.bits(5, 16)
			w.bits(5, 16)
		}),
		written("stored length, one bit", "complement", func(w *bitWriter) {
			w.bits(1, 3)
			w.align()
			w.bits(0, 16)
			w.bits(0x7fff, 16)
		}),
		block("287 literals", "286", dynamic{lit: lengths(287, two), dist: []uint8{0}}),
		block("288 literals", "286", dynamic{lit: lengths(288, two), dist: []uint8{0}}),
		block("31 distances", "30 codes", dynamic{lit: lengths(257, two), dist: make([]uint8, 31)}),
		block("32 distances", "30 codes", dynamic{lit: lengths(257, two), dist: make([]uint8, 32)}),
		block("no code of code lengths", "code of code lengths", dynamic{lit: lengths(257, two), dist: []uint8{0},
			meta: make([]uint8, 19)}),
		block("one code length", "code of code lengths", dynamic{lit: lengths(257, two), dist: []uint8{0},
			meta: lengths(19, map[int]uint8{0: 1})}),
		block("incomplete code lengths", "code of code lengths", dynamic{lit: lengths(257, two), dist: []uint8{0},
			meta: lengths(19, map[int]uint8{0: 2, 1: 2, 18: 2})}),
		block("over-subscribed code lengths", "code of code lengths", dynamic{lit: lengths(257, two), dist: []uint8{0},
			meta: lengths(19, map[int]uint8{0: 1, 1: 1, 18: 1})}),
		block("repeats nothing", "repeats the one before", dynamic{lit: lengths(257, two), dist: []uint8{0},
			raw: func(w *bitWriter, meta huffman) { w.symbol(meta, 16); w.bits(0, 2) }}),
		block("repeats past the end", "past the last symbol", dynamic{lit: lengths(257, two), dist: []uint8{0},
			raw: func(w *bitWriter, meta huffman) {
				for range 3 {
					w.symbol(meta, 18)
					w.bits(127, 7)
				}
			}}),
		block("repeats a length past the end", "past the last symbol", dynamic{lit: lengths(257, two), dist: []uint8{0},
			raw: func(w *bitWriter, meta huffman) {
				w.symbol(meta, 1)
				for range 100 {
					w.symbol(meta, 16)
					w.bits(3, 2)
				}
			}}),
		block("repeats zeros past the end", "past the last symbol", dynamic{lit: lengths(257, two), dist: []uint8{0},
			raw: func(w *bitWriter, meta huffman) {
				for range 100 {
					w.symbol(meta, 17)
					w.bits(7, 3)
				}
			}}),
		block("no end of block", "no end of block", dynamic{lit: lengths(257, map[int]uint8{'a': 1, 'b': 1}),
			dist: []uint8{0}}),
		block("no literals at all", "no end of block", dynamic{lit: make([]uint8, 257), dist: []uint8{0}}),
		block("over-subscribed literals", "literals and lengths is over", dynamic{lit: lengths(257, map[int]uint8{
			'a': 1, 'b': 1, endBlock: 1}), dist: []uint8{0}}),
		block("over-subscribed at 15 bits", "literals and lengths is over", dynamic{lit: lengths(257, map[int]uint8{
			'a': 1, 'b': 1, endBlock: 15}), dist: []uint8{0}}),
		block("incomplete literals", "literals and lengths is over", dynamic{lit: lengths(257, map[int]uint8{
			'a': 2, endBlock: 2}), dist: []uint8{0}}),
		block("one literal of two bits", "literals and lengths is over", dynamic{lit: lengths(257, map[int]uint8{
			endBlock: 2}), dist: []uint8{0}}),
		block("over-subscribed distances", "distances is over", dynamic{lit: lengths(257, two),
			dist: []uint8{1, 1, 1}}),
		block("incomplete distances", "distances is over", dynamic{lit: lengths(257, two), dist: []uint8{2, 2, 2}}),
		block("one distance of two bits", "distances is over", dynamic{lit: lengths(257, two), dist: []uint8{2}}),
		written("the other half of one literal", "literal or length has no meaning", func(w *bitWriter) {
			w.bits(1, 1)
			dynamic{lit: lengths(257, map[int]uint8{endBlock: 1}), dist: []uint8{0}}.write(w)
			w.bits(1, 1)
		}),
		written("symbol 286", "literal or length has no meaning", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 286)
		}),
		written("symbol 287", "literal or length has no meaning", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 'x')
			w.symbol(fixed, 287)
		}),
		written("distance 30", "distance has no meaning", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 'x')
			w.symbol(fixed, 257)
			w.code(30, 5)
		}),
		written("distance 31", "distance has no meaning", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 'x')
			w.symbol(fixed, 257)
			w.code(31, 5)
		}),
		written("a distance where there are none", "distance has no meaning", func(w *bitWriter) {
			w.bits(1, 1)
			lens := lengths(258, map[int]uint8{'a': 1, endBlock: 2, 257: 2})
			dynamic{lit: lens, dist: []uint8{0}}.write(w)
			w.symbol(newHuffman(lens), 'a')
			w.symbol(newHuffman(lens), 257)
		}),
		written("the other half of one distance", "distance has no meaning", func(w *bitWriter) {
			w.bits(1, 1)
			lens := lengths(258, map[int]uint8{'a': 1, endBlock: 2, 257: 2})
			dynamic{lit: lens, dist: []uint8{1}}.write(w)
			w.symbol(newHuffman(lens), 'a')
			w.symbol(newHuffman(lens), 257)
			w.bits(1, 1)
		}),
		written("before the start", "before the start", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 257)
			w.code(0, 5)
		}),
		written("one byte before the start", "before the start", func(w *bitWriter) {
			w.bits(3, 3)
			for range 4 {
				w.symbol(fixed, 'x')
			}
			w.symbol(fixed, 257)
			w.code(4, 5)
			w.bits(0, 1)
		}),
	}
	whole := honest()
	for _, s := range whole {
		for _, n := range []int{0, 1, 2, len(s.data) / 2, len(s.data) - 1} {
			if n < len(s.data) {
				list = append(list, sample{name: s.name + ", cut off", data: s.data[:n]})
			}
		}
	}
	return list
}

// honest returns streams that are whole, in shapes that encoders seldom write.
func honest() []sample {
	fixed := newHuffman(fixedLens())
	end := func(name string, write func(w *bitWriter)) sample {
		w := &bitWriter{}
		write(w)
		return sample{name: name, data: w.data}
	}
	return []sample{
		end("nothing, fixed", func(w *bitWriter) { w.bits(3, 3); w.symbol(fixed, endBlock) }),
		end("nothing, stored", func(w *bitWriter) { w.bits(1, 3); w.align(); w.bits(0xffff0000, 32) }),
		end("nothing, one code", func(w *bitWriter) {
			w.bits(1, 1)
			dynamic{lit: lengths(257, map[int]uint8{endBlock: 1}), dist: []uint8{0}}.write(w)
			w.bits(0, 1)
		}),
		end("padding that is not zero", func(w *bitWriter) {
			w.bits(1, 3)
			w.bits(31, 5)
			w.bits(0xfffe0001, 32)
			w.bits('x', 8)
		}),
		end("one distance", func(w *bitWriter) {
			w.bits(1, 1)
			lens := lengths(286, map[int]uint8{'a': 1, endBlock: 2, 285: 2})
			dynamic{lit: lens, dist: []uint8{1}}.write(w)
			w.symbol(newHuffman(lens), 'a')
			for range 300 {
				w.symbol(newHuffman(lens), 285)
				w.bits(0, 1)
			}
			w.symbol(newHuffman(lens), endBlock)
		}),
		end("258 by symbol 284", func(w *bitWriter) {
			w.bits(3, 3)
			w.symbol(fixed, 'a')
			w.symbol(fixed, 284)
			w.bits(31, 5)
			w.code(0, 5)
			w.symbol(fixed, endBlock)
		}),
		end("codes of all lengths", func(w *bitWriter) {
			w.bits(1, 1)
			lit, dist := make([]uint8, 286), make([]uint8, 30)
			for i := range uint8(14) {
				lit[i], dist[i] = i+1, i+1
			}
			lit[endBlock], lit[285], dist[14], dist[29] = 15, 15, 15, 15
			dynamic{lit: lit, dist: dist}.write(w)
			for i := range 14 {
				w.symbol(newHuffman(lit), i)
			}
			for i := range 14 {
				w.symbol(newHuffman(lit), 285)
				w.symbol(newHuffman(dist), i%3)
			}
			w.symbol(newHuffman(lit), endBlock)
		}),
		end("a repetition that crosses over", func(w *bitWriter) {
			w.bits(1, 1)
			dynamic{lit: lengths(257, map[int]uint8{}), dist: make([]uint8, 8), raw: func(w *bitWriter, meta huffman) {
				w.symbol(meta, 18)
				w.bits(127, 7)
				w.symbol(meta, 18)
				w.bits(100, 7)
				for range 4 {
					w.symbol(meta, 3)
				}
				w.symbol(meta, 16)
				w.bits(3, 2)
				w.symbol(meta, 16)
				w.bits(3, 2)
			}}.write(w)
			lens := make([]uint8, 257)
			for i := 249; i < 257; i++ {
				lens[i] = 3
			}
			w.symbol(newHuffman(lens), 250)
			w.symbol(newHuffman(lens), endBlock)
		}),
		end("the farthest distance", func(w *bitWriter) {
			w.bits(0, 3)
			w.align()
			w.bits(32768, 16)
			w.bits(32767, 16)
			for i := range 32768 {
				w.bits(uint64(i*i>>3), 8)
			}
			w.bits(3, 3)
			w.symbol(fixed, 285)
			w.code(29, 5)
			w.bits(8191, 13)
			w.symbol(fixed, endBlock)
		}),
		end("many empty blocks", func(w *bitWriter) {
			for range 1000 {
				w.bits(2, 3)
				w.symbol(fixed, endBlock)
			}
			w.bits(3, 3)
			w.symbol(fixed, endBlock)
		}),
	}
}

func TestBroken(t *testing.T) {
	b := free(t)
	for _, s := range broken() {
		t.Run(s.name, func(t *testing.T) {
			d := New()
			d.Reset(b, bytes.NewReader(s.data))
			v := drain(d)
			if s.reason == "" {
				if !errors.Is(v.err, io.ErrUnexpectedEOF) {
					t.Fatalf("error %v, want that the stream is cut off", v.err)
				}
			} else if corrupt, ok := errors.AsType[*CorruptError](v.err); !ok || !strings.Contains(corrupt.Reason, s.reason) {
				t.Fatalf("error %v, want %q", v.err, s.reason)
			}
			compare(t, New(), b, s.data, pieces...)
			if _, err := d.Next(); !errors.Is(err, v.err) {
				t.Errorf("then %v, want %v again", err, v.err)
			}
		})
	}
}

func TestHonest(t *testing.T) {
	b, d := free(t), New()
	for _, s := range honest() {
		t.Run(s.name, func(t *testing.T) {
			compare(t, d, b, s.data, pieces...)
			d.Reset(b, bytes.NewReader(append(bytes.Clone(s.data), "trailer"...)))
			if v := drain(d); v.err != nil || v.consumed != int64(len(s.data)) {
				t.Fatalf("%d bytes taken, error %v; want %d", v.consumed, v.err, len(s.data))
			}
			for _, want := range []byte("trailer") {
				if got, err := d.ReadByte(); err != nil || got != want {
					t.Fatalf("%q (error %v) follows the stream, want %q", got, err, want)
				}
			}
			if _, err := d.ReadByte(); !errors.Is(err, io.EOF) {
				t.Fatalf("error %v at the end, want io.EOF", err)
			}
		})
	}
}
