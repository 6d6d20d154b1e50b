# Needs JDK 17, Maven, Go, GNU make and bash; no root and no Docker. "make" tells what there is to make.
MVN ?= mvn
MAVEN = $(MVN) -B -ntp
APPLICATION = target/quarkus-app/quarkus-run.jar

.DELETE_ON_ERROR:
.PHONY: help build test generate format demo demo-down

help: ## tells what there is to make
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r target text; do \
		printf 'make %-10s %s\n' "$$target" "$$text"; done

build: $(APPLICATION) ## packages the application into target/quarkus-app, without tests

# The directories are among the sources: a file that was removed makes its directory newer.
$(APPLICATION): pom.xml $(shell find src/main)
	@echo 'Building the application: this takes longer when Maven has to download'
	@$(MAVEN) -q package -Dmaven.test.skip -Dspotless.check.skip

test: ## runs every test, after building the Kubernetes tools they need (15 minutes the first time); NODE=0: without a real node
	hack/kube/kube.sh bin
	@$(if $(filter 0,$(NODE)),,hack/kube/kube.sh node-check || echo 'The tests of a real node will be skipped')
	@hack/verify.sh $(MAVEN) verify

generate: ## rewrites what is committed but generated: the CRD, expected files, docs/problems.md, docs/events.md, deploy/
	$(MAVEN) -q test -Dspotless.check.skip -Dtest='CommittedCrdTest,ExamplesTest,ProblemsPageTest,EventsPageTest,ChartTest,DeployTest' \
		-Dgolden.update=true

format: ## formats the Java sources
	$(MAVEN) -q spotless:apply

demo: ## deploys examples/active-active on a control plane of its own (a minute); NODE=1: in real containers, as root
	@$(if $(filter 1,$(NODE)),hack/demo-node.sh,hack/demo.sh up)

demo-down: ## ends what the demo has left running
	@hack/demo.sh down
