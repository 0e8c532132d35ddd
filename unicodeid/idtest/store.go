package idtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// A Store is your own sign-up and login, as functions of the raw name: whatever is done to a name
// on the way to the table is done in them. Passwords are left out: give every account the same, and
// the cheapest hash there is.
type Store struct {
	// SignUp makes an account of the name and returns the id of its row. An error is a refusal: the
	// name is bad, or taken.
	SignUp func(ctx context.Context, name string) (id string, err error)

	// Login returns the id of the row whose account the name opens. An error means that there is
	// none.
	Login func(ctx context.Context, name string) (id string, err error)

	// Concurrent is how many sign-ups of one key are tried at the same time, in a round of its own;
	// 0 and 1 leave the round out. A store that looks first and inserts then fails here alone.
	// SignUp must be safe for concurrent use.
	Concurrent int
}

// An outcome is how a store fails.
type outcome int

const (
	takeover  outcome = iota // one account is reached by the name of another
	lockout                  // an account is not reached by its own name any more
	twins                    // two accounts of one key
	strangers                // a name of another key opens an account
	unchecked                // a family of spellings that could not be tried
	outcomes
)

var outcomeNames = [outcomes]string{
	takeover:  "accounts taken over",
	lockout:   "users locked out",
	twins:     "keys with two accounts",
	strangers: "accounts opened by names of other keys",
	unchecked: "alphabets without one account",
}

// shownFailures is how many failures of one outcome are spelt out.
const shownFailures = 5

// CheckStore runs the takeover of accounts on s, which must be empty, and fails t where it
// succeeds.
//
// It signs a victim up, then an attacker under every hostile spelling of the victim's name, and
// logs both in; then the same with the attacker first. The spellings are those that some part of a
// system trims, drops, folds, composes, repairs or cuts: each White_Space,
// Default_Ignorable_Code_Point, format and control character at the start, in the middle and at the
// end, each case, compatibility and normalization variant of a letter, and bytes that are not
// UTF-8; the victims have names in eleven alphabets. Then it signs up names of different keys that
// a column with a collation of a language takes for one another (josé and jose, か and が).
//
// It fails if the attacker reaches the victim's account or the victim the attacker's, if the victim
// cannot log in any more, if two accounts share the key that unicodeid has for both names, and if a
// name opens an account of another key. To
// refuse a spelling is right at any time. An alphabet of which no name is accepted is left out,
// Latin excepted.
//
// There are some 25,000 attempts, of one to five calls each: a second with a table in memory, and
// minutes with a database that waits for its disk at each commit. Lookalikes are not tried; for
// them see [Hostile] and [unicodeid.Skeleton].
func CheckStore(t testing.TB, s Store) {
	t.Helper()
	if s.SignUp == nil || s.Login == nil {
		t.Fatal("idtest.CheckStore: a Store needs SignUp and Login")
	}
	profile, err := unicodeid.New(limits.Limits{InputBytes: limits.KiB, Items: 1 << 10})
	if err != nil {
		t.Fatalf("idtest.CheckStore: %v", err)
	}
	a := &attack{t: t, store: s, profile: profile}
	if _, err := s.Login(t.Context(), "nobody"+alphabets[0].letters); err == nil {
		t.Fatal("idtest.CheckStore: Login has an account for a name that nobody signed up: nothing can be told from it")
	}
	forms := formsByKey(t.Context(), profile)
	for i, v := range alphabets {
		n := newNames(v)
		if !a.start(n) {
			if i == 0 {
				t.Fatal("idtest.CheckStore: no Latin name can be signed up and logged in: nothing can be told from that; the " +
					"store must be empty")
			}
			t.Logf("idtest.CheckStore: no name like %q is accepted: its spellings are left out", v.base)
			continue
		}
		for sp := range spellings(v.base, v.everything, forms) {
			a.victimFirst(n, sp)
			a.attackerFirst(n, sp)
		}
		a.race(n)
	}
	a.merged()
	a.report()
}

// An attack is the state of one CheckStore.
type attack struct {
	t       testing.TB
	store   Store
	profile *unicodeid.Profile

	attempts int
	failed   [outcomes]int
}

func (a *attack) fail(o outcome, format string, args ...any) {
	a.t.Helper()
	if a.failed[o]++; a.failed[o] <= shownFailures {
		a.t.Errorf("idtest.CheckStore: "+format, args...)
	}
}

func (a *attack) report() {
	a.t.Helper()
	for o, n := range a.failed {
		if n > 0 {
			a.t.Errorf("idtest.CheckStore: %s: %d in %d attempts", outcomeNames[o], n, a.attempts)
		}
	}
}

// signUp calls the user's function, and holds it to an id beside no error.
func (a *attack) signUp(name string) (id string, ok bool) {
	a.t.Helper()
	id, err := a.store.SignUp(a.t.Context(), name)
	if err == nil && id == "" {
		a.t.Fatalf("idtest.CheckStore: SignUp(%+q) returned neither an id nor an error", name)
	}
	return id, err == nil
}

// opens reports whether Login opens the account with the id, and what it opened or failed with.
func (a *attack) opens(name, id string) (bool, string) {
	got, err := a.store.Login(a.t.Context(), name)
	if err != nil {
		return false, fmt.Sprintf("failed (%v)", err)
	}
	return got == id, fmt.Sprintf("opened %q", got)
}

// start signs the first victim of an alphabet up.
func (a *attack) start(n *names) bool {
	a.t.Helper()
	for range maxRefused {
		name := n.next()
		id, ok := a.signUp(name)
		if !ok {
			continue
		}
		n.victim, n.id = name, id
		found, _ := a.opens(name, id)
		return found
	}
	return false
}

// maxRefused is how many names of an alphabet are tried before it is given up: a store may block
// some for what they spell.
const maxRefused = 20

// victimFirst has a user whose name the attacker spells in another way.
func (a *attack) victimFirst(n *names, sp spelling) {
	a.t.Helper()
	raw := sp(n.victim)
	if raw == n.victim {
		return
	}
	a.attempts++
	id, ok := a.signUp(raw)
	a.judge(n.victim, n.id, raw, id, ok)
	if !ok {
		return // The table is as it was: the victim serves again.
	}
	if !a.start(n) {
		a.fail(unchecked, "after the sign-up of %+q no other name like %q can be signed up and logged in", raw, n.base)
	}
}

// attackerFirst has the attacker wait for a user to come.
func (a *attack) attackerFirst(n *names, sp spelling) {
	a.t.Helper()
	if n.unused == "" {
		n.unused = n.next()
	}
	name := n.unused
	raw := sp(name)
	if raw == name {
		return
	}
	a.attempts++
	attacker, ok := a.signUp(raw)
	if !ok {
		return
	}
	n.unused = ""
	if victim, ok := a.signUp(name); ok {
		a.judge(name, victim, raw, attacker, true)
	}
}

// judge looks at two names after both have been tried at sign-up: the victim's with success.
func (a *attack) judge(victim, victimID, raw, attackerID string, accepted bool) {
	a.t.Helper()
	if accepted && attackerID == victimID {
		a.fail(takeover, "the sign-ups of %+q and %+q returned the same account %q", victim, raw, victimID)
		return
	}
	found, got := a.opens(victim, victimID)
	switch {
	case found:
	case accepted && got == fmt.Sprintf("opened %q", attackerID):
		a.fail(takeover, "%+q opens the account of %+q, which signed up with another spelling", victim, raw)
	default:
		a.fail(lockout, "%+q cannot log in after the sign-up of %+q: Login %s, not %q", victim, raw, got, victimID)
	}
	if !accepted {
		return
	}
	if reached, _ := a.opens(raw, victimID); reached {
		a.fail(takeover, "%+q signed up for an account of its own, and opens that of %+q", raw, victim)
	}
	if a.sameKey(victim, raw) {
		a.fail(twins, "%+q and %+q have one key and two accounts", victim, raw)
	}
}

func (a *attack) sameKey(x, y string) bool {
	first, err := a.profile.Lookup(a.t.Context(), x)
	second, otherErr := a.profile.Lookup(a.t.Context(), y)
	return err == nil && otherErr == nil && first == second
}

// rounds is how often the sign-ups of one key race for each alphabet.
const rounds = 8

// race signs spellings of one key up at the same time: the database has to decide, not a look
// before.
func (a *attack) race(n *names) {
	a.t.Helper()
	if a.store.Concurrent < 2 {
		return
	}
	ctx := a.t.Context()
	for range rounds {
		name := n.next()
		same := []string{name, " " + name, name + "\t", name + "\n"}
		ids := make([]string, a.store.Concurrent)
		errs := make([]error, a.store.Concurrent)
		var all sync.WaitGroup
		start := make(chan struct{})
		for i := range ids {
			all.Go(func() {
				<-start
				ids[i], errs[i] = a.store.SignUp(ctx, same[i%len(same)])
			})
		}
		close(start)
		all.Wait()
		a.attempts += len(ids)
		won := map[string]bool{}
		for i, id := range ids {
			if errs[i] == nil {
				won[id] = true
			}
		}
		switch {
		case len(won) > 1:
			a.fail(twins, "%d sign-ups of %+q at the same time made %d accounts", len(ids), name, len(won))
		case len(won) == 0:
			a.fail(lockout, "%d sign-ups of %+q at the same time all failed: %v", len(ids), name, errors.Join(errs...))
		}
	}
}
