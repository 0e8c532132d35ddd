package decode

import (
	"reflect"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Misfit says that the document does not fit the value.
type Misfit struct {
	Path string           // "order/item[3]/@price"
	At   xmlscan.Position // of the start tag, the value of the attribute, or the end of the text
	Type reflect.Type     // what it does not fit
	Err  error            // strconv.ErrSyntax or ErrRange, an xml.UnmarshalError, or what UnmarshalText has said
}

// Error implements error.
func (e *Misfit) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns Err.
func (e *Misfit) Unwrap() error { return e.Err }

// An Unfit says that no document fills a value of a type.
type Unfit struct {
	Type   reflect.Type
	Reason string
}

// Error implements error.
func (e *Unfit) Error() string { return e.Reason }
