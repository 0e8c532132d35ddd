// Package limits is one budget type for every package of this module: how much may this input cost, and how is a refusal said.
package limits
