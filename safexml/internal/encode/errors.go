package encode

import "errors"

// The faults of a piece of markup.
var (
	errOpen      = errors.New("an element has not ended")
	errEnd       = errors.New("an end tag without its start tag")
	errDirective = errors.New("a declaration")
)
