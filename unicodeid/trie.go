package unicodeid

import (
	"bytes"
	"math/bits"
	"slices"

	"github.com/seed73825598/airlock/internal/ucd"
)

// A trie holds the words of one kind by what they look like at the coarsest: letters and digits
// that may be read as one another are one symbol, so that a walk finds every word that may be
// meant, and the words found are then compared letter by letter. The zero trie holds nothing.
type trie struct {
	nodes []trieNode // the root first
	words []int32    // the words that end at each node, node after node
}

// A trieNode has a bit for each symbol by which the walk goes on. The nodes that these lead to
// stand one after another in the order of their symbols.
type trieNode struct {
	next     uint32 // the bits
	first    uint32 // where the nodes that they lead to begin
	from, to uint32 // the words that end here
}

// A trieEntry is one word as a string of symbols.
type trieEntry struct {
	symbols []byte
	word    int32
}

func newTrie(entries []trieEntry) trie {
	if len(entries) == 0 {
		return trie{}
	}
	slices.SortFunc(entries, func(a, b trieEntry) int { return bytes.Compare(a.symbols, b.symbols) })
	t := trie{nodes: make([]trieNode, 1)}
	type part struct{ node, from, to, depth int }
	parts := []part{{0, 0, len(entries), 0}}
	for len(parts) > 0 {
		p := parts[0]
		parts = parts[1:]
		//nolint:gosec // A list of 2^32 symbols is none.
		node := trieNode{first: uint32(len(t.nodes)), from: uint32(len(t.words))}
		i := p.from
		for ; i < p.to && len(entries[i].symbols) == p.depth; i++ {
			t.words = append(t.words, entries[i].word)
		}
		node.to = uint32(len(t.words)) //nolint:gosec // The same.
		for i < p.to {
			symbol, from := entries[i].symbols[p.depth], i
			for i < p.to && entries[i].symbols[p.depth] == symbol {
				i++
			}
			node.next |= 1 << symbol
			parts = append(parts, part{len(t.nodes), from, i, p.depth + 1})
			t.nodes = append(t.nodes, trieNode{})
		}
		t.nodes[p.node] = node
	}
	return t
}

func (t *trie) empty() bool { return len(t.nodes) == 0 }

// step returns the node that a symbol leads to, or 0.
func (t *trie) step(node uint32, symbol byte) uint32 {
	n := &t.nodes[node]
	bit := uint32(1) << symbol
	if n.next&bit == 0 {
		return 0
	}
	return n.first + uint32(bits.OnesCount32(n.next&(bit-1))) //nolint:gosec // At most 32.
}

// walk returns the node that several symbols lead to, or 0.
func (t *trie) walk(node uint32, symbols []byte) uint32 {
	for _, s := range symbols {
		if node = t.step(node, s); node == 0 {
			return 0
		}
	}
	return node
}

// at returns the words that end at a node.
func (t *trie) at(node uint32) []int32 {
	n := &t.nodes[node]
	return t.words[n.from:n.to]
}

// Letters and digits of ASCII have a symbol each, but for those that are read as others. Any other
// code point is seven symbols: its bits, three at a time, above plainSymbols.
const plainSymbols = 24

const (
	symbolOfNone = 0xFF
	bitsInSymbol = 3
	symbolsOfOne = 7 // 21 bits
)

// plainSymbol is the symbol of a letter or digit of ASCII, read as the first of those that it may
// stand for. m, w and d are read as the two letters that they look like.
func plainSymbol(c byte) (one, two byte) {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	switch c {
	case 'm':
		one, _ = plainSymbol('r')
		two, _ = plainSymbol('n')
		return one, two
	case 'w':
		one, _ = plainSymbol('v')
		return one, one
	case 'd':
		one, _ = plainSymbol('c')
		two, _ = plainSymbol('l')
		return one, two
	case 'i':
		c = 'l'
	}
	if read := readAs(rune(c)); read != "" {
		c = read[len(read)-1]
	}
	switch {
	case c < 'a' || c > 'z':
		return symbolOfNone, symbolOfNone
	case c < 'i':
		return c - 'a', symbolOfNone
	case c < 'm':
		return c - 'a' - 1, symbolOfNone
	case c < 'w':
		return c - 'a' - 2, symbolOfNone
	}
	return c - 'a' - 3, symbolOfNone
}

// readAs returns the letters that a digit or a sign may stand for, or nothing.
func readAs(r rune) string {
	switch r {
	case '0':
		return "o"
	case '1', '!', '|', '❗', '❕':
		return "il"
	case '2':
		return "z"
	case '3', '€':
		return "e"
	case '4', '@':
		return "a"
	case '5', '$':
		return "s"
	case '6', '9':
		return "g"
	case '7', '+':
		return "t"
	case '8':
		return "b"
	}
	return ""
}

// appendSymbols appends the symbols of text as it is compared: folded, and read as letters.
func appendSymbols(dst []byte, text ...rune) []byte {
	var few [4]rune
	for _, r := range text {
		for _, q := range ucd.AppendFold(few[:0], r) {
			if read := readAs(q); read != "" {
				q = rune(read[len(read)-1])
			}
			if q < 0x80 {
				if one, two := plainSymbol(byte(q)); one != symbolOfNone { //nolint:gosec // It is ASCII.
					if dst = append(dst, one); two != symbolOfNone {
						dst = append(dst, two)
					}
					continue
				}
			}
			for i := range symbolsOfOne {
				dst = append(dst, plainSymbols+byte(q>>(bitsInSymbol*i)&(1<<bitsInSymbol-1)))
			}
		}
	}
	return dst
}
