// Package decode fills Go values from the events of a scan, by the tags and rules of encoding/xml.
//
// All that can be known of a type is found out once ([Of]): which fields there are, which element
// or attribute each one stands for, and how text becomes a value of its type. The result is a
// [Plan]. A [Decoder] follows it: it keeps a stack of the structs that are open, looks up each
// start tag in the plan of the innermost one, and converts text in place. There is no recursion, so
// a document can nest as deep as its limits allow.
//
// A value is what encoding/xml makes of the same document. Types on which encoding/xml calls a
// method that reads the document itself (UnmarshalXML, UnmarshalXMLAttr), and those that ask for
// markup as it is written (",innerxml"), are [Plan.Foreign]: their user has encoding/xml fill them.
//
// The memory of values is held from the budget before it is allocated: texts, what pointers point
// to, and the elements of slices, which double in number.
package decode
