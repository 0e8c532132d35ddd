module github.com/seed73825598/airlock/examples

go 1.26.6

require github.com/seed73825598/airlock v0.0.0

replace github.com/seed73825598/airlock => ../
