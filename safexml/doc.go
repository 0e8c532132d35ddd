// Package safexml reads XML from senders that you need not trust.
//
// A document can be a bomb, can be read differently by the program that checks it and the one that
// uses it, and can name files and servers that some later program will fetch. safexml takes only
// documents that every reader reads alike, up to the limits that the caller sets, and fetches
// nothing itself:
//
//	var order Order
//	err := safexml.Unmarshal(ctx, body, &order, limits.Limits{
//		InputBytes: 1 * limits.MiB,
//		Time:       2 * time.Second,
//	})
//
// [Unmarshal] and [Decode] fill Go values by the tags and rules of encoding/xml, with a decoder of
// their own, and hand them out once the whole document has passed; [EachRecord] and
// [Tokenizer.Decode] fill them from one element after another of a document of any size.
// [Validate] gives the verdict alone, [NewDecoder] a decoder of encoding/xml and [NewReader] a
// stream for any other parser, both on checked bytes only, [NewTokenizer] tokens of its own, and
// [EachReference] everything in a document that names a resource. [Marshal] and [NewEncoder] write
// documents that Validate accepts, whatever text they are given.
//
// # Limits
//
// Steps count deterministic work: one for each 64 bytes (begun) that are scanned, and one for each
// node; under [SVG] and in [EachReference] also one for each token of CSS, each selector after the
// first that a declaration stands under, each reference that is followed, and each 8 bytes of a base
// that one is resolved against. Text that is looked at again costs a step for 64 bytes: comments and
// arguments after functions of XPath that read a resource, and the namespaces in scope where
// encoding/xml fills one element, which cost a step each besides. In an [Encoder] each name costs a
// step for 64 namespaces in scope.
// The same document costs the same on every machine and however it arrives.
//
//	Field        Required  Default                        Meaning
//	InputBytes   yes       none                           bytes read from the source
//	OutputBytes  no        must stay unset                what references to entities become: required with LiteralEntities or HTMLEntities, and without them nothing expands
//	Items        no        1,000,000 (DefaultItems)       nodes: elements, comments, processing instructions and CDATA sections; under SVG with every use, pattern and the like drawn out
//	Depth        no        256 (DefaultDepth)             elements open at once
//	Steps        no        8 Mi (DefaultSteps) + InputBytes/64 + Items  64-byte blocks scanned, and nodes
//	MemoryBytes  no        16 MiB (DefaultMemoryBytes)    the window (64 KiB), names of open elements, namespaces, attributes, the values that are filled, and whatever else is kept
//	Time         yes       none                           wall clock from the first read to the last
//
// [NewEncoder] and [Marshal] require OutputBytes, the size of the document, in place of InputBytes.
//
// Four caps of the format have options: [AttributesPerElement] (512), [NamespacesInScope] (256),
// [NameBytes] (4 KiB) and [TokenBytes] (8 MiB). The XML declaration and a document type declaration
// take up 16 KiB each at most.
//
// Memory is accounted for before it is taken; what encoding/xml fills (see [Unmarshal]) is not.
// While a list grows its old and its new place are in use, so the heap can reach twice what is
// accounted for, and 2 MiB; at GOGC=100, with nothing else in the heap, three times, and 2 MiB.
// [NewReader] and [NewDecoder] keep what stands after the root element until all of it has passed.
//
// # Policy
//
// Every check is a rule with a stable id; [Rules] lists them with the attack that each one stops. A
// document is refused that is not well-formed by XML 1.0 (fifth edition) and Namespaces in XML 1.0,
// that is not UTF-8 (or, with [UTF16], UTF-16), that has a document type declaration that names
// more than the root element or a reference to an entity, and that has a construct by which
// programs that only meant to parse it fetch something: XInclude, schema locations, stylesheet
// instructions, imports of schemas and stylesheets. [SkipDoctype], [LiteralEntities] and
// [HTMLEntities] take what many honest documents have. [UnsafeAllow] lifts those rules that can be
// lifted, one by one. Profiles add the rules of one kind of document: [SVG], [OOXML], [Signed],
// [SAML].
//
// A label that names another character set based on ASCII, such as ISO-8859-1, is taken as long as
// the document has nothing beyond ASCII. A version other than 1.0 is taken as the fifth edition
// demands, and noted in the [Report].
//
// # What is guaranteed
//
// No token of a document that is refused for its bytes comes out of [Unmarshal] and [Decode]. The
// streaming faces hand on what has been checked so far, and an error instead of the end;
// [NewReader] and [NewDecoder] keep back the last byte of the root element until everything after
// it has passed, so that no parser can take the root element for complete in a document that is
// refused. All faces refuse a document under the same rule at the same place, and however it was
// split into reads.
//
// # What is not
//
// No document type is checked: what elements mean and which may stand where is the caller's matter.
// encoding/xml knows the names of older editions: a document with a younger one is valid and still
// an error of what [NewDecoder] returns, and of types that encoding/xml fills (see [Unmarshal]).
package safexml
