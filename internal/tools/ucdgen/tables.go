package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// tables packs the data into the package's files.
func tables(d *data) ([]file, error) {
	properties, err := packProps(d)
	if err != nil {
		return nil, err
	}
	mappings, err := packMaps(d)
	if err != nil {
		return nil, err
	}
	total := properties.bytes + mappings.bytes
	if total >= 200_000 {
		return nil, fmt.Errorf("%d bytes of tables (%d, %d); 200,000 is the limit", total, properties.bytes,
			mappings.bytes)
	}
	fmt.Printf("ucd: %d bytes of tables (properties %d, mappings %d)\n", total, properties.bytes, mappings.bytes)
	a, err := properties.file("tables_props.go")
	if err != nil {
		return nil, err
	}
	b, err := mappings.file("tables_maps.go")
	return []file{a, b}, err
}

// packProps makes the three stages of the properties: the group of a code point, in it its block,
// and in that the number of its record. Groups, blocks and records that are equal are kept once.
func packProps(d *data) (*output, error) {
	var records []layout.Props
	number := map[uint64]uint16{}
	ids := make([]uint16, len(d.props))
	for r, p := range d.props {
		n, ok := number[uint64(p)]
		if !ok {
			if len(records) > 0xFFFF {
				return nil, errors.New("too many records")
			}
			n = uint16(len(records)) //nolint:gosec // Checked above.
			number[uint64(p)] = n
			records = append(records, p)
		}
		ids[r] = n
	}
	values, blocks := distinct(ids, 1<<recordShift)
	groups, top := distinct(blocks, 1<<groupShift)
	out := &output{}
	out.constant("recordShift", recordShift, "is how many low bits of a code point number it within its block.")
	out.constant("groupShift", groupShift, "is how many bits above those number the block within its group.")
	emit(out, "propsGroups", top, "uint8", 1, "numbers the group of each run of blocks.")
	emit(out, "propsBlocks", groups, "uint16", 2, "numbers the block of each run of code points, group after group.")
	emit(out, "propsRecords", values, "uint16", 2, "numbers the record of each code point, block after block.")
	emit(out, "props", records, "Props", 8, "holds each distinct record.")
	out.sets(d.sets)
	emit(out, "flags", d.flags[:], "uint64", 8, "holds the flags of each first letter, a bit for each second one.")
	out.text("scriptNames", strings.Join(d.names, ""), "holds the four letters of each script, by number.")
	return out, nil
}

// The sizes of the stages that make the smallest tables.
const (
	recordShift = 5
	groupShift  = 5
)

// distinct cuts values into parts of n and keeps each distinct part once. It returns the parts that
// are kept, one after another, and the number of each part in turn.
func distinct(values []uint16, n int) (kept, order []uint16) {
	seen := map[string]uint16{}
	for part := range slices.Chunk(values, n) {
		key := fmt.Sprint(part)
		number, ok := seen[key]
		if !ok {
			number = uint16(len(seen)) //nolint:gosec // At most 0x110000 code points, and parts of 32.
			seen[key] = number
			kept = append(kept, part...)
		}
		order = append(order, number)
	}
	return kept, order
}

// packMaps makes the tables from one code point to several. They share one pool of text.
func packMaps(d *data) (*output, error) {
	all := []struct {
		name, comment string
		of            map[rune][]rune
	}{
		{"canonical", "holds the full canonical decompositions, without those of Hangul syllables.", d.canonical},
		{"compat", "holds the compatibility decompositions, to be applied again.", d.compat},
		{"folds", "holds the full case foldings.", d.folds},
		{"confusables", "holds the prototypes of lookalikes.", d.looks},
	}
	var texts []string
	for _, m := range all {
		for to := range maps.Values(m.of) {
			texts = append(texts, string(to))
		}
	}
	pool := pack(texts)
	if len(pool) > 0xFFFF {
		return nil, fmt.Errorf("the pool of %d bytes is too long", len(pool))
	}
	out := &output{}
	for _, m := range all {
		keys := slices.Sorted(maps.Keys(m.of))
		var low, offset []uint16
		var length []uint8
		rows := make([]uint16, 256+16+1)
		for _, r := range keys {
			to := string(m.of[r])
			if len(to) > 0xFF {
				return nil, fmt.Errorf("%s: U+%04X maps to %d bytes", m.name, r, len(to))
			}
			low = append(low, uint16(r&0xFFFF))
			offset = append(offset, uint16(strings.Index(pool, to))) //nolint:gosec // The pool holds it, and is checked.
			length = append(length, uint8(len(to)))                  //nolint:gosec // Checked above.
			row := r >> 8
			if r > 0xFFFF {
				row = 255 + r>>16
			}
			for i := int(row) + 1; i < len(rows); i++ {
				rows[i]++
			}
		}
		out.mapping(m.name, m.comment, rows, low, offset, length)
	}
	slices.SortFunc(d.composes, func(a, b [3]rune) int {
		return cmp.Or(cmp.Compare(a[0], b[0]),
			cmp.Compare(a[1], b[1]))
	})
	out.composes(d.composes)
	out.text("mapped", pool, "is the text that the mappings lead to.")
	return out, nil
}

// pack joins the texts into one that holds each, the longest first, so that the shorter ones are
// often found within it.
func pack(texts []string) string {
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var pool strings.Builder
	for _, t := range texts {
		if !strings.Contains(pool.String(), t) {
			pool.WriteString(t)
		}
	}
	return pool.String()
}
