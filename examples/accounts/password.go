package accounts

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/subtle"
	"hash"
)

const (
	saltSize = 16
	hashSize = 32
	// For an example that runs in a test. A service takes what takes it a tenth of a second.
	iterations = 1000
)

// A digest makes the hash function that passwords are hashed with.
type digest func() hash.Hash

// of returns the salt and the hash of a new password.
func (d digest) of(password string) ([]byte, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return nil, err
	}
	hash, err := pbkdf2.Key(d, password, salt, iterations, hashSize)
	return append(salt, hash...), err
}

// dummy is what the password is compared with where there is no user: the work is that of a user
// with another password, so that time does not tell who has an account. No password has it.
var dummy = make([]byte, saltSize+hashSize)

// matches compares a password with a stored hash, or with the dummy.
func (d digest) matches(stored []byte, password string) bool {
	known := len(stored) == saltSize+hashSize
	if !known {
		stored = dummy
	}
	hash, err := pbkdf2.Key(d, password, stored[:saltSize], iterations, hashSize)
	return err == nil && subtle.ConstantTimeCompare(hash, stored[saltSize:]) == 1 && known
}
