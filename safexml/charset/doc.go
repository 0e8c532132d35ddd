// Package charset lets safexml read documents that are in another encoding than UTF-8, as feeds,
// bank files and older drawings are:
//
//	feed, err := safexml.Decode[Feed](ctx, body, lim, charset.Allow("iso-8859-1", "windows-1252"))
//
// The XML declaration of the document decides, and the encoding that it names must be allowed. A
// document without that label is UTF-8, whatever is allowed. Everything that comes out is UTF-8,
// and after [safexml.NewReader] the label is blanked, so that no parser decodes a second time.
// Offsets and columns count bytes of the source.
//
// # Strictness
//
// Bytes that are no character of the encoding are refused under safexml.RuleEncoding, and never
// become U+FFFD. So are bytes that readers of the encoding read as different characters: the C1
// controls of ISO-8859-1, which browsers read as windows-1252, 0x5C of Shift_JIS, which is a yen
// sign or a backslash, the wave dash of EUC-JP, and pairs that end in a bracket and that not every
// table of Shift_JIS and Big5 has, where that bracket would end a CDATA section. A filter and the
// program after it would see two documents. ISO-8859-1 is ISO-8859-1, and not windows-1252 as in
// the Encoding Standard of WHATWG.
//
// # What is left out
//
// UTF-7, ISO-2022, HZ and the like switch in mid-text, EBCDIC is not based on ASCII, replacement
// and x-user-defined are no encodings of text. safexml.UTF16 reads UTF-16.
package charset
