package unicodeid_test

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// A realName is a given name, a family name or the name of a place.
type realName struct{ language, text string }

// npmPackages hold the names, pinned to their bytes: locale data of a generator of test data, and
// the names of countries in the Unicode Consortium's CLDR.
var npmPackages = [...]struct{ name, sum string }{
	{"@faker-js/faker@9.9.0",
		"79e6e32f8df8ab47c158d877053aa88eca7fa7749eb246facf622bed1c2b2d43"},
	{"cldr-localenames-full@45.0.0",
		"eb30c8d8d798daef8eee41cd5fa874cd8b56b18f0ad90da961977ad791b92bec"},
}

// listNames prints a line for each name: its language, a tab, the name.
const listNames = `
const fs = require('fs'), path = require('path'), [faker, cldr] = process.argv.slice(1);
const strings = (x, into) => {
  if (typeof x === 'string') { if (!x.includes('{{')) into.add(x); }
  else if (Array.isArray(x)) x.forEach(y => strings(y, into));
  else if (x && typeof x === 'object') Object.entries(x).forEach(([k, y]) => { if (k !== 'weight') strings(y, into); });
  return into;
};
const dir = path.join(faker, 'package/dist/locale');
for (const file of fs.readdirSync(dir).filter(f => f.endsWith('.cjs')).sort()) {
  const module = Object.values(require(path.join(dir, file))).find(v => v && v.rawDefinitions);
  const { person, location } = module.rawDefinitions;
  const into = new Set();
  for (const key of ['first_name', 'last_name', 'middle_name']) strings((person || {})[key], into);
  for (const key of ['city_name', 'state', 'country', 'county']) strings((location || {})[key], into);
  for (const name of into) console.log(file.slice(0, -4).replace(/_.*/, '') + '\t' + name);
}
const main = path.join(cldr, 'package/main');
for (const locale of fs.readdirSync(main).sort()) {
  const file = path.join(main, locale, 'territories.json');
  if (!fs.existsSync(file)) continue;
  const { territories } = JSON.parse(fs.readFileSync(file)).main[locale].localeDisplayNames;
  for (const [code, name] of Object.entries(territories)) {
    if (/^[A-Z]{2}$/.test(code)) console.log(locale.replace(/-.*/, '') + '\t' + name);
  }
}
`

// realNames returns the names of many languages, each once. The packages are kept in the user's
// cache between runs.
func realNames(t *testing.T) []realName {
	t.Helper()
	node := need.Program(t, "node", "npm")
	args := []string{"-e", listNames}
	for _, p := range npmPackages {
		dir := t.TempDir()
		for name, data := range need.NPM(t, p.name, p.sum) {
			if !strings.HasSuffix(name, ".cjs") && !strings.HasSuffix(name, "/territories.json") {
				continue
			}
			file := filepath.Join(dir, "package", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		args = append(args, dir)
	}
	out, err := exec.CommandContext(t.Context(), node, args...).Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("node: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var names []realName
	seen := map[string]bool{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		language, text, _ := strings.Cut(lines.Text(), "\t")
		if text != "" && !seen[text] {
			seen[text] = true
			names = append(names, realName{language, text})
		}
	}
	return names
}

// dictionary returns the words of a Debian package.
func dictionary(t *testing.T, pkg, file string) []string {
	t.Helper()
	data, err := os.ReadFile(need.File(t, "/usr/share/dict/"+file, pkg))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(data))
	if strings.HasSuffix(file, ".dic") { // with flags, which no word list has
		for i, w := range words {
			words[i], _, _ = strings.Cut(w, "/")
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}
