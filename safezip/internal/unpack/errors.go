package unpack

import "fmt"

// Also puts a second error after the first, if there is one, on the same line.
func Also(err, second error) error {
	switch {
	case err == nil:
		return second
	case second == nil:
		return err
	}
	return fmt.Errorf("%w; %w", err, second)
}
