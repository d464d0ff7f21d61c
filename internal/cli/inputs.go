package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// inputs are the flags that say what a template is evaluated for.
type inputs struct {
	configFlags
	root             string
	params           []string
	noParameterFiles bool
	cfg              eval.Config
}

func (in *inputs) set(fs *pflag.FlagSet) {
	group(fs, "files", func(fs *pflag.FlagSet) {
		fs.StringVar(&in.root, "root", "", "read nothing outside of `DIR`; default: the repository, else the working directory")
		in.configFlags.set(fs)
		valued(fs, folders, "root")
	})
	group(fs, "what they are evaluated for", func(fs *pflag.FlagSet) {
		fs.StringArrayVarP(&in.params, "parameter", "p", nil, "a parameter file, or a parameter as `NAME=VALUE`; may be repeated")
		fs.BoolVar(&in.noParameterFiles, "no-parameter-files", false, "leave out the parameter files beside a template")
		fs.StringVar(&in.cfg.Tenant, "tenant", "", "`ID` of the tenant that is deployed to")
		fs.StringVar(&in.cfg.Subscription, "subscription", "", "`ID` of the subscription that is deployed to")
		fs.StringVar(&in.cfg.ResourceGroup, "resource-group", "", "`NAME` of the resource group that is deployed to")
		fs.StringVar(&in.cfg.ManagementGroup, "management-group", "", "`NAME` of the management group that is deployed to")
		fs.StringVar(&in.cfg.Location, "location", "", "`REGION` of the resource group that is deployed to")
		fs.StringVar(&in.cfg.Cloud, "cloud", "", "the cloud's `NAME` for environment(); default AzureCloud")
		valued(fs, files, "parameter")
	})
}

// open returns the analysed tree for the paths: one that holds them all.
func (in *inputs) open(paths []string) (*tree.Tree, error) {
	if in.root != "" {
		return tree.Open(in.root)
	}
	common, err := folderOf(paths)
	if err != nil {
		return nil, err
	}
	return tree.Find(common)
}

// folderOf returns the innermost folder that holds all paths.
func folderOf(paths []string) (string, error) {
	common := ""
	for _, p := range paths {
		if p == "-" {
			continue
		}
		info, err := os.Stat(p)
		if err != nil {
			return "", fmt.Errorf("%s: there is no such file or folder", p)
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return "", err
		}
		if !info.IsDir() {
			abs = filepath.Dir(abs)
		}
		common = commonFolder(common, abs)
	}
	if common == "" {
		common = "."
	}
	return common, nil
}

// commonFolder is the innermost folder that holds both; "" stands for none
// yet.
func commonFolder(a, b string) string {
	for a != "" && a != b && !strings.HasPrefix(b, strings.TrimSuffix(a, string(filepath.Separator))+string(filepath.Separator)) {
		up := filepath.Dir(a)
		if up == a {
			break
		}
		a = up
	}
	if a == "" {
		return b
	}
	return a
}

// place returns what a template is evaluated for, and the parameter files.
func (in *inputs) place(t *tree.Tree) (eval.Config, []string, error) {
	cfg := in.cfg
	if err := in.wantGUIDs(); err != nil {
		return cfg, nil, err
	}
	cfg.Values = map[string]value.Value{}
	var files []string
	for _, p := range in.params {
		name, text, ok := strings.Cut(p, "=")
		if ok && !strings.ContainsAny(name, `/\`) {
			cfg.Values[strings.ToLower(name)] = argument(text)
			continue
		}
		rel, err := t.Rel(p)
		if err != nil {
			return cfg, nil, err
		}
		if !t.Exists(rel) {
			return cfg, nil, fmt.Errorf("-p %s: there is no such parameter file; a parameter is given as NAME=VALUE", p)
		}
		files = append(files, filepath.ToSlash(rel))
	}
	return cfg, files, nil
}

// wantGUIDs fails for an id that is none: beside the name of a tenant, every
// tenant would be another one.
func (in *inputs) wantGUIDs() error {
	for _, x := range []struct{ flag, id string }{{"tenant", in.cfg.Tenant}, {"subscription", in.cfg.Subscription}} {
		if x.id != "" && !facts.IsGUID(x.id) {
			return fmt.Errorf("--%s takes a GUID, not %q", x.flag, x.id)
		}
	}
	return nil
}

// argument reads a value from the command line: JSON if it is, else text.
func argument(text string) value.Value {
	if gjson.Valid(text) {
		return config.Value(source.Parse("-p", []byte(text)).Root())
	}
	return value.OfString(text)
}
