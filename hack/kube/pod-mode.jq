# What a pod is to do now, in one word; kube.sh puts this in the place of POD_MODE in stages.yaml.
# kwok picks one stage at random where several match, so every stage asks for one of these words.
def asked($annotation; $variable):
  .metadata.annotations[$annotation] == "true"
  or any(.spec.containers[].env[]?; .name == $variable and .value == "true");

if .metadata.deletionTimestamp then "end"
elif .status.phase == "Succeeded" then "complete"
elif any(.spec.containers[]; .image | endswith(":does-not-exist")) then "bad-image"
elif asked("pod.kube.test/crash"; "KUBE_TEST_CRASH") then "crash"
elif asked("pod.kube.test/hold"; "KUBE_TEST_HOLD") then "hold"
elif asked("pod.kube.test/complete"; "KUBE_TEST_COMPLETE") then "complete"
else "run"
end
