package checklist

const generated = `This file is generated: change the package's Rules() or package comment and run "go generate ./...".
`

// callers are the questions that a review asks about the calling code. They come first, because a
// door that the caller walks around stops nothing.
const callers = `## Ten questions about the caller

1. Is every archive/zip, archive/tar, compress/…, encoding/xml, regexp.Compile of run-time text and
   strings.ToLower of a name gone from the paths that outside input takes?
2. Is every error looked at before the result is used? A refusal comes with no result, or with one
   that the doc comment calls unverified.
3. Is the context that of the request, so that a sender who leaves stops the work?
4. Are the bytes that were checked the bytes that are used? A second read of the source, a second
   parser on the original, or a file that is opened again by name is a second input.
5. Does validation ask for the whole text (FullMatch), not for a match somewhere in it?
6. Do all limits stand in the source or in checked configuration, with a number for this input
   rather than the largest that works?
7. Is the profile the one for this kind of document (SVG, OOXML, Signed, UnicodeNames)?
8. Does the sender see limitshttp.Fail or limitshttp.Public, and never err.Error()?
9. Does every path by which a name comes in (sign-up, login, reset, invitation, import) go through
   Register or Lookup of one Profile?
10. Do all requests share one limits.Pool, so that a hundred honest inputs at once fit as well?

Then read the output of both searches: everything that lifts a protection begins with Unsafe, and a
number that means "no limit" can be written without the word.

    grep -rn '\.Unsafe'
    grep -rn 'math.MinInt64\|UnsafeParse'
`
