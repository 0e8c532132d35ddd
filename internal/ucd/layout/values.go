package layout

// Category is a General_Category.
type Category uint8

// The general categories, in the order of their names in categories.
const (
	Cn Category = iota
	Cc
	Cf
	Co
	Cs
	Ll
	Lm
	Lo
	Lt
	Lu
	Mc
	Me
	Mn
	Nd
	Nl
	No
	Pc
	Pd
	Pe
	Pf
	Pi
	Po
	Ps
	Sc
	Sk
	Sm
	So
	Zl
	Zp
	Zs
)

// Letter reports a category L*.
func (c Category) Letter() bool { return c >= Ll && c <= Lu }

// Mark reports a category M*.
func (c Category) Mark() bool { return c >= Mc && c <= Mn }

// Number reports a category N*.
func (c Category) Number() bool { return c >= Nd && c <= No }

// Punctuation reports a category P* or S*.
func (c Category) Punctuation() bool { return c >= Pc && c <= So }

// Bidi is a Bidi_Class.
type Bidi uint8

// The bidi classes, in the order of their names in bidi.
const (
	BidiL Bidi = iota
	BidiAL
	BidiAN
	BidiB
	BidiBN
	BidiCS
	BidiEN
	BidiES
	BidiET
	BidiFSI
	BidiLRE
	BidiLRI
	BidiLRO
	BidiNSM
	BidiON
	BidiPDF
	BidiPDI
	BidiR
	BidiRLE
	BidiRLI
	BidiRLO
	BidiS
	BidiWS
)

// Grapheme is a Grapheme_Cluster_Break.
type Grapheme uint8

// The values of Grapheme_Cluster_Break, in the order of their names in graphemes.
const (
	GraphemeOther Grapheme = iota
	GraphemeCR
	GraphemeLF
	GraphemeControl
	GraphemeExtend
	GraphemeZWJ
	GraphemeRegional
	GraphemePrepend
	GraphemeSpacingMark
	GraphemeL
	GraphemeV
	GraphemeT
	GraphemeLV
	GraphemeLVT
)

// Joining is a Joining_Type.
type Joining uint8

// The joining types, in the order of their names in joinings.
const (
	JoiningU Joining = iota
	JoiningC
	JoiningD
	JoiningL
	JoiningR
	JoiningT
)
