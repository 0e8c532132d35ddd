package limitshttp

import (
	"context"
	"errors"
	"iter"
	"net/http"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Options says what one request may cost, and what all of them together.
type Options struct {
	// Body is how many bytes of the request's body may be read. It is required;
	// limits.UnsafeUnlimited is for a handler that bounds it itself.
	Body limits.Bytes
	// Envelope is around everything that the handler does with the request's context, as
	// limits.With puts it there: at least one of OutputBytes, Steps, MemoryBytes and Time, and none
	// of the others. Under a Pool with MemoryBytes it must set MemoryBytes.
	Envelope limits.Limits
	// Pool is what the first operation of each request takes its place in, for the whole request.
	// None if it is nil.
	Pool *limits.Pool
	// Observer is told of the operations under the request's context. None if it is zero.
	Observer limits.Observer
	// Decode has a decoder for each Content-Encoding that is taken, by its lower-case name; see
	// decompress.ContentCodings. Body bounds what comes over the wire, the decoder's own limits
	// what it becomes. A request with one listed coding reaches the handler with its Body decoded,
	// without Content-Encoding and Content-Length, and with a ContentLength of -1. "identity" and
	// an empty header pass. A coding that is not listed, and more than one coding (in one header or
	// several), is answered with 415 and the list in Accept-Encoding before any of the body is
	// read.
	//
	// If it is nil, no coding is looked at. If it is empty and not nil, every coding is 415.
	Decode map[string]Decoder
	// Forms, if it is not zero, has every form body (urlencoded and multipart) read under these
	// limits before the handler is called, by [ParseForm] and [ParseMultipart], and a broken or too
	// large one answered. FormValue and FormFile then have no error of the body to drop. The query of
	// a request without a form is not looked at: ParseForm refuses one that is broken. Items is
	// required, to MaxParts; InputBytes of a multipart form is Body where it is not set.
	Forms limits.Limits
	// Rules are those of the packages that the handler uses, by the name that their errors begin
	// with, as {"safezip": safezip.Rules()}. [Fail] then tells the sender the Advice of the rule
	// that was broken.
	Rules map[string]iter.Seq[limits.RuleInfo]
	// Error answers a request that Handler refuses itself. It is [Fail] if it is nil.
	Error func(w http.ResponseWriter, r *http.Request, err error)
}

// op is what errors of the configuration name.
const op = "limitshttp.Handler"

// Check returns a [*limits.ConfigError] with everything that is wrong, or nil. [Handler] refuses
// every request where there is something: call Check once, when the program starts.
func (o Options) Check() error {
	var problems []limits.FieldProblem
	if config, ok := errors.AsType[*limits.ConfigError](limits.Limits{InputBytes: o.Body}.Check(op,
		limits.InputBytes)); ok {
		for _, p := range config.Problems {
			p.Field = "Options.Body"
			problems = append(problems, p)
		}
	}
	ctx := context.Background()
	if o.observed() {
		trial := o.Observer
		if trial.Func != nil {
			// There is nothing to tell of a trial.
			trial.Func = func(context.Context, limits.Event) {}
		}
		ctx = limits.WithObserver(ctx, trial)
	}
	ctx, cancel, err := limits.With(ctx, o.Envelope)
	defer cancel()
	if err == nil {
		err = o.admissible(ctx)
	}
	if config, ok := errors.AsType[*limits.ConfigError](err); ok {
		problems = append(problems, config.Problems...)
	}
	problems = append(problems, o.decodeProblems()...)
	problems = append(problems, o.formProblems()...)
	if problems == nil {
		return nil
	}
	return &limits.ConfigError{Op: op, Problems: problems}
}

// formProblems finds what is wrong with Forms.
func (o *Options) formProblems() []limits.FieldProblem {
	if o.Forms == (limits.Limits{}) {
		return nil
	}
	var p setup.Problems
	unspent(&p, o.Forms)
	if o.Forms.Items > MaxParts || o.Forms.Items == limits.UnsafeUnlimited {
		p.Add("Items", "is more than %d, which is as many parts as mime/multipart reads", MaxParts)
	}
	config, _ := errors.AsType[*limits.ConfigError](p.Err(op, o.Forms, limits.Items))
	if config == nil {
		return nil
	}
	for i := range config.Problems {
		config.Problems[i].Field = "Options.Forms." + config.Problems[i].Field
	}
	return config.Problems
}

// admissible has an operation start under what a request would have, in a pool that has the same
// room for one operation and is empty.
func (o Options) admissible(ctx context.Context) error {
	if o.Pool != nil {
		like, err := limits.NewPool(o.Pool.Stats().Limits)
		if err != nil {
			like = nil // It was not made by NewPool, and nil says so, too.
		}
		ctx = limits.WithPool(ctx, like)
	}
	b, err := limits.Limits{}.Start(ctx, op)
	b.Close()
	return err
}

// observed reports whether there is an observer, be it one that cannot be told.
func (o Options) observed() bool {
	return o.Observer.Func != nil || o.Observer.Soft != limits.Limits{}
}
