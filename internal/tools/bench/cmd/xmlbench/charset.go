package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
)

// encoded are documents that are not in UTF-8: a label, what encodes it, and a sentence of which
// most letters are beyond ASCII.
var encoded = []struct {
	label    string
	encoding encoding.Encoding
	sentence string
}{
	{"iso-8859-1", charmap.Windows1252, "Wie schön, daß die Bücher über Gärten hier stehen: façade, señor, naïve. "},
	{"windows-1252", charmap.Windows1252, "„Größe“ kostet 20 € – où êtes-vous, élève? "},
	{"windows-1251", charmap.Windows1251, "Это предложение состоит почти из одних русских букв. "},
	{"koi8-r", charmap.KOI8R, "Это предложение состоит почти из одних русских букв. "},
	{"shift_jis", japanese.ShiftJIS, "これはとても長い文章で、漢字とかなが混じっている。"},
	{"gbk", simplifiedchinese.GBK, "这是一个很长的句子，几乎全部由汉字组成。"},
}

// charsets prints how fast documents in other encodings are validated, in MB of the source a second
// of processor time, and of the same text in UTF-8.
func charsets(ctx context.Context, out io.Writer, rounds int) error {
	fmt.Fprintf(out, "MB of the source a second of processor time, medians of %d.\n\n| encoding | source | its UTF-8 "+
		"|\n|---|---|---|\n", rounds)
	for _, e := range encoded {
		text := "<p>" + strings.Repeat(e.sentence, 8) + "</p>\n"
		text = strings.Repeat(text, (10<<20)/len(text))
		source, err := e.encoding.NewEncoder().String(text)
		if err != nil {
			return err
		}
		source = `<?xml version="1.0" encoding="` + e.label + `"?><r>` + source + "</r>"
		documents := [][]byte{[]byte(source), []byte("<r>" + text + "</r>")}
		times := make([][]time.Duration, len(documents))
		for range rounds {
			for i, d := range documents {
				runtime.GC()
				start := cpu()
				if _, err := safexml.Validate(ctx, bytes.NewReader(d), wide, charset.Allow(e.label)); err != nil {
					return fmt.Errorf("%s: %w", e.label, err)
				}
				times[i] = append(times[i], cpu()-start)
			}
		}
		fmt.Fprintf(out, "| %s |", e.label)
		for i, d := range documents {
			slices.Sort(times[i])
			fmt.Fprintf(out, " %.0f |", float64(len(d))/1e6/times[i][rounds/2].Seconds())
		}
		fmt.Fprintln(out)
	}
	return nil
}
