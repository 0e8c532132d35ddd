package safezip_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// bare returns an entry whose name does not say that it is UTF-8.
func bare(name string) zipbuild.File {
	unflag := func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagUTF8 }
	return zipbuild.File{Name: name, EditLocal: unflag, EditCentral: unflag}
}

// paths returns the paths of an accepted archive, and the error otherwise.
func paths(t *testing.T, files []zipbuild.File, opts ...safezip.Option) ([]string, *safezip.Report, error) {
	t.Helper()
	data := zipbuild.Archive{Files: files}.Bytes()
	r, err := inspect(t, data, sensible, opts...)
	var list []string
	for e := range r.All() {
		list = append(list, e.Path)
	}
	dir, _, extractErr := extract(t, data, sensible, opts...)
	if (err == nil) != (extractErr == nil) {
		t.Errorf("Inspect: %v; Extract: %v", err, extractErr)
	}
	if err == nil {
		tree := readTree(t, dir)
		for _, path := range list {
			if _, ok := tree[path]; path != "" && path != "." && !ok {
				if _, ok := tree[path+"/"]; !ok {
					t.Errorf("%q is not on disk: %v", path, tree)
				}
			}
		}
	}
	return list, r, err
}

func TestNamesOfPeople(t *testing.T) {
	upper := safezip.NameDecoder("upper", func(raw []byte) (string, error) {
		if bytes.IndexByte(raw, 0xff) >= 0 {
			return "", errors.New("unassigned")
		}
		return strings.ReplaceAll(string(raw), "\x82", "é"), nil
	})
	second := func(name, other string) zipbuild.File {
		f := bare(name)
		f.Extra = zipbuild.Block(0x7075, []byte{1}, zipbuild.CRC([]byte(name)), other)
		return f
	}
	for name, test := range map[string]struct {
		file zipbuild.File
		opts []safezip.Option
		want string
		rule safezip.Rule
	}{
		"UTF-8 without the flag": {file: bare("é.txt"), opts: []safezip.Option{safezip.UnicodeNames()}, want: "é.txt"},
		"not by default":         {file: bare("é.txt"), rule: safezip.RuleNonASCII},
		"decoded":                {file: bare("\x82.txt"), opts: []safezip.Option{upper}, want: "é.txt"},
		"not decoded":            {file: bare("\xff.txt"), opts: []safezip.Option{upper}, rule: safezip.RuleNameEncoding},
		"decoded to a path": {file: bare("\x82/../../x"), opts: []safezip.Option{upper},
			rule: safezip.RulePathTraversal},
		"a Unicode path": {file: second("\x82.txt", "é.txt"), opts: []safezip.Option{safezip.UnicodeNames()},
			want: "é.txt"},
		"a Unicode path, decoded": {file: second("\x82.txt", "é.txt"), opts: []safezip.Option{upper}, want: "é.txt"},
		"another extension": {file: second("\x82.txt", "é.exe"), opts: []safezip.Option{safezip.UnicodeNames()},
			rule: safezip.RuleUnicodePath},
		"another directory": {file: second("\x82.txt", "é/.txt"), opts: []safezip.Option{safezip.UnicodeNames()},
			rule: safezip.RuleUnicodePath},
		"a Unicode path of ASCII": {file: second("\x82.txt", "e.txt"), opts: []safezip.Option{upper},
			rule: safezip.RuleUnicodePath},
		"a Unicode path, the rules": {file: second("\x82.txt", "\u202e.txt"), opts: []safezip.Option{safezip.UnicodeNames()},
			rule: safezip.RuleBidiControl},
	} {
		t.Run(name, func(t *testing.T) {
			got, r, err := paths(t, []zipbuild.File{test.file}, test.opts...)
			if test.rule != "" {
				if rule, ok := errors.AsType[*safezip.RuleError](err); !ok || rule.Rule != test.rule {
					t.Errorf("%v; want %s", err, test.rule)
				}
				return
			}
			if err != nil || !slices.Equal(got, []string{test.want}) || len(r.Notes) != 1 {
				t.Errorf("%q, %v, notes %v; want %q", got, err, r.Notes, test.want)
			}
		})
	}
}

func TestSkipMacOS(t *testing.T) {
	good := []zipbuild.File{{Name: "site/"}, {Name: "site/a"}, {Name: "site/.DS_Store", Data: []byte("x")},
		{Name: "__MACOSX/"}, bare("__MACOSX/site/._\xc3\xa4"), {Name: "site/Icon\r"}, {Name: "site/d/._b"},
		{Name: "site/b._c"}}
	got, r, err := paths(t, good, safezip.SkipMacOS())
	if diff := cmp.Diff([]string{"site", "site/a", "", "", "", "", "", "site/b._c"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if n := len(r.Notes); n < 5 {
		t.Errorf("%d notes", n)
	}
	got, r, err = paths(t, good, safezip.SkipMacOS(), safezip.StripTop())
	if diff := cmp.Diff([]string{".", "a", "", "", "", "", "", "b._c"}, got); diff != "" || err != nil ||
		r.Stripped != "site" {
		t.Errorf("%v, stripped %q\n%s", err, r.Stripped, diff)
	}
	for name, rule := range map[string]safezip.Rule{
		"__MACOSX/../x": safezip.RulePathTraversal, "/__MACOSX/x": safezip.RuleAbsolutePath,
		"C:/__MACOSX": safezip.RuleDriveOrUNC, `..\._a`: safezip.RulePathTraversal,
		`__MACOSX\x`: safezip.RuleBackslash, "__MACOSX//x": safezip.RuleInvalidName,
		"__macosx/\r": safezip.RuleControlCharacter,
		"a\r/._x\x00": safezip.RuleInvalidName,
	} {
		_, _, err := paths(t, []zipbuild.File{{Name: name}}, safezip.SkipMacOS())
		if got, ok := errors.AsType[*safezip.RuleError](err); !ok || got.Rule != rule {
			t.Errorf("%q: %v; want %s", name, err, rule)
		}
	}
	for name, files := range map[string][]zipbuild.File{
		"duplicates": {{Name: "._a"}, {Name: "._a"}},
		"collisions": {{Name: "__MACOSX"}, {Name: "__MACOSX/x"}},
		"checksums":  {{Name: "._a", Data: []byte("goods"), Raw: []byte("evils")}},
		"links":      {{Name: "._a", Data: []byte("/etc"), Mode: 0o120777}},
	} {
		data := zipbuild.Archive{Files: files}.Bytes()
		if _, _, err := extract(t, data, sensible, safezip.SkipMacOS()); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s are not judged: %v", name, err)
		}
	}
}

func TestStripTop(t *testing.T) {
	for name, test := range map[string]struct {
		names    []string
		want     []string
		stripped string
	}{
		"one":           {[]string{"a/", "a/b", "a/c/d"}, []string{".", "b", "c/d"}, "a"},
		"implied":       {[]string{"a/b", "a/c"}, []string{"b", "c"}, "a"},
		"one of one":    {[]string{"a/b/c"}, []string{"b/c"}, "a"},
		"two":           {[]string{"a/b", "c/d"}, []string{"a/b", "c/d"}, ""},
		"a file beside": {[]string{"a/b", "c"}, []string{"a/b", "c"}, ""},
		"a file":        {[]string{"a"}, []string{"a"}, ""},
		"with a root":   {[]string{"./", "./a/b"}, []string{"", "b"}, "a"},
		"nothing":       {nil, nil, ""},
		"an empty one":  {[]string{"a/"}, []string{"."}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			var files []zipbuild.File
			for _, n := range test.names {
				files = append(files, zipbuild.File{Name: n})
			}
			got, r, err := paths(t, files, safezip.StripTop())
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil || r.Stripped != test.stripped {
				t.Errorf("%v, stripped %q\n%s", err, r.Stripped, diff)
			}
		})
	}
	_, _, err := paths(t, nil, safezip.StripTop(), safezip.StripPrefix("a"))
	if !errors.Is(err, limits.ErrConfig) {
		t.Error(err)
	}
}

// TestLinksUp has ".." in the targets of links lead up from the directory that was reached.
func TestLinksUp(t *testing.T) {
	link := func(name, to string) zipbuild.File {
		return zipbuild.File{Name: name, Data: []byte(to), Mode: 0o120777}
	}
	for name, test := range map[string]struct {
		links []zipbuild.File
		good  bool
	}{
		"as npm":         {[]zipbuild.File{link("bin/tool", "../lib/tool.js")}, true},
		"to a directory": {[]zipbuild.File{link("usr/lib64", "../lib")}, true},
		"to the root":    {[]zipbuild.File{link("bin/root", "..")}, true},
		"through a link": {[]zipbuild.File{link("bin/l", "../lib"),
			link("lib/x", "../bin/l/../lib/tool.js")}, true},
		"out of the root":     {[]zipbuild.File{link("bin/x", "../..")}, false},
		"out and in":          {[]zipbuild.File{link("bin/x", "../../out/lib/tool.js")}, false},
		"from the root":       {[]zipbuild.File{link("x", "..")}, false},
		"from the root, in":   {[]zipbuild.File{link("x", "../lib")}, false},
		"through a link, out": {[]zipbuild.File{link("bin/l", "../lib"), link("x", "bin/l/../../etc")}, false},
		"through a file":      {[]zipbuild.File{link("x", "lib/tool.js/../tool.js")}, false},
		"with a backslash":    {[]zipbuild.File{link("bin/x", `..\lib`)}, false},
		"absolute":            {[]zipbuild.File{link("bin/x", "/../lib")}, false},
		"in a circle":         {[]zipbuild.File{link("bin/x", "../bin/x")}, false},
		"to nothing":          {[]zipbuild.File{link("bin/x", "../nothing")}, false},
		"here":                {[]zipbuild.File{link("usr/X11", ".")}, true},
		"from here": {[]zipbuild.File{link("lib/x", "./tool.js"),
			link("bin/x", "./../lib/./tool.js")}, true},
		"with a slash": {[]zipbuild.File{link("l", "lib/"),
			link("usr/l", "../lib//"), link("m", "lib/.")}, true},
		"a file with a slash":           {[]zipbuild.File{link("l", "lib/tool.js/")}, false},
		"a file with a dot":             {[]zipbuild.File{link("l", "lib/tool.js/.")}, false},
		"a link to a file with a slash": {[]zipbuild.File{link("l", "lib/tool.js"), link("m", "l/")}, false},
		"through a link, out by its text": {[]zipbuild.File{link("d", "usr/bin/deep"), {Name: "usr/bin/deep/x"},
			{Name: "usr/y"}, link("x", "d/../../y")}, false},
		"through a link, out by its text in part": {[]zipbuild.File{link("d", "usr/bin/deep"), {Name: "usr/bin/deep/x"},
			{Name: "usr/y"}, link("bin/x", "../d/../../../usr/y")}, false},
		"through a link, to two places": {[]zipbuild.File{link("d", "usr/bin"), {Name: "usr/bin/x"}, {Name: "usr/y"},
			{Name: "y"}, link("x", "d/../y")}, false},
		"through a link, to one place": {[]zipbuild.File{link("d", "bin"), link("x", "d/../lib/tool.js")}, true},
		"through directories":          {[]zipbuild.File{link("x", "bin/../usr/../lib/tool.js")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			files := append([]zipbuild.File{{Name: "lib/tool.js"}, {Name: "bin/"}, {Name: "usr/"}}, test.links...)
			data := zipbuild.Archive{Files: files}.Bytes()
			_, err := safezip.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), bytes.NewReader(data),
				int64(len(data)), sensible, safezip.UnsafeSymlinks())
			if rule, ok := errors.AsType[*safezip.RuleError](err); test.good && err != nil ||
				!test.good && (!ok || rule.Rule != safezip.RuleSymlink) {
				t.Error(err)
			}
		})
	}
	// Below a prefix, the prefix is the root.
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "other"}, {Name: "top/a"}, link("top/x", "../other")}}.Bytes()
	_, _, err := extract(t, data, sensible, safezip.UnsafeSymlinks(), safezip.StripPrefix("top"),
		safezip.Select(func(e safezip.Entry) bool { return e.Name != "other" }))
	if rule, ok := errors.AsType[*safezip.RuleError](err); !ok || rule.Rule != safezip.RuleSymlink {
		t.Error(err)
	}
}

// TestWords tells what was sent in the place of a zip file.
func TestWords(t *testing.T) {
	whole := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: make([]byte, 1000)}}}.Bytes()
	tar := make([]byte, 1024)
	copy(tar[257:], "ustar")
	for what, data := range map[string][]byte{
		"cut off": whole[:500], "gzip": []byte("\x1f\x8b\x08\x00"), "7z": []byte("7z\xbc\xaf\x27\x1c\x00\x04"),
		"RAR": []byte("Rar!\x1a\x07\x01\x00"), "a tar file": tar, "an HTML page": []byte("<!DOCTYPE html><html>"),
		"not a zip file": []byte("hello"), "empty": nil,
	} {
		_, err := inspect(t, data, sensible)
		if rule, ok := errors.AsType[*safezip.RuleError](err); !ok || rule.Rule != safezip.RuleMalformed ||
			!strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	set := func(h *zipbuild.Header) { h.Method = 9 }
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", EditLocal: set, EditCentral: set}}}.Bytes()
	if r, err := inspect(t, data, sensible); err == nil || !strings.Contains(err.Error(), "Deflate64") {
		t.Error(err)
	} else {
		for e := range r.All() {
			if e.Method.String() != "Deflate64" || e.Path != "" {
				t.Errorf("%+v", e)
			}
		}
	}
	if got := fmt.Sprint(safezip.Method(0), safezip.Method(8), safezip.Method(9), safezip.Method(99),
		safezip.Method(77)); got != "stored deflate Deflate64 method 99 method 77" {
		t.Error(got)
	}
}

func TestCheckName(t *testing.T) {
	for name, test := range map[string]struct {
		opts []safezip.Option
		rule safezip.Rule
	}{
		"report.pdf":               {},
		"a/b/c.txt":                {},
		"a/":                       {},
		"":                         {rule: safezip.RuleInvalidName},
		"../x":                     {rule: safezip.RulePathTraversal},
		"/x":                       {rule: safezip.RuleAbsolutePath},
		"NUL.txt":                  {rule: safezip.RuleReservedName},
		"a\x00":                    {rule: safezip.RuleInvalidName},
		"é":                        {rule: safezip.RuleNonASCII},
		"日本語.txt":                  {opts: []safezip.Option{safezip.UnicodeNames()}},
		"a\u202eb":                 {opts: []safezip.Option{safezip.UnicodeNames()}, rule: safezip.RuleBidiControl},
		"\xff":                     {opts: []safezip.Option{safezip.UnicodeNames()}, rule: safezip.RuleInvalidName},
		"a. ":                      {opts: []safezip.Option{safezip.UnsafeAllow(safezip.RuleTrailingDotSpace)}},
		strings.Repeat("a", 70000): {rule: safezip.RuleLongName},
		strings.Repeat("a", 256):   {rule: safezip.RuleLongName},
		strings.Repeat("a", 255):   {opts: []safezip.Option{safezip.Workers(2), safezip.Level(9)}},
	} {
		err := safezip.CheckName(name, test.opts...)
		rule, ok := errors.AsType[*safezip.RuleError](err)
		if test.rule == "" && err != nil || test.rule != "" && (!ok || rule.Rule != test.rule) {
			t.Errorf("%q: %v; want %q", name[:min(len(name), 50)], err, test.rule)
		}
		if err != nil && len(err.Error()) > 1024 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
	if err := safezip.CheckName("a", nil, safezip.Workers(0)); !errors.Is(err, limits.ErrConfig) {
		t.Error(err)
	}
}

// TestSameBytes refuses names that are the same bytes, which a decoder or a Unicode name tells
// apart, and no others.
func TestSameBytes(t *testing.T) {
	unsaid := func(name, second string) zipbuild.File {
		f := bare(name)
		if second != "" {
			f.Extra = zipbuild.Block(0x7075, []byte{1}, zipbuild.CRC([]byte(name)), second)
		}
		return f
	}
	said := func(name string) zipbuild.File {
		f := zipbuild.File{Name: name, EditLocal: func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagUTF8 }}
		f.EditCentral = f.EditLocal
		return f
	}
	latin := safezip.NameDecoder("latin1", func(raw []byte) (string, error) {
		var text []rune
		for _, b := range raw {
			text = append(text, rune(b))
		}
		return string(text), nil
	})
	for name, test := range map[string]struct {
		files   []zipbuild.File
		opts    []safezip.Option
		refused bool
	}{
		"a decoder":           {[]zipbuild.File{unsaid("é", ""), said("é")}, []safezip.Option{latin}, true},
		"a decoder, below":    {[]zipbuild.File{said("d/é"), unsaid("d/é", "")}, []safezip.Option{latin}, true},
		"a directory":         {[]zipbuild.File{unsaid("\x82", "é"), unsaid("\x82/", "è/")}, nil, true},
		"other bytes":         {[]zipbuild.File{unsaid("\x82", "é"), unsaid("\x8a", "è")}, nil, false},
		"a decoder and bytes": {[]zipbuild.File{unsaid("\xe9", ""), said("è"), said("a")}, []safezip.Option{latin}, false},
		"one directory":       {[]zipbuild.File{unsaid("d\x82/a", "dé/a"), unsaid("d\x82/b", "dé/b")}, nil, false},
	} {
		data := zipbuild.Archive{Files: test.files}.Bytes()
		_, err := safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), sensible,
			append(test.opts, safezip.UnicodeNames())...)
		if test.refused {
			ruleOf(t, err, safezip.RuleDuplicateName)
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
