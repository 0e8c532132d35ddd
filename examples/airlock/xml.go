package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

func xmlCommand() command {
	return command{
		name: "xml", args: "FILE...", summary: "say whether documents are XML that may be let in, and what they would have " +
			"programs fetch",
		about: "Prints a verdict for each FILE, what is wrong with it line by line, and the references that some program " +
			"would follow.\n" +
			"Nothing is fetched. The exit status is 1 if one of the files is refused.",
		prepare: func(fs *flag.FlagSet) action {
			x := &xmlFlags{}
			x.register(fs)
			fs.StringVar(&x.profile, "profile", "", "the rules of one `KIND` of document besides: svg, ooxml or signed")
			fs.BoolVar(&x.utf16, "utf16", false, "let in UTF-16")
			return x.run
		},
	}
}

func svgCommand() command {
	return command{
		name: "svg", args: "FILE...", summary: "say whether drawings are safe to show: nothing fetched, nothing run, " +
			"nothing without end",
		about: "As \"airlock xml -profile svg\".",
		prepare: func(fs *flag.FlagSet) action {
			x := &xmlFlags{profile: "svg"}
			x.register(fs)
			fs.BoolVar(&x.images, "images", false, "let in raster images in data: URIs")
			return x.run
		},
	}
}

// xmlFlags are the flags that decide whether a document is let in.
type xmlFlags struct {
	limits              limitsFlag
	allow               rulesFlag
	profile             string
	utf16, images, json bool
}

func (x *xmlFlags) register(fs *flag.FlagSet) {
	x.limits.Limits = limits.Limits{InputBytes: 64 * limits.MiB, Time: 30 * time.Second}
	fs.Var(&x.limits, "limits", "what one document may cost: `LIMITS` among input= output= items= depth= steps= memory= "+
		"time=, separated by spaces")
	fs.Var(&x.allow, "allow", "lift these `RULES`, separated by commas")
	fs.BoolVar(&x.json, "json", false, "print one JSON object for each file instead")
}

func (x *xmlFlags) options() ([]safexml.Option, error) {
	var opts []safexml.Option
	switch x.profile {
	case "":
	case "svg":
		opts = append(opts, safexml.SVG())
	case "ooxml":
		opts = append(opts, safexml.OOXML())
	case "signed":
		opts = append(opts, safexml.Signed())
	default:
		return nil, usageErrorf("-profile %s: want svg, ooxml or signed", limits.Quote(x.profile))
	}
	if x.utf16 {
		opts = append(opts, safexml.UTF16())
	}
	if x.images {
		opts = append(opts, safexml.DataImages())
	}
	if len(x.allow) > 0 {
		opts = append(opts, safexml.UnsafeAllow(x.allow...))
	}
	return opts, nil
}

// A document is what is known of one file, as -json prints it.
type document struct {
	File       string         `json:"file"`
	Verdict    string         `json:"verdict"` // accepted or refused
	Error      *failure       `json:"error"`
	Report     *xmlCounts     `json:"report"`
	Findings   []xmlFinding   `json:"findings"`
	References []xmlReference `json:"references"`

	data []byte
	err  error
}

type xmlCounts struct {
	Bytes      int64  `json:"bytes"`
	Elements   int64  `json:"elements"`
	Attributes int64  `json:"attributes"`
	Nodes      int64  `json:"nodes"`
	Depth      int    `json:"depth"`
	Encoding   string `json:"encoding"`
}

type xmlFinding struct {
	Rule   limits.Rule `json:"rule,omitempty"`
	Where  string      `json:"where"`
	Offset int64       `json:"offset"`
	Line   int         `json:"line"`
	Column int         `json:"column"`
	Detail string      `json:"detail"`
}

type xmlReference struct {
	Mechanism string `json:"mechanism"`
	URI       string `json:"uri"`
	Resolved  string `json:"resolved"`
	Offset    int64  `json:"offset"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
}

func (x *xmlFlags) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return usageErrorf("want at least one FILE after the flags")
	}
	opts, err := x.options()
	if err != nil {
		return err
	}
	var first error
	for _, file := range args {
		d, err := x.look(ctx, file, opts)
		if err != nil {
			return err
		}
		if first == nil {
			first = d.err
		}
		if x.json {
			if err := printJSON(out, d); err != nil {
				return err
			}
			continue
		}
		d.print(out, len(args) > 1)
	}
	if first != nil {
		return &printedError{first}
	}
	return nil
}

// look judges one file three times: for the verdict, with every rule lifted that can be for all
// there is to find, and for its references.
func (x *xmlFlags) look(ctx context.Context, file string, opts []safexml.Option) (*document, error) {
	f, err := os.Open(file) //nolint:gosec // The user names the file.
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	d := &document{File: file, Verdict: "accepted", Findings: []xmlFinding{}, References: []xmlReference{}}
	in := io.Reader(f)
	if n := x.limits.InputBytes; n > 0 {
		in = io.LimitReader(f, int64(n)+1) // One byte more is enough to refuse it.
	}
	if d.data, err = io.ReadAll(in); err != nil {
		return nil, err
	}
	report, err := safexml.Validate(ctx, bytes.NewReader(d.data), x.limits.Limits, opts...)
	if err != nil {
		if !errors.Is(err, limits.ErrRefused) {
			return nil, err
		}
		d.Verdict, d.err, d.Error = "refused", err, newFailure(err)
	} else {
		d.Report = &xmlCounts{report.Bytes, report.Elements, report.Attributes, report.Nodes, report.Depth,
			report.Encoding}
	}
	d.find(ctx, x.limits.Limits, opts)
	err = safexml.EachReference(ctx, bytes.NewReader(d.data), x.limits.Limits, func(r safexml.Reference) error {
		d.References = append(d.References, xmlReference{r.Mechanism.ID, r.URI, r.Resolved, r.Offset, r.Line, r.Column})
		return nil
	}, opts...)
	if err != nil && !errors.Is(err, limits.ErrRefused) {
		return nil, err
	}
	return d, nil
}

// find lists all that rules find, up to the first that no option lifts.
func (d *document) find(ctx context.Context, lim limits.Limits, opts []safexml.Option) {
	var all []safexml.Rule
	for info := range safexml.Rules() {
		if info.Liftable {
			all = append(all, info.Rule)
		}
	}
	report, err := safexml.Validate(ctx, bytes.NewReader(d.data), lim, append(slices.Clip(opts),
		safexml.UnsafeAllow(all...))...)
	if err == nil {
		for _, n := range report.Notes {
			d.Findings = append(d.Findings, xmlFinding{n.Rule, n.Where, n.Offset, n.Line, n.Column, n.Detail})
		}
		return
	}
	if rule, ok := errors.AsType[*limits.RuleError](d.err); ok {
		d.Findings = append(d.Findings, xmlFinding{rule.Rule, rule.Where, rule.Offset, rule.Line, rule.Column,
			rule.Detail})
	}
}

// maxFindings is how many findings and references are shown of one document; -json has all.
const maxFindings = 50

// print shows the document's findings, each with its line and a mark under the place, its
// references, and the verdict.
func (d *document) print(out io.Writer, several bool) {
	if several {
		fmt.Fprintln(out, name(d.File)+":")
	}
	for i, f := range d.Findings {
		if i == maxFindings {
			fmt.Fprintf(out, "... and %d more\n", len(d.Findings)-i)
			break
		}
		fmt.Fprintf(out, "line %d, column %d: %s: %s\n", f.Line, f.Column, f.ruleName(), oneLine(f.Detail))
		d.mark(out, f.Offset)
	}
	if len(d.References) > 0 {
		fmt.Fprintln(out, "references:")
		t := newTable(out)
		t.row("  line", "mechanism", "resource")
		for i, r := range d.References {
			if i == maxFindings {
				t.row(fmt.Sprintf("  ... and %d more", len(d.References)-i))
				break
			}
			t.row(fmt.Sprintf("  %d", r.Line), r.Mechanism, name(r.Resolved))
		}
		t.end()
	}
	if d.err == nil {
		fmt.Fprintf(out, "verdict: accepted (%s, %s, depth %d)\n", count(d.Report.Elements, "element", "elements"),
			limits.Bytes(d.Report.Bytes), d.Report.Depth)
		return
	}
	fmt.Fprint(out, "verdict: ")
	printRefusal(out, &fileError{d.err, d.File, lifting("pass it on", safexml.Rules(), d.err)})
}

func (f *xmlFinding) ruleName() string {
	if f.Rule == "" {
		return "note"
	}
	return string(f.Rule)
}

// mark shows the line around an offset, and a caret under it. Bytes that a terminal might act on
// are shown as points, one column each.
func (d *document) mark(out io.Writer, offset int64) {
	const before, after = 60, 40
	if offset < 0 || offset > int64(len(d.data)) {
		return
	}
	at := int(offset)
	start := max(bytes.LastIndexAny(d.data[:at], "\r\n")+1, at-before)
	end := min(len(d.data), at+after)
	if i := bytes.IndexAny(d.data[at:end], "\r\n"); i >= 0 {
		end = at + i
	}
	shown := bytes.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '.'
		}
		return r
	}, latin(d.data[start:end]))
	fmt.Fprintf(out, "  %s\n  %s^\n", shown, strings.Repeat(" ", at-start))
}

// latin makes every byte beyond ASCII one byte that is not, so that columns count bytes.
func latin(b []byte) []byte {
	b = bytes.Clone(b)
	for i, c := range b {
		if c >= 0x80 {
			b[i] = 0x7f
		}
	}
	return b
}
