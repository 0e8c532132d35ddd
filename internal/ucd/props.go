package ucd

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// Props holds the properties of one code point.
type Props = layout.Props

// Of returns the properties of r. A number that is not a code point has the properties of an
// unassigned one.
func Of(r rune) Props {
	if uint32(r) > utf8.MaxRune {
		return 0
	}
	group := int(propsGroups[r>>(recordShift+groupShift)])
	block := int(propsBlocks[group<<groupShift|int(r>>recordShift)&(1<<groupShift-1)])
	return props[propsRecords[block<<recordShift|int(r)&(1<<recordShift-1)]]
}

// Scripts is a set of scripts.
type Scripts [3]uint64

// ScriptsOf returns the Script_Extensions of what has the properties: all scripts for what is
// common or inherited, none for what is unassigned. The sets of Han, kana, Hangul and Bopomofo also
// hold the systems that combine them, Hanb, Jpan and Kore (UTS 39, 5.1).
func ScriptsOf(p Props) Scripts { return scriptSets[p.Scripts()] }

// Script returns the set of the one script with the four-letter name, as "Cyrl", and whether there
// is one.
func Script(name string) (Scripts, bool) {
	for i := range len(scriptNames) / 4 {
		if scriptNames[4*i:4*i+4] == name {
			return single(i), true
		}
	}
	return Scripts{}, false
}

func single(i int) Scripts {
	var s Scripts
	s[i/64] = 1 << (i % 64)
	return s
}

// And returns what is in both sets.
func (s Scripts) And(t Scripts) Scripts { return Scripts{s[0] & t[0], s[1] & t[1], s[2] & t[2]} }

// Or returns what is in one of the sets.
func (s Scripts) Or(t Scripts) Scripts { return Scripts{s[0] | t[0], s[1] | t[1], s[2] | t[2]} }

// Empty reports a set of no script.
func (s Scripts) Empty() bool { return s == Scripts{} }

// Common reports the set of all scripts, which what belongs to no script in particular has.
func (s Scripts) Common() bool { return s == scriptSets[0] }

// Names returns the names of the scripts in the set, at most n of them.
func (s Scripts) Names(n int) []string {
	var names []string
	for i := range len(scriptNames) / 4 {
		if len(names) < n && !s.And(single(i)).Empty() {
			names = append(names, scriptNames[4*i:4*i+4])
		}
	}
	return names
}
