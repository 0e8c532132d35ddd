package main

import (
	"fmt"
	"strconv"
	"strings"
)

// maxRune ends the code space.
const maxRune = 0x10FFFF

// A line is one line of a file of the Unicode Character Database: a range of code points and the
// other fields.
type line struct {
	lo, hi rune
	fields []string
}

// lines parses a file of the database in its usual form: code point or range, semicolon, fields,
// and comments after a number sign.
func lines(text []byte) ([]line, error) {
	var all []line
	for number, s := range strings.Split(string(text), "\n") {
		s, _, _ = strings.Cut(s, "#")
		if strings.TrimSpace(s) == "" {
			continue
		}
		fields := strings.Split(s, ";")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		first, last, isRange := strings.Cut(fields[0], "..")
		if !isRange {
			last = first
		}
		lo, err := codePoint(first)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number+1, err)
		}
		hi, err := codePoint(last)
		if err != nil || hi < lo {
			return nil, fmt.Errorf("line %d: bad range %q", number+1, fields[0])
		}
		all = append(all, line{lo, hi, fields[1:]})
	}
	return all, nil
}

func codePoint(s string) (rune, error) {
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || n > maxRune {
		return 0, fmt.Errorf("bad code point %q", s)
	}
	return rune(n), nil
}

// codePoints parses code points with spaces between them.
func codePoints(s string) ([]rune, error) {
	var all []rune
	for f := range strings.FieldsSeq(s) {
		r, err := codePoint(f)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no code points in %q", s)
	}
	return all, nil
}

// values reads a property with one value for each code point.
func values(text []byte, missing string) ([]string, error) {
	all := make([]string, maxRune+1)
	for r := range all {
		all[r] = missing
	}
	ls, err := lines(text)
	if err != nil {
		return nil, err
	}
	for _, l := range ls {
		for r := l.lo; r <= l.hi; r++ {
			all[r] = l.fields[0]
		}
	}
	return all, nil
}

// sets reads a file of binary properties: the code points of each by name. A property that has a
// value after its name ("NFC_QC; N") goes by both.
func sets(text []byte) (map[string][]bool, error) {
	all := map[string][]bool{}
	ls, err := lines(text)
	if err != nil {
		return nil, err
	}
	for _, l := range ls {
		name := l.fields[0]
		if len(l.fields) > 1 && strings.HasSuffix(name, "_QC") {
			name += "=" + l.fields[1]
		}
		if all[name] == nil {
			all[name] = make([]bool, maxRune+1)
		}
		for r := l.lo; r <= l.hi; r++ {
			all[name][r] = true
		}
	}
	return all, nil
}
