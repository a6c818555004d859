//go:build tools

// Package tools pins the YAML language host, so that `go mod tidy` keeps what building it needs.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
