// Package reliability holds what every operation of every package promises: it ends in time, it
// gives everything back when a callback panics. The operations stand in one table, and a test finds
// the exported ones that are missing there: a new operation joins with one line.
package reliability
