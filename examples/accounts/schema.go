package accounts

// A Dialect is what differs between databases: the schema, and how the refusal of a constraint is
// told from other errors.
type Dialect struct {
	Schema   []string
	Conflict func(error) bool // the error is that of a UNIQUE constraint
	Retry    func(error) bool // the transaction lost to another one, and may be tried again
}

// SQLite's text is compared byte by byte unless a column says otherwise; it says so all the same.
var sqliteSchema = []string{
	`CREATE TABLE users (
		id          INTEGER PRIMARY KEY,
		display     TEXT NOT NULL,
		key_profile TEXT NOT NULL,
		key         TEXT COLLATE BINARY NOT NULL UNIQUE CHECK (key <> '' AND length(CAST(key AS BLOB)) <= 1020),
		password    BLOB NOT NULL
	)`,
	`CREATE TABLE user_skeletons (
		skeleton TEXT COLLATE BINARY PRIMARY KEY NOT NULL,
		user_id  INTEGER NOT NULL REFERENCES users ON DELETE CASCADE
	)`,
}

// PostgreSQL compares text by the database's collation, under which two different strings can be
// equal, unless a column says otherwise.
var postgresSchema = []string{
	`CREATE TABLE users (
		id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
		display     text NOT NULL,
		key_profile text NOT NULL,
		key         text COLLATE "C" NOT NULL UNIQUE CHECK (key <> '' AND octet_length(key) <= 1020),
		password    bytea NOT NULL
	)`,
	`CREATE TABLE user_skeletons (
		skeleton text COLLATE "C" PRIMARY KEY,
		user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE
	)`,
}
