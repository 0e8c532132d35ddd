// Package layout says how the properties of a code point are packed into 64 bits. The generator
// packs them and package ucd unpacks them; one description serves both.
package layout

import "slices"

// Props holds the properties of one code point.
type Props uint64

// The fields, from the lowest bit. The flags follow them.
const (
	categoryBits  = 5
	scriptsBits   = 9
	bidiBits      = 5
	graphemeBits  = 4
	joiningBits   = 3
	combiningBits = 8
	digitBits     = 4

	scriptsAt   = categoryBits
	bidiAt      = scriptsAt + scriptsBits
	graphemeAt  = bidiAt + bidiBits
	joiningAt   = graphemeAt + graphemeBits
	combiningAt = joiningAt + joiningBits
	digitAt     = combiningAt + combiningBits
	flagsAt     = digitAt + digitBits
)

// The binary properties.
const (
	DefaultIgnorable     Props = 1 << (flagsAt + iota)
	WhiteSpace                 // White_Space
	Allowed                    // Identifier_Status Allowed (UTS 39)
	SoftDotted                 // Soft_Dotted
	BidiControl                // Bidi_Control
	Noncharacter               // Noncharacter_Code_Point
	XIDContinue                // XID_Continue
	NFCNo                      // NFC_Quick_Check is No
	NFCMaybe                   // NFC_Quick_Check, and so NFKC_Quick_Check, is Maybe
	NFKCNo                     // NFKC_Quick_Check is No
	Canonical                  // has a canonical decomposition, Hangul syllables not included
	Compat                     // has a compatibility decomposition
	Folds                      // has a full case folding
	Confusable                 // has a prototype in the table of confusables
	Emoji                      // Emoji
	EmojiPresentation          // Emoji_Presentation
	EmojiModifier              // Emoji_Modifier
	EmojiBase                  // Emoji_Modifier_Base
	ExtendedPictographic       // Extended_Pictographic
	KeyInert                   // stands for itself in a key, whatever stands beside it
	Main                       // a main exemplar character of a living language that is not Allowed
	Auxiliary                  // an auxiliary one that is neither
	InSkeleton                 // may stand in a folded skeleton
	flagsEnd
)

// Names of the values of each enumerated property, in the order of their numbers, as the Unicode
// Character Database abbreviates them.
var (
	categories = []string{"Cn", "Cc", "Cf", "Co", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl",
		"No", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs"}
	bidi = []string{"L", "AL", "AN", "B", "BN", "CS", "EN", "ES", "ET", "FSI", "LRE", "LRI", "LRO", "NSM", "ON",
		"PDF", "PDI", "R", "RLE", "RLI", "RLO", "S", "WS"}
	graphemes = []string{"Other", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend",
		"SpacingMark", "L", "V", "T", "LV", "LVT"}
	joinings = []string{"U", "C", "D", "L", "R", "T"}
)

// NoDigit stands for the digit value of what is not a decimal digit.
const NoDigit = 1<<digitBits - 1

// Fields are the enumerated and numeric properties by name, for the generator.
type Fields struct {
	Category, Bidi, Grapheme, Joining string
	Scripts, Combining, Digit         int
}

// Pack returns the fields as Props. It reports whether each value has a number and fits.
func Pack(f Fields) (Props, bool) {
	category, class, cluster, joining := slices.Index(categories, f.Category), slices.Index(bidi, f.Bidi),
		slices.Index(graphemes, f.Grapheme), slices.Index(joinings, f.Joining)
	if min(category, class, cluster, joining, f.Scripts, f.Combining, f.Digit) < 0 || f.Scripts >= 1<<scriptsBits ||
		f.Combining >= 1<<combiningBits || f.Digit > NoDigit {
		return 0, false
	}
	return Props(category) | Props(f.Scripts)<<scriptsAt | Props(class)<<bidiAt | Props(cluster)<<graphemeAt |
		Props(joining)<<joiningAt | Props(f.Combining)<<combiningAt | Props(f.Digit)<<digitAt, true
}

func (p Props) field(at, bits int) int { return int(p >> at & (1<<bits - 1)) }

// Has reports whether one of the flags is set.
func (p Props) Has(flags Props) bool { return p&flags != 0 }

// Category is the General_Category.
func (p Props) Category() Category { return Category(p.field(0, categoryBits)) }

// Scripts is the index of the Script_Extensions in the table of script sets.
func (p Props) Scripts() int { return p.field(scriptsAt, scriptsBits) }

// Bidi is the Bidi_Class.
func (p Props) Bidi() Bidi { return Bidi(p.field(bidiAt, bidiBits)) }

// Grapheme is the Grapheme_Cluster_Break.
func (p Props) Grapheme() Grapheme { return Grapheme(p.field(graphemeAt, graphemeBits)) }

// Joining is the Joining_Type.
func (p Props) Joining() Joining { return Joining(p.field(joiningAt, joiningBits)) }

// Combining is the Canonical_Combining_Class.
func (p Props) Combining() uint8 { return uint8(p.field(combiningAt, combiningBits)) }

// Digit is the value of a decimal digit (General_Category Nd), or NoDigit.
func (p Props) Digit() int { return p.field(digitAt, digitBits) }
