package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// nameFlags are the flags that decide which names are let in. name and audit share them.
type nameFlags struct {
	limits                limitsFlag
	reserved              string
	emoji, joiners, space bool
	auxiliary, edges      bool
	display               bool
}

func (n *nameFlags) register(fs *flag.FlagSet) {
	n.limits.Limits = limits.Limits{InputBytes: 255, Items: 64}
	fs.Var(&n.limits, "limits", "what one name may cost: `LIMITS` among input= output= items= depth= steps= memory= "+
		"time=, separated by spaces")
	fs.StringVar(&n.reserved, "reserved", "",
		"refuse the words in `FILE`, one a line: word, exact:word, *phrase*, and except:name for one that is let in")
	fs.BoolVar(&n.emoji, "emoji", false, "let emoji in")
	fs.BoolVar(&n.joiners, "joiners", false, "does nothing more: joiners are let in where they change what is seen")
	fs.BoolVar(&n.auxiliary, "auxiliary", false, "let the auxiliary letters of living languages in")
	fs.BoolVar(&n.edges, "edges", false, "let a low line stand first and last, and a full stop last")
	fs.BoolVar(&n.space, "space", false, "let single spaces in")
}

// wordLimits are for a file of the operator's own.
var wordLimits = limits.Limits{InputBytes: 16 * limits.MiB, Items: 1_000_000, Time: time.Minute}

func (n *nameFlags) profile(ctx context.Context) (*unicodeid.Profile, error) {
	var opts []unicodeid.Option
	if n.emoji {
		opts = append(opts, unicodeid.AllowEmoji())
	}
	for _, o := range []struct {
		set    bool
		option unicodeid.Option
	}{{n.auxiliary, unicodeid.AllowAuxiliary()}, {n.edges, unicodeid.EdgePunctuation()},
		{n.display, unicodeid.DisplayName()}} {
		if o.set {
			opts = append(opts, o.option)
		}
	}
	if n.space {
		opts = append(opts, unicodeid.AllowInnerSpace())
	}
	if n.reserved != "" {
		f, err := os.Open(n.reserved)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		words, err := unicodeid.ParseWords(ctx, f, wordLimits)
		if err != nil {
			return nil, &fileError{err, n.reserved, "mend the line"}
		}
		opts = append(opts, unicodeid.WordList(func() *unicodeid.Words { return words }))
	}
	return unicodeid.New(n.limits.Limits, opts...)
}

func nameCommand() command {
	return command{
		name: "name", args: "RAW...", summary: "show what names map to, and what is wrong with them",
		about: "Prints the display form, the key and the skeletons of each name, or every problem with a mark under the " +
			"place.\n" +
			"Names are printed as quoted ASCII. The exit status is 1 if one of them is refused.",
		prepare: func(fs *flag.FlagSet) action {
			n := &nameFlags{}
			n.register(fs)
			fs.BoolVar(&n.display, "display", false, "judge names for a page, which have no key (input= must be at least 256 "+
				"then)")
			return n.run
		},
	}
}

func (n *nameFlags) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return usageErrorf("want at least one name after the flags")
	}
	p, err := n.profile(ctx)
	if err != nil {
		return err
	}
	var first error
	for _, raw := range args {
		name, err := p.Register(ctx, raw)
		refusal, ok := errors.AsType[*unicodeid.Error](err)
		switch {
		case err == nil:
			printName(out, raw, name)
		case ok:
			printProblems(out, raw, refusal)
			if first == nil {
				first = err
			}
		default:
			return err
		}
	}
	if first != nil {
		return &printedError{first}
	}
	return nil
}

func printName(out io.Writer, raw string, name unicodeid.Name) {
	fmt.Fprintln(out, strconv.QuoteToASCII(raw))
	t := newTable(out)
	defer t.end()
	t.row("  display", strconv.QuoteToASCII(name.Display().String()))
	if name.Key().IsZero() {
		return
	}
	t.row("  key", strconv.QuoteToASCII(name.Key().Text()))
	for _, s := range name.Skeletons() {
		if text, err := s.Value(); err == nil {
			t.row("  skeleton", strconv.QuoteToASCII(fmt.Sprint(text)))
		}
	}
}

// maxShown is how much of a refused name is shown: one that is too long fills no screen.
const maxShown = 256

// printProblems shows the name in quotes and marks what is wrong under it, problem by problem.
// Every character of the quoted form takes one column.
func printProblems(out io.Writer, raw string, refusal *unicodeid.Error) {
	if len(raw) > maxShown {
		fmt.Fprintf(out, "a name of %d bytes\n", len(raw))
	}
	for i := range refusal.Problems {
		p := &refusal.Problems[i]
		if len(raw) <= maxShown {
			from, to := quotedLen(raw[:p.Offset]), quotedLen(raw[:p.Offset+p.Len])
			fmt.Fprintf(out, "%s\n%s%s\n", strconv.QuoteToASCII(raw), strings.Repeat(" ", 1+from),
				strings.Repeat("^", max(1, to-from)))
		}
		fmt.Fprintf(out, "  %s at character %d: %s", p.Rule, p.Grapheme+1, p.Detail)
		if p.Word != "" {
			fmt.Fprintf(out, " (the list has %s)", strconv.QuoteToASCII(p.Word))
		}
		if p.Fix != "" {
			fmt.Fprintf(out, "; write %s", strconv.QuoteToASCII(p.Fix))
		}
		fmt.Fprintln(out)
	}
}

// quotedLen is how many columns s takes within the quotes.
func quotedLen(s string) int { return len(strconv.QuoteToASCII(s)) - 2 }
