package idtest

// An alphabet is what victims' names are made of: a base, which holds what the attack is after, and
// letters that tell one victim from another. Letters that look like others are left out, so that a
// store which compares skeletons accepts every victim.
type alphabet struct {
	base    string // its own key
	letters string
	// try every space, control, format and ignorable code point, not only the best known
	everything bool
}

// latin leaves out vowels, so that no name spells a word that a filter blocks, and c, d, i, l, m,
// n, r, v and w, which look like others in pairs.
const latin = "bfghkpqstxyz"

var alphabets = []alphabet{
	{"waltzfisk", latin, true},
	{"jumpbox", latin, false},
	{"vergodnchyq", latin, false},
	{"strassoffi", latin, false},  // ß and ligatures
	{"u0123456789", latin, false}, // digits of every form
	// the sign of the ångström, and its letters composed and not
	{"jångström", latin, false},
	{"việtnguyễn", latin, false},       // two marks on a letter, in either order
	{"ιησουσ", "βγδζθλξπφψ", false},    // both forms of sigma
	{"йосифщ", "бвгджзлцшэю", false},   // й composed and not
	{"김철수", "가나다라마바사아자차", false},       // syllables and their letters
	{"ガンダム", "サシスセテトナマヤユ", false},      // half width, and voiced by a mark
	{"محمد", "بتثجحخدذرزسش", false},    // presentation forms
	{"משהשלום", "אבגדהזחטכלצק", false}, // presentation forms with points
	{"कुमार", "कखगघचछजझटठ", false},     // vowel signs
	{"王龍神社", "天地玄黃宇宙洪荒星辰", false},      // compatibility ideographs
	{"ნინო", "აბგდევზთიკ", false},      // capitals that are younger than the letters
	{"ոսկան", "աբգդեզէըթժ", false},     // ligatures
	{"əliyev", latin, false},           // a capital in another block
}

// names makes the names of the victims of one alphabet, each once.
type names struct {
	alphabet
	digits []rune
	made   int

	victim, id string // signed up, and not yet attacked with success
	unused     string // to be signed up after an attacker
}

func newNames(a alphabet) *names { return &names{alphabet: a, digits: []rune(a.letters)} }

// width is how many letters tell the victims of an alphabet apart: enough for two of them for each
// spelling.
const width = 5

// next returns the next name: the base, and a number in the letters of the alphabet.
func (n *names) next() string {
	number := make([]rune, width)
	for i, rest := width-1, n.made; i >= 0; i-- {
		number[i] = n.digits[rest%len(n.digits)]
		rest /= len(n.digits)
	}
	n.made++
	return n.base + string(number)
}
