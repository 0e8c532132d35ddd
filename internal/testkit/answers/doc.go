// Package answers holds what every package of the module answers alike, whatever it is asked:
// values that no constructor has made, nil among them, answer with a *limits.ConfigError, errors
// name options that exist, and no error text is long or carries what a terminal acts on. Its tests
// read the exported declarations from the source, so that a new type cannot be forgotten.
package answers
