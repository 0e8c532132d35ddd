// Package login takes the user from a response of SAML: gosaml2 checks the signature, and safexml
// stands before it, so that gosaml2 sees no document that can be read two ways.
package login

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	saml2 "github.com/russellhaering/gosaml2"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// budget is what a response may cost. Honest ones have 20 KiB.
var budget = limits.Limits{InputBytes: 256 * limits.KiB, Items: 10_000, Time: time.Second}

// ErrNotForUs is the error for a response that is signed and meant for another service, or
// outdated.
var ErrNotForUs = errors.New("the response is not for this service, or not for now")

// User returns the name of the user whom the identity provider vouches for, from the form field
// SAMLResponse. An error that matches limits.ErrRefused is the sender's.
func User(ctx context.Context, sp *saml2.SAMLServiceProvider, field string) (string, error) {
	checked, err := safexml.NewReader(ctx, base64.NewDecoder(base64.StdEncoding, strings.NewReader(field)), budget,
		safexml.SAML())
	if err != nil {
		return "", err
	}
	var response bytes.Buffer
	if _, err := io.Copy(&response, checked); err != nil {
		return "", fmt.Errorf("login: %w", err)
	}
	// The bytes that passed, and not those that came.
	info, err := sp.RetrieveAssertionInfo(base64.StdEncoding.EncodeToString(response.Bytes()))
	if err != nil {
		return "", fmt.Errorf("login: %w", err)
	}
	if info.WarningInfo.InvalidTime || info.WarningInfo.NotInAudience {
		return "", ErrNotForUs
	}
	return info.NameID, nil
}
