// Command airlock lets in files from senders that you need not trust, under budgets, with one
// subcommand for each kind of file.
//
//	airlock unzip upload.zip dir       unpack an archive, all of it or nothing
//	airlock untar upload.tgz dir       unpack a tar archive, plain or compressed, all of it or nothing
//	airlock gunzip FILE                decompress a stream within limits
//	airlock inspect FILE               list an archive and all that is wrong with it, without unpacking
//	airlock zip dir archive.zip        pack a directory into an archive that every program reads alike
//	airlock xml FILE...                say whether documents may be let in, and what they would have programs fetch
//	airlock svg FILE...                say whether drawings are safe to show
//	airlock match PATTERN [FILE]       print the lines that a regular expression matches, each within a budget
//	airlock match -f PATTERNS [FILE]   the same with thousands of patterns in a file
//	airlock redact -patterns FILE      copy standard input and replace what patterns match
//	airlock name RAW...                show what names map to, and what is wrong with them
//	airlock audit <names               find names in an existing table that collide or look alike
//	airlock help unzip                 flags and defaults
//
// The exit status is 0 for success, 1 if the input was refused, 2 if the command line, the
// configuration or the environment is at fault, and 130 after an interrupt (SIGINT or SIGTERM),
// after which nothing is left.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/seed73825598/airlock/limits"
)

// commands are the subcommands, each of which has a file of its own.
func commands() []command {
	return []command{unzipCommand(), untarCommand(), gunzipCommand(), inspectCommand(), zipCommand(), xmlCommand(),
		svgCommand(), matchCommand(), redactCommand(), nameCommand(), auditCommand(), vectorsCommand()}
}

// A command is one subcommand.
type command struct {
	name    string
	args    string // what stands after the flags: "FILE.zip DIR"
	summary string // one line, without a period
	about   string // what help says between usage and flags
	prepare func(fs *flag.FlagSet) action
}

// An action does the work of a command once its flags have been read. It prints to out; its caller
// prints its error, unless it is a printedError.
type action func(ctx context.Context, args []string, out io.Writer) error

const (
	statusOK          = 0
	statusRefused     = 1
	statusFailed      = 2
	statusInterrupted = 130
)

func main() {
	os.Exit(run())
}

// run is main with a chance to clean up.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The second signal ends the process at once, whatever the first is still waiting for.
	context.AfterFunc(ctx, stop)
	out, errs := &screen{to: os.Stdout}, &screen{to: os.Stderr}
	status := dispatch(ctx, os.Args[1:], out, errs)
	if out.err != nil && status == statusOK {
		_, _ = fmt.Fprintln(errs, "airlock: the output is not complete:", oneLine(out.err.Error()))
		return statusFailed
	}
	return status
}

// dispatch finds the command, runs it and returns the exit status.
func dispatch(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		printUsage(errs)
		return statusFailed
	}
	switch name := args[0]; name {
	case "help", "-h", "-help", "--help":
		return help(args[1:], out, errs)
	default:
		c, err := find(name)
		if err == nil {
			err = c.run(ctx, args[1:], out)
		}
		return report(c, err, errs)
	}
}

// find returns the command of that name.
func find(name string) (command, error) {
	for _, c := range commands() {
		if c.name == name {
			return c, nil
		}
	}
	return command{}, usageErrorf("there is no command %s", limits.Quote(name))
}

// run reads the flags and does the work.
func (c command) run(ctx context.Context, args []string, out io.Writer) error {
	fs, do := c.flags()
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		c.printHelp(out)
		return nil
	case err != nil:
		return usageErrorf("%s", err)
	}
	return do(ctx, fs.Args(), out)
}

// flags returns the command's flags and what is to be done when they have been read.
func (c command) flags() (*flag.FlagSet, action) {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // Errors are printed once, by report, where nothing hostile passes.
	return fs, c.prepare(fs)
}

// report prints the error of a command, if there is one that has not been printed, and returns the
// exit status.
func report(c command, err error, errs io.Writer) int {
	if _, printed := errors.AsType[*printedError](err); err != nil && !printed {
		printError(errs, c, err)
	}
	switch kindOf(err) {
	case kindNone:
		return statusOK
	case kindRule, kindLimit:
		return statusRefused
	case kindInterrupted:
		return statusInterrupted
	default:
		return statusFailed
	}
}

// A usageError is a command line that cannot be carried out.
type usageError struct{ problem string }

func (e *usageError) Error() string { return e.problem }

func usageErrorf(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// A printedError has been printed by the command itself; only the exit status is left to be told.
type printedError struct{ error }

func (e *printedError) Unwrap() error { return e.error }
