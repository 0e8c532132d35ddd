// Package regextest has patterns and texts that hurt regular expression engines, for your own tests
// and for engines other than saferegex.
//
//	for c := range regextest.Hostile() {
//		t.Run(c.Name, func(t *testing.T) {
//			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
//			defer cancel()
//			err := screen(ctx, c.Pattern, c.Text) // your code
//			if c.Want == regextest.RefusePattern && err == nil {
//				t.Error("the pattern was let in")
//			}
//		})
//	}
//
// A case says what must happen: the pattern or the text is refused, the operation ends with the
// answer that stands in the case, or it is stopped by a budget. A screen that lets no pattern in is
// as useless as one that lets in all: Benign has those that must pass. Everything is built in
// code when it is asked for; a pattern is at most a few megabytes and a text at most 64 KiB. The
// same cases come in the same order every time, and a case keeps its name from version to version.
package regextest
