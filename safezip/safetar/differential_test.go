package safetar_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// known are the cases that one program does not read as the others do, and why that is let through.
// A key that begins with a program is about that one.
var known = map[string]string{
	"missing-end/nothing": "no program makes anything of an archive without entries, and some call it an error",

	"busybox old-format/v7":            "busybox may be built without it, and refuses the magic then",
	"busybox old-format/v7-type":       "as above",
	"busybox old-format/v7-directory":  "as above",
	"busybox old-format/v7-of-gnu-tar": "as above",

	"bsdtar type-mismatch/long-target-in-long-link-alone": "what Rust's tar writes; bsdtar makes an empty file of " +
		"the link, and a note says so (TestLinkInRecord)",
	"bsdtar type-mismatch/long-target-in-pax-alone":         "as above",
	"bsdtar type-mismatch/target-beyond-ascii-in-pax-alone": "as above, and Go writes it",
}

// TestReaders: what is accepted, GNU tar, bsdtar, busybox and Python unpack alike, files and bytes.
func TestReaders(t *testing.T) {
	for _, reader := range readers {
		t.Run(reader.program, func(t *testing.T) {
			need.Program(t, reader.program, reader.debian)
			var jobs []string
			ours, dirs := map[string]map[string]string{}, map[string]string{}
			for _, set := range kit() {
				for c := range set.cases {
					compressed := bytes.HasPrefix(c.Data, []byte("\x1f\x8b")) || bytes.HasPrefix(c.Data, []byte("BZh91AY"))
					// It wants to be told.
					if set.hostile || known[c.Name] != "" || known[reader.program+" "+c.Name] != "" || compressed &&
						reader.program == "busybox" {
						continue
					}
					name, parent := set.name+"/"+c.Name, t.TempDir()
					archive, dir := filepath.Join(parent, "a.tar"), filepath.Join(parent, "out")
					if err := os.WriteFile(archive, c.Data, 0o600); err != nil {
						t.Fatal(err)
					}
					if _, err := safetar.Extract(t.Context(), dir, bytes.NewReader(c.Data), tartest.Limits(),
						c.Options()...); err != nil {
						t.Fatal(err)
					}
					ours[name], dirs[name] = filesBelow(t, dir), t.TempDir()
					jobs = append(jobs, archive, dirs[name])
					if !reader.script {
						runReader(t, append(slices.Clone(reader.command), archive, dirs[name])...)
					}
				}
			}
			if reader.script {
				runReader(t, append(slices.Clone(reader.command), jobs...)...)
			}
			for name, dir := range dirs {
				if theirs := filesBelow(t, dir); !maps.Equal(ours[name], theirs) {
					t.Errorf("%s: %q, and %q of %s", name, slices.Sorted(maps.Keys(ours[name])), slices.Sorted(maps.Keys(theirs)),
						reader.program)
				}
			}
		})
	}
}
