package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// healthChecks are the data of an argocd-cm ConfigMap.
type healthChecks map[string]string

var healths = []string{"Healthy", "Progressing", "Degraded", "Suspended", "Missing", "Unknown"}

func readHealthChecks(file string) (healthChecks, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var configMap struct {
		Kind string       `json:"kind"`
		Data healthChecks `json:"data"`
	}
	if err := yaml.Unmarshal(text, &configMap); err != nil {
		return nil, err
	}
	if configMap.Kind != "ConfigMap" {
		return nil, fmt.Errorf("%s holds no ConfigMap", file)
	}
	return configMap.Data, nil
}

// ask runs the script of the object's kind with the libraries that Argo CD opens for it, which are fewer than Lua has.
func (checks healthChecks) ask(object *unstructured.Unstructured) (health, message string, err error) {
	kind := object.GroupVersionKind()
	key := "resource.customizations.health." + kind.Group + "_" + kind.Kind
	script, found := checks[key]
	if !found {
		return "", "", fmt.Errorf("no key %s", key)
	}
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := state.CallByParam(lua.P{Fn: state.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			return "", "", err
		}
	}
	deadline, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(deadline)
	state.SetGlobal("obj", luaValue(state, object.Object))
	if err := state.DoString(script); err != nil {
		return "", "", err
	}
	answer, isTable := state.Get(-1).(*lua.LTable)
	if !isTable {
		return "", "", fmt.Errorf("the script returns %s, not a table", state.Get(-1).Type())
	}
	health = answer.RawGetString("status").String()
	if !slices.Contains(healths, health) {
		return "", "", fmt.Errorf("%q is no health", health)
	}
	return health, answer.RawGetString("message").String(), nil
}

func luaValue(state *lua.LState, value any) lua.LValue {
	switch value := value.(type) {
	case nil:
		return lua.LNil
	case bool:
		return lua.LBool(value)
	case string:
		return lua.LString(value)
	case int64:
		return lua.LNumber(value)
	case float64:
		return lua.LNumber(value)
	case []any:
		table := state.CreateTable(len(value), 0)
		for _, item := range value {
			table.Append(luaValue(state, item))
		}
		return table
	case map[string]any:
		table := state.CreateTable(0, len(value))
		for name, item := range value {
			table.RawSetString(name, luaValue(state, item))
		}
		return table
	default:
		panic(fmt.Sprintf("%T is no JSON value", value))
	}
}
