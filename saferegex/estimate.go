package saferegex

import "regexp/syntax"

// part is what a part of a pattern becomes when it is compiled.
type part struct {
	insts    int64
	nullable bool // it may match nothing, as the compiler sees it
	empty    bool // it is the empty pattern, of which repeats are not repeated
}

// estimate returns how many instructions a tree becomes, without writing its repeats out. It
// follows what Simplify and Compile of the standard library do, and comes out a little high where
// they find shortcuts.
func estimate(re *syntax.Regexp) part {
	switch re.Op {
	case syntax.OpNoMatch:
		return part{}
	case syntax.OpEmptyMatch:
		return part{1, true, true}
	case syntax.OpLiteral:
		return part{max(int64(len(re.Rune)), 1), len(re.Rune) == 0, false}
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return part{1, false, false}
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary,
		syntax.OpNoWordBoundary:
		return part{1, true, false}
	case syntax.OpCapture:
		sub := estimate(re.Sub[0])
		return part{add(sub.insts, 2), sub.nullable, false}
	case syntax.OpConcat:
		all := part{nullable: true}
		for _, sub := range re.Sub {
			p := estimate(sub)
			all.insts = add(all.insts, p.insts)
			all.nullable = all.nullable && p.nullable
		}
		return all
	case syntax.OpAlternate:
		all := part{insts: int64(len(re.Sub)) - 1}
		for _, sub := range re.Sub {
			p := estimate(sub)
			all.insts = add(all.insts, p.insts)
			all.nullable = all.nullable || p.nullable
		}
		return all
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		return estimate(re.Sub[0]).repeated(re.Op)
	case syntax.OpRepeat:
		return estimateRepeat(re, estimate(re.Sub[0]))
	default:
		return part{}
	}
}

// repeated is a part under *, + or ?.
func (p part) repeated(op syntax.Op) part {
	if p.empty {
		return p
	}
	more := int64(1)
	if op == syntax.OpStar && p.nullable {
		more = 2 // (...)* of what may be empty is compiled as ((...)+)?.
	}
	return part{add(p.insts, more), op != syntax.OpPlus || p.nullable, false}
}

// estimateRepeat is a part under {n,m}.
func estimateRepeat(re *syntax.Regexp, p part) part {
	switch {
	case re.Min == 0 && re.Max == 0:
		return part{1, true, true}
	case re.Max == -1 && re.Min == 0:
		return p.repeated(syntax.OpStar)
	case re.Max == -1:
		last := p.repeated(syntax.OpPlus)
		return part{add(times(p.insts, int64(re.Min-1)), last.insts), p.nullable, false}
	default:
		// Each copy that may be left out has an instruction of its own to do so.
		return part{add(times(p.insts, int64(re.Max)), int64(re.Max-re.Min)), re.Min == 0 || p.nullable, false}
	}
}
