package setup

import (
	"cmp"
	"iter"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// A RuleTable describes the rules of a package in the order in which a review reads them. Where the
// Default is left out it is "refused", and where Since is left out it is the first version.
type RuleTable []limits.RuleInfo

const (
	defaultText  = "refused"
	firstVersion = "1.0"
)

// All yields each rule, with nothing left out.
func (t RuleTable) All() iter.Seq[limits.RuleInfo] {
	return func(yield func(limits.RuleInfo) bool) {
		for _, info := range t {
			info.Default = cmp.Or(info.Default, defaultText)
			info.Since = cmp.Or(info.Since, firstVersion)
			if !yield(info) {
				return
			}
		}
	}
}

// find returns the line of a rule, and whether there is one.
func (t RuleTable) find(rule limits.Rule) (limits.RuleInfo, bool) {
	i := slices.IndexFunc(t, func(info limits.RuleInfo) bool { return info.Rule == rule })
	if i < 0 {
		return limits.RuleInfo{}, false
	}
	return t[i], true
}
