package encode

import "errors"

// What is wrong with a piece of markup.
var (
	errOpen      = errors.New("an element has not ended")
	errEnd       = errors.New("an end tag without its start tag")
	errDirective = errors.New("a declaration")
)
