package limitshttp_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

// hostile is text that must not come out anywhere: it forges a line of a log, begins a script,
// turns the direction of text and moves a cursor.
const hostile = "evil<script>\r\nadmin logged in\u202e\x1b[2J"

// archive packs files, each of which holds what it is given.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = io.WriteString(f, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack extracts an archive to a new directory.
//
//nolint:revive // The test comes first, as in testing.
func unpack(t *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
	t.Helper()
	_, err := safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)), lim)
	return err
}

var (
	zipLimits = limits.Limits{OutputBytes: limits.MiB, Items: 10, Time: time.Minute}
	xmlLimits = limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute}
	reLimits  = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	idLimits  = limits.Limits{InputBytes: 256, Items: 64}
)

// but returns l with one field changed.
func but(l limits.Limits, change func(l *limits.Limits)) limits.Limits {
	change(&l)
	return l
}

// errorsOfEveryKind makes each error as a service would get it.
var errorsOfEveryKind = []struct {
	name   string
	make   func(t *testing.T) error
	status int
	public string
}{
	{"nothing", func(*testing.T) error { return nil }, 200, ""},

	{"safezip: a rule", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "../"+hostile, ""), zipLimits)
	}, 422, "refused: path-traversal (offset 90)"},
	{"safezip: another rule", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "../../etc/passwd", ""), zipLimits)
	}, 422, "refused: path-traversal (offset 67)"},
	{"safezip: output bytes", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "evil", strings.Repeat("x", 2<<20)),
			but(zipLimits, func(l *limits.Limits) { l.MemoryBytes = 64 * limits.MiB }))
	}, 413, "refused: output bytes: the limit is 1 MiB"},
	{"safezip: items", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "evil", "", "b", ""),
			but(zipLimits, func(l *limits.Limits) { l.Items = 1 }))
	}, 422, "refused: items: the limit is 1"},
	{"safezip: memory", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "evil", "x"),
			but(zipLimits, func(l *limits.Limits) { l.MemoryBytes = 1 }))
	}, 413, "refused: memory bytes: the limit is 1 B"},
	{"safezip: no limit", func(t *testing.T) error {
		return unpack(t, t.Context(), archive(t, "evil", "x"), limits.Limits{})
	}, 500, "internal error"},
	{"safezip: a directory that is there", func(t *testing.T) error {
		data := archive(t, "a", "x")
		_, err := safezip.Extract(t.Context(), t.TempDir(), bytes.NewReader(data), int64(len(data)), zipLimits)
		return err
	}, 500, "internal error"},
	{"safezip: no archive on this server", func(t *testing.T) error {
		_, err := safezip.ExtractFile(t.Context(), filepath.Join(t.TempDir(), "out"), "/srv/secret/evil.zip", zipLimits)
		return err
	}, 500, "internal error"},
	{"safezip: a body that is too long", func(t *testing.T) error {
		data := archive(t, "evil", "x")
		body := http.MaxBytesReader(httptest.NewRecorder(), io.NopCloser(bytes.NewReader(data)), int64(len(data))-1)
		_, err := safezip.ExtractStream(t.Context(), filepath.Join(t.TempDir(), "out"), body,
			but(zipLimits, func(l *limits.Limits) { l.InputBytes = limits.MiB }))
		return err
	}, 413, fmt.Sprintf("refused: the request body: the limit is %d B", len(archive(&testing.T{}, "evil", "x"))-1)},

	{"safexml: a rule", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(),
			strings.NewReader("<!DOCTYPE evil [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><evil>&x;</evil>"), xmlLimits)
		return err
	}, 422, "refused: doctype (line 1, column 1)"},
	{"safexml: not well-formed", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(), strings.NewReader("<a>\n <evil></a>"), xmlLimits)
		return err
	}, 422, "refused: not-well-formed (line 2, column 10)"},
	{"safexml: items", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(), strings.NewReader("<a>"+strings.Repeat("<evil/>", 1000)+"</a>"),
			xmlLimits)
		return err
	}, 422, "refused: items: the limit is 100"},
	{"safexml: input bytes", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(), strings.NewReader("<evil/>"),
			but(xmlLimits, func(l *limits.Limits) { l.InputBytes = 6 }))
		return err
	}, 413, "refused: input bytes: the limit is 6 B"},
	{"safexml: depth", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(), strings.NewReader("<a><evil/></a>"),
			but(xmlLimits, func(l *limits.Limits) { l.Depth = 1 }))
		return err
	}, 422, "refused: depth: the limit is 1"},
	{"safexml: a body that is too long", func(t *testing.T) error {
		_, err := safexml.Validate(t.Context(), http.MaxBytesReader(httptest.NewRecorder(),
			io.NopCloser(strings.NewReader("<evil/>")), 6), xmlLimits)
		return err
	}, 413, "refused: the request body: the limit is 6 B"},
	{"safexml: canceled", func(t *testing.T) error {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(errors.New("evil cause in /srv/secret"))
		_, err := safexml.Validate(ctx, strings.NewReader("<a/>"), xmlLimits)
		return err
	}, 500, "canceled"},

	{"saferegex: syntax", func(t *testing.T) error {
		_, err := saferegex.Compile(t.Context(), "(?=evil)", reLimits)
		return err
	}, 422, "refused: invalid-syntax (offset 0)"},
	{"saferegex: a rule", func(t *testing.T) error {
		_, err := saferegex.Compile(t.Context(), strings.Repeat("evil", 1<<16), reLimits)
		return err
	}, 413, "refused: pattern-too-long: input bytes: the limit is 32 KiB"},
	{"saferegex: steps", func(t *testing.T) error {
		re, err := saferegex.Compile(t.Context(), "(evil|x+)+y",
			but(reLimits, func(l *limits.Limits) { l.Steps = 10_000 }))
		if err != nil {
			return err
		}
		_, err = re.MatchString(t.Context(), strings.Repeat("x", 1<<20))
		return err
	}, 422, "refused: steps: the limit is 10000"},

	{"unicodeid: a rule", func(t *testing.T) error {
		p, err := unicodeid.New(idLimits)
		if err == nil {
			_, err = p.Register(t.Context(), "e<\u202evil")
		}
		return err
	}, 422, "refused: restricted-character (offset 1)"},
	{"unicodeid: input bytes", func(t *testing.T) error {
		p, err := unicodeid.New(idLimits)
		if err == nil {
			_, err = p.Register(t.Context(), strings.Repeat("evil", 100))
		}
		return err
	}, 413, "refused: too-long (offset 0): input bytes: the limit is 256 B"},
	{"unicodeid: no key", func(t *testing.T) error {
		p, err := unicodeid.New(idLimits)
		if err == nil {
			_, err = p.Lookup(t.Context(), "evil\xff")
		}
		return err
	}, 422, "refused: invalid-utf8 (offset 4)"},

	{"limits: time", func(t *testing.T) error {
		b, err := limits.Limits{Time: time.Millisecond}.Start(t.Context(), "evil")
		for err == nil {
			err = b.Err()
		}
		b.Close()
		return err
	}, 422, "refused: time: the limit is 1ms"},
	{"limits: of an envelope", func(t *testing.T) error {
		ctx, cancel, err := limits.With(t.Context(), limits.Limits{OutputBytes: limits.KiB})
		if err != nil {
			return err
		}
		defer cancel()
		return unpack(t, ctx, archive(t, "evil", strings.Repeat("x", 2000)), zipLimits)
	}, 413, "refused: output bytes: the limit is 1 KiB"},
	{"limits: a caller's deadline", func(t *testing.T) error {
		ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
		defer cancel()
		_, err := xmlLimits.Start(ctx, "evil")
		return err
	}, 500, "internal error"},
	{"limits: canceled by the end of another operation", func(t *testing.T) error {
		b, err := limits.Limits{Steps: 1}.Start(t.Context(), "evil")
		if err != nil {
			return err
		}
		defer b.Close()
		ctx := b.Context()
		_ = b.Spend(limits.Steps, 2)
		_, err = xmlLimits.Start(ctx, "evil")
		return err
	}, 422, "refused: steps: the limit is 1"},
	{"limits: a pool that is busy", busy, 503, "busy: try again later"},
	{"limits: a pool that has not that much", func(t *testing.T) error {
		p, err := limits.NewPool(limits.PoolLimits{MemoryBytes: 1})
		if err == nil {
			_, err = limits.Limits{MemoryBytes: 2}.Start(limits.WithPool(t.Context(), p), "evil")
		}
		return err
	}, 500, "internal error"},
	{"limits: a text that is no limits", func(*testing.T) error { _, err := limits.Parse(hostile); return err }, 500,
		"internal error"},

	{"net/http: a body", func(*testing.T) error { return &http.MaxBytesError{Limit: 10 << 20} }, 413,
		"refused: the request body: the limit is 10 MiB"},
	{"the disk", func(*testing.T) error {
		return &fs.PathError{Op: "write", Path: "/srv/secret/evil", Err: errors.New("no space left on device")}
	}, 500, "internal error"},
	{"a file", func(t *testing.T) error { _, err := os.ReadFile(filepath.Join(t.TempDir(), "evil")); return err },
		500, "internal error"},
	{"the end", func(*testing.T) error { return io.ErrUnexpectedEOF }, 500, "internal error"},

	{"a rule of somebody else's", func(*testing.T) error {
		return &limits.RuleError{Op: hostile, Rule: hostile, Where: hostile, Detail: hostile, Line: 1}
	}, 422, "refused"},
	{"a rule of nobody's", func(*testing.T) error { return &limits.RuleError{Op: "evil", Offset: -1} }, 422, "refused"},
	{"a rule in a line", func(*testing.T) error {
		return &limits.RuleError{Op: "evil", Rule: "formula", Where: hostile, Detail: hostile, Line: 7, Offset: 3}
	}, 422, "refused: formula (line 7)"},
	{"a rule without a place", func(*testing.T) error {
		return &limits.RuleError{Rule: "formula", Detail: "evil",
			Offset: -1}
	}, 422, "refused: formula"},
	{"a long rule", func(*testing.T) error { return &limits.RuleError{Rule: limits.Rule(strings.Repeat("a", 65))} },
		422, "refused"},
	{"a refusal of another type", func(*testing.T) error { return fmt.Errorf("evil: %w", limits.ErrRefused) }, 422,
		"refused"},
	{"no resource", func(*testing.T) error {
		return &limits.ExceededError{Op: "evil", Where: hostile, Option: hostile, Limit: 3}
	}, 422, "refused: resource(0): the limit is 3"},
	{"a mistake of the caller and a refusal", func(*testing.T) error {
		return errors.Join(limits.ErrRefused,
			&limits.ConfigError{Op: "evil"})
	}, 500, "internal error"},
}

// busy is the error of a pool that has no room.
func busy(t *testing.T) error {
	t.Helper()
	p, err := limits.NewPool(limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond})
	if err != nil {
		return err
	}
	ctx := limits.WithPool(t.Context(), p)
	b, err := limits.Limits{}.Start(ctx, "first")
	if err != nil {
		return err
	}
	defer b.Close()
	_, err = limits.Limits{}.Start(ctx, "evil")
	return err
}

func TestStatusAndPublic(t *testing.T) {
	for _, tc := range errorsOfEveryKind {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.make(t)
			if (err == nil) != (tc.status == 200) {
				t.Fatalf("the case makes no such error: %v", err)
			}
			errs := []error{err}
			if err != nil {
				errs = append(errs, fmt.Errorf("upload /srv/secret/evil: %w", err), errors.Join(errors.New("evil"),
					err))
			}
			for _, err := range errs {
				if got := limitshttp.Status(err); got != tc.status {
					t.Errorf("status %d, want %d, for %v", got, tc.status, err)
				}
				got := limitshttp.Public(err)
				if bare, _ := unnamed(t, got); bare != tc.public {
					t.Errorf("%q, want %q, for %v", got, tc.public, err)
				}
				checkHarmless(t, got)
			}
		})
	}
}

// quotedName is a name of the input as Public has it.
var quotedName = regexp.MustCompile(`: "((?:[^"\\]|\\.)*)"(?:\.\.\.)?`)

// unnamed takes the name of the place out of what Public says, and fails for one that means
// something in a page or a terminal.
func unnamed(t *testing.T, s string) (bare, name string) {
	t.Helper()
	if m := quotedName.FindStringSubmatch(s); m != nil {
		name = m[1]
	}
	if strings.ContainsAny(name, "<>&'`") || len(name) > 4*128 {
		t.Errorf("the name in %q can do harm", s)
	}
	for _, r := range name {
		if r < ' ' || r > '~' {
			t.Errorf("the name in %q holds %q", s, r)
		}
	}
	return quotedName.ReplaceAllString(s, ""), name
}

// checkHarmless fails for text that holds anything of an input, but for one quoted name, or of the
// server.
func checkHarmless(t *testing.T, s string) {
	t.Helper()
	s, _ = unnamed(t, s)
	for _, bad := range []string{"evil", "secret", "etc", "/", "\\", "\"", "<", "&", os.TempDir()} {
		if strings.Contains(s, bad) {
			t.Errorf("%q holds %q", s, bad)
		}
	}
	for _, r := range s {
		if r < ' ' || r > '~' {
			t.Errorf("%q holds %q", s, r)
		}
	}
	if len(s) > 128 {
		t.Errorf("%q has %d bytes", s, len(s))
	}
}

// TestEveryRuleIsPublic: each rule of each package reaches the sender under its own name.
func TestEveryRuleIsPublic(t *testing.T) {
	n := 0
	for _, rules := range []func(func(limits.RuleInfo) bool){safezip.Rules(), safexml.Rules(), saferegex.Rules(),
		unicodeid.Rules()} {
		for rule := range rules {
			n++
			want := "refused: " + string(rule.Rule)
			got := limitshttp.Public(&limits.RuleError{Rule: rule.Rule, Where: hostile, Detail: hostile, Offset: -1})
			if bare, name := unnamed(t, got); bare != want || !strings.HasPrefix(name, "evil") {
				t.Errorf("got %q, want %q and the name", got, want)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d rules", n)
	}
}

func TestError(t *testing.T) {
	for name, tc := range map[string]struct {
		err   error
		retry string
	}{
		"refused": {&limits.RuleError{Rule: "formula"}, ""},
		"busy":    {busy(t), "1"},
		"long queue": {&limits.BusyError{Pool: limits.PoolStats{Limits: limits.PoolLimits{MaxWait: 2500 * time.Millisecond}}},
			"3"},
		"endless": {&limits.BusyError{Pool: limits.PoolStats{Limits: limits.PoolLimits{MaxWait: time.Hour}}},
			"60"},
		"unlimited": {&limits.BusyError{
			Pool: limits.PoolStats{Limits: limits.PoolLimits{MaxWait: limits.UnsafeUnlimited}}}, "1"},
		"another busy": {limits.ErrBusy, "1"},
	} {
		w := httptest.NewRecorder()
		limitshttp.Error(w, tc.err)
		if w.Code != limitshttp.Status(tc.err) || w.Body.String() != limitshttp.Public(tc.err)+"\n" ||
			w.Header().Get("Retry-After") != tc.retry || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %q %v", name, w.Code, w.Body, w.Header())
		}
	}
}
