package answers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/source"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

const root = "../../.."

// A subject is a type with methods on its pointer.
type subject struct {
	name string // "safezip.Reader", as in the source
	of   reflect.Type
	// the zero value is one to work with (a setting, a report), or an error: nil and zero must not
	// panic, and what a call answers is the type's own affair
	plain bool
}

func made[T any](name string) subject  { return subject{name, reflect.TypeFor[*T](), false} }
func plain[T any](name string) subject { return subject{name, reflect.TypeFor[*T](), true} }

// subjects is every exported type with a method on its pointer.
var subjects = []subject{
	made[limits.Budget]("limits.Budget"),
	made[limits.Meter]("limits.Meter"),
	made[limits.Pool]("limits.Pool"),
	plain[limits.Limits]("limits.Limits"),
	plain[limits.Bytes]("limits.Bytes"),
	plain[limits.PoolLimits]("limits.PoolLimits"),
	plain[limits.BusyError]("limits.BusyError"),
	plain[limits.ConfigError]("limits.ConfigError"),
	plain[limits.ExceededError]("limits.ExceededError"),
	plain[limits.RuleError]("limits.RuleError"),
	plain[safezip.Report]("safezip.Report"),
	made[safezip.Reader]("safezip.Reader"),
	made[safezip.Writer]("safezip.Writer"),
	made[decompress.Reader]("safezip/decompress.Reader"),
	made[safetar.Reader]("safezip/safetar.Reader"),
	made[safetar.Writer]("safezip/safetar.Writer"),
	plain[safexml.Report]("safexml.Report"),
	plain[safexml.MismatchError]("safexml.MismatchError"),
	made[safexml.Encoder]("safexml.Encoder"),
	made[safexml.Tokenizer]("safexml.Tokenizer"),
	made[saferegex.Regexp]("saferegex.Regexp"),
	plain[saferegex.Pattern]("saferegex.Pattern"),
	plain[saferegex.SyntaxError]("saferegex.SyntaxError"),
	made[regexset.Set]("saferegex/regexset.Set"),
	plain[regexset.EngineError]("saferegex/regexset.EngineError"),
	plain[regexset.PatternError]("saferegex/regexset.PatternError"),
	made[unicodeid.Profile]("unicodeid.Profile"),
	plain[unicodeid.Error]("unicodeid.Error"),
	plain[unicodeid.Display]("unicodeid.Display"),
	plain[unicodeid.Key]("unicodeid.Key"),
	plain[unicodeid.Skeleton]("unicodeid.Skeleton"),
}

// TestSubjects: no type with a method on its pointer is missing above.
func TestSubjects(t *testing.T) {
	declared, err := source.Declarations(root)
	if err != nil {
		t.Fatal(err)
	}
	method := regexp.MustCompile(`^([a-z/]+): func \(\*([A-Za-z]+)`)
	var missing []string
	for _, line := range declared {
		m := method.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		name := m[1] + "." + m[2]
		if !slices.ContainsFunc(subjects, func(s subject) bool { return s.name == name }) {
			missing = append(missing, name)
		}
	}
	for _, name := range slices.Compact(missing) {
		t.Errorf("%s is not among the subjects: add a line", name)
	}
}

// TestZeroAndNil calls every method of nil and of a zero value.
func TestZeroAndNil(t *testing.T) {
	for _, s := range subjects {
		for name, receiver := range map[string]func() reflect.Value{
			"nil":  func() reflect.Value { return reflect.Zero(s.of) },
			"zero": func() reflect.Value { return reflect.New(s.of.Elem()) },
		} {
			for i := range s.of.NumMethod() {
				method := s.of.Method(i)
				if _, ofValue := s.of.Elem().MethodByName(method.Name); ofValue && name == "nil" {
					continue // The language itself panics there.
				}
				for _, ctx := range []context.Context{t.Context(), nil} {
					if err := call(receiver().Method(i), ctx); err != nil {
						t.Errorf("%s %s, %s: %v", name, s.name, method.Name, err)
						break
					}
					if s.plain {
						break
					}
					if err := answered(method.Name, receiver().Method(i), ctx); err != nil {
						t.Errorf("%s %s, %s: %v", name, s.name, method.Name, err)
					}
				}
			}
		}
	}
}

// call calls a method with the arguments that say the least, and returns how it panicked.
//
//nolint:revive // The context is one of the arguments.
func call(method reflect.Value, ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panics: %v", p)
		}
	}()
	for _, result := range method.Call(arguments(method.Type(), ctx)) {
		if result.Kind() == reflect.Func && !result.IsNil() && result.Type().NumIn() == 1 &&
			result.Type().NumOut() == 0 { // An iterator.
			result.Call(arguments(result.Type(), ctx))
		}
	}
	return nil
}

// harmless are methods that have nothing to refuse: there is nothing to close, and the text of a
// pattern that is not there is empty.
var harmless = []string{"Close", "AppendText", "MarshalText"}

// answered returns why the error of a call, if it has one to return, is no *limits.ConfigError.
func answered(name string, method reflect.Value, ctx context.Context) error { //nolint:revive // As in call.
	results := method.Call(arguments(method.Type(), ctx))
	if len(results) == 0 || !results[len(results)-1].Type().Implements(reflect.TypeFor[error]()) {
		return nil
	}
	err, _ := reflect.TypeAssert[error](results[len(results)-1])
	var config *limits.ConfigError
	switch {
	case err == nil && slices.Contains(harmless, name):
		return nil
	case err == nil:
		return errors.New("answers with no error")
	case !errors.As(err, &config) || errors.Is(err, limits.ErrRefused):
		return fmt.Errorf("answers with %T: %w", err, err)
	}
	return nil
}

// arguments makes one of each, a variadic tail left out.
func arguments(of reflect.Type, ctx context.Context) []reflect.Value { //nolint:revive // As in call.
	n := of.NumIn()
	if of.IsVariadic() {
		n--
	}
	args := make([]reflect.Value, n)
	for i := range args {
		args[i] = argument(of.In(i), ctx)
	}
	return args
}

func argument(of reflect.Type, ctx context.Context) reflect.Value { //nolint:revive // As in call.
	known := []any{strings.NewReader("x"), io.Discard}
	if ctx != nil {
		known = append(known, ctx)
	}
	if of.Kind() == reflect.Interface && of.NumMethod() > 0 {
		for _, v := range known {
			if reflect.TypeOf(v).Implements(of) {
				return reflect.ValueOf(v)
			}
		}
	}
	if of.Kind() == reflect.Func {
		return reflect.MakeFunc(of, func([]reflect.Value) []reflect.Value {
			results := make([]reflect.Value, of.NumOut())
			for i := range results {
				results[i] = reflect.Zero(of.Out(i))
			}
			return results
		})
	}
	return reflect.Zero(of)
}
