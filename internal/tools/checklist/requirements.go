package checklist

// A requirement is one of OWASP ASVS 5.0.
type requirement struct{ ID, Text string }

// requirements holds those that a rule may be said to support, in our words and in the standard's
// order. The list is closed on purpose: one is added after it was read in the standard, not because
// its number looked right.
var requirements = []requirement{
	{"1.1.1", "input is decoded into a canonical form once, before anything else looks at it"},
	{"1.3.4", "drawings in SVG from users hold only elements and attributes that are safe, no scripts and no " +
		"foreignObject"},
	{"1.3.6", "what another service is called with is held to a list of protocols, hosts and paths (server-side request " +
		"forgery)"},
	{"1.3.12", "regular expressions do not backtrack exponentially"},
	{"1.5.1", "XML parsers are configured restrictively, without external entities"},
	{"1.5.3", "parsers that read the same data read it the same way"},
	{"2.2.1", "input is validated against what is expected of it: a list, a structure, limits"},
	{"5.2.1", "only files of a size that can be processed without a denial of service are accepted"},
	{"5.2.3", "uncompressed size and number of files are checked before a compressed file is uncompressed"},
	{"5.2.5", "compressed files with symbolic links are not accepted unless they are needed"},
	{"5.3.2", "file names from a user are not used for paths, or are strictly validated"},
	{"5.3.3", "unpacking does not follow path information that came with the file (zip slip)"},
	{"15.1.3", "documentation names what is expensive and how it is kept from exhausting the service"},
	{"15.2.2", "there are defences against exhausting the service through what is expensive"},
	{"15.4.2", "a check and the action that depends on it are one atomic operation"},
	{"16.4.1", "data is encoded before it is logged"},
}

// A threat is what a budget stands against, whichever package spends it.
type threat struct{ Attack, CWE string }

// threats has an entry for each field of limits.Limits.
var threats = map[string]threat{
	"InputBytes":  {"The input itself is larger than the service can take in.", "CWE-770"},
	"OutputBytes": {"A small input expands to a huge output.", "CWE-409"},
	"Items":       {"Millions of tiny parts, each of which costs more than its bytes.", "CWE-770"},
	"Depth":       {"Nesting so deep that whoever follows it runs out of stack or path.", "CWE-674"},
	"Steps":       {"An input that is cheap to send and dear to process.", "CWE-405"},
	"MemoryBytes": {"An input that has to be held in memory, or claims that it has.", "CWE-789"},
	"Time":        {"A call that keeps a worker busy for as long as the sender likes.", "CWE-400"},
}
