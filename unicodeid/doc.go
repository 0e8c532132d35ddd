// Package unicodeid turns a name as it was typed into one key, the same at sign-up and at
// login.
//
// Where sign-up trims one kind of white space and login another, or one side drops an invisible
// character that the other keeps, two rows stand for one name, and who makes the second takes the
// first over. Here a raw string, the form that is shown, the key that is looked up and the skeleton
// that lookalikes share are four types that do not mix, and there is one way from one to the next:
//
//	profile, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64}, unicodeid.Reserved("admin", "root"))
//
//	name, err := profile.Register(ctx, form.Name)   // sign-up: store name.Display(), name.Key(), name.Skeletons()
//	key, err := profile.Lookup(ctx, form.Name)      // login: SELECT … WHERE key = $1; then, and only then, the password
//
// Register refuses with an [*Error] that lists every problem and where it is. Lookup has no policy:
// it answers with the key that any spelling of a registered name leads to, and with [ErrNoKey],
// which means "answer as for a user who does not exist".
//
// # Limits
//
// A name is short, so it is bounded by its length, and hardly anything is measured while the bound
// is kept: the context is looked at once on entry. A step is one code point that the policy, or a
// pass of the key mapping, takes in; a name of plain ASCII costs one a byte.
//
//	Field        Required  Default                       Meaning
//	InputBytes   yes       none                          size of the raw name in UTF-8, before anything is trimmed; 255 is usual
//	OutputBytes  no        4 × InputBytes                size of the display form, the key, and each skeleton
//	Items        yes       none                          code points of the raw name, and again of the display form and the key; 64 is usual
//	Depth        no        4 (DefaultDepth)              nonspacing marks on one base letter
//	Steps        no        1 Mi (DefaultSteps)           code points taken in by the policy and by the passes of the key mapping
//	MemoryBytes  no        1 MiB (DefaultMemoryBytes)    held by one call: 40 bytes for each code point of the longest form in between and of each skeleton, in Register 192 for each of the name, and 96 for each where words are looked for
//	Time         no        1 s (DefaultTime)             wall clock of one call, looked at every 65,536 steps, and every 4,096 code points of a pass over the name
//
// Memory is accounted for: the peak of the heap stays below twice of that, and 2 MiB; at GOGC=100,
// with nothing else in the heap, below three times of that, and 2 MiB. Where the
// context carries no envelope, no Pool and no observer, a short name of ASCII letters and digits,
// with single hyphens, low lines and full stops between them, is held to the limits by its length
// alone.
//
// The display form has at most 32 grapheme clusters ([DefaultGraphemes], see [Graphemes]) and at
// least one ([MinGraphemes]).
// [Profile.Audit] has limits of its own.
//
// # The key
//
// The key of a raw name is: valid UTF-8, never repaired; outer White_Space trimmed;
// Default_Ignorable_Code_Point dropped; NFD, full case folding, NFKC, folding, NFKC; and again from
// the trimming on until nothing changes. A control, a private-use code point, a noncharacter or
// what was unassigned in Unicode 15.0 has no key. There is no locale: dotless ı is another letter
// than i, and a lookalike of it. It depends on no option, so that a key means the same under every
// [Profile]; [KeyVersion] names the mapping, and all tables are of Unicode 15.0.0 for good.
//
// K(K(x)) = K(x), and K(NFC(x)) = K(NFD(x)) = K(x), within the limits.
//
// The key tells an apostrophe (' or ’) from the letter U+02BC, as it tells all that NFKC does: a
// login typed with ' does not find a name that was registered with U+02BC. Register offers the
// letter as a Fix for the sign, so that the user sees what the name is; a page for logins may try
// both.
//
// # The policy at sign-up
//
// A character is never suspicious by itself. A character that is invisible, reorders text, is a
// compatibility form of other letters, or is neither recommended for identifiers (UTS 39,
// Identifier_Status of 15.0) nor a letter or mark that CLDR has among the main exemplar characters
// of a language with a recommended script, is refused. So is a name that mixes scripts beyond
// Highly Restrictive, mixes digits, piles marks up, or is reserved. Nothing is renamed: only outer
// white space is left out and NFC composed. Joiners, the middle dot, the tsheg, geresh and the like
// are let in where they belong to a word. [Rules] lists every check, and [Texts] what each says.
//
// [DisplayName] is another policy, for what people are called on a page.
//
// # Lookalikes
//
// A skeleton (UTS 39, section 4) is equal for names that look the same. One is not enough: case
// folding before it hides the l in paypaI, folding after it the capital of another script. So a
// name has a set, and two names conflict when their sets meet ([Name.ConflictsWith]). A dot above
// on a letter that has one drops out, so do the vowel points of Arabic and Hebrew, emoji that show
// letters are those letters, letters of Chinese and Japanese of so few strokes that they pass for a
// Latin letter or a hyphen are that, others are so beside Latin letters (尸énélope), vowel
// letters and dead consonants of South Asia are the same spelt out (ആൽ, ആല്‍), a caron that is
// drawn as an apostrophe is one (ľ, lʼ), and marks of which no reader sees the order, as in Thai,
// have one order. [Name.SimilarTo] is wider, for reports. A name of before that the policy refuses
// gets its skeletons from [Profile.UnsafeAdopt].
//
// # Storing
//
// Let the database decide, by constraints, in one transaction: never look first and insert then.
//
//	CREATE TABLE users (
//	  id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
//	  display     text NOT NULL,
//	  key_profile text NOT NULL,                                         -- Profile.ID()
//	  key         text COLLATE "C" NOT NULL UNIQUE CHECK (key <> '' AND octet_length(key) <= 1020)
//	);
//	CREATE TABLE user_skeletons (
//	  skeleton text COLLATE "C" PRIMARY KEY,
//	  user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE
//	);
//
// That is PostgreSQL. A column must compare code points or bytes; most compare by a language unless
// told otherwise, and Debian's default of MariaDB takes 69,765 of 108,906 different keys for
// others:
//
//	PostgreSQL  text COLLATE "C"
//	SQLite      TEXT COLLATE BINARY, and length(CAST(key AS BLOB)) for octet_length(key)
//	MySQL       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, in a strict mode; skeletons VARCHAR(768)
//	SQL Server  nvarchar(255) COLLATE Latin1_General_100_BIN2
//
// A login that finds two rows must fail: the constraint was not there when they came. The package
// examples/accounts has the statements for three databases, and rename, release and reset.
//
// # What is not guaranteed
//
// That no reader takes two names for one another: fonts differ. Letters that the readers of a
// language tell apart stay apart, though others may not: Clara and Dara, ख and रव, ü and ű, 未 and
// 末, עדו and עדן, José and Jose; so does a whole name of Chinese characters that an alphabet of
// strokes spells (卂刀从). A last ya with and without dots (علي, على) is one letter: Egypt and Iran
// write it without. That a name is polite: see [Blocked]. Display forms of
// right-to-left names belong between isolates ([Display.Isolated]). A service that compares names
// in a locale, or wants the case of a name to tell two users apart, should not use this package.
package unicodeid
