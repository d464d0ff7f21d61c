package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/template"
)

// text compares our template of each main.bicep with the compiler's, string by
// string; name is that of the compiler's files.
func text(dirs []string, name string) {
	list := pairs(dirs, name)
	cache := harvest(list)
	same := 0
	for _, p := range list {
		d := textDifference(p, cache, name != "main.json")
		if d == "" {
			same++
			continue
		}
		fmt.Printf("%s: %s\n", p.source, d)
	}
	fmt.Printf("text: %d of %d pairs of %s equal, %d modules harvested\n", same, len(list), name, len(cache))
}

func textDifference(p pair, cache map[string]template.Tree, force bool) string {
	prog := bicep.NewProgram(newDisk(cache))
	if force {
		prog.ForceSymbolic()
	}
	t, err := prog.Template(p.source)
	if err != nil {
		return err.Error()
	}
	if len(prog.Problems) > 0 {
		return prog.Problems[0].Message
	}
	ours := arm(t)
	if dir := os.Getenv("BICEPCOMPARE_OUT"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, "ours.json"), ours, 0o644)
	}
	var got, want any
	if err := json.Unmarshal(ours, &got); err != nil {
		return "our JSON: " + err.Error()
	}
	if err := json.Unmarshal([]byte(read(p.compiled)), &want); err != nil {
		return "their JSON: " + err.Error()
	}
	d := difference("", normalTemplate(got), normalTemplate(want))
	if d != "" && len(prog.Unsupported) > 0 {
		d += " (" + prog.Unsupported[0].Name + ")"
	}
	return d
}

// difference is the first place where two values differ.
func difference(at string, got, want any) string {
	g, gok := got.(map[string]any)
	w, wok := want.(map[string]any)
	if gok && wok {
		for _, k := range keysOf(g, w) {
			if d := difference(at+"/"+k, g[k], w[k]); d != "" {
				return d
			}
		}
		return ""
	}
	gl, gok := got.([]any)
	wl, wok := want.([]any)
	if gok && wok && len(gl) == len(wl) {
		for i := range gl {
			if d := difference(fmt.Sprintf("%s/%d", at, i), gl[i], wl[i]); d != "" {
				return d
			}
		}
		return ""
	}
	if reflect.DeepEqual(got, want) {
		return ""
	}
	return fmt.Sprintf("%s\n    ours   %s\n    theirs %s", at, short(got), short(want))
}

func keysOf(a, b map[string]any) []string {
	var out []string
	for k := range a {
		out = append(out, k)
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			out = append(out, k)
		}
	}
	sort.Strings(out)
	return out
}

func short(v any) string {
	b, _ := json.Marshal(v)
	return string(b[:min(len(b), 700)])
}
