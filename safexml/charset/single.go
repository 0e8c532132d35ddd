package charset

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// single returns an encoding of one byte a character. Readers disagree about the bytes in refused,
// and about C1 controls.
func single(name string, table *charmap.Charmap, refused string) func() *xmlscan.Charset {
	return sync.OnceValue(func() *xmlscan.Charset {
		c := &xmlscan.Charset{Name: name, ASCII: true, Upper: new([128]rune)}
		for i := range c.Upper {
			b := byte(i + 0x80)
			r := table.DecodeByte(b)
			if r == utf8.RuneError || r < 0xa0 || strings.IndexByte(refused, b) >= 0 {
				r = 0
			}
			c.Upper[i] = r
		}
		return c
	})
}
