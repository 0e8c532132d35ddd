// Command svgrender draws what the SVG profile of safexml lets pass, with programs that other
// people wrote, and looks at what they do: which files they open, whether they die, how long they
// take and how much memory.
//
//	go run ./internal/tools/bench/cmd/svgrender [-n 3000] [-program NAME] DIR…
//
// It takes every case of xmltest that passes, and n drawings that are spread over the directories.
// Programs: rsvg (rsvg-convert of the Debian package librsvg2-bin), magick (the renderer of its own
// that ImageMagick has, which translates drawings into a command language: Debian packages
// imagemagick and libmagickcore-6.q16-6-extra) and resvg (the npm package @resvg/resvg-js 2.6.2,
// which node finds in NODE_PATH). Each runs under strace, with 20 seconds of processor time and an
// address space of 4 GiB; node, which reserves more than it uses, has 1 TiB. A file counts as
// opened by the drawing if it is neither the drawing nor one that the program opens for a drawing
// without references, nor a font. The exit status is 1 after a finding.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// lim is what a careful service lets one drawing cost.
var lim = limits.Limits{InputBytes: 16 * limits.MiB, OutputBytes: limits.MiB, MemoryBytes: 256 * limits.MiB,
	Time: 30 * time.Second}

// A program is a renderer.
type program struct {
	command []string // IN stands for the drawing, OUT for the picture
	space   int64    // bytes of address space
}

var programs = map[string]program{
	"rsvg":   {[]string{"rsvg-convert", "--width=200", "--keep-aspect-ratio", "-o", "OUT", "IN"}, 4 << 30},
	"magick": {[]string{"convert", "-limit", "memory", "1GiB", "msvg:IN", "-resize", "200x200", "png:OUT"}, 4 << 30},
	"resvg":  {[]string{"node", "-e", drawByNode, "IN", "OUT"}, 1 << 40},
}

// drawByNode lets resvg read what it likes, as a service does that gives it a path.
const drawByNode = `const fs = require("fs"), {Resvg} = require("@resvg/resvg-js");
const [from, to] = process.argv.slice(1);
fs.writeFileSync(to, new Resvg(fs.readFileSync(from), {fitTo: {mode: "width", value: 200}}).render().asPng());`

func main() {
	n := flag.Int("n", 3000, "how many drawings of the directories are drawn")
	name := flag.String("program", "rsvg", "what draws: rsvg, magick or resvg")
	flag.Parse()
	if err := run(context.Background(), *name, *n, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "svgrender:", err)
		os.Exit(1)
	}
}

// A renderer draws one file after another.
type renderer struct {
	program
	path     string // of the program itself
	dir      string
	usual    map[string]bool // what it opens for any drawing
	drawn    int
	failed   int
	findings int
	slowest  time.Duration
	largest  int64 // most memory, in KiB
}

func run(ctx context.Context, name string, n int, dirs []string) error {
	p, ok := programs[name]
	if !ok {
		return fmt.Errorf("no program %q", name)
	}
	dir, err := os.MkdirTemp("", "svgrender-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path, err := exec.LookPath(p.command[0])
	if err != nil {
		return err
	}
	r := &renderer{program: p, path: path, dir: dir, usual: map[string]bool{}}
	const plain = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>`
	opened, err := r.draw(ctx, []byte(plain))
	if err != nil {
		return err
	}
	for _, name := range opened {
		r.usual[name] = true
	}
	for c := range xmltest.Hostile() {
		r.judge(ctx, c.Name, c.Data)
	}
	for c := range xmltest.Benign() {
		r.judge(ctx, c.Name, c.Data)
	}
	files, err := find(dirs)
	if err != nil {
		return err
	}
	for i := range min(n, len(files)) {
		name := files[i*len(files)/min(n, len(files))]
		data, err := os.ReadFile(name) //nolint:gosec // The directories are the caller's own.
		if err != nil {
			return err
		}
		r.judge(ctx, name, data)
	}
	fmt.Printf("%s: %d drawn, %d of them with an error of the program's own, %d findings; slowest %v, most memory %d "+
		"MiB\n",
		name, r.drawn, r.failed, r.findings, r.slowest.Round(time.Millisecond), r.largest>>10)
	if r.findings > 0 {
		return errors.New("there are findings")
	}
	return nil
}

// find returns the drawings below the directories.
func find(dirs []string) (files []string, err error) {
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, ".svg") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// judge draws a document if it passes, and reports what it makes the program do.
func (r *renderer) judge(ctx context.Context, name string, data []byte) {
	checked, err := safexml.NewReader(ctx, bytes.NewReader(data), lim, safexml.SVG(), safexml.DataImages(),
		safexml.SkipDoctype(), safexml.LiteralEntities(), safexml.Hyperlinks())
	if err != nil {
		return
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(checked); err != nil {
		return
	}
	opened, err := r.draw(ctx, out.Bytes())
	r.drawn++
	switch exit, ok := errors.AsType[*exec.ExitError](err); {
	case ok && exit.ExitCode() > 0 && exit.ExitCode() < 100:
		r.failed++
	case err != nil:
		r.findings++
		fmt.Printf("%s: %v\n", name, err)
	}
	for _, file := range opened {
		if !r.usual[file] {
			r.findings++
			fmt.Printf("%s: opens %s\n", name, file)
		}
	}
}

// openedFile is a line of strace about a file that was opened.
var openedFile = regexp.MustCompile(`^\d+ +(?:openat|open|connect)\([^"\n]*"([^"\n]+)"[^\n]*\) = \d+$`)

// draw draws a document and returns the files that were opened.
func (r *renderer) draw(ctx context.Context, data []byte) (opened []string, err error) {
	in, out, log := filepath.Join(r.dir, "in.svg"), filepath.Join(r.dir, "out.png"), filepath.Join(r.dir, "strace")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	args := []string{"-f", "-qq", "-o", log, "-e", "trace=open,openat,connect", "prlimit", fmt.Sprintf("--as=%d", r.space),
		"--cpu=20"}
	for _, a := range r.command {
		args = append(args, strings.NewReplacer("IN", in, "OUT", out).Replace(a))
	}
	cmd := exec.CommandContext(ctx, "strace", args...) //nolint:gosec // The programs are those above.
	start := time.Now()
	err = cmd.Run()
	r.slowest = max(r.slowest, time.Since(start))
	r.largest = max(r.largest, peak(cmd))
	text, readErr := os.ReadFile(log) //nolint:gosec // It is this program's own.
	if readErr != nil {
		return nil, readErr
	}
	for line := range strings.Lines(string(text)) {
		m := openedFile.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			continue
		}
		name := filepath.Clean(m[1])
		if strings.HasPrefix(name, r.dir) || strings.HasPrefix(name, "/proc/") || strings.HasPrefix(name, "/dev/") ||
			strings.HasPrefix(name, "/sys/") || strings.Contains(name+"/", "/fonts/") || strings.Contains(name, "fontconfig") ||
			strings.HasPrefix(name, "/tmp/magick-") || strings.HasPrefix(name, "/usr/share/mime/") ||
			name == r.path || strings.Contains(name, "/ImageMagick-") || strings.Contains(name, "gdk-pixbuf") ||
			strings.Contains(name, "/lib/") {
			continue
		}
		if !slices.Contains(opened, name) {
			opened = append(opened, name)
		}
	}
	return opened, err
}
