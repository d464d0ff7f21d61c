package discover

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

const schemas = "https://schema.management.azure.com/schemas/"

func TestClassify(t *testing.T) {
	long := strings.Repeat("x", HeadSize)
	for _, test := range []struct {
		name, text string
		want       Kind
	}{
		{"a.bicep", "", Bicep},
		{"a.BICEP", `{"$schema":"x/deploymentTemplate.json#"}`, Bicep},
		{"a.bicepparam", "", BicepParam},
		{"a.json", `{"$schema":"` + schemas + `2019-04-01/deploymentTemplate.json#"}`, Template},
		{"a.json", `{"$schema":"http://schema.management.azure.com/schemas/2014-04-01-preview/DeploymentTemplate.JSON"`, Template},
		{"a.json", `{"$schema":"` + schemas + `2018-05-01/subscriptionDeploymentTemplate.json#"}`, Template},
		{"a.json", `{"$schema":"` + schemas + `2019-08-01/managementGroupDeploymentTemplate.json#"}`, Template},
		{"a.json", `{"$schema":"` + schemas + `2019-08-01/tenantDeploymentTemplate.json#"}`, Template},
		{"a.json", `{"$schema":"` + schemas + `2019-04-01/deploymentParameters.json#"}`, Parameters},
		{"a.json", `{"$schema":"` + schemas + `2018-05-01/subscriptionDeploymentParameters.json#"}`, Parameters},
		{"a.json", `{"$schema":"` + schemas + `2020-10-01/policyDefinition.json"}`, Policy},
		{"a.json", `{"$schema":"` + schemas + `0.1.2-preview/CreateUIDefinition.MultiVm.json#","resources":[]}`, NotTemplate},
		{"a.json", `{"$schema":"http://json-schema.org/draft-07/schema#","resources":[{"type":"a/b","apiVersion":"1"}]}`, NotTemplate},
		{"a.json", `{"$SCHEMA":"x/deploymentTemplate.json#"}`, Template},
		{"a.json", `{"$schema":"x/notdeploymentTemplate.json#"}`, NotTemplate},
		{"a.json", `{"x":{"$schema":"x/deploymentTemplate.json#"}}`, NotTemplate},
		{"a.json", `{"x":"$schema","$schema":"x/deploymentTemplate.json#"}`, Template},
		{"a.json", "\ufeff{\"$schema\":\"x/deploymentTemplate.json#\"}", Template},
		{"a.json", "// a\r\n/* {b} */ {/**/'$schema' /* c */: // d\n \"x/deploymentTemplate.json#\"}", Template},
		{"a.json", "{\"metadata\":{\"a\":\"two\nlines \\\"{\\\\\"},\n\"$schema\":\"x/deploymentTemplate.json#\"}", Template},
		{"a.txt", `{"$schema":"x/deploymentTemplate.json#"}`, Template},
		{"a", `{"$schema":"x/deploymentTemplate.json#"}`, Template},

		{"a.json", `{"resources":[{"type":"Microsoft.Web/sites","apiVersion":"2022-01-01"}]}`, Template},
		{"a.json", `{"resources":[1,{"x":{}},{"apiVersion":"2022-01-01","name":"a","type":"[variables('t')]"`, Template},
		{"a.json", `{"resources":{"site":{"type":"Microsoft.Web/sites","apiVersion":"2022-01-01"}}}`, Template},
		{"a.json", `{"resources":[{"kind":"Pod","type":"x","apiVersion":"v1"}]}`, NotTemplate},
		{"a.json", `{"resources":["a.yaml"],"apiVersion":"v1"}`, NotTemplate},
		{"a.json", `{"contentVersion":"1.0.0.0","resources":[]}`, Template},
		{"a.json", `{"contentVersion":"1.0.0.0","parameters":{}}`, Parameters},
		{"a.json", `{"contentVersion":"1.0.0.0","parameters":{}`, Unknown},
		{"a.json", `{"parameters":{}}`, NotTemplate},
		{"a.json", `{"type":"Microsoft.Web/sites","apiVersion":"1"}`, NotTemplate},

		{"a.json", `{"properties":{"mode":"All","policyRule":{"if":{}}}}`, Policy},
		{"a.json", `{"policyRule":{}}`, Policy},
		{"a.json", `{"properties":{"policyDefinitions":[{}]}}`, Policy},
		{"a.json", `{"$schema":"https://example.com/policy-definition-schema.json","properties":{"policyRule":{}}}`, Policy},
		{"a.json", `{"policyDefinitions":["name"]}`, NotTemplate},
		{"a.json", `{"properties":{"policyRule":"text"}}`, NotTemplate},
		{"a.json", `{"properties":[{"policyRule":{}}]}`, NotTemplate},

		{"a.json", ``, Unknown},
		{"a.json", `// only a comment`, Unknown},
		{"a.json", `[{}]`, NotTemplate},
		{"a.json", `null`, NotTemplate},
		{"a.json", `{}`, NotTemplate},
		{"a.json", `{"a":"` + long, Unknown},
		{"a.json", `{"a":1 "b"`, Unknown},
		{"a.json", `{"a":}`, NotTemplate},
		{"a.json", `{"a":[}]`, Unknown},
		{"a.json", `{"resources":[}]`, Unknown},
		{"a.json", `{"resources":{]}`, NotTemplate},
		{"a.json", `{"resources":[:,{:}]}`, NotTemplate},
		{"a.json", `{"$schema`, Unknown},
		{"a.json", `{"$schema":"x/deploymentTemplate.json#\"`, Unknown},
		{"a.json", "\xff\xfe{", Unknown},
		{"a.json", "\x00", Unknown},
	} {
		if got := Classify(test.name, []byte(test.text)); got != test.want {
			t.Errorf("%s %.200s: %s, want %s", test.name, test.text, got, test.want)
		}
	}
}

func TestClassifyUTF16(t *testing.T) {
	text := "\ufeff{ // größer 𝄞\n\"metadata\": {\"a\": \"ħģ\"}, \"$schema\": \"x/deploymentTemplate.json#\"}"
	for _, big := range []bool{false, true} {
		data := encodeUTF16(text, big)
		if got := Classify("a.json", data); got != Template {
			t.Errorf("big endian %v: %s", big, got)
		}
		if got := Classify("a.json", data[:41]); got != Unknown {
			t.Errorf("big endian %v, cut in a character: %s", big, got)
		}
	}
}

func encodeUTF16(text string, big bool) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if big {
			data = append(data, byte(unit>>8), byte(unit))
		} else {
			data = append(data, byte(unit), byte(unit>>8))
		}
	}
	return data
}

func TestGeneratedByBicep(t *testing.T) {
	for text, want := range map[string]bool{
		`{"$schema":"x","metadata":{"_generator":{"name":"bicep","version":"1"}}}`:                  true,
		`{"$schema":"x","metadata":{"_EXPERIMENTAL":[1],"_generator":{"version":"1","name":"bicep"`: true,
		`{"$schema":"x","metadata":{"_generator":{"name":"hand"}}}`:                                 false,
		`{"$schema":"x","metadata":{"name":"bicep"}}`:                                               false,
		`{"resources":[{"properties":{"template":{"metadata":{"_generator":{"name":"bicep"}}}}}]}`:  false,
		``: false,
	} {
		if got := generatedByBicep([]byte(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestClassifyAllocatesNothing(t *testing.T) {
	head := []byte(`{"metadata":{"_generator":{"name":"bicep"}},"parameters":{},"resources":[{"type":"a/b","name":"x","apiVersion":"1"}]}`)
	if n := testing.AllocsPerRun(10, func() { Classify("main.json", head) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// FuzzClassify holds that what decides for the head of a file decides for the
// whole of it.
func FuzzClassify(f *testing.F) {
	f.Add([]byte(`{"$schema":"x/deploymentTemplate.json#"}`), 20)
	f.Add([]byte(`{"resources":[{"type":"a/b",'apiVersion":"1"}],}`), 30)
	f.Add([]byte(`{"properties":{/**/"policyRule":{}}} // `), 8)
	f.Add([]byte("\xff\xfe{\x00}\x00"), 4)
	f.Add([]byte(`        /* a head may be cut off in the mark */ {"$schema":"x/deploymentTemplate.json#"}`), 9)
	f.Fuzz(func(t *testing.T, text []byte, n int) {
		whole := Classify("a.json", text)
		if n < 4 || n > len(text) { // a head has the whole byte order mark
			return
		}
		if head := Classify("a.json", text[:n]); head != Unknown && head != whole {
			t.Errorf("by the first %d bytes %q is %v, in whole %v", n, text, head, whole)
		}
		if generatedByBicep(text[:n]) && !generatedByBicep(text) {
			t.Errorf("by the first %d bytes %q is generated, in whole it is not", n, text)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	for _, kind := range []struct{ name, text string }{
		{"schema", `{"$schema":"` + schemas + `2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0"`},
		{"data", `{"data":[` + strings.Repeat(`{"name":"value","number":12345,"list":[true,null]},`, 160)},
	} {
		b.Run(kind.name, func(b *testing.B) {
			head := []byte(kind.text)
			b.SetBytes(int64(len(head)))
			b.ReportAllocs()
			for b.Loop() {
				Classify("main.json", head)
			}
		})
	}
}

func ExampleClassify() {
	fmt.Println(Classify("main.json", []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"`)))
	// Output: template
}
