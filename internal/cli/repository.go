package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// repository reads from the files of git what is analysed, nil if that is
// not a repository with an origin.
func repository(t *tree.Tree) *report.Repository {
	dir := filepath.Join(t.Dir(), ".git")
	head, err := os.ReadFile(filepath.Join(dir, "HEAD"))
	if err != nil {
		return nil
	}
	r := &report.Repository{URI: origin(dir)}
	if r.URI == "" {
		return nil
	}
	text := strings.TrimSpace(string(head))
	ref, symbolic := strings.CutPrefix(text, "ref: ")
	if !symbolic {
		r.Revision = text
		return r
	}
	r.Branch = strings.TrimPrefix(ref, "refs/heads/")
	if rev, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(ref))); err == nil {
		r.Revision = strings.TrimSpace(string(rev))
	}
	return r
}

// origin is the address of the remote called origin, as a web address.
func origin(dir string) string {
	config, err := os.ReadFile(filepath.Join(dir, "config"))
	if err != nil {
		return ""
	}
	_, section, ok := strings.Cut(string(config), `[remote "origin"]`)
	if !ok {
		return ""
	}
	section, _, _ = strings.Cut(section, "\n[")
	for line := range strings.Lines(section) {
		if k, v, ok := strings.Cut(line, "="); ok && strings.TrimSpace(k) == "url" {
			return webAddress(strings.TrimSpace(v))
		}
	}
	return ""
}

func webAddress(url string) string {
	if rest, ok := strings.CutPrefix(url, "git@"); ok {
		host, path, _ := strings.Cut(rest, ":")
		url = "https://" + host + "/" + path
	}
	if !strings.HasPrefix(url, "https://") {
		return ""
	}
	if at := strings.LastIndex(url, "@"); at >= 0 { // never hand on credentials
		url = "https://" + url[at+1:]
	}
	return strings.TrimSuffix(url, ".git")
}
