# What a pod is to do now, in one word; kube.sh puts this in the place of POD_MODE in stages.yaml.
# kwok picks one stage at random where several match, so every stage asks for one of these words.
def asked($annotation; $variable):
  .metadata.annotations[$annotation] == "true"
  or any(.spec.containers[].env[]?; .name == $variable and .value == "true");

# A pod that has no time left is on its way out of the API server: kwok, which deletes by name, would hit the next of its name.
if .metadata.deletionTimestamp then (if .metadata.deletionGracePeriodSeconds > 0 then "end" else "gone" end)
elif .status.phase == "Succeeded" then "complete"
elif any(.spec.containers[]; .image | endswith(":does-not-exist")) then "bad-image"
elif asked("pod.kube.test/crash"; "KUBE_TEST_CRASH") then "crash"
elif asked("pod.kube.test/hold"; "KUBE_TEST_HOLD") then "hold"
elif asked("pod.kube.test/complete"; "KUBE_TEST_COMPLETE") then "complete"
else "run"
end
