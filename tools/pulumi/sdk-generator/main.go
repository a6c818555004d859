// Command sdk-generator writes the SDK of a package in one language, by Pulumi's own generators. They come with Pulumi's
// language hosts, which are in the official download but in no published module; the generators alone are.
//
//	sdk-generator python|go|dotnet DIRECTORY < schema.json
//
// The version that go.mod pins is the last that has the generator for .NET.
package main

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

type generator func(*schema.Package) (map[string][]byte, error)

var generators = map[string]generator{
	"python": func(pkg *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage("pulumi-language-python", pkg, nil, nil)
	},
	"go": func(pkg *schema.Package) (map[string][]byte, error) {
		return gogen.GeneratePackage("pulumi-language-go", pkg, nil)
	},
	"dotnet": func(pkg *schema.Package) (map[string][]byte, error) {
		// The generator fetches a picture for the package, from Pulumi where the schema names none: no network is
		// needed to make an SDK, so it is given one from here.
		pictures := httptest.NewServer(http.HandlerFunc(picture))
		defer pictures.Close()
		pkg.LogoURL = pictures.URL
		return dotnet.GeneratePackage("pulumi-language-dotnet", pkg, nil, nil)
	},
}

// picture answers with a square in one colour.
func picture(response http.ResponseWriter, _ *http.Request) {
	square := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.RGBA{0x63, 0x63, 0xf1, 0xff}})
	if err := png.Encode(response, square); err != nil {
		panic(err)
	}
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: sdk-generator python|go|dotnet DIRECTORY < schema.json")
	}
	language, directory := args[0], args[1]
	generate, known := generators[language]
	if !known {
		return fmt.Errorf("no SDK can be made for %q; the languages are python, go and dotnet", language)
	}
	var spec schema.PackageSpec
	if err := json.NewDecoder(os.Stdin).Decode(&spec); err != nil {
		return fmt.Errorf("the schema is no JSON of a package: %w", err)
	}
	// The package refers to no other, so that nothing has to be loaded.
	pkg, diagnostics, err := schema.BindSpec(spec, nil, schema.ValidationOptions{})
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return diagnostics
	}
	files, err := generate(pkg)
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(directory, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
