package docs

//go:generate go test ../internal/docgen -run TestCurrent -update
