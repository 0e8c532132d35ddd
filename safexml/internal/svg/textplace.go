package svg

import "strings"

// A textPlace is where the characters of a text element are told to stand.
type textPlace struct {
	box    Box     // of the places, in pixels
	across bool    // there are some of x
	down   bool    // there are some of y
	moved  float64 // the sum of dx and dy
	length length  // textLength
}

// places takes a list of x or y.
func (t *textPlace) places(vertical bool, value []byte) {
	first, low, high := true, 0., 0.
	eachLength(value, func(l length) {
		v := l.of(0)
		if first {
			low, high, first = v, v, false
		}
		low, high = min(low, v), max(high, v)
	})
	if first {
		return
	}
	if vertical {
		t.box.Top, t.box.Bottom, t.down = low, high, true
	} else {
		t.box.Left, t.box.Right, t.across = low, high, true
	}
}

// moves takes a list of dx or dy.
func (t *textPlace) moves(value []byte) {
	eachLength(value, func(l length) { t.moved = clamp(t.moved + max(l.value, -l.value)) })
}

// eachLength calls f with each length of a list.
func eachLength(value []byte, f func(length)) {
	for i := 0; i < len(value); {
		end := measure(value, i)
		if end == i {
			i++
			continue
		}
		f(parseLength(value[i:end]))
		i = end
	}
}

// textBox returns the box of a text element at its start tag, for 16 characters. Words that come
// make it larger.
func (g *Graph) textBox(s *scratch, w, h float64) Box {
	e := &g.elements[g.current()]
	size := float64(e.font)
	x, y := s.x.of(w), s.y.of(h)
	if parent := e.parent; parent >= 0 && isText(g.named[g.elements[parent].name]) {
		// It goes on where the text around it has come to.
		around := &g.elements[parent].own
		if !s.x.set {
			x = float64(around[0])
		}
		if !s.y.set {
			y = float64(around[3])
		}
	}
	length := max(16*size, s.text.length.of(w))
	box := Box{x, clamp(y - size), clamp(x + length), clamp(y + size/2)}
	t := &s.text
	if t.across {
		box.add(t.box.Left, box.Top)
		box.add(clamp(t.box.Right+size), box.Top)
	}
	if t.down {
		box.add(box.Left, clamp(t.box.Top-size))
		box.add(box.Left, clamp(t.box.Bottom+size/2))
	}
	if t.moved > 0 {
		box.add(clamp(box.Left-t.moved), clamp(box.Top-t.moved))
		box.add(clamp(box.Right+t.moved), clamp(box.Bottom+t.moved))
	}
	return box
}

// Text takes characters that stand in the element at hand.
func (g *Graph) Text(data []byte) error {
	if len(g.path) == 0 {
		return nil
	}
	n, space := 0, true
	for _, c := range data {
		switch {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			if !space {
				n++
			}
			space = true
		case c&0xc0 != 0x80: // The first byte of a character.
			n++
			space = false
		}
	}
	wide := float32(n) * g.elements[g.current()].font
	for at := g.current(); at >= 0; at = g.elements[at].parent {
		e := &g.elements[at]
		if name := g.named[e.name]; !isText(name) && name != "a" {
			break
		}
		e.chars += int32(n)
		e.wide += wide
		if err := g.pay.Step(1); err != nil {
			return err
		}
	}
	return nil
}

// spaced notes a space between characters or words, which inherits.
func (g *Graph) spaced(value []byte) {
	l := parseLength(value)
	v := max(l.value, -l.value) + l.more
	if l.base != pixelBase {
		v = clamp(v * g.largestFont / normalFont)
	}
	g.spacing = max(g.spacing, v)
}

// lengthen makes the box of a text as long as its characters are, under a font that is so much
// larger than when they came.
func (g *Graph) lengthen(at int32, ratio float64) {
	e := &g.elements[at]
	if e.chars == 0 || e.own[0] > e.own[2] {
		return
	}
	long := float32(clamp(float64(e.wide)*ratio + float64(e.chars)*g.spacing))
	e.own[2] = max(e.own[2], e.own[0]+long)
	if g.upright {
		e.own[3] = max(e.own[3], e.own[1]+long)
	}
}

// runsDown reports whether a value of writing-mode has lines that run down.
func runsDown(value []byte) bool {
	text := strings.ToLower(string(value))
	return strings.Contains(text, "tb") || strings.Contains(text, "vertical") || strings.Contains(text, "sideways")
}
