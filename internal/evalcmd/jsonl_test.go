package evalcmd_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/evalcmd"
)

func TestLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"expr": "[add(1, 2)]"}`, `{"value":3}`},
		{`{"expr": "plain"}`, `{"value":"plain"}`},
		{`{"expr": "[[x]"}`, `{"value":"[x]"}`},
		{`{"expr": "[null()]"}`, `{"value":null}`},
		{`{"expr": "[json('1.50')]"}`, `{"value":1.50}`},
		{`{"expr": "[concat('<', '&', 'é')]"}`, `{"value":"<&é"}`},
		{`{"expr": "[parameters('P')]", "parameters": {"p": "[x]"}}`, `{"value":"[x]"}`},
		{`{"expr": "[parameters('p')]", "parameters": {"p": null}}`, `{"value":null}`},
		{`{"expr": "[variables('v')]", "variables": {"v": "[toUpper('a')]"}}`, `{"value":"A"}`},
		{`{"expr": "[f.g(2)]", "functions": [{"namespace": "f", "members": {"g": {"parameters": [{"name": "x"}], "output": {"value": "[mul(parameters('x'), 2)]"}}}}]}`, `{"value":4}`},
		{`{"expr": "[copyIndex()]", "context": {"copy": {"l": 3}, "copyDefault": "l"}}`, `{"value":3}`},
		{`{"expr": "[subscription().id]", "context": {"subscriptionId": "s"}}`, `{"value":"/subscriptions/s"}`},
		{`{"expr": "[managementGroup().name]", "context": {"scope": "managementGroup", "managementGroup": "m"}}`, `{"value":"m"}`},
		{`{"expr": "[resourceGroup().name]", "context": {"scope": "subscription"}}`, `{"error":"resourceGroup() is not available in a deployment to a subscription"}`},
		{`{"expr": "[environment().name]", "context": {"cloud": "AzureChinaCloud"}}`, `{"value":"AzureChinaCloud"}`},
		{`{"expr": "[resourceGroup().name]"}`, `{"unknown":"metadata: resourceGroup().name"}`},
		{`{"expr": "[max(createArray(1, resourceGroup().tags.x))]"}`, `{"unknown":"metadata: max([1, ‹resourceGroup().tags.x›])"}`},
		{`{"expr": "[max(createObject('a', createArray(utcNow())).a)]"}`, `{"unknown":"time: max([‹utcNow()›])"}`},
		{`{"expr": "[createArray(newGuid())]"}`, `{"unknown":"time: newGuid()"}`},
		{`{"expr": "[listKeys('x', '1').a]"}`, `{"unknown":"secret"}`},
		{`{"expr": "[frob()]"}`, `{"error":"there is no function frob()"}`},
		{`{"expr": "[parameters('p')]"}`, `{"error":"there is no parameter 'p'"}`},
		{`{"expr": "[parameters('')]", "parameters": null}`, `{"error":"there is no parameter ''"}`},
		{`{"expr": "[copyIndex()]", "context": {"copy": 3}}`, `{"error":"copyIndex() stands outside of any loop"}`},
		{`{"expr": 5}`, `{"error":"the line has no \"expr\" that is a string"}`},
		{`{}`, `{"error":"the line has no \"expr\" that is a string"}`},
		{`[1]`, `{"error":"the line has no \"expr\" that is a string"}`},
		{`{`, `{"error":"the line is no JSON object"}`},
		{`{"expr": "[variables('v')]", "variables": [], "functions": {}, "parameters": 5, "context": "x"}`, `{"error":"there is no variable 'v'"}`},
	} {
		var out bytes.Buffer
		if err := evalcmd.Lines(strings.NewReader(c.in), &out); err != nil || out.String() != c.want+"\n" {
			t.Errorf("%s\n got %s (%v)want %s", c.in, out.String(), err, c.want)
		}
	}
}

// TestConversation checks that each line is answered before the next is sent.
func TestConversation(t *testing.T) {
	askR, askW := io.Pipe()
	answerR, answerW := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := evalcmd.Lines(askR, answerW)
		answerW.Close()
		done <- err
	}()
	answers := bufio.NewReader(answerR)
	for range 3 {
		io.WriteString(askW, "{\"expr\": \"[true()]\"}\n\n")
		if got, err := answers.ReadString('\n'); got != "{\"value\":true}\n" || err != nil {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	askW.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestBrokenPipe(t *testing.T) {
	if err := evalcmd.Lines(strings.NewReader("{}\n"), broken{}); err == nil {
		t.Error("an answer that cannot be written is no error")
	}
}

// FuzzLines sends anything: each line that is not blank has an answer of one
// line that is JSON with one of the three members.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"expr": "[add(1, parameters('p'))]", "parameters": {"p": 2}, "variables": {"v": []}, "functions": [{}], "context": {"copy": {"a": 1}}}`))
	f.Add([]byte("{\"expr\": \"[f.g()]\", \"functions\": [{\"namespace\": \"f\", \"members\": {\"g\": {\"output\": {\"value\": \"[f.g()]\"}}}}]}\n\n{}\n5"))
	f.Add([]byte(`{"expr": "[variables('a')]", "variables": {"a": "[variables('a')]", "copy": [{"name": "b", "count": 2, "input": 1}]}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 4096 {
			return
		}
		var out bytes.Buffer
		if err := evalcmd.Lines(bytes.NewReader(in), &out); err != nil {
			t.Fatal(err)
		}
		questions := 0
		for line := range bytes.SplitSeq(in, []byte("\n")) {
			if len(bytes.TrimSpace(line)) > 0 {
				questions++
			}
		}
		answers := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if out.Len() == 0 {
			answers = nil
		}
		if len(answers) != questions {
			t.Fatalf("%d questions, %d answers", questions, len(answers))
		}
		for _, a := range answers {
			var m map[string]any
			if err := json.Unmarshal([]byte(a), &m); err != nil || len(m) != 1 {
				t.Errorf("%s: %v", a, err)
			}
		}
	})
}

// large is a question whose value is more text than an evaluation may make.
func large() string {
	list := strings.Repeat("variables('s'), ", 100)
	return `{"expr": "[createArray(` + strings.ReplaceAll(list, "variables('s')", "toUpper(variables('s'))") + `1)]", "variables": {"s": "` + strings.Repeat("x", 3_500_000) + `"}}`
}

// TestLimit: a question that is too large has its answer, and those after it have theirs.
func TestLimit(t *testing.T) {
	var out bytes.Buffer
	if err := evalcmd.Lines(strings.NewReader(large()+"\n"+`{"expr": "[add(1, 2)]"}`), &out); err != nil {
		t.Fatal(err)
	}
	const want = `{"unknown":"limit: the values hold more than 256 MB of text; it may be that variables join each other again and again"}` + "\n" + `{"value":3}` + "\n"
	if out.String() != want {
		t.Errorf("the answers are %.300s", out.String())
	}
}

func TestPrintLimit(t *testing.T) {
	var out bytes.Buffer
	q := gjson.Parse(large())
	err := evalcmd.Print(evalcmd.Text(q.Get("expr").String()), q, &out)
	if err == nil || !strings.HasPrefix(err.Error(), "the values hold more than 256 MB") || out.Len() > 0 {
		t.Errorf("it prints %.100s, %v", out.String(), err)
	}
}
