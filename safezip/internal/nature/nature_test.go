package nature_test

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/safezip/internal/nature"
)

func TestOf(t *testing.T) {
	for head, want := range map[string]string{
		"PK\x03\x04\x14\x00": nature.Zip, "PK\x05\x06": nature.Zip,
		strings.Repeat("\x00", 257) + "ustar\x0000": nature.Tar,
		"\xfd7zXZ\x00\x00":                          "an xz file (.xz, .tar.xz)",
		"!<arch>\ndebian-binary":                    "an ar archive, such as a Debian package (.deb)",
		"070701000":                                 "a cpio archive",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":          "an Office document of the old form, or a new one with a password",
		"":                                          "", "P": "", "PK": "", "hello": "", strings.Repeat("\x00", 256): "",
		strings.Repeat("\x00", 257) + "usta": "",
	} {
		if got := nature.Of([]byte(head)); got != want {
			t.Errorf("%.20q: %q, want %q", head, got, want)
		}
		if len(head) > nature.Bytes+6 {
			t.Errorf("%.20q is longer than Of looks", head)
		}
	}
}
