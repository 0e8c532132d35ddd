package unicodeid

import (
	"context"
	"errors"
	"hash/maphash"
	"iter"

	"github.com/seed73825598/airlock/limits"
)

// A Row is one user of an existing table.
type Row struct{ ID, Name string }

// Audit reads the rows of an existing table once and calls f for each finding, in the order of the
// rows: names without a key, names with the key of an earlier row, names that look like an earlier
// one, and names that today's policy refuses. One row may have several findings, the gravest first.
// An error from a row (a cursor that failed) ends it and is returned: a table that was read in part
// is not clean. So does an error from f.
//
// lim is for the whole run: Items (rows) and Time are required. MemoryBytes defaults to
// DefaultAuditBytes and holds 96 bytes and the ID of each row, and 48 bytes a skeleton; names are
// not kept. The other fields may not be set. The profile's own limits hold for each name.
func (p *Profile) Audit(ctx context.Context, rows iter.Seq2[Row, error], lim limits.Limits,
	f func(Finding) error) error {
	const op = "unicodeid.Audit"
	if err := p.ready(ctx, op); err != nil {
		return err
	}
	if p.display {
		return errDisplayName(op)
	}
	if err := auditConfig(op, rows == nil, f == nil, lim); err != nil {
		return err
	}
	if lim.MemoryBytes == 0 {
		lim.MemoryBytes = DefaultAuditBytes
	}
	budget, err := lim.Start(ctx, op, limits.Items, limits.Time)
	if err != nil {
		return err
	}
	defer budget.Close()
	a := &audit{p: p, ctx: budget.Context(), budget: budget, report: f, seeds: [2]maphash.Seed{maphash.MakeSeed(),
		maphash.MakeSeed()},
		keys: map[digest]uint32{}, looks: map[digest]uint32{}}
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := a.row(row); err != nil {
			return err
		}
	}
	return budget.Err()
}

// DefaultAuditBytes is what Audit may hold if MemoryBytes is not set: more than a million rows.
const DefaultAuditBytes = 256 * limits.MiB

// The memory that Audit accounts for: a row's ID in the list of IDs and its key in a map, and a
// skeleton in a map, each map half empty at worst.
const (
	bytesPerRow  = 96
	bytesPerLook = 48
)

func auditConfig(op string, noRows, noFunc bool, lim limits.Limits) error {
	var problems []limits.FieldProblem
	add := func(field, reason string) {
		problems = append(problems, limits.FieldProblem{Field: field, Reason: reason})
	}
	if noRows {
		add("rows", "is nil")
	}
	if noFunc {
		add("f", "is nil")
	}
	for field, set := range map[string]bool{"InputBytes": lim.InputBytes != 0, "OutputBytes": lim.OutputBytes != 0,
		"Depth": lim.Depth != 0, "Steps": lim.Steps != 0} {
		if set {
			add(field, "is a limit of each name: set it in New")
		}
	}
	if problems != nil {
		return &limits.ConfigError{Op: op, Problems: problems}
	}
	return nil
}

// A digest stands for a key or a skeleton. Its seeds are random: a user cannot make two names of
// one digest, and by chance a million names meet with a probability below 2^-80.
type digest [2]uint64

type audit struct {
	p      *Profile
	ctx    context.Context
	budget *limits.Budget
	report func(Finding) error
	seeds  [2]maphash.Seed
	ids    []string
	keys   map[digest]uint32 // the first row with the key
	looks  map[digest]uint32 // the first row with the skeleton
}

func (a *audit) digest(s string) digest {
	return digest{maphash.String(a.seeds[0], s), maphash.String(a.seeds[1], s)}
}

// row looks at one row. A refused name is looked up all the same: its owner may be there already.
func (a *audit) row(row Row) error {
	if err := a.budget.Spend(limits.Items, 1); err != nil {
		return err
	}
	name, err := a.p.Register(a.ctx, row.Name)
	refusal, refused := errors.AsType[*Error](err)
	if err != nil && !refused {
		return a.ended(err)
	}
	if refused {
		key, err := a.p.Lookup(a.ctx, row.Name)
		if errors.Is(err, ErrNoKey) {
			return a.report(Finding{Kind: NoKey, Row: row, Problems: refusal.Problems})
		}
		if err != nil {
			return a.ended(err)
		}
		display, _ := trim(row.Name)
		name = a.p.name(display, key.text, skeleton(display)(display), skeleton(key.text)(key.text))
	}
	if err := a.compare(row, name); err != nil {
		return err
	}
	if refused {
		return a.report(Finding{Kind: Refused, Row: row, Problems: refusal.Problems})
	}
	return nil
}

// ended returns the refusal of the budget where that is what ended the context of a call.
func (a *audit) ended(err error) error {
	if spent := a.budget.Err(); spent != nil {
		return spent
	}
	return err
}

// compare holds the name against all before it, and remembers it.
func (a *audit) compare(row Row, name Name) error {
	number := uint32(len(a.ids)) //nolint:gosec // A list of 2^32 rows takes more memory than any budget was asked for.
	key := a.digest(name.key.text)
	if first, ok := a.keys[key]; ok {
		return a.report(Finding{Kind: Collision, Row: row, Other: a.ids[first]})
	}
	if err := a.budget.Hold(limits.MemoryBytes, bytesPerRow+int64(len(row.ID))); err != nil {
		return err
	}
	a.ids = append(a.ids, row.ID)
	a.keys[key] = number
	like := number
	for _, s := range name.skeletons {
		if s.text == "" {
			continue
		}
		look := a.digest(s.text)
		if first, ok := a.looks[look]; ok {
			like = min(like, first)
			continue
		}
		if err := a.budget.Hold(limits.MemoryBytes, bytesPerLook); err != nil {
			return err
		}
		a.looks[look] = number
	}
	if like != number {
		return a.report(Finding{Kind: Lookalike, Row: row, Other: a.ids[like]})
	}
	return nil
}
