package unicodeid

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// A Name is one that Register has accepted: what to show, what to look up, and what lookalikes
// share. The zero Name is none.
type Name struct {
	display   Display
	key       Key
	skeletons [2]Skeleton // the second is zero where there is one
}

// Display returns the form to show.
func (n Name) Display() Display { return n.display }

// Key returns the form to look up.
func (n Name) Key() Key { return n.key }

// Skeletons returns the skeletons of the name, one or two, without repetition. Store each of them
// in a table where it is unique.
func (n Name) Skeletons() []Skeleton {
	switch {
	case n.skeletons[0].text == "":
		return nil
	case n.skeletons[1].text == "":
		return []Skeleton{n.skeletons[0]}
	}
	return []Skeleton{n.skeletons[0], n.skeletons[1]}
}

// ConflictsWith reports whether the two names are the same or look the same: their keys are equal
// or their skeletons meet. The zero Name conflicts with nothing.
func (n Name) ConflictsWith(other Name) bool {
	if n.key.IsZero() || other.key.IsZero() {
		return false
	}
	if n.key == other.key {
		return true
	}
	for _, s := range n.Skeletons() {
		if slices.Contains(other.Skeletons(), s) {
			return true
		}
	}
	return false
}

// MarshalText returns the display form: what a client of an API is shown. There is no way back but
// Register.
func (n Name) MarshalText() ([]byte, error) { return n.display.MarshalText() }

// A Display is a name as it is shown: NFC, without outer white space, otherwise as it was typed. It
// is for people; compare keys.
type Display struct{ text string }

// String returns the text as it is. In a sentence, a table or a page use Isolated.
func (d Display) String() string { return d.text }

// Isolated returns the text between U+2068 and U+2069 (UAX 9), so that a right-to-left name does
// not reorder what stands around it.
func (d Display) Isolated() string { return "\u2068" + d.text + "\u2069" }

// Value stores the text.
func (d Display) Value() (driver.Value, error) {
	text, err := d.MarshalText()
	return string(text), err
}

// Scan reads a stored display form, with the check of UnmarshalText.
func (d *Display) Scan(src any) error {
	text, err := scanText("unicodeid.Display", src)
	if err != nil {
		return err
	}
	return d.UnmarshalText([]byte(text))
}

// ErrNotDisplay is returned by Display.Scan and Display.UnmarshalText for text that Register could
// not have stored.
var ErrNotDisplay = errors.New("unicodeid: the text is no display form")

// MarshalText returns the text. The zero Display is an error.
func (d Display) MarshalText() ([]byte, error) {
	if d.text == "" {
		return nil, fmt.Errorf("unicodeid.Display: the zero Display is no name's: %w", ErrNotDisplay)
	}
	return []byte(d.text), nil
}

// UnmarshalText takes text that is NFC, has no outer white space and holds no control, direction
// control or unassigned code point; other text is ErrNotDisplay. It is for what Register accepted
// and a table kept: it is no policy.
func (d *Display) UnmarshalText(text []byte) error {
	s := string(text)
	if trimmed, _ := trim(s); s == "" || len(s) > maxStored || trimmed != s || !ucd.IsNFC(s) || !showable(s) {
		return fmt.Errorf("unicodeid.Display: %s: %w", limits.Quote(s), ErrNotDisplay)
	}
	d.text = s
	return nil
}

func showable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		p := ucd.Of(r)
		if p.Has(layout.BidiControl) || !p.Has(layout.DefaultIgnorable) && noKey(p) != "" {
			return false
		}
	}
	return true
}

// A Skeleton is equal for names that look the same (UTS 39, section 4). It is only ever compared:
// it has no String and no JSON, because the skeleton of one name may read like another.
type Skeleton struct{ text string }

// ErrStaleSkeleton is returned by Skeleton.Scan for text that is no skeleton under today's tables:
// made from others, it would miss lookalikes in silence. Make the skeletons of the stored names
// again ([Profile.UnsafeAdopt]).
var ErrStaleSkeleton = errors.New("unicodeid: the stored text is not a skeleton of these tables")

// ErrNotSkeleton is ErrStaleSkeleton.
//
// Deprecated: use ErrStaleSkeleton.
var ErrNotSkeleton = ErrStaleSkeleton

// Value stores the skeleton as text. The zero Skeleton is an error.
func (s Skeleton) Value() (driver.Value, error) {
	if s.text == "" {
		return nil, fmt.Errorf("unicodeid.Skeleton: the zero Skeleton cannot be stored: %w", ErrStaleSkeleton)
	}
	return s.text, nil
}

// Scan reads a stored skeleton. Text that no name of today's tables has as its skeleton, because a
// character in it has a prototype, is ErrStaleSkeleton, and leaves s as it was.
func (s *Skeleton) Scan(src any) error {
	text, err := scanText("unicodeid.Skeleton", src)
	if err != nil {
		return err
	}
	if text == "" || len(text) > maxStored || !ucd.IsFoldedSkeleton(text) {
		return fmt.Errorf("unicodeid.Skeleton: %s: %w", limits.Quote(text), ErrStaleSkeleton)
	}
	s.text = text
	return nil
}

// SimilarTo reports whether the names are alike to a reader in a hurry: they conflict, or would if
// marks were left out (josé and jose), digits read as letters (b0b), I, l and 1 taken for one
// letter, and rn for m. It is for reports and candidates, not for a refusal: it is symmetric and
// not transitive, and so no column can hold it. It is false for the zero Name, and for a name of
// the same key.
func (n Name) SimilarTo(other Name) bool {
	if n.key.IsZero() || other.key.IsZero() || n.key == other.key {
		return false
	}
	if n.ConflictsWith(other) {
		return true
	}
	for _, a := range n.Skeletons() {
		for _, b := range other.Skeletons() {
			if bytes.Equal(rough(a.text), rough(b.text)) {
				return true
			}
		}
	}
	return false
}

// rough returns a skeleton without its marks as the symbols that words are found by.
func rough(skeleton string) []byte {
	var out []byte
	for _, r := range string(ucd.NFKD(nil, skeleton)) {
		if r == finalNun {
			r = 'l' // As a vav.
		}
		if c := ucd.Of(r).Category(); c != layout.Mn && c != layout.Me {
			out = appendSymbols(out, r)
		}
	}
	return out
}
