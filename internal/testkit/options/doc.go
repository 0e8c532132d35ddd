// Package options asks of every exported option of every package that it changes an outcome: a
// table has an input for each, of which one thing becomes without the option and another with it.
package options
