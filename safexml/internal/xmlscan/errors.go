package xmlscan

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// fail refuses the document for what stands at buf[i], unless it has cost too much or is too long
// by then already. That makes the verdict the same wherever the input is split: costs are looked at
// for each piece of the input, and a split moves no fault.
func (s *Scanner) fail(i int, rule limits.Rule, format string, args ...any) Kind {
	if !s.win.eof && i < s.win.end && !utf8.FullRune(s.win.buf[i:s.win.end]) {
		return More // The fault is told with the whole character that stands there.
	}
	at := s.win.shift + i
	if s.settle(at) == Failed || s.checkToken(at) == Failed {
		return Failed
	}
	s.err = s.ruleError(s.win.position(i), rule, fmt.Sprintf(format, args...))
	return Failed
}

// failPlace refuses a start tag that has been scanned whole, for something inside it.
func (s *Scanner) failPlace(p Position, format string, args ...any) Kind {
	if s.settle(s.win.here()) == Failed {
		return Failed
	}
	s.err = s.ruleError(p, RuleNotWellFormed, fmt.Sprintf(format, args...))
	return Failed
}

func (s *Scanner) ruleError(p Position, rule limits.Rule, detail string) error {
	return &limits.RuleError{Op: s.cfg.Op, Rule: rule, Where: s.Where(), Offset: p.Offset, Line: p.Line,
		Column: p.Column, Detail: detail}
}

// Where returns the name of the innermost open element.
func (s *Scanner) Where() string {
	if len(s.tree.open) == 0 {
		return ""
	}
	return string(s.tree.name())
}

// quoteAt returns the character at buf[i], quoted.
func (s *Scanner) quoteAt(i int) string {
	b := s.win.buf[i:s.win.end]
	_, size := utf8.DecodeRune(b)
	return limits.Quote(string(b[:size]))
}

// settle charges for what has been scanned up to an offset.
func (s *Scanner) settle(offset int) Kind { return s.charge(s.cost.settle(offset)) }

// charge fails with the refusal of a budget, if there is one.
func (s *Scanner) charge(err error) Kind {
	if err == nil {
		return None
	}
	return s.exceed(err)
}

// exceed fails with the refusal of a budget, and gives it the place that has been reached.
func (s *Scanner) exceed(err error) Kind {
	s.err = limits.At(err, s.Where())
	return Failed
}

// hold accounts for memory that is about to be taken.
func (s *Scanner) hold(n int) Kind {
	return s.charge(s.cost.meter.Hold(limits.MemoryBytes, int64(n)))
}

// node counts one more.
func (s *Scanner) node() Kind {
	if s.cost.node() {
		return None
	}
	return s.settle(s.tok.start)
}

// overCap refuses what exceeds one of the caps of the format.
func (s *Scanner) overCap(r limits.Resource, option string, limit, used int) Kind {
	return s.exceed(&limits.ExceededError{Op: s.cfg.Op, Resource: r, Limit: int64(limit), Used: int64(used),
		Option: option})
}

// exceedName refuses a name at buf[i] that is too long. It has not been read to its end.
func (s *Scanner) exceedName(i int) Kind {
	if s.settle(s.win.shift+i) == Failed || s.checkToken(s.win.shift+i) == Failed {
		return Failed
	}
	return s.overCap(limits.MemoryBytes, "NameBytes", s.cfg.NameBytes, s.cfg.NameBytes+1)
}

// checkToken holds the token at hand to its cap, as far as it reaches.
func (s *Scanner) checkToken(offset int) Kind {
	if s.tok.content < 0 || offset-s.tok.content <= s.cfg.TokenBytes {
		return None
	}
	return s.exceedToken(s.tok.content)
}

// exceedToken refuses what begins at an offset and is longer than TokenBytes. It charges for
// exactly the bytes that would have passed, so that the split of the input decides nothing here
// either.
func (s *Scanner) exceedToken(from int) Kind {
	if s.settle(from+s.cfg.TokenBytes+1) == Failed {
		return Failed
	}
	return s.overCap(limits.MemoryBytes, "TokenBytes", s.cfg.TokenBytes, s.cfg.TokenBytes+1)
}

// describe names a byte that stands where it may not.
func (s *Scanner) describe(i int) string {
	if c := s.win.buf[i]; c < ' ' {
		return "the control character 0x" + strconv.FormatUint(uint64(c)|0x100, 16)[1:]
	}
	return s.quoteAt(i)
}
