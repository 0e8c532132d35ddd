// Command realxml asks safexml about real documents: it finds every XML document below the given
// directories, tells what kind it is by its root element, and prints how many of each kind are
// accepted and which rules refuse the others.
//
//	go run ./internal/tools/bench/cmd/realxml [-bare] [-list RULE] DIR…
//
// Documents are found by extension, and in office files (.docx, .xlsx, .pptx and their templates),
// books (.epub) and other packages of XML (ODF, .kmz, .mxl) part by part. collect.sh fetches what
// registries have. Drawings are judged with SVG, parts of office files with OOXML and their part
// name, anything else without a profile. Each distinct content counts once. A document that is no
// XML by its first byte is passed over. The limits are those of a careful service: 64 MiB and 30 s,
// anything else by default.
//
// Documents are read through NewReader, under the words that a service would choose: SkipDoctype
// everywhere but in office files, DataImages, DataFonts, Hyperlinks and LiteralEntities for
// drawings, HTMLEntities and every encoding of package charset for the rest. With -bare there are
// none of them.
package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
)

func main() {
	list := flag.String("list", "", "list the documents that this `RULE` refuses, or all of them, with the reason")
	unsafe := flag.Bool("unsafe", false, "lift doctype and schema-location, which many honest documents have")
	bare := flag.Bool("bare", false, "judge without the words that a service would choose")
	flag.Parse()
	s := survey{bare: *bare, seen: map[[sha256.Size]byte]bool{}, kinds: map[string]*tally{}, list: *list, lift: *unsafe}
	for _, dir := range flag.Args() {
		if err := s.walk(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, "realxml:", err)
			os.Exit(1)
		}
	}
	if err := s.print(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "realxml:", err)
		os.Exit(1)
	}
}

// lim is what a careful service lets one document cost. Drawings are kept until the verdict.
var lim = limits.Limits{InputBytes: 64 * limits.MiB, Time: 30 * time.Second, MemoryBytes: 256 * limits.MiB}

// extensions are those of XML formats.
var extensions = []string{
	".xml", ".svg", ".svgz", ".pom", ".xsd", ".xsl", ".xslt", ".rss", ".atom", ".opml", ".plist", ".gpx", ".kml", ".ui",
	".glade", ".gir", ".rng", ".wsdl", ".conf", ".policy", ".page", ".docbook", ".dbk", ".xhtml", ".html", ".sla", ".qgs",
	".ttx", ".xlf", ".xliff", ".tmx", ".ts", ".ncx", ".opf", ".smil", ".rdf", ".owl", ".jnlp", ".mml", ".graphml", ".gexf",
	".xmi", ".resx", ".config", ".csproj", ".vcxproj", ".props", ".targets", ".nuspec", ".xaml", ".storyboard", ".xib",
	".tmtheme", ".tmlanguage", ".musicxml", ".rc", ".kcfg", ".lang", ".xcd", ".xcu", ".xcs", ".xlb", ".xba", ".fzp",
	".elmt", ".sbml", ".cml", ".dae", ".osm", ".bpmn", ".dmn", ".drawio", ".dia", ".shape", ".fodt", ".fods", ".fodp",
	".fodg", ".idml", ".tei", ".dita", ".ditamap", ".xbrl", ".ttml", ".lpi", ".lfm", ".iml", ".fdi", ".vml", ".rels",
}

// The files whose parts are judged one by one, and the extensions of the parts that are XML.
var (
	office      = []string{".docx", ".xlsx", ".pptx", ".dotx", ".xltx", ".potx", ".docm", ".xlsm", ".pptm"}
	officeParts = []string{".xml", ".rels", ".vml"}

	packages = []string{
		".epub", ".odt", ".ods", ".odp", ".odg", ".ott", ".ots", ".otp", ".otg", ".odb", ".odf", ".oxt", ".kmz", ".mxl",
		".kra", ".ora",
	}
	packageParts = []string{".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".svg", ".smil", ".kml", ".rdf", ".xcu"}
)

// A tally counts what became of the documents of one kind.
type tally struct {
	documents, accepted int
	refused             map[string]int
}

type survey struct {
	seen       map[[sha256.Size]byte]bool
	duplicates int
	kinds      map[string]*tally
	list       string
	lift       bool
	bare       bool
}

// walk judges every document below dir.
func (s *survey) walk(ctx context.Context, dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		switch ext := strings.ToLower(filepath.Ext(path)); {
		case slices.Contains(office, ext):
			return s.parts(ctx, path, officeParts)
		case slices.Contains(packages, ext):
			return s.parts(ctx, path, packageParts)
		case slices.Contains(extensions, ext):
			data, err := os.ReadFile(path) //nolint:gosec // The directories are the caller's own.
			if err != nil {
				return err
			}
			return s.judge(ctx, path, "", inflated(data))
		}
		return nil
	})
}

// inflated returns what a file compressed with gzip holds, and any other as it is.
func inflated(data []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return data
	}
	plain, err := io.ReadAll(io.LimitReader(z, 64<<20))
	if err != nil {
		return data
	}
	return plain
}

// parts judges the XML parts of an office file, a book or another package.
func (s *survey) parts(ctx context.Context, path string, extensions []string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil //nolint:nilerr // Test data of office libraries holds files that are none.
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if !slices.Contains(extensions, filepath.Ext(f.Name)) || f.UncompressedSize64 > 64<<20 {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil //nolint:nilerr // As above.
		}
		data, err := io.ReadAll(io.LimitReader(r, 64<<20))
		if err != nil {
			return nil //nolint:nilerr // As above.
		}
		part := f.Name
		if !slices.Contains(office, strings.ToLower(filepath.Ext(path))) {
			part = "" // It is judged as a document of its own.
		}
		if err := s.judge(ctx, path+"!"+f.Name, part, data); err != nil {
			return err
		}
	}
	return nil
}

// judge judges one document; part is its name in an office file.
func (s *survey) judge(ctx context.Context, path, part string, data []byte) error {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if sum := sha256.Sum256(data); s.seen[sum] {
		s.duplicates++
		return nil
	} else if s.seen[sum] = true; len(start) == 0 || start[0] != '<' || isHTML(start) {
		return nil
	}
	kind, opts := kindOf(path, part, start)
	within := lim
	if !s.bare {
		opts = append(opts, words(kind, part)...)
	}
	if !s.bare && part == "" {
		within.OutputBytes = 64 * limits.MiB
	}
	if s.lift {
		opts = append(opts, safexml.UnsafeAllow(safexml.RuleDoctype, safexml.RuleSchemaLocation))
	}
	t := s.kinds[kind]
	if t == nil {
		t = &tally{refused: map[string]int{}}
		s.kinds[kind] = t
	}
	t.documents++
	checked, err := safexml.NewReader(ctx, bytes.NewReader(data), within, opts...)
	if err == nil {
		_, err = io.Copy(io.Discard, checked)
	}
	var why string
	if rule, ok := errors.AsType[*safexml.RuleError](err); ok {
		why = string(rule.Rule)
	} else if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		why = "limit: " + exceeded.Resource.String()
	} else if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	} else {
		t.accepted++
		return nil
	}
	t.refused[why]++
	if s.list == why || s.list == "all" {
		fmt.Printf("%s: %s: %v\n", kind, path, err)
	}
	return nil
}

// words are the options that a service would choose for a kind of document.
func words(kind, part string) []safexml.Option {
	switch {
	case part != "":
		return nil
	case kind == "svg":
		return []safexml.Option{safexml.SkipDoctype(), safexml.LiteralEntities(), safexml.Hyperlinks(), safexml.DataFonts(),
			charset.Allow(slices.Collect(charset.Labels())...)}
	}
	return []safexml.Option{safexml.SkipDoctype(), safexml.HTMLEntities(), safexml.UTF16(),
		charset.Allow(slices.Collect(charset.Labels())...)}
}

// isHTML reports whether a document is HTML, which is no XML.
func isHTML(start []byte) bool {
	head := bytes.ToLower(start[:min(len(start), 200)])
	return bytes.HasPrefix(head, []byte("<html")) || bytes.HasPrefix(head, []byte("<!doctype html")) &&
		!bytes.Contains(head, []byte("xhtml"))
}

// kindOf returns what a document is, by its root element and where it was found, and how it is
// judged.
func kindOf(path, part string, start []byte) (kind string, opts []safexml.Option) {
	if part != "" {
		return "part of " + strings.TrimPrefix(strings.ToLower(filepath.Ext(path[:strings.IndexByte(path, '!')])),
			"."), []safexml.Option{safexml.OOXML(), safexml.PartName(part)}
	}
	root := rootOf(start)
	if root == "svg" {
		return "svg", []safexml.Option{safexml.SVG(), safexml.DataImages()}
	} else if file, _, ok := strings.Cut(path, "!"); ok {
		return "part of " + strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), "."), nil
	}
	return root, nil
}

// rootOf returns the name of the first element, without its prefix, as far as a short look tells.
func rootOf(b []byte) string {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 || i+1 >= len(b) {
			return "?"
		}
		b = b[i:]
		var closer string
		switch {
		case bytes.HasPrefix(b, []byte("<!--")):
			closer = "-->"
		case bytes.HasPrefix(b, []byte("<?")):
			closer = "?>"
		case bytes.HasPrefix(b, []byte("<!")):
			closer = ">"
			if open, end := bytes.IndexByte(b, '['), bytes.IndexByte(b, '>'); open >= 0 && open < end {
				closer = "]>"
			}
		default:
			name := b[1:]
			if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
				name = name[:end]
			}
			return string(name[bytes.IndexByte(name, ':')+1:])
		}
		end := bytes.Index(b, []byte(closer))
		if end < 0 {
			return "?"
		}
		b = b[end+len(closer):]
	}
}

// print prints a line for each kind, the most frequent first; those of fewer than five documents
// together.
func (s *survey) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	total := tally{refused: map[string]int{}}
	rest := tally{refused: map[string]int{}}
	names := slices.SortedFunc(maps.Keys(s.kinds), func(a, b string) int {
		if n := s.kinds[b].documents - s.kinds[a].documents; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	fmt.Fprintln(t, "root element\tdocuments\taccepted\trefused")
	for _, name := range names {
		k := s.kinds[name]
		total.add(k)
		if k.documents < 5 {
			rest.add(k)
			continue
		}
		k.print(t, name)
	}
	rest.print(t, "others")
	total.print(t, "all")
	fmt.Fprintf(t, "%d kinds, %d further copies\n", len(names), s.duplicates)
	return t.Flush()
}

func (t *tally) add(other *tally) {
	t.documents += other.documents
	t.accepted += other.accepted
	for rule, n := range other.refused {
		t.refused[rule] += n
	}
}

func (t *tally) print(w io.Writer, name string) {
	var refused []string
	for _, rule := range slices.Sorted(maps.Keys(t.refused)) {
		refused = append(refused, fmt.Sprintf("%s %d", rule, t.refused[rule]))
	}
	_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", name, t.documents, t.accepted, strings.Join(refused, ", "))
}
