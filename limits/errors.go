package limits

// The kinds of error. They are never mixed: an error matches ErrRefused (the input's fault), or
// ErrConfig (the caller's), or ErrBusy (try again), or none of them (the environment, or the
// caller's own context).
var (
	// ErrRefused is matched by every refusal of an input, whether a budget ran out or a rule was
	// broken.
	ErrRefused error = &kind{"input refused", nil}
	// ErrExceeded is matched by a refusal because a budget ran out. It matches ErrRefused itself.
	ErrExceeded error = &kind{"limit exceeded", ErrRefused}
	// ErrConfig is matched by every mistake of the caller: a missing limit, an option out of range,
	// a closed Budget. It says nothing about the input.
	ErrConfig error = &kind{"configuration not usable", nil}
	// ErrBusy is matched when a Pool had no room in time: nothing was done, and the same call may
	// succeed later.
	ErrBusy error = &kind{"no room in the pool", nil}
	// ErrUnset is matched when a required limit is not set, or a limit holds a number that is no
	// budget. It matches ErrConfig itself.
	ErrUnset error = &kind{"limit not set", ErrConfig}
)

// kind is the type of the sentinels: a text, and the wider kind it belongs to.
type kind struct {
	text  string
	wider error
}

func (k *kind) Error() string { return k.text }

func (k *kind) Unwrap() error { return k.wider }

// canceledError is what an operation ends with when the context it was started under is done and no
// budget is the reason. It is a refusal only if its cause is one.
type canceledError struct {
	op    string
	err   error // context.Canceled or context.DeadlineExceeded
	cause error // context.Cause, which may be the same
}

func (e *canceledError) Error() string {
	text := printable(e.op) + ": stopped by the caller's context: " + e.err.Error()
	if cause := e.cause.Error(); cause != e.err.Error() {
		text += ": " + printable(cause)
	}
	return clip(text)
}

// Unwrap returns both, so that errors.Is finds context.Canceled whatever cause the caller gave.
func (e *canceledError) Unwrap() []error { return []error{e.err, e.cause} }
