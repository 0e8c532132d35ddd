package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// historical are the locales of languages that people have no names in: Church Slavonic, Coptic,
// Sanskrit and Ge'ez.
var historical = []string{"cu", "cop", "sa", "gez"}

// exemplars reads which letters and marks the languages of CLDR write: the main exemplar characters
// and the auxiliary ones, as far as their scripts are recommended for identifiers.
func (p *properties) exemplars() error {
	p.main, p.auxiliary = make([]bool, maxRune+1), make([]bool, maxRune+1)
	archive, err := gzip.NewReader(bytes.NewReader(p.src.files["cldr-misc-full-48.2.0.tgz"]))
	if err != nil {
		return err
	}
	files := tar.NewReader(archive)
	locales := 0
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		dir, file := path.Split(header.Name)
		if file != "characters.json" {
			continue
		}
		if err := p.locale(path.Base(dir), files); err != nil {
			return fmt.Errorf("%s: %w", header.Name, err)
		}
		locales++
	}
	if locales < 700 {
		return fmt.Errorf("exemplar characters of %d locales", locales)
	}
	letters, err := lines(p.src.files["letters.txt"])
	if err != nil {
		return err
	}
	for _, l := range letters {
		for r := l.lo; r <= l.hi; r++ {
			p.main[r] = true
		}
	}
	return p.capitals()
}

// locale adds the characters of one file.
func (p *properties) locale(name string, r io.Reader) error {
	language, _, _ := strings.Cut(name, "-")
	if slices.Contains(historical, language) {
		return nil
	}
	var file struct {
		Main map[string]struct {
			Characters struct{ ExemplarCharacters, Auxiliary string }
		}
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return err
	}
	c := file.Main[name].Characters
	main, err := unicodeSet(c.ExemplarCharacters)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(main, func(r rune) bool { return strings.HasPrefix(p.category[r], "L") && p.living(r) }) {
		return nil // The script is not recommended: AllowScripts is for it.
	}
	auxiliary, err := unicodeSet(c.Auxiliary)
	if err != nil {
		return err
	}
	for _, r := range main {
		p.main[r] = p.main[r] || p.named(r)
	}
	for _, r := range auxiliary {
		p.auxiliary[r] = p.auxiliary[r] || p.named(r)
	}
	return nil
}

// tatweel makes a word longer, and is nothing in it.
const tatweel = 0x640

// named reports a letter or a mark that a name may be written with: of a recommended script, itself
// under every normalization, and seen.
func (p *properties) named(r rune) bool {
	switch p.category[r] {
	case "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Mn":
	default:
		return false
	}
	return p.living(r) && p.d.compat[r] == nil && !p.flags["NFKC_QC=N"][r] &&
		!p.flags["Default_Ignorable_Code_Point"][r] && r != tatweel
}

// living reports a character of a script that is recommended for identifiers, or of all scripts.
func (p *properties) living(r rune) bool {
	return p.set[r] == 0 || slices.ContainsFunc(p.d.sets[p.set[r]], func(script int) bool { return p.recommended[script] })
}

// capitals adds the capitals of the letters, which exemplars leave out.
func (p *properties) capitals() error {
	n := 0
	for r, to := range p.d.folds {
		if len(to) == 1 && p.category[r] == "Lu" && p.named(r) {
			p.main[r] = p.main[r] || p.main[to[0]]
			p.auxiliary[r] = p.auxiliary[r] || p.auxiliary[to[0]]
			n++
		}
	}
	if n == 0 {
		return errors.New("no capitals")
	}
	return nil
}

// unicodeSet reads the characters of a UnicodeSet as CLDR writes them: single characters, ranges,
// and strings in braces, with backslashes before what means something.
func unicodeSet(s string) ([]rune, error) {
	if s == "" {
		return nil, nil
	}
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, fmt.Errorf("bad set %.40q", s)
	}
	var all []rune
	rest, isRange := []rune(s[1:len(s)-1]), false
	for i := 0; i < len(rest); i++ {
		r := rest[i]
		switch r {
		case ' ', '{', '}':
			continue
		case '-':
			isRange = true
			continue
		case '\\':
			i++
			if i == len(rest) {
				return nil, fmt.Errorf("bad set %.40q", s)
			}
			if r = rest[i]; r == 'u' || r == 'U' {
				digits := map[rune]int{'u': 4, 'U': 8}[r]
				if i+digits >= len(rest) {
					return nil, fmt.Errorf("bad set %.40q", s)
				}
				n, err := strconv.ParseUint(string(rest[i+1:i+1+digits]), 16, 21)
				if err != nil {
					return nil, err
				}
				r, i = rune(n), i+digits
			}
		}
		if isRange {
			if len(all) == 0 || all[len(all)-1] > r {
				return nil, fmt.Errorf("bad range in %.40q", s)
			}
			for q := all[len(all)-1] + 1; q < r; q++ {
				all = append(all, q)
			}
			isRange = false
		}
		all = append(all, r)
	}
	return all, nil
}
