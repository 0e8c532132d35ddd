// Package reliability holds what every operation of every package promises: it ends in time, it
// gives everything back when a callback panics. The operations stand in one table, and a test finds
// the exported ones that are missing there: a new operation joins with one line.
//
// Another table has inputs that make much work out of few bytes. None of them may take long: a loop
// that such an input lengthens is bounded, or pays a step for each turn. With -args -paid the test
// prints what a step takes on each.
package reliability
