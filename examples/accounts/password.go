package accounts

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
)

const (
	saltSize = 16
	hashSize = 32
	// For an example that runs in a test. A service takes what takes it a tenth of a second.
	iterations = 1000
)

func newHash(password string) ([]byte, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return nil, err
	}
	hash, err := pbkdf2.Key(sha256.New, password, salt, iterations, hashSize)
	return append(salt, hash...), err
}

// dummy is what the password is compared with where there is no user: the work is that of a user
// with another password, so that time does not tell who has an account. No password has it.
var dummy = make([]byte, saltSize+hashSize)

// hashMatches compares a password with a stored hash, or with the dummy.
func hashMatches(stored []byte, password string) bool {
	known := len(stored) == saltSize+hashSize
	if !known {
		stored = dummy
	}
	hash, err := pbkdf2.Key(sha256.New, password, stored[:saltSize], iterations, hashSize)
	return err == nil && subtle.ConstantTimeCompare(hash, stored[saltSize:]) == 1 && known
}
