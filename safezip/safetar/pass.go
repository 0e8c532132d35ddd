package safetar

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tarscan"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A pass is one reading of an archive, entry by entry. Every operation is one, so that what one of
// them refuses the others refuse too.
type pass struct {
	config *config
	budget *limits.Budget
	judge  *judge.Judge
	stream *stream
	scan   *tarscan.Scanner
	tree   *tree.Tree

	entries int64
	facts   map[int32]facts  // of directories, by entry
	targets map[int32]string // of symbolic links, by node
	links   map[int32]tree.Entry
	skipped map[int32]bool // entries that SkipMacOS leaves out
	rooted  bool           // the directory that StripPrefix names has come
	listed  []listed       // every entry, for an operation that collects
	whole   bool           // the whole archive was read and accepted
	report  Report
}

// facts is what is kept of a directory: a second header may say the same again.
type facts struct {
	mode     fs.FileMode
	modified time.Time
}

// factBytes is what the facts of a directory take, skipBytes what an entry that is left out does,
// and linkBytes what a link does beside its texts.
const (
	factBytes = 64
	skipBytes = 16
	linkBytes = 200
)

// newPass begins a pass over src.
func (c *config) newPass(b *limits.Budget, src io.Reader, collect bool) (*pass, error) {
	p := &pass{
		config: c, budget: b, facts: map[int32]facts{}, targets: map[int32]string{}, links: map[int32]tree.Entry{},
		skipped: map[int32]bool{},
		judge:   &judge.Judge{Op: c.base.Op, Budget: b, Lifted: c.base.Names.Lifted, Collect: collect},
	}
	s, pieces, err := c.openStream(b, src)
	if err != nil {
		return nil, err
	}
	p.stream = s
	p.tree = tree.New(p.judge, &c.base.Names, 0)
	p.tree.Root = 0
	p.tree.Nodes[0].Wanted = true
	p.rooted = len(c.base.Strip) == 0
	p.scan = tarscan.New(pieces, tarscan.Config{
		Budget: b, Lifted: c.base.Names.Lifted,
		Report: func(f tarscan.Finding) error { return p.judge.Report(judge.Finding(f)) },
		Note:   func(f tarscan.Finding) error { return p.judge.Note(judge.Finding(f)) },
	})
	return p, nil
}

// An item is one entry that has been accepted.
type item struct {
	entry  Entry
	scan   *tarscan.Entry
	node   int32
	wanted bool
	again  bool // a directory that has come before
}

// next returns the next entry that is in the tree. io.EOF means that the whole archive was read and
// accepted.
func (p *pass) next() (*item, error) {
	for {
		e, err := p.scan.Next()
		if errors.Is(err, io.EOF) {
			return nil, p.end()
		}
		if tarscan.Stopped(err) {
			return nil, p.judge.First
		}
		if err != nil {
			return nil, p.gravest(err)
		}
		if err := p.list(e); err != nil {
			return nil, p.judge.Gravest(err)
		}
		it, err := p.add(e)
		if err != nil {
			return nil, p.judge.Gravest(err)
		}
		if it != nil {
			p.place(it)
			return it, nil
		}
	}
}

// gravest is the error of a pass that a stream's refusal has ended, which is a finding as well.
func (p *pass) gravest(err error) error {
	if broken, ok := errors.AsType[*RuleError](err); ok && p.judge.Collect {
		_ = p.judge.Report(judge.Finding{Rule: broken.Rule, Where: broken.Where, Offset: broken.Offset,
			Detail: broken.Detail})
	}
	return p.judge.Gravest(err)
}

// add enters an entry into the tree. It returns nil for one that was refused while more is to be
// seen, and for one above the prefix that is stripped.
func (p *pass) add(e *tarscan.Entry) (*item, error) {
	i := int32(min(p.entries, 1<<31-2)) //nolint:gosec // Each entry is charged to Items or MemoryBytes before.
	p.entries++
	if err := p.pay(e); err != nil {
		return nil, err
	}
	te := treeEntry(e)
	kind, fits, err := p.kind(e, &te)
	if err != nil {
		return nil, err
	}
	name, ok, err := p.tree.Name(&te)
	if err != nil || !ok || !fits {
		return nil, err
	}
	if name.Root && kind != tree.Dir {
		return nil, p.refuse(&te, RuleFileDirCollision, "the root of the archive is no directory here")
	}
	it := &item{scan: e}
	if it.wanted, err = p.wants(i, name, &te); err != nil {
		return nil, err
	}
	if it.again = p.saidAgain(name, &te, kind); it.again {
		it.node = p.find(name.Path)
		if err := p.choose(it, &te); err != nil {
			return nil, err
		}
		it.entry = p.public(&te, e, it.node)
		return it, p.budget.Spend(limits.Items, 1)
	}
	if it.node, err = p.tree.Add(i, &te, name, kind, p.other); err != nil || it.node == tree.NoNode {
		return nil, err
	}
	if err := p.keep(i, it, &te, e); err != nil {
		return nil, err
	}
	if err := p.choose(it, &te); err != nil {
		return nil, err
	}
	it.entry = p.public(&te, e, it.node)
	p.count(it, kind)
	return it, nil
}

// wants asks Select about an entry that SkipMacOS does not leave out.
func (p *pass) wants(i int32, name tree.Name, te *tree.Entry) (bool, error) {
	if name.Skip {
		p.skipped[i] = true
		return false, p.judge.Hold(skipBytes)
	}
	return p.config.base.Select == nil || p.config.base.Select(te), nil
}

// pay spends the size of an entry.
func (p *pass) pay(e *tarscan.Entry) error {
	if most := p.config.base.MaxEntryBytes(); e.Size > most {
		return &limits.ExceededError{Op: p.config.base.Op, Resource: limits.OutputBytes, Limit: most, Used: e.Size,
			Where: e.Name, Option: "MaxEntryBytes"}
	}
	if err := p.budget.Spend(limits.OutputBytes, e.Size); err != nil {
		return limits.At(err, e.Name)
	}
	return nil
}

// treeEntry is an entry as the tree sees it.
func treeEntry(e *tarscan.Entry) tree.Entry {
	mode := fs.FileMode(e.Mode & 0o777)
	switch e.Kind {
	case tarscan.Dir:
		mode |= fs.ModeDir
	case tarscan.Symlink:
		mode |= fs.ModeSymlink
	case tarscan.HardLink:
		mode |= fs.ModeIrregular
	case tarscan.File:
	}
	return tree.Entry{Name: e.Name, Size: e.Size, Dir: e.Kind == tarscan.Dir, Mode: mode, Modified: e.Modified.UTC(),
		UTF8: e.UTF8, Offset: e.Offset}
}

// kind decides whether an entry of its kind may be.
func (p *pass) kind(e *tarscan.Entry, te *tree.Entry) (k tree.Kind, ok bool, err error) {
	switch e.Kind {
	case tarscan.Dir:
		return tree.Dir, true, nil
	case tarscan.Symlink:
		if !p.config.base.Symlinks {
			return tree.Link, false, p.refuse(te, RuleSymlink, "a symbolic link")
		}
		if e.Link == "" || len(e.Link) > tree.MaxLinkTarget {
			return tree.Link, false, p.refuse(te, RuleSymlink, "a symbolic link with a target that is empty or over 4 KiB")
		}
		return tree.Link, true, nil
	case tarscan.HardLink:
		if !p.config.hardLinks {
			return tree.File, false, p.refuse(te, RuleSpecialFile, "a hard link")
		}
	case tarscan.File:
	}
	return tree.File, true, nil
}

// saidAgain reports a directory that has come before and of which the same is said again.
func (p *pass) saidAgain(name tree.Name, te *tree.Entry, kind tree.Kind) bool {
	if kind != tree.Dir {
		return false
	}
	node := p.find(name.Path)
	if node == tree.NoNode || p.tree.Nodes[node].Kind != tree.Dir {
		return false
	}
	first, found := p.facts[p.tree.Nodes[node].Entry]
	return found && first.mode == te.Mode && first.modified.Equal(te.Modified)
}

// find returns the node of a path, or NoNode.
func (p *pass) find(path string) int32 {
	at := int32(0)
	for path != "" {
		component, rest, _ := strings.Cut(path, "/")
		next, found := p.tree.Child(at, component)
		if !found {
			return tree.NoNode
		}
		at, path = next, rest
	}
	return at
}

// other is what is known of an earlier entry that has the same name.
func (p *pass) other(int32) tree.Entry { return tree.Entry{Size: -1} }

// keep keeps what later entries, or the end, are compared with.
func (p *pass) keep(i int32, it *item, te *tree.Entry, e *tarscan.Entry) error {
	switch e.Kind {
	case tarscan.Dir:
		p.facts[i] = facts{te.Mode, te.Modified}
		return p.judge.Hold(factBytes)
	case tarscan.Symlink:
		if err := p.tree.HoldTarget(linkBytes + int64(len(e.Name)+len(e.Link))); err != nil {
			return err
		}
		p.targets[it.node], p.links[i] = e.Link, *te
	case tarscan.HardLink:
		return p.checkHardLink(it, te, e)
	case tarscan.File:
	}
	return nil
}

// checkHardLink finds the file that a hard link leads to: one that came before.
func (p *pass) checkHardLink(it *item, te *tree.Entry, e *tarscan.Entry) error {
	target := *te
	target.Name = e.Link
	name, ok, err := p.tree.Name(&target)
	if err != nil || !ok {
		return err
	}
	node := p.find(name.Path)
	switch {
	case node == tree.NoNode || node == it.node || p.tree.Nodes[node].Kind != tree.File:
		return p.refuse(te, RuleSpecialFile, "a hard link to "+limits.Quote(e.Link)+", which is no file that came before it")
	case it.wanted && !p.tree.Nodes[node].Wanted:
		return p.refuse(te, RuleSpecialFile, "a hard link to "+limits.Quote(e.Link)+", which is not unpacked")
	}
	p.targets[it.node] = p.tree.Path(node)
	return p.judge.Hold(linkBytes + int64(len(e.Link)))
}

// choose marks what of the tree is unpacked, and finds the prefix that is stripped.
func (p *pass) choose(it *item, te *tree.Entry) error {
	if !p.rooted {
		p.setRoot()
	}
	where := p.side(it.node)
	switch {
	case where == beside && it.wanted:
		return p.refuse(te, RuleOutsidePrefix, "the entry does not lie below the prefix that is stripped")
	case where != below:
		it.wanted = false
		return nil
	}
	if it.wanted {
		for id := it.node; id != tree.NoNode && !p.tree.Nodes[id].Wanted; id = p.tree.Nodes[id].Parent {
			p.tree.Nodes[id].Wanted = true
		}
	}
	return nil
}

// setRoot makes the directory that StripPrefix names the root of what is unpacked, as soon as it is
// in the tree.
func (p *pass) setRoot() {
	node := p.find(strings.Join(p.config.base.Strip, "/"))
	if node == tree.NoNode || p.tree.Nodes[node].Kind != tree.Dir {
		return
	}
	p.rooted = true
	p.tree.Nodes[node].Wanted = true
	p.tree.Root = node
}

// Where an entry lies, seen from the prefix that is stripped.
type side uint8

const (
	below side = iota
	above
	beside
)

func (p *pass) side(node int32) side {
	if len(p.config.base.Strip) == 0 {
		return below
	}
	path, prefix := p.tree.Path(node), strings.Join(p.config.base.Strip, "/")
	switch {
	case path == prefix || strings.HasPrefix(path, prefix+"/"):
		return below
	case path == "" || strings.HasPrefix(prefix, path+"/"):
		return above
	}
	return beside
}

// public is an entry as the caller sees it.
func (p *pass) public(te *tree.Entry, e *tarscan.Entry, node int32) Entry {
	entry := publicEntry(te, e)
	entry.Path = p.pathOf(node)
	return entry
}

// publicEntry is an entry as the caller sees it, without its place.
func publicEntry(te *tree.Entry, e *tarscan.Entry) Entry {
	return Entry{Name: te.Name, Link: e.Link, Size: te.Size, Dir: te.Dir, Mode: te.Mode, Modified: te.Modified}
}

// pathOf is the path of a node below the root that is unpacked.
func (p *pass) pathOf(node int32) string { return path.Join(".", p.tree.PathOnDisk(node)) }

// count counts what is unpacked.
func (p *pass) count(it *item, kind tree.Kind) {
	if !it.wanted || kind == tree.Dir {
		return
	}
	p.report.Files++
	p.report.Bytes += it.scan.Size
}

// end judges what can be judged at the end alone.
func (p *pass) end() error {
	if !p.rooted {
		if err := p.judge.Report(judge.Finding{Rule: RuleOutsidePrefix, Detail: "the archive has no directory " +
			limits.Quote(strings.Join(p.config.base.Strip, "/"))}); err != nil {
			return err
		}
	}
	known := p.tree.Entries()
	if err := p.tree.CheckShortNames(known); err != nil {
		return p.judge.Gravest(err)
	}
	if p.config.base.StripTop {
		p.tree.StripTop(func(i int32) bool { return p.skipped[i] })
		p.tree.Nodes[p.tree.Root].Wanted = true
	}
	if err := p.tree.CheckKept(p.config.base.Keep, known); err != nil {
		return p.judge.Gravest(err)
	}
	symlinks := map[int32]string{}
	for node, target := range p.targets {
		if p.tree.Nodes[node].Kind == tree.Link {
			symlinks[node] = target
		}
	}
	if err := p.tree.CheckLinks(symlinks, func(i int32) tree.Entry { return p.links[i] }); err != nil {
		return p.judge.Gravest(err)
	}
	if p.judge.First != nil {
		return p.judge.First
	}
	p.whole = true
	return io.EOF
}

// refuse hands a finding about an entry to the judge.
func (p *pass) refuse(te *tree.Entry, rule Rule, detail string) error {
	return p.judge.Report(judge.Finding{Rule: rule, Where: te.Name, Offset: te.Offset, Detail: detail})
}

// finished is the report at the end of the pass, or as far as it has come.
func (p *pass) finished() *Report {
	r := safezip.ReportOf(p.all())
	r.Files, r.Bytes = p.report.Files, p.report.Bytes
	r.Entries, r.ArchiveBytes, r.Elapsed = p.entries, p.stream.taken.n, p.budget.Usage().Elapsed
	if p.config.base.StripTop && p.tree.Root > 0 {
		r.Stripped = p.tree.Path(p.tree.Root)
	}
	for id := range p.tree.Nodes[1:] {
		id++
		if n := &p.tree.Nodes[id]; n.Kind == tree.Dir && n.Wanted && int32(id) != p.tree.Root {
			r.Dirs++
		}
	}
	r.Notes, r.Findings = findings(p.judge.Notes), findings(p.judge.Findings)
	return r
}

func findings(list []judge.Finding) []Finding {
	if len(list) == 0 {
		return nil
	}
	public := make([]Finding, len(list))
	for i, f := range list {
		public[i] = Finding(f)
	}
	return public
}
