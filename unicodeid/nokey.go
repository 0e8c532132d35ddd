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
