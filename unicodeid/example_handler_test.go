package unicodeid_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/unicodeid"
)

// userTable is the users of a service. A database has two columns that are unique in its place: one
// of keys, and one of skeletons.
type userTable struct {
	profile *unicodeid.Profile

	mu        sync.Mutex
	keys      map[unicodeid.Key]unicodeid.Display
	skeletons map[unicodeid.Skeleton]bool
}

func newUserTable() (*userTable, error) {
	profile, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64}, unicodeid.Reserved("admin", "support"))
	if err != nil {
		return nil, err
	}
	return &userTable{profile: profile, keys: map[unicodeid.Key]unicodeid.Display{},
		skeletons: map[unicodeid.Skeleton]bool{}}, nil
}

// signUp answers POST /sign-up. A refusal says what is wrong with the name, and holds none of it.
func (a *userTable) signUp(w http.ResponseWriter, r *http.Request) {
	if err := limitshttp.ParseForm(r, limits.Limits{InputBytes: 4 * limits.KiB, Items: 10}); err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	name, err := a.profile.Register(r.Context(), r.PostFormValue("name"))
	if refusal, ok := errors.AsType[*unicodeid.Error](err); ok {
		p := refusal.Problems[0]
		http.Error(w, fmt.Sprintf("character %d: %s", p.Grapheme+1, p.Detail), http.StatusUnprocessableEntity)
		return
	}
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	if !a.insert(name) {
		http.Error(w, "the name is taken, or looks like one that is", http.StatusConflict)
		return
	}
	fmt.Fprintln(w, "welcome,", name.Display().Isolated())
}

// insert is one transaction: the key and all skeletons, or nothing.
func (a *userTable) insert(name unicodeid.Name) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, taken := a.keys[name.Key()]; taken {
		return false
	}
	for _, s := range name.Skeletons() {
		if a.skeletons[s] {
			return false
		}
	}
	a.keys[name.Key()] = name.Display()
	for _, s := range name.Skeletons() {
		a.skeletons[s] = true
	}
	return true
}

// login answers POST /login. A name without a key is answered as one that does not exist.
func (a *userTable) login(w http.ResponseWriter, r *http.Request) {
	if err := limitshttp.ParseForm(r, limits.Limits{InputBytes: 4 * limits.KiB, Items: 10}); err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	key, err := a.profile.Lookup(r.Context(), r.PostFormValue("name"))
	if err != nil && !errors.Is(err, unicodeid.ErrNoKey) {
		limitshttp.Fail(w, r, err)
		return
	}
	a.mu.Lock()
	display, ok := a.keys[key] // The zero Key of a name without one is in no table.
	a.mu.Unlock()
	// Here the password is checked, against a hash of nothing if the name is not ok.
	if !ok {
		http.Error(w, "wrong name or password", http.StatusUnauthorized)
		return
	}
	fmt.Fprintln(w, "hello,", display)
}

func Example_handler() {
	a, err := newUserTable()
	if err != nil {
		fmt.Println(err)
		return
	}
	post := func(to http.HandlerFunc, name string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(url.Values{"name": {name}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		to(w, r)
		fmt.Printf("%+q: %d %+q\n", name, w.Code, strings.TrimSpace(w.Body.String()))
	}
	post(a.signUp, "Paypal")
	post(a.signUp, "paypaI")
	post(a.signUp, "pay\u200bpal")
	post(a.signUp, "4dmin")
	post(a.login, " PAYPAL\n")
	post(a.login, "pay\u200bpal")
	post(a.login, "paypaI")
	post(a.login, "\xff")
	// Output:
	// "Paypal": 200 "welcome, \u2068Paypal\u2069"
	// "paypaI": 409 "the name is taken, or looks like one that is"
	// "pay\u200bpal": 422 "character 4: an invisible character"
	// "4dmin": 422 "character 1: the name is reserved"
	// " PAYPAL\n": 200 "hello, Paypal"
	// "pay\u200bpal": 200 "hello, Paypal"
	// "paypaI": 401 "wrong name or password"
	// "\xff": 401 "wrong name or password"
}
