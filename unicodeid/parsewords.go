package unicodeid

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// ParseWords reads a word list, one word a line. A word may have its kind before it, as in Reserved
// and Blocked; without one it is token:word, and *phrase* is anywhere:phrase. Words of the kind
// anywhere are blocked, the others reserved. Empty lines, and those that begin with a number sign,
// are left out.
//
//	# operators
//	admin
//	exact:login
//	*free money*
//	except:badminton
//
// Required limits are InputBytes (of the list) and Items (words); Steps (one for each byte),
// MemoryBytes (384 for each word and 64 for each of its bytes) and Time are optional. The first bad
// line is a *limits.RuleError with its number and what to write: a list that is half loaded would
// protect half.
func ParseWords(ctx context.Context, r io.Reader, lim limits.Limits) (_ *Words, err error) {
	const op = "unicodeid.ParseWords"
	budget, err := lim.Start(ctx, op, limits.InputBytes, limits.Items)
	if err != nil {
		return nil, err
	}
	defer budget.Close()
	lines := bufio.NewReader(budget.Reader(limits.InputBytes, r))
	w := &Words{}
	for number := 1; ; number++ {
		text, readErr := lines.ReadString('\n')
		if readErr != nil && !errors.Is(readErr, io.EOF) {
			return nil, readErr
		}
		if number == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
			if err := payWord(budget, lim, len(text)); err != nil {
				return nil, err
			}
			next, bad := parseWord(text)
			if bad != nil {
				bad.Op, bad.Line, bad.Column = op, number, 1
				return nil, bad
			}
			w.list = append(w.list, next)
		}
		if readErr != nil {
			break
		}
	}
	if err := budget.Err(); err != nil {
		return nil, err
	}
	w.index()
	return w, budget.Err()
}

// The memory that a word is accounted with: itself, and the nodes of a trie.
const (
	bytesPerWord     = 384
	bytesPerWordByte = 64
)

func payWord(budget *limits.Budget, lim limits.Limits, n int) error {
	if err := budget.Spend(limits.Items, 1); err != nil {
		return err
	}
	if lim.Steps != 0 {
		if err := budget.Spend(limits.Steps, int64(n)); err != nil {
			return err
		}
	}
	if lim.MemoryBytes != 0 {
		return budget.Hold(limits.MemoryBytes, bytesPerWord+bytesPerWordByte*int64(n))
	}
	return nil
}

// parseWord reads one line that holds a word.
func parseWord(text string) (word, *limits.RuleError) {
	e := entry{text: text, rule: RuleReserved}
	if strings.HasPrefix(text, "*") || strings.HasSuffix(text, "*") {
		phrase := strings.Trim(text, "*")
		if len(text) != len(phrase)+2 || text[0] != '*' || strings.ContainsAny(phrase, "*:") {
			return word{}, &limits.RuleError{Rule: RuleRestricted, Where: text, Offset: -1,
				Detail: "a phrase stands between two asterisks: write " + limits.Quote("*"+strings.TrimSpace(phrase)+"*")}
		}
		e = entry{text: phrase, kind: wordAnywhere}
	}
	w, rule, reason := e.word()
	if reason != "" {
		return word{}, &limits.RuleError{Rule: rule, Where: text, Offset: -1, Detail: "the word " + reason}
	}
	if w.kind == wordAnywhere {
		w.rule = RuleBlocked
	}
	return w, nil
}
