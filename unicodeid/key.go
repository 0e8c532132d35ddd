package unicodeid

import (
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/seed73825598/airlock/limits"
)

// KeyVersion is the version of the key mapping alone. It changes only if one name's key does, which
// would be a new major version of this module.
const KeyVersion = 1

// A Key is what a name is looked up by: two names are the same if their keys are equal by ==. The
// zero Key is no name's.
//
// It goes into a database by Value and comes back by Scan; a column for it compares bytes (COLLATE
// "C" or BINARY). It has no String method, so that a key is not shown by mistake where the display
// form belongs: Text says what it is.
type Key struct{ text string }

// ErrStaleKey is returned by Key.Scan and Key.UnmarshalText for text that is no key under today's
// mapping: it was stored by other means, and a comparison with it would miss the user in silence.
// Map the stored name again with [Profile.Audit] in view.
var ErrStaleKey = errors.New("unicodeid: the stored text is not a key: it was not made by this mapping")

// Text returns the key as text: valid UTF-8, NFKC, case folded, never empty for a key that Register
// or Lookup returned.
func (k Key) Text() string { return k.text }

// IsZero reports the zero Key, which is no name's.
func (k Key) IsZero() bool { return k.text == "" }

// Value stores the key as text. The zero Key is an error: an empty key in a table would be
// everyone's.
func (k Key) Value() (driver.Value, error) {
	if k.text == "" {
		return nil, fmt.Errorf("unicodeid.Key: the zero Key cannot be stored: %w", ErrStaleKey)
	}
	return k.text, nil
}

// Scan reads a stored key. Text that is not its own key is ErrStaleKey, and leaves k as it was.
func (k *Key) Scan(src any) error {
	text, err := scanText("unicodeid.Key", src)
	if err != nil {
		return err
	}
	return k.set(text)
}

// MarshalText returns the key as text. The zero Key is an error.
func (k Key) MarshalText() ([]byte, error) {
	if k.text == "" {
		return nil, fmt.Errorf("unicodeid.Key: the zero Key cannot be marshaled: %w", ErrStaleKey)
	}
	return []byte(k.text), nil
}

// UnmarshalText reads what MarshalText wrote, with the check of Scan.
func (k *Key) UnmarshalText(text []byte) error { return k.set(string(text)) }

func (k *Key) set(text string) error {
	if text == "" || len(text) > maxStored || !isKey(text) {
		return fmt.Errorf("unicodeid.Key: %s: %w", limits.Quote(text), ErrStaleKey)
	}
	k.text = text
	return nil
}

// maxStored is more than any limit on names asks for, and bounds what reading a column may cost.
const maxStored = 1 << 20

// isKey reports whether the mapping leaves text as it is.
func isKey(text string) bool {
	if inert(text) {
		return true
	}
	m := mapper{max: maxStored}
	got, fault := m.key(text)
	return fault == nil && got == text
}

// scanText takes the text from what a database driver returned.
func scanText(what string, src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case nil:
		return "", fmt.Errorf("%s: the column is NULL", what)
	default:
		return "", fmt.Errorf("%s: the column is a %T, not text", what, src)
	}
}
