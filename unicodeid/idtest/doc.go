// Package idtest has hostile names, and names of people that must pass, for your own tests and for
// other checks of names than unicodeid's; and it runs the takeover of accounts on your own
// functions for sign-up and login.
//
//	func TestAccounts(t *testing.T) {
//		store := newStore(t) // yours, and empty
//		idtest.CheckStore(t, idtest.Store{SignUp: store.SignUp, Login: store.Login})
//	}
//
// [Hostile] and [Legit] go with a Profile that is made with [Limits] and [Options]:
//
//	profile, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
//	for c := range idtest.Hostile() {
//		if _, err := profile.Register(ctx, c.Raw); c.Rule != "" && err == nil {
//			t.Errorf("%s: accepted", c.Name)
//		}
//	}
//
// Names are built in code, by class: from the properties of every code point of Unicode 15.0.0, not
// from samples. There are some tens of thousands, made one by one as they are asked for: range over
// them in one test, and keep subtests for what fails. The same cases come in the same order every
// time, and a case keeps its name from version to version.
package idtest
