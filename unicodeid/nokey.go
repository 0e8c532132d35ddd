package unicodeid

import (
	"errors"

	"github.com/seed73825598/airlock/limits"
)

// ErrNoKey is matched by every refusal of Lookup, whatever the reason: too long, not UTF-8, empty,
// a character without a key. It means: answer exactly as for a user who does not exist. It also
// matches [limits.ErrRefused]; [errors.As] finds the reason for a log, an *Error.
var ErrNoKey = errors.New("unicodeid: no name has such a key")

type noKeyError struct{ cause *Error }

func (e *noKeyError) Error() string { return e.cause.Error() }

func (e *noKeyError) Is(target error) bool { return target == ErrNoKey || target == limits.ErrRefused }

func (e *noKeyError) Unwrap() error { return e.cause }

// A longNameError is the refusal of a raw name that Lookup does not look at. It keeps what the
// *Error is made of: most logins ask whether the error is ErrNoKey, and no more.
type longNameError struct {
	p    *Profile
	used int // bytes
}

func (e *longNameError) Error() string { return e.cause().Error() }

func (e *longNameError) Is(target error) bool {
	return target == ErrNoKey || target == limits.ErrRefused
}

func (e *longNameError) Unwrap() error { return e.cause() }

func (e *longNameError) cause() *Error {
	return e.p.newOversized(lookupOp, limits.InputBytes, int64(e.p.lim.InputBytes), int64(e.used)).refusal()
}
