// Package unicodeid turns what somebody typed as a name into one key, the same at sign-up and at
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
//	MemoryBytes  no        1 MiB (DefaultMemoryBytes)    held by one call: 40 bytes for each code point of the longest form in between, and in Register 192 for each of the name
//	Time         no        1 s (DefaultTime)             wall clock of one call, looked at every 65,536 steps
//
// Memory is accounted for: the peak of the heap stays below twice of that, and 2 MiB.
//
// The display form has at most 32 grapheme clusters ([DefaultGraphemes], see [Graphemes]).
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
// # The policy at sign-up
//
// A character is never suspicious by itself. What is invisible, reorders text, is a compatibility
// form of other letters, is not recommended for identifiers (UTS 39, Identifier_Status of 15.0),
// mixes scripts beyond Highly Restrictive, mixes digits, piles marks up, or is reserved is refused,
// and nothing is renamed: only outer white space is left out and NFC composed. [Rules] lists every
// check.
//
// # Lookalikes
//
// A skeleton (UTS 39, section 4) is equal for names that look the same. One is not enough: case
// folding before it hides the l in paypaI, folding after it the capital of another script. So a
// name has a set, and two names conflict when their sets meet ([Name.ConflictsWith]).
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
// That is PostgreSQL. In SQLite write integer PRIMARY KEY for the first column's type, COLLATE
// BINARY for COLLATE "C", and length(CAST(key AS BLOB)) for octet_length(key). A login that finds
// two rows must fail: the constraint was not there when they came.
//
// # What is not guaranteed
//
// That no reader takes two names for one another: fonts differ, and lookalikes of several letters
// (cl and d) are not all in the tables. That a name is polite: see [Blocked]. Display forms of
// right-to-left names belong between isolates ([Display.Isolated]). Who compares names in a locale,
// or wants the case of a name to tell two users apart, should not use this package.
package unicodeid
