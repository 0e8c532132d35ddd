// Package codepage reads the names of archives whose packers wrote them in a code page: CP437 by
// the zip format itself, and in practice that of the sender's Windows.
//
//	report, err := safezip.ExtractFile(ctx, "upload-42", "upload.zip", lim,
//		codepage.NameEncoding(codepage.CP932))
//
// An archive does not say which page its names are in, so the caller must know it, or ask. Names
// that say they are UTF-8 are not touched, and every name is held to the rules of
// [safezip.UnicodeNames] after it has been read. A wrong page gives wrong names, but never a path
// that the rules would refuse.
//
// The tables are those of golang.org/x/text. They are linked by programs that import this package,
// and by no others.
package codepage

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/seed73825598/airlock/safezip"
)

// A Page is a code page. The zero Page is none: with it NameEncoding is an option that is a
// *limits.ConfigError.
type Page uint8

// The pages.
const (
	CP437       Page = iota + 1 // the United States, and what the zip format says names are in
	CP850                       // Western Europe
	CP852                       // Central Europe
	CP866                       // Russia
	CP932                       // Japan: Shift_JIS as Windows has it
	CP936                       // China: GBK
	CP949                       // Korea
	CP950                       // Taiwan: Big5 as Windows has it
	Windows1250                 // Central Europe, of Windows itself
	Windows1251                 // Cyrillic
	Windows1252                 // Western Europe
)

// pages has the name of each page and its table.
var pages = [...]struct {
	name  string
	table encoding.Encoding
}{
	CP437: {"CP437", charmap.CodePage437}, CP850: {"CP850", charmap.CodePage850},
	CP852: {"CP852", charmap.CodePage852}, CP866: {"CP866", charmap.CodePage866},
	CP932: {"CP932", japanese.ShiftJIS}, CP936: {"CP936", simplifiedchinese.GBK},
	CP949: {"CP949", korean.EUCKR}, CP950: {"CP950", traditionalchinese.Big5},
	Windows1250: {"Windows-1250", charmap.Windows1250}, Windows1251: {"Windows-1251", charmap.Windows1251},
	Windows1252: {"Windows-1252", charmap.Windows1252},
}

// String returns the page's name, such as "CP437" or "Windows-1252".
func (p Page) String() string {
	if p == 0 || int(p) >= len(pages) {
		return fmt.Sprintf("Page(%d)", uint8(p))
	}
	return pages[p].name
}

// NameEncoding is [safezip.NameDecoder] for a page: names beyond ASCII that do not say they are
// UTF-8 are read by it. Bytes that the page does not assign, and the first byte of a pair without
// the second, refuse the entry under safezip.RuleNameEncoding.
func NameEncoding(p Page) safezip.Option {
	if p == 0 || int(p) >= len(pages) {
		return safezip.NameDecoder(p.String(), nil)
	}
	return safezip.NameDecoder(p.String(), p.decode)
}

var errUnassigned = errors.New("codepage: bytes that the page does not assign")

// decode returns raw in UTF-8. The tables answer U+FFFD, or a control character of ISO 6429, for
// what a page does not assign; none of the pages has either.
func (p Page) decode(raw []byte) (string, error) {
	if p == CP950 && !isWindowsBig5(raw) {
		return "", errUnassigned
	}
	text, err := pages[p].table.NewDecoder().Bytes(raw)
	if err != nil {
		return "", err
	}
	name := string(text)
	if strings.ContainsFunc(name, func(r rune) bool { return r == utf8.RuneError || r >= 0x80 && r < 0xa0 }) {
		return "", errUnassigned
	}
	return name, nil
}

// isWindowsBig5 reports whether raw keeps to the part of Big5 that Windows assigns. The table is
// that of web browsers, which has the characters of Hong Kong as well, where Windows has room for
// the user's own.
func isWindowsBig5(raw []byte) bool {
	for i := 0; i < len(raw); i++ {
		lead := raw[i]
		if lead < 0x80 {
			continue
		}
		i++ // Over the second byte.
		if i == len(raw) || lead < 0xa1 || lead > 0xf9 || lead == 0xc6 && raw[i] >= 0xa1 || lead == 0xc7 || lead == 0xc8 {
			return false
		}
	}
	return true
}
