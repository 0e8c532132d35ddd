// Package accounts shows how names are stored, so that the database and nothing else decides who
// has one: two tables with constraints, sign-up that just tries, login by the key alone with equal
// work for a user who does not exist, rename, release with a tombstone, and a reset that goes to
// the stored address. It runs on SQLite, PostgreSQL and MariaDB; its tests have fifty people want
// one name at once.
package accounts
