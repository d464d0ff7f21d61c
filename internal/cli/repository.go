package cli

import (
	"net/url"
	"path"
	"strings"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// repository reads from the files of git what is analysed, nil if that is
// not a repository with an origin.
func repository(t *tree.Tree) *report.Repository {
	head, err := t.ReadFile(".git/HEAD")
	if err != nil {
		return nil
	}
	r := &report.Repository{URI: origin(t)}
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
	if !strings.HasPrefix(ref, "refs/") || path.Clean(ref) != ref {
		return r // no name of a branch
	}
	if rev, err := t.ReadFile(path.Join(".git", ref)); err == nil {
		r.Revision = strings.TrimSpace(string(rev))
	}
	return r
}

// origin is the address of the remote called origin, as a web address.
func origin(t *tree.Tree) string {
	config, err := t.ReadFile(".git/config")
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

// webAddress turns the address of a remote into one for a browser, without
// credentials; "" if it has none.
func webAddress(address string) string {
	if rest, ok := strings.CutPrefix(address, "git@"); ok {
		host, path, _ := strings.Cut(rest, ":")
		address = "https://" + host + "/" + path
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return ""
	}
	plain := url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, ".git")}
	return plain.String()
}
