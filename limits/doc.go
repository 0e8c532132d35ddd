// Package limits is one budget type for every package of this module. It answers two questions: how
// much may this input cost, and how is a refusal said?
//
// # What most programs need
//
// Say what an input may cost, and hand it to the packages that let the input in:
//
//	var upload = limits.Limits{
//		OutputBytes: 100 * limits.MiB,
//		Items:       1000,
//		Time:        5 * time.Second,
//	}
//
//	report, err := safezip.ExtractFile(ctx, dir, archive, upload)
//	switch {
//	case errors.Is(err, limits.ErrRefused): // the input's fault: a budget ran out or a rule was broken
//	case errors.Is(err, limits.ErrConfig):  // ours: a required limit is missing, and the text says which
//	case err != nil:                        // the disk, the network, or ctx was canceled
//	}
//
// Limits also come from a flag or a configuration file ([Parse]), one set of them can be put around
// all that a request does ([With]), and a [Pool] caps what all requests hold together.
//
// # The fields
//
// A field is a budget if it is positive, unset if it is zero, and no budget if it is
// [UnsafeUnlimited]. Any other number is an error, and so is a Time below 1 ms, where a unit was
// forgotten: nothing is unlimited by accident. Each package says in its own comment which fields it
// requires, what the others default to, and what one item and one step are.
//
//	field        key     unit         kept as   envelope  bounds
//	InputBytes   input   bytes        total     no        what is read from the untrusted source
//	OutputBytes  output  bytes        total     yes       what is produced from it by expansion
//	Items        items   count        total     no        entries, nodes, matches, code points
//	Depth        depth   count        maximum   no        nesting at once
//	Steps        steps   count        total     yes       deterministic work, the same on every machine
//	MemoryBytes  memory  bytes        gauge     yes       what is held at once, as accounted
//	Time         time    nanoseconds  clock     yes       wall clock inside the operation's calls
//
// # The text form
//
// Limits are text in flags, configuration files, JSON and logs, so that programs in other languages
// can read the same ones. The form is ASCII:
//
//	limits = [ field *( space field ) ]         space is one or more of SP, HT, CR and LF
//	field  = bytekey "=" amount / countkey "=" count / "time=" duration
//	bytekey  = "input" / "output" / "memory"
//	countkey = "items" / "depth" / "steps"
//	amount   = digits [ "." digits ] [ unit ]   unit as in [ParseBytes], with no space before it
//	count    = digits [ "." digits ] [ ( "e" / "E" ) digits ]
//	duration = 1*( digits [ "." digits ] ( "ns" / "us" / "ms" / "s" / "m" / "h" ) )
//
// Fields stand in any order, each at most once; one that is left out is unset. Values are exact:
// 1.5KiB is 1536 and 1.5e6 is 1500000, and an amount or count that does not come out whole is an
// error. So is a sign, a zero, a value above 2^63-1, a duration under 1 ms, an unknown key, a
// repeated one and one without a value; a reader tells all of them at once, and takes none of the
// fields. The word unsafe-unlimited instead of a value is [UnsafeUnlimited]: it is written in logs
// and an error in reading, but for [UnsafeParse].
//
// A writer writes the set fields in the order above (input, output, items, depth, steps, memory,
// time): bytes in the largest unit of B, KiB, MiB, GiB and TiB that needs at most two decimals, a
// count of a million or more that ends in six zeros or more with an exponent, a duration as
// 1h2m3.5s.
//
// # A pool
//
// Limits bound one input, and a service takes in many at a time. A [Pool] bounds these:
//
//	field        default                 bounds
//	Operations   one of these two        operations that run at once, an envelope counting as one
//	MemoryBytes  must be set             what they may hold together, by their own limits
//	Waiting      DefaultPoolWaiting      how many wait for a place, first come, first served
//	MaxWait      DefaultPoolMaxWait      how long one waits
//
// An operation that gets no place has done nothing, and fails with [ErrBusy].
//
// # The rules
//
//   - Exactly N passes, N+1 is refused. A limit is never reported as io.EOF, and what is refused is
//     charged nowhere.
//   - A refusal by an operation's own budget ends that operation, a refusal by an envelope ends all
//     under it, and nothing else ends.
//   - Errors are of kinds that are never mixed: a refusal ([ErrRefused], with [ErrExceeded] for a
//     budget), a mistake of the caller ([ErrConfig], with [ErrUnset] for a limit), a [Pool] without
//     room ([ErrBusy]), the environment, and the caller's canceled context, of which neither
//     matches any of them. A context that was canceled with a refusal as its cause is that refusal:
//     an envelope, and [Budget.Context], end so.
//   - Text of an input enters an error or an event only through [Quote].
//
// # For packages that spend
//
// [Limits.Start] begins a [Budget], which any number of goroutines may spend from. [Limits.Meter]
// makes a [Meter], which is for the inner loop of one. Sizes that a hostile header declares are
// asked about with [Budget.Fits] before anything is allocated for them; a size above 2^63-1 must be
// held at that before it becomes an int64, and one that has become negative all the same is refused
// as too large. Refusals that are no budget's are a [RuleError].
//
// # What is not guaranteed
//
// Memory is accounted, not measured: each package documents the factor between what it accounts for
// and the heap it needs. Time stops the work of this module between two of its steps; it does not
// interrupt a Read or a callback that blocks. A Meter looks at the clock and the context at the
// latest every 65,536 steps. A Budget hears of its end from timers, which a process that gets
// little of a busy machine may serve late; every 4,096 steps or items and every 256 KiB that it
// spends it looks at the clock itself, and no more than what they pay for succeeds after the end.
// Both hold the end of their own time, of every envelope around them and of the context's deadline.
// The package does not bound what a program does outside of the calls, and an [UnsafeUnlimited]
// field bounds nothing.
package limits
