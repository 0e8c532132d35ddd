// Package accounts shows how names are stored, so that the database and nothing else decides who
// has one: two tables with constraints, sign-up that just tries, and login by the key alone. It
// runs on SQLite and PostgreSQL; its tests have fifty people want one name at once.
package accounts
