package safezip_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// ruleOf checks that err is a refusal under the rule.
func ruleOf(t *testing.T, err error, want limits.Rule) {
	t.Helper()
	var rule *safezip.RuleError
	if !errors.As(err, &rule) || rule.Rule != want {
		t.Errorf("%v; want the rule %s", err, want)
	}
}

func TestConfigErrors(t *testing.T) {
	for name, opt := range map[string]safezip.Option{
		"nil progress":       safezip.Progress(nil),
		"nil select":         safezip.Select(nil),
		"no workers":         safezip.Workers(0),
		"negative workers":   safezip.Workers(-1),
		"too many workers":   safezip.Workers(safezip.MaxWorkers + 1),
		"no entry bytes":     safezip.MaxEntryBytes(0),
		"no directory":       safezip.DirectoryBytes(0),
		"large directory":    safezip.DirectoryBytes(safezip.MaxDirectoryBytes + 1),
		"unknown rule":       safezip.UnsafeAllow("no-such-rule"),
		"trust boundary":     safezip.UnsafeAllow(safezip.RulePathTraversal),
		"one of several":     safezip.UnsafeAllow(safezip.RuleGap, safezip.RuleOverlap),
		"symlink":            safezip.UnsafeAllow(safezip.RuleSymlink),
		"unreadable files":   safezip.Modes(0o200, 0o755),
		"closed directories": safezip.Modes(0o644, 0o600),
		"set-user-ID":        safezip.Modes(0o644|fs.ModeSetuid, 0o755),
		"sticky":             safezip.Modes(0o644, 0o755|fs.ModeSticky),
		"no prefix":          safezip.StripPrefix(""),
		"prefix upwards":     safezip.StripPrefix("../a"),
		"prefix from root":   safezip.StripPrefix("/a"),
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := extract(t, ordinary(), sensible, opt)
			var config *limits.ConfigError
			if !errors.As(err, &config) || len(config.Problems) != 1 || !errors.Is(err, limits.ErrConfig) ||
				errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrUnset) {
				t.Errorf("%v; want one mistake in the configuration", err)
			}
			if _, err := inspect(t, ordinary(), sensible, opt); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("Inspect: %v", err)
			}
		})
	}
	var config *limits.ConfigError
	_, err := safezip.Inspect(t.Context(), bytes.NewReader(nil), -1, sensible, safezip.Workers(0),
		safezip.Progress(nil))
	if !errors.As(err, &config) || len(config.Problems) != 3 {
		t.Errorf("%v; want three problems at once", err)
	}
}

func TestProgress(t *testing.T) {
	data := many(20)
	slow := readerAt(func(p []byte, off int64) (int, error) {
		time.Sleep(15 * time.Millisecond)
		return bytes.NewReader(data).ReadAt(p, off)
	})
	for _, workers := range []int{1, 4} {
		var calls []safezip.Done
		start := time.Now()
		r, err := safezip.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), slow, int64(len(data)), sensible,
			safezip.Progress(func(d safezip.Done) { calls = append(calls, d) }), safezip.Workers(workers))
		if err != nil {
			t.Fatal(err)
		}
		if most := 2 + int(time.Since(start)/(time.Second/20)); len(calls) > most {
			t.Errorf("%d calls in %v", len(calls), time.Since(start))
		}
		if len(calls) < 2 {
			t.Errorf("%d calls", len(calls))
		}
		want := safezip.Done{Entries: 20, TotalEntries: 20, Bytes: r.Bytes, TotalBytes: r.Bytes}
		if diff := cmp.Diff(want, calls[len(calls)-1]); diff != "" {
			t.Errorf("the last call (-want +got):\n%s", diff)
		}
		for i := 1; i < len(calls); i++ {
			if calls[i].Bytes < calls[i-1].Bytes || calls[i].Entries < calls[i-1].Entries ||
				calls[i].Bytes > want.Bytes {
				t.Errorf("call %d goes back: %+v after %+v", i, calls[i], calls[i-1])
			}
		}
	}
}

func TestSelect(t *testing.T) {
	data := ordinary()
	var seen []string
	dir, r, err := extract(t, data, sensible, safezip.Select(func(e safezip.Entry) bool {
		seen = append(seen, e.Name)
		return strings.HasSuffix(e.Name, "b")
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"d/", "d/a", "d/e/f/b", "c", "empty"}, seen); diff != "" {
		t.Errorf("entries asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"d/": "", "d/e/": "", "d/e/f/": "", "d/e/f/b": "stored"},
		readTree(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if r.Entries != 5 || r.Files != 1 || r.Dirs != 3 || r.Bytes != 6 {
		t.Errorf("report %+v", r)
	}
	// An entry that is not selected is checked all the same.
	for _, rule := range []limits.Rule{safezip.RuleChecksum, safezip.RuleCompressedSlack, safezip.RuleSizeMismatch,
		safezip.RulePathTraversal, safezip.RuleOverlap} {
		for _, c := range hostile() {
			if c.Rule == rule {
				_, _, err := extract(t, c.Data, sensible, safezip.Select(func(safezip.Entry) bool { return false }))
				ruleOf(t, err, rule)
			}
		}
	}
	called := false
	if _, _, err := extract(t, zipbuild.Archive{Files: []zipbuild.File{{Name: "../x"}}}.Bytes(), sensible,
		safezip.Select(func(safezip.Entry) bool { called = true; return true })); err == nil || called {
		t.Errorf("Select was called for a refused archive (%v)", err)
	}
}

// project is an archive with one directory at its top.
func project() []byte {
	return zipbuild.Archive{Files: []zipbuild.File{
		{Name: "repo/"}, {Name: "repo/v1/"}, {Name: "repo/v1/a", Data: []byte("a")},
		{Name: "repo/v1/d/b", Data: []byte("b")}, {Name: "repo/other", Data: []byte("o")},
	}}.Bytes()
}

// outsidePrefix refuses entries beside a prefix, and prefixes that are no directory of the archive.
func outsidePrefix(t *testing.T) {
	data := project()
	for _, prefix := range []string{"repo/v1", "repo/v1/d", "repo/other", "elsewhere", "REPO", "rep"} {
		_, _, err := extract(t, data, sensible, safezip.StripPrefix(prefix))
		ruleOf(t, err, safezip.RuleOutsidePrefix)
		_, err = inspect(t, data, sensible, safezip.StripPrefix(prefix))
		ruleOf(t, err, safezip.RuleOutsidePrefix)
	}
}

func TestStripPrefix(t *testing.T) {
	data := project()
	dir, r, err := extract(t, data, sensible, safezip.StripPrefix("repo/"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"v1/": "", "v1/a": "a", "v1/d/": "", "v1/d/b": "b", "other": "o"},
		readTree(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if r.Files != 3 || r.Dirs != 2 {
		t.Errorf("report %+v", r)
	}
	dir, _, err = extract(t, data, sensible, safezip.StripPrefix("repo/v1"),
		safezip.Select(func(e safezip.Entry) bool { return e.Name != "repo/other" }))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"a": "a", "d/": "", "d/b": "b"}, readTree(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}

// TestStripPrefixChecksAll refuses a bad entry outside the prefix.
func TestStripPrefixChecksAll(t *testing.T) {
	for _, c := range hostile() {
		if c.Rule == safezip.RulePathTraversal {
			_, _, err := extract(t, c.Data, sensible, safezip.StripPrefix("repo"))
			ruleOf(t, err, safezip.RulePathTraversal)
		}
	}
}

func TestKeepTimes(t *testing.T) {
	old, fresh := time.Date(1999, 12, 31, 23, 59, 58, 0, time.UTC), time.Now().Add(72*time.Hour).UTC()
	at := func(name string, when time.Time) zipbuild.File {
		return zipbuild.File{Name: name, Extra: zipbuild.Block(0x5455, []byte{1}, uint32(when.Unix()))}
	}
	data := zipbuild.Archive{Files: []zipbuild.File{at("d/a", old), at("d/", old), at("future", fresh),
		at("past", time.Unix(0, 0)), at("negative", time.Unix(-1, 0))}}.Bytes()
	start := time.Now().Add(-time.Minute)
	dir, r, err := extract(t, data, sensible, safezip.KeepTimes(), safezip.Sync())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"d", "d/a"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s: %v, %v; want %v", name, info.ModTime(), err, old)
		}
	}
	for _, name := range []string{"future", "past", "negative"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.ModTime().Before(start) ||
			info.ModTime().After(time.Now().Add(time.Minute)) {
			t.Errorf("%s: %v, %v; want now", name, info.ModTime(), err)
		}
	}
	if len(r.Notes) != 3 {
		t.Errorf("notes %v; want three", r.Notes)
	}
	dir, r, err = extract(t, data, sensible)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "d/a")); err != nil || info.ModTime().Before(start) ||
		len(r.Notes) != 0 {
		t.Errorf("without KeepTimes: %v, %v, %v", info.ModTime(), err, r.Notes)
	}
}

func TestModes(t *testing.T) {
	data := zipbuild.Archive{Files: []zipbuild.File{
		{Name: "d/", Mode: 0o041777}, {Name: "d/setuid", Mode: 0o104755}, {Name: "d/setgid", Mode: 0o102711},
		{Name: "plain", Mode: 0o100600}, {Name: "secret/x", Mode: 0o100000},
	}}.Bytes()
	umask := currentUmask(t)
	for _, test := range []struct {
		name             string
		opts             []safezip.Option
		dir, plain, exec fs.FileMode
	}{
		{"default", nil, 0o755, 0o644, 0o644},
		{"private", []safezip.Option{safezip.Modes(0o600, 0o700)}, 0o700, 0o600, 0o600},
		{"open", []safezip.Option{safezip.Modes(0o666, 0o777)}, 0o777, 0o666, 0o666},
		{"executable", []safezip.Option{safezip.UnsafeKeepExecutable()}, 0o755, 0o644, 0o755},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, _, err := extract(t, data, sensible, test.opts...)
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]fs.FileMode{".": test.dir, "d": test.dir, "secret": test.dir,
				"plain": test.plain, "secret/x": test.plain, "d/setuid": test.exec, "d/setgid": test.exec} {
				info, err := os.Lstat(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				if got := info.Mode() &^ fs.ModeDir; got != want&^umask {
					t.Errorf("%s: %v; want %v", name, got, want&^umask)
				}
			}
		})
	}
}

// currentUmask learns the umask from what it does.
func currentUmask(t *testing.T) fs.FileMode {
	t.Helper()
	name := filepath.Join(t.TempDir(), "probe")
	if err := os.Mkdir(name, 0o777); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return 0o777 &^ info.Mode().Perm()
}

func TestNotesAreBounded(t *testing.T) {
	var files []zipbuild.File
	for i := range 20_000 {
		files = append(files, zipbuild.File{Name: strings.Repeat("a", 1+i%50) + string(rune('a'+i/50%26)) +
			string(rune('a'+i/1300)) + " "})
	}
	data := zipbuild.Archive{Files: files}.Bytes()
	lim := limits.Limits{OutputBytes: 1, Items: 20_000, Time: time.Minute, MemoryBytes: 12 * limits.MiB}
	allow := safezip.UnsafeAllow(safezip.RuleTrailingDotSpace, safezip.RuleCaseCollision)
	if r, err := inspect(t, data, lim, allow); err != nil || len(r.Notes) != 20_000 {
		t.Errorf("%v, %d notes", err, len(r.Notes))
	}
	lim.MemoryBytes = 4 * limits.MiB
	_, err := inspect(t, data, lim, allow)
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(lim.MemoryBytes))
}

// TestHostileTimes holds the times that Select sees to what a calendar and encoding/json can write.
func TestHostileTimes(t *testing.T) {
	ntfs := func(ticks uint64) []byte {
		return zipbuild.Block(0x000a, uint32(0), uint16(1), uint16(24), ticks, uint64(0), uint64(0))
	}
	var files []zipbuild.File
	for i, extra := range [][]byte{ntfs(1<<64 - 1), ntfs(1 << 63), ntfs(0), zipbuild.Block(0x5455, []byte{1},
		uint32(1<<31)), zipbuild.Block(0x5455, []byte{1}, uint32(1<<32-1)), nil} {
		files = append(files, zipbuild.File{Name: strconv.Itoa(i), Extra: extra})
	}
	files[5].EditLocal = func(h *zipbuild.Header) { h.Date, h.Time = 0xffff, 0xffff }
	files[5].EditCentral = files[5].EditLocal
	_, err := inspect(t, zipbuild.Archive{Files: files}.Bytes(), sensible, safezip.Select(func(e safezip.Entry) bool {
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		return true
	}))
	if err != nil {
		t.Error(err)
	}
}

// TestNil has nothing but errors of configuration for what is nil.
func TestNil(t *testing.T) {
	dir, src := filepath.Join(t.TempDir(), "out"), bytes.NewReader(ordinary())
	//nolint:staticcheck // The test is about a nil context.
	_, noContext := safezip.Extract(nil, dir, src, src.Size(), sensible)
	_, noSource := safezip.Extract(t.Context(), dir, nil, 1, sensible)
	_, noOption := safezip.Extract(t.Context(), dir, src, src.Size(), sensible, nil)
	//nolint:staticcheck // As above.
	_, noContextToInspect := safezip.Inspect(nil, src, src.Size(), sensible)
	_, noSourceToInspect := safezip.Inspect(t.Context(), nil, 1, sensible)
	for i, err := range []error{noContext, noSource, noOption, noContextToInspect, noSourceToInspect} {
		if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// TestBadSource blames the source, and not the archive, for counts that no reader may return.
func TestBadSource(t *testing.T) {
	data := ordinary()
	for name, wrong := range map[string]func(n int) (int, error){
		"more than asked for": func(n int) (int, error) { return n + 1, nil },
		"negative":            func(int) (int, error) { return -1, nil },
		"short without error": func(n int) (int, error) { return n - 1, nil },
	} {
		for at := 1; at < 12; at++ {
			reads := 0
			src := readerAt(func(p []byte, off int64) (int, error) {
				n, err := bytes.NewReader(data).ReadAt(p, off)
				if reads++; reads == at {
					return wrong(n)
				}
				return n, err
			})
			_, err := safezip.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), src, int64(len(data)), sensible,
				safezip.Workers(1))
			if reads < at {
				break
			}
			if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s at read %d: %v; want the environment's error", name, at, err)
			}
		}
	}
}

// TestTimeWithoutOutput stops a deflate stream of empty blocks, which takes long and produces
// nothing. It declares as many bytes as let it pass the check of its length; Time runs out before
// it is seen that they do not come.
func TestTimeWithoutOutput(t *testing.T) {
	raw := append(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 4<<20), 3, 0)
	empty := zipbuild.File{Name: "empty", Method: zipbuild.Deflate, Raw: raw}
	empty.EditLocal = func(h *zipbuild.Header) { h.Size = uint64(len(raw)) }
	empty.EditCentral = empty.EditLocal
	data := zipbuild.Archive{Files: []zipbuild.File{empty}}.Bytes()
	lim := sensible
	lim.Time = 5 * time.Millisecond
	_, _, err := extract(t, data, lim)
	limittable.Exceeds(t, err, limits.Time, int64(lim.Time))
	lim = sensible
	lim.Steps = 10_000 // Of 327,681.
	_, _, err = extract(t, data, lim)
	limittable.Exceeds(t, err, limits.Steps, lim.Steps)
	_, _, err = extract(t, data, sensible)
	if rule, ok := errors.AsType[*safezip.RuleError](err); !ok || rule.Rule != safezip.RuleSizeMismatch {
		t.Errorf("%v; want %s", err, safezip.RuleSizeMismatch)
	}
}

// TestInspectFile gives the verdict of Inspect.
func TestInspectFile(t *testing.T) {
	for _, c := range []ziptest.Case{hostile()[0], benign()[0]} {
		name := filepath.Join(t.TempDir(), "a.zip")
		if err := os.WriteFile(name, c.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		want, wantErr := inspect(t, c.Data, sensible)
		got, err := safezip.InspectFile(t.Context(), name, sensible)
		want.Elapsed, got.Elapsed = 0, 0
		if diff := cmp.Diff(want, got, sameReport); diff != "" || (err == nil) != (wantErr == nil) {
			t.Errorf("%s: %v, want %v (-want +got):\n%s", c.Name, err, wantErr, diff)
		}
	}
}

// TestFindings lists what else is wrong, up to the limit.
func TestFindings(t *testing.T) {
	var files []zipbuild.File
	for i := range 300 {
		files = append(files, zipbuild.File{Name: "../" + strings.Repeat("x", i)})
	}
	r, err := inspect(t, zipbuild.Archive{Files: files, Prefix: []byte("MZ"), Trailing: []byte("x")}.Bytes(), sensible)
	ruleOf(t, err, safezip.RuleTrailingData)
	if len(r.Findings) != safezip.MaxFindings || r.Findings[1].Rule != safezip.RulePrefixData ||
		r.Findings[2].Rule != safezip.RulePathTraversal {
		t.Errorf("%d findings, first %v", len(r.Findings), r.Findings[:min(3, len(r.Findings))])
	}
}

// TestErrorText holds the text of errors to one line of printable ASCII of bounded length, whatever
// the archive holds.
func TestErrorText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	check := func(err error) {
		t.Helper()
		if err == nil {
			return
		}
		if text := err.Error(); len(text) > 1200 || strings.ContainsFunc(text, func(r rune) bool {
			return r < ' ' ||
				r > '~'
		}) {
			t.Errorf("%d bytes: %q", len(text), text)
		}
	}
	for i, c := range hostile() {
		if testing.Short() && i%5 > 0 {
			continue
		}
		_, err := safezip.Extract(context.WithoutCancel(t.Context()), filepath.Join(t.TempDir(), "out"),
			bytes.NewReader(c.Data), int64(len(c.Data)), sensible)
		check(err)
		r, err := inspect(t, c.Data, sensible)
		check(err)
		for _, f := range r.Findings {
			check(errors.New(f.String()))
			check(errors.New(f.Detail))
		}
	}
	for range 200 {
		name := make([]byte, random.IntN(400))
		for i := range name {
			name[i] = byte(random.UintN(256))
		}
		f := zipbuild.File{Name: string(name)}
		f.EditLocal = func(h *zipbuild.Header) { h.Name = "x" + h.Name }
		_, err := inspect(t, zipbuild.Archive{Files: []zipbuild.File{f}}.Bytes(), sensible)
		check(err)
	}
}
