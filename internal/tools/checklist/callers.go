package checklist

const generated = `This file is generated: change the package's Rules() or package comment and run "go generate ./...".
`

// callers are the questions that a review asks about the calling code. They come first, because a
// door that the caller walks around stops nothing.
const callers = `## Ten questions about the caller

1. Is every archive/zip, archive/tar, compress/…, encoding/xml, regexp.Compile of run-time text and
   strings.ToLower of a name gone from the paths that outside input takes?
2. Is every error looked at before the result is used? A refusal comes with no result, or with one
   that the doc comment calls unverified. FormValue drops errors: limitshttp.ParseForm,
   ParseMultipart or Options.Forms comes before it.
3. Is the context that of the request, so that a sender who leaves stops the work and the envelope
   of the request counts it?
4. Are the bytes that were checked the bytes that are used? The safe copy is what the reader, the
   decoder or the directory holds. A second read of the source, a second parser on the original, or
   a file that is opened again by name is a second input.
5. Does validation ask for the whole text (FullMatch), not for a match somewhere in it? A text that
   becomes a part of a path is such a text: safezip checks the names in an archive, and not the
   directory that the caller names.
6. Do all limits stand in the source, or in configuration that limits.Parse has read, with a number
   for this input rather than the largest that works? One body limit for all routes fits the largest
   alone.
7. Is the profile the one for this kind of document (SVG, OOXML, Signed, SAML)? Does every option
   that lets more in (UnicodeNames, SkipDoctype, Hyperlinks, AllowScripts, …) answer a need of this
   input?
8. Does the sender see limitshttp.Fail, limitshttp.Public or a fixed text with the right status, and
   never err.Error()? A log may have the error: hostile text in it is quoted and cut.
9. Does every path by which a name comes in (sign-up, login, reset, invitation, import) go through
   Register or Lookup of one Profile? Is every skeleton of a new name stored, under a unique
   constraint, so that a lookalike is refused?
10. Do all requests share one limits.Pool (limitshttp.Options.Pool, or limits.WithPool), so that a
    hundred honest inputs at once fit as well? An envelope bounds one request alone.

Then read the output of both searches: every option that lifts a protection begins with Unsafe, and
a number that means "no limit" can be written without the word. limits.Parse refuses the word in
configuration.

    grep -rn '\.Unsafe'
    grep -rn 'math.MinInt64\|UnsafeParse'
`
