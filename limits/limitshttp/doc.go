// Package limitshttp carries limits into net/http and their refusals out of it.
//
// # What most programs need
//
//	handler := limitshttp.Handler(http.HandlerFunc(upload), limitshttp.Options{
//		Body:     10 * limits.MiB,
//		Envelope: limits.Limits{OutputBytes: 100 * limits.MiB, MemoryBytes: 64 * limits.MiB, Time: 10 * time.Second},
//		Pool:     pool, // made once, with limits.NewPool
//	})
//
//	func upload(w http.ResponseWriter, r *http.Request) {
//		report, err := safezip.ExtractStream(r.Context(), dir, r.Body, lim)
//		if err != nil {
//			log.Print(err)             // all of it, with hostile text quoted
//			limitshttp.Fail(w, r, err) // what the sender may know
//			return
//		}
//		…
//	}
//
// The body is bounded, and everything that the handler does with the request's context stays inside
// one envelope and one place of the [limits.Pool], however many archives and documents it opens.
//
// # Forms
//
// (*http.Request).FormValue drops every error: a form that is too large, broken or cut looks like
// one without the field. [ParseForm] and [ParseMultipart] read a form under limits and tell
// everything, and Options.Forms has [Handler] call them before the handler, so that FormValue and
// FormFile have nothing left to drop.
//
// # Bodies in a content coding
//
// Options.Decode has bodies decoded within the envelope of the request. With
// decompress.ContentCodings as its value a gzip body ends at OutputBytes to the byte, with 413.
//
// # What a sender is told
//
//	error                                            Status  Public
//	the body is larger than Options.Body             413     the limit
//	a budget of bytes ran out                        413     the resource and its limit
//	any other budget ran out, Time included          422     the resource and its limit
//	a rule was broken                                422     the rule and the position, nothing of the input
//	a form is broken, a body breaks off              400     what is wrong, nothing of the input
//	another media type, a coding that is not taken   415     that, and the codings in Accept-Encoding
//	limits.ErrBusy                                   503     to try again
//	limits.ErrConfig, a full disk and all the rest   500     nothing
//
// Reading the body ends when the time of the envelope, or of the form, is up, although the client
// sends nothing: [Handler] sets the deadline of the connection for that, and takes it back when the
// body is whole. The ReadTimeout of the server stays where it is the shorter.
//
// Time is not a 408, which would invite to send the same once more. A context that ends because its
// envelope is spent counts as that refusal, whatever error it surfaces in, for [Fail].
//
// [Public] holds neither text of the input nor anything of the server: no names, no paths, no
// addresses. The text of the error itself is for a log.
//
// # What is not guaranteed
//
// The handler itself decides what it answers: [Handler] only hands it a body that ends with an
// [*http.MaxBytesError] and a context that ends. Work that does not look at the context is not
// bounded by it. A multipart form that the handler reads by net/http's own ParseMultipartForm may
// be cut unseen, or end in an io.ErrUnexpectedEOF without a type, which is a 500.
package limitshttp
