//go:build tools

// Package tools pins the engine's command, so that `go mod tidy` keeps what building it needs.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
