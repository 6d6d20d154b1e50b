// Command gitops tells what GitOps tools make of an object: kstatus, which Flux and others ask, and the health checks of an
// argocd-cm ConfigMap. It reads objects as JSON or YAML and writes one JSON object per line for each.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

// verdict is one line of the output.
type verdict struct {
	Kstatus        string `json:"kstatus"`
	KstatusMessage string `json:"kstatusMessage"`
	ArgoCD         string `json:"argocd,omitempty"`
	ArgoCDMessage  string `json:"argocdMessage,omitempty"`
}

func main() {
	configMap := flag.String("argocd-cm", "", "`file` with a ConfigMap of Argo CD whose health checks are asked too")
	flag.Parse()
	if err := run(*configMap, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gitops:", err)
		os.Exit(1)
	}
}

func run(configMap string, objects io.Reader, verdicts io.Writer) error {
	checks, err := readHealthChecks(configMap)
	if err != nil {
		return err
	}
	decoder := yaml.NewYAMLOrJSONDecoder(objects, 4096)
	encoder := json.NewEncoder(verdicts)
	for {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		found, err := judge(object, checks)
		if err != nil {
			return fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
		if err := encoder.Encode(found); err != nil {
			return err
		}
	}
}

func judge(object *unstructured.Unstructured, checks healthChecks) (verdict, error) {
	result, err := status.Compute(object)
	if err != nil {
		return verdict{}, err
	}
	found := verdict{Kstatus: result.Status.String(), KstatusMessage: result.Message}
	if checks != nil {
		found.ArgoCD, found.ArgoCDMessage, err = checks.ask(object)
	}
	return found, err
}
