package limits

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// Defaults of [PoolLimits].
const (
	DefaultPoolWaiting = 1024             // PoolLimits.Waiting
	DefaultPoolMaxWait = 10 * time.Second // PoolLimits.MaxWait
)

// PoolLimits says what a [Pool] holds. As in [Limits], a field is a limit if it is positive, unset
// if it is zero, and no limit if it is [UnsafeUnlimited]; every other number, and a MaxWait below 1
// ms, is an error that matches [ErrUnset]. At least one of Operations and MemoryBytes must be a
// limit.
type PoolLimits struct {
	// Operations is how many operations run at once, an envelope with all that runs under it
	// counting as one. Unset, their number is not capped.
	Operations int64
	// MemoryBytes is how much they may hold together, each with the MemoryBytes of its limits
	// whether it comes to use them or not. Unset, memory is not capped.
	MemoryBytes Bytes
	// Waiting is how many may wait for a place; who comes after is told at once that the Pool is
	// busy. Unset, it is DefaultPoolWaiting.
	Waiting int64
	// MaxWait is how long one waits for a place, at least 1 ms. Unset, it is DefaultPoolMaxWait.
	MaxWait time.Duration
}

// ceiling is what a valid field is held to.
func ceiling(v int64) int64 {
	if v <= 0 {
		return unlimited
	}
	return v
}

// problems finds every field that is wrong.
func (l *PoolLimits) problems() []FieldProblem {
	var problems []FieldProblem
	add := func(field, reason string) {
		problems = append(problems, FieldProblem{Field: field, Reason: reason, Unset: true})
	}
	if l.Operations <= 0 && l.MemoryBytes <= 0 {
		add("the Pool", "caps nothing: set at least one of Operations and MemoryBytes")
	}
	fields := l.fields()
	for _, f := range fields[:3] {
		if f.value < 0 && f.value != UnsafeUnlimited {
			add(f.name, invalidReason(strconv.FormatInt(f.value, 10)))
		}
	}
	switch {
	case l.MaxWait == UnsafeUnlimited:
	case l.MaxWait < 0:
		add("MaxWait", invalidReason(Time.format(int64(l.MaxWait))))
	case l.MaxWait != 0 && l.MaxWait < minTime:
		add("MaxWait", "is "+Time.format(int64(l.MaxWait))+": is a unit missing? at least "+minTime.String())
	}
	return problems
}

// UnmarshalJSON reads an object with the names of the fields, a MaxWait in nanoseconds. It refuses
// [UnsafeUnlimited], as a number too, with a [*ConfigError]: a configuration file must not lift a
// protection. On an error l stays as it was.
func (l *PoolLimits) UnmarshalJSON(data []byte) error {
	if l == nil {
		return misuse("limits.PoolLimits", "the pointer to set", "is nil")
	}
	type plain PoolLimits
	read := plain(*l)
	if err := json.Unmarshal(data, &read); err != nil {
		return misfit(err)
	}
	var problems []FieldProblem
	for _, f := range (*PoolLimits)(&read).fields() {
		if f.value == UnsafeUnlimited {
			problems = append(problems, FieldProblem{Field: f.name,
				Reason: "is limits.UnsafeUnlimited, which JSON must not set: write a smaller limit, or set it in the program"})
		}
	}
	if problems != nil {
		return &ConfigError{Op: "limits.PoolLimits", Problems: problems}
	}
	*l = PoolLimits(read)
	return nil
}

// misfit makes a ConfigError of what encoding/json says, which quotes a number of any length whole.
func misfit(err error) error {
	if config, ok := errors.AsType[*ConfigError](err); ok {
		return config // MemoryBytes has said it.
	}
	problem := FieldProblem{Field: "the object", Reason: "is not JSON: " + Quote(err.Error())}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		problem.Reason = "is the JSON " + Quote(wrong.Value) + ", which does not fit"
		if wrong.Field != "" {
			problem.Field = wrong.Field
		}
	}
	return &ConfigError{Op: "limits.PoolLimits", Problems: []FieldProblem{problem}}
}

// A poolField is one of PoolLimits by its name.
type poolField struct {
	name  string
	value int64
}

// fields returns all fields in their order, MaxWait last.
func (l *PoolLimits) fields() [4]poolField {
	return [...]poolField{{"Operations", l.Operations}, {"MemoryBytes", int64(l.MemoryBytes)},
		{"Waiting", l.Waiting}, {"MaxWait", int64(l.MaxWait)}}
}
