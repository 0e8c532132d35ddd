package charset

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// iconvNames are the names that iconv has for each encoding; where two programs mean two things by
// a label, both.
var iconvNames = map[string][]string{
	"windows-874": {"CP874", "TIS-620"}, "IBM866": {"CP866"}, "IBM850": {"CP850"}, "IBM852": {"CP852"},
	"IBM437": {"CP437"}, "macintosh": {"MACINTOSH"}, "Shift_JIS": {"SHIFT_JIS", "CP932"}, "Windows-31J": {"CP932"},
	"EUC-JP": {"EUC-JP", "EUC-JP-MS"}, "EUC-KR": {"EUC-KR", "UHC"}, "GBK": {"GBK", "CP936"}, "GB2312": {"EUC-CN"},
	"GB18030": {"GB18030"}, "Big5": {"BIG5", "BIG5-HKSCS", "CP950"},
}

// decoded returns the character that b is, or 0.
func decoded(c *xmlscan.Charset, b []byte) rune {
	if c.ASCII && b[0] < 0x80 || c.Upper != nil {
		switch {
		case len(b) > 1:
			return 0
		case b[0] < 0x80:
			return rune(b[0])
		}
		return c.Upper[b[0]-0x80]
	}
	if r, n := c.Decode(b); n == len(b) {
		return r
	}
	return 0
}

// TestDifferential reads every byte and every pair of bytes as iconv does. Pairs that iconv does
// not know are counted; what it reads as another character is a fault of this package, which must
// refuse what programs read differently. Characters that are canonically equivalent count as one.
func TestDifferential(t *testing.T) {
	if _, err := exec.LookPath("iconv"); err != nil {
		t.Skip("iconv is not installed (Debian package libc-bin)")
	}
	for i := range encodings {
		e := &encodings[i]
		t.Run(e.labels[0], func(t *testing.T) {
			c := e.open()
			var list [][]byte
			for b := range 256 {
				if b != '\n' {
					list = append(list, []byte{byte(b)})
				}
			}
			if c.Upper == nil {
				for pair := 0x8000; pair < 0x10000; pair++ {
					if pair&0xff != '\n' {
						list = append(list, []byte{byte(pair >> 8), byte(pair)})
					}
				}
			}
			names := iconvNames[e.labels[0]]
			if names == nil {
				names = []string{strings.ToUpper(e.labels[0])}
			}
			for _, name := range names {
				compare(t, c, name, list)
			}
		})
	}
}

// mark ends each line: iconv takes some of it for the rest of a character that is none.
const mark = "zzzz"

// compare reads each of list by c and by iconv.
func compare(t *testing.T, c *xmlscan.Charset, name string, list [][]byte) {
	t.Helper()
	var in bytes.Buffer
	for _, b := range list {
		in.Write(b)
		in.WriteString(mark + "\n")
	}
	cmd := exec.CommandContext(t.Context(), "iconv", "-c", "-f", name, "-t", "UTF-8")
	cmd.Stdin = &in
	out, _ := cmd.Output()
	lines := strings.Split(string(out), "\n")
	if len(lines) < len(list) {
		t.Fatalf("%s: %d lines for %d characters", name, len(lines), len(list))
	}
	alone := map[byte]rune{}
	same, unknown, refused, differ := 0, 0, 0, []string(nil)
	for i, b := range list {
		line, whole := strings.CutSuffix(lines[i], mark)
		theirs, size := utf8.DecodeRuneInString(line)
		one := whole && size == len(line) && size > 0 && theirs != utf8.RuneError
		if len(b) == 1 {
			alone[b[0]] = theirs
		} else if theirs == alone[b[1]] || theirs >= 0xe000 && theirs <= 0xf8ff || theirs < 0xa0 {
			one = false // iconv knows no character: it took the second byte alone, or one for private use.
		}
		ours := decoded(c, b)
		switch {
		case ours == 0 && one:
			refused++
		case ours == 0:
		case !one:
			unknown++
		case norm.NFC.String(string(ours)) == norm.NFC.String(string(theirs)):
			same++
		default:
			differ = append(differ, fmt.Sprintf("%x: %04X, iconv %04X", b, ours, theirs))
		}
	}
	t.Logf("%s: %d alike, %d that iconv alone knows or that are disputed, %d that it does not know", name, same, refused,
		unknown)
	if len(differ) > 0 {
		t.Errorf("%s reads %d differently: %s", name, len(differ), strings.Join(differ, "; "))
	}
}
