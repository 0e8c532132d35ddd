package safezip_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// The promise that an accepted archive has one reading is tested against those who read: what
// safezip unpacks is what archive/zip and four programs find in the same bytes. Where one of them
// does not, the reason stands in the table of excuses.

// A reading is an archive that safezip accepts, and what it unpacks from it.
type reading struct {
	name string
	data []byte
	tree map[string]string
}

// A reader is a program that unpacks. run is called once with a directory that holds the archives,
// named *.zip, and one that holds an empty directory for each to be unpacked into. It returns what
// the program said, by archive, as far as that is known.
type reader struct {
	program, debian string
	run             func(t *testing.T, program, archives, trees string, names []string) map[string]string
}

var readers = []reader{
	{"unzip", "unzip", eachBy("-q", "-o")},
	{"bsdtar", "libarchive-tools", eachBy("-xf")},
	{"7z", "7zip or p7zip-full", allBySevenZip},
	{"python3", "python3", allByPython},
}

// excuses are the reasons for which a program may not read an accepted archive as the others do:
// because it refuses the archive and says so, or because of something in it that this program alone
// sees otherwise.
var excuses = []struct {
	program, why string
	says         string
	sees         func(f *zip.File) bool
}{
	{program: "unzip", why: "skips what needs more than version 4.6 of the format", says: "exit status 81"},
	{program: "unzip", why: "takes some data descriptors for overlapping entries", says: "possible zip bomb"},
	{program: "unzip", why: "drops a semicolon and digits at the end of a name, a version number on VMS",
		sees: func(f *zip.File) bool { return strings.HasSuffix(f.Name, ";1") }},
	{program: "unzip", why: "cannot open a path of 4,096 bytes", sees: isLong},
	{program: "bsdtar", why: "writes decomposed names composed",
		sees: func(f *zip.File) bool { return ucd.NFC(f.Name) != f.Name }},
	{program: "7z", why: "cannot open a path of 4,096 bytes", sees: isLong},
	{program: "python3", why: "cannot open a path of 4,096 bytes", sees: isLong},
}

// unflaggedName reports an archive with a name beyond ASCII that does not say it is UTF-8.
func unflaggedName(t *testing.T, data []byte) bool {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		t.Fatal(err)
	}
	return slices.ContainsFunc(r.File, func(f *zip.File) bool {
		return f.Flags&0x800 == 0 && strings.ContainsFunc(f.Name, func(r rune) bool { return r >= 0x80 })
	})
}

func isLong(f *zip.File) bool { return len(f.Name) >= 4096 }

// TestReadersAgree reads every benign case and several hundred archives put together at random with
// every program.
func TestReadersAgree(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 60
	}
	list := append(benignReadings(t), randomReadings(t, n)...)
	archives := t.TempDir()
	var names []string
	byName := map[string]reading{}
	for i, r := range list {
		name := fmt.Sprintf("%04d", i)
		names, byName[name] = append(names, name), r
		if err := os.WriteFile(filepath.Join(archives, name+".zip"), r.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(readByGo(t, r.data), r.tree); diff != "" {
			t.Errorf("%s: safezip does not unpack what archive/zip reads (-zip +safezip):\n%s", r.name, diff)
		}
	}
	used := map[string]bool{}
	for _, p := range readers {
		t.Run(p.program, func(t *testing.T) {
			program := need.Program(t, p.program, p.debian)
			trees := t.TempDir()
			for _, name := range names {
				if err := os.Mkdir(filepath.Join(trees, name), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			said := p.run(t, program, archives, trees, names)
			for _, name := range names {
				r, dir := byName[name], filepath.Join(trees, name)
				if (p.program == "unzip" || p.program == "python3") && unflaggedName(t, r.data) {
					continue // In an encoding of its own: what it writes need not even be UTF-8.
				}
				readable(t, dir)
				diff := cmp.Diff(r.tree, readTree(t, dir))
				if diff == "" {
					continue
				}
				if why := excuse(t, p.program, said[name], r.data); why != "" {
					used[p.program+": "+why] = true
					continue
				}
				t.Errorf("%s: %s reads something else than safezip (-safezip +%s):\n%s\n%s\n%s", r.name, p.program,
					p.program, diff, said[name], hex.Dump(r.data[:min(len(r.data), 800)]))
			}
		})
	}
	for _, e := range excuses {
		if !used[e.program+": "+e.why] {
			t.Logf("this version needs no excuse: %s %s", e.program, e.why)
		}
	}
}

// excuse returns why a program may read the archive in another way, or "".
func excuse(t *testing.T, program, said string, data []byte) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range excuses {
		says, sees := e.says != "" && strings.Contains(said, e.says), e.sees != nil && slices.ContainsFunc(r.File,
			e.sees)
		if e.program == program && (says || sees) {
			return e.why
		}
	}
	return ""
}

func benignReadings(t *testing.T) []reading {
	t.Helper()
	var list []reading
	for _, c := range slices.AppendSeq(benign(), ziptest.BenignUnicode()) {
		dir, _, err := extract(t, c.Data, c.Limits(), c.Options()...)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, reading{c.Name, c.Data, readTree(t, dir)})
	}
	return list
}

// randomReadings returns n archives that are accepted, of which about a third have something odd
// about them.
func randomReadings(t *testing.T, n int) []reading {
	t.Helper()
	random := rand.New(rand.NewPCG(20240506, 1))
	some := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		return b
	}
	names := []string{
		"a", "b", "c.txt", "d/", "d/a", "d/b/c", "./e", "x y", "F1", "[a]", "(b)", "g;1", "h", "i/j/k", "l/", "..m",
		"-n", "~o", "@p", "q#", "%41", "r^", "`s`",
		"$HOME", "!", "it's", "a,b", "a=b", "{x}", "-", "--x", "_", "a+b", "...x", "CONSOLE", "~1", "__MACOSX/._a",
		"._a", ".DS_Store", "&", "d/e/",
	}
	desk := newDesk(t)
	var list []reading
	for tried := 0; len(list) < n; tried++ {
		if tried > 10*n {
			t.Fatalf("only %d of %d random archives are accepted", len(list), tried)
		}
		var chosen []string
		for range 1 + random.IntN(4) {
			chosen = append(chosen, names[random.IntN(len(names))])
		}
		b := blueprint{Shape: some(120), Names: strings.Join(chosen, "|"), Content: string(some(random.IntN(2000)))}
		if random.IntN(2) == 0 {
			b.Wrong = some(40)
		}
		data := b.build()
		tree, _, err := desk.attempt(t, data, safezip.Workers(1))
		if err == nil {
			list = append(list, reading{fmt.Sprintf("random %d", tried), data, tree})
		}
	}
	return list
}

// eachBy runs a program once for each archive, in the directory into which it unpacks.
func eachBy(args ...string) func(t *testing.T, program, archives, trees string, names []string) map[string]string {
	return func(t *testing.T, program, archives, trees string, names []string) map[string]string {
		t.Helper()
		said := make([]string, len(names))
		var wg sync.WaitGroup
		var next atomic.Int64
		for range 2 {
			wg.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
					cmd := exec.CommandContext(t.Context(), program, append(slices.Clone(args),
						filepath.Join(archives, names[i]+".zip"))...)
					cmd.Dir = filepath.Join(trees, names[i])
					// Names beyond ASCII are written as they are.
					cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
					// Whatever it says, the tree that it leaves is the answer.
					out, err := cmd.CombinedOutput()
					said[i] = fmt.Sprintf("%s (%v)", out, err)
				}
			})
		}
		wg.Wait()
		byName := map[string]string{}
		for i, name := range names {
			byName[name] = said[i]
		}
		return byName
	}
}

// allBySevenZip has one process unpack all archives, each into the directory of its name.
func allBySevenZip(t *testing.T, program, archives, trees string, _ []string) map[string]string {
	t.Helper()
	// As above.
	_ = exec.CommandContext(t.Context(), program, "x", "-y", "-bso0", "-bsp0", "-o"+filepath.Join(trees, "*"),
		filepath.Join(archives, "*.zip")).Run()
	return nil
}

// allByPython has one process unpack all archives with the module zipfile.
func allByPython(t *testing.T, program, archives, trees string, names []string) map[string]string {
	t.Helper()
	const script = `
import os, sys, zipfile
archives, trees, names = sys.argv[1], sys.argv[2], sys.argv[3:]
for name in names:
    try:
        os.chdir(os.path.join(trees, name))
        with zipfile.ZipFile(os.path.join(archives, name + ".zip")) as z:
            z.extractall()
    except Exception as e:
        print(name, repr(e))
`
	out, err := exec.CommandContext(t.Context(), program, append([]string{"-c", script, archives, trees},
		names...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, what, _ := strings.Cut(line, " ")
		said[name] = what
	}
	return said
}

// readable gives the owner all rights on what a program has unpacked: some set the archive's own.
func readable(t *testing.T, dir string) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		return root.Chmod(name, 0o700)
	})
	if err != nil {
		t.Fatal(err)
	}
}
