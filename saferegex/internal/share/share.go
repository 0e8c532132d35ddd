// Package share lets package regexset have what package saferegex has made of a pattern, without
// another export: a set runs hundreds of patterns on one text within one budget, and finds out from
// their trees which of them need not run.
package share

import (
	"context"
	"regexp/syntax"

	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Compiled is what a pattern was compiled to.
type Compiled struct {
	Tree    *syntax.Regexp
	Program *rematch.Program
}

// key is the key of a *Compiled in a context.
type key struct{}

// With returns a context under which saferegex.Compile leaves in to what it has made.
func With(ctx context.Context, to *Compiled) context.Context {
	return context.WithValue(ctx, key{}, to)
}

// Leave puts what was made where the context says, if it does.
func Leave(ctx context.Context, tree *syntax.Regexp, program *rematch.Program) {
	if to, ok := ctx.Value(key{}).(*Compiled); ok {
		*to = Compiled{tree, program}
	}
}
