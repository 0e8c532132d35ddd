package main

import (
	"flag"
	"fmt"
	"io"
)

// help is "airlock help" and "airlock help COMMAND".
func help(args []string, out, errs io.Writer) int {
	switch len(args) {
	case 0:
		printUsage(out)
		return statusOK
	case 1:
		c, err := find(args[0])
		if err != nil {
			return report(c, err, errs)
		}
		c.printHelp(out)
		return statusOK
	default:
		return report(command{}, usageErrorf("help takes the name of one command"), errs)
	}
}

// printUsage lists the commands.
func printUsage(w io.Writer) {
	fmt.Fprint(w, "airlock lets in files that nobody vouches for, under budgets.\n\nusage: airlock COMMAND [flags] "+
		"...\n\n")
	t := newTable(w)
	for _, c := range commands() {
		t.row("  "+c.name, c.summary)
	}
	t.row("  help [COMMAND]", "flags and defaults of a command")
	t.end()
	fmt.Fprint(w, "\nexit status: 0 success, 1 the input was refused, 2 wrong usage or a fault of the environment, 130 "+
		"interrupted\n")
}

// printHelp tells all about one command.
func (c command) printHelp(w io.Writer) {
	fmt.Fprintf(w, "usage: airlock %s [flags] %s\n\n%s\n\nflags:\n", c.name, c.args, c.about)
	t := newTable(w)
	fs, _ := c.flags()
	fs.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" {
			usage += " (default " + f.DefValue + ")"
		}
		t.row("  -"+f.Name+" "+value, usage)
	})
	t.end()
}
