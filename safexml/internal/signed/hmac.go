package signed

import (
	"strconv"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
)

// shortestHMAC is the least number of bits that an HMAC may be cut to. A verifier that takes any
// number takes 1, which every second guess has (CVE-2009-0217). XML Signature 1.1 (6.3.1) asks for
// half of the hash, and that of SHA-256 is this.
const shortestHMAC = 128

// hmac is the HMACOutputLength at hand.
type hmac struct {
	bits   int64
	broken bool // it has something else than digits and white space around them
	ended  bool // white space stands after the digits
}

// text takes a piece of the number.
func (h *hmac) text(data []byte) {
	for _, c := range data {
		switch {
		case c >= '0' && c <= '9' && !h.ended:
			h.bits = min(h.bits*10+int64(c-'0'), many)
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			h.ended = h.ended || h.bits > 0
		default:
			h.broken = true
		}
	}
}

// hmacEnd judges the number.
func (p *Profile) hmacEnd(d rule.Document, e *frame) error {
	if e.kind != outputLength || p.hmac.bits >= shortestHMAC && !p.hmac.broken {
		return nil
	}
	detail := "an HMACOutputLength of " + strconv.FormatInt(p.hmac.bits, 10) + " bits, and the least is " +
		strconv.Itoa(shortestHMAC) + ": a shorter signature can be guessed"
	if p.hmac.broken {
		detail = "the element " + limits.Quote(p.elementName(d)) + " holds no number of bits"
	}
	return d.Refuse(RuleSignatureShape, d.At(), detail)
}
