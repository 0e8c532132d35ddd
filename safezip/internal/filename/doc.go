// Package filename decides which names from an archive may become names on disk. The policy is the
// same on every operating system: an archive that unpacks on the developer's machine unpacks on the
// server, and a name that means something else on one of them (a drive, a device, a stream, another
// spelling of the same file) is refused on all.
//
// A name is a path of components with "/" between them. Check says what is wrong with it; Key gives
// what a component is compared by, so that two names that one of the file systems takes for the
// same are seen to collide. Nothing is repaired: a name is taken as it stands or not at all. Only a
// leading "./", which some packers write, is dropped by Clean.
//
// Every name beyond ASCII is reported as NonASCII, and besides under the rules that look at what
// its characters are: a caller who lets such names in leaves out the first and keeps the others.
package filename
