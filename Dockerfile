# The operator's image: build the application first (make build), then this. Needs BuildKit or Buildah.
# Another base, for example of a registry of yours: --build-arg BASE=…; it needs Java 21 or later and nothing else.
ARG BASE=eclipse-temurin:21-jre
FROM ${BASE}
LABEL org.opencontainers.image.title="apim-operator" \
      org.opencontainers.image.description="Kubernetes operator for WSO2 API Manager"
# Only the first compiler: it starts faster in less memory, and the operator computes little.
ENV JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:MaxDirectMemorySize=64m -XX:MaxRAMPercentage=50"
WORKDIR /opt/apim-operator
# What changes least comes first: a new build of the operator is a new layer of a few hundred kilobytes. Whatever the umask was
# of the build, everybody may read. JDBC drivers are for init containers of the product's pods, which copy them out of this image;
# licence texts are those that their jars lack.
COPY --chmod=0755 licences/ licences/
COPY --chmod=0755 target/drivers/ drivers/
COPY --chmod=0755 target/quarkus-app/lib/ lib/
COPY --chmod=0755 target/quarkus-app/quarkus-run.jar quarkus-run.jar
COPY --chmod=0755 target/quarkus-app/quarkus/ quarkus/
COPY --chmod=0755 target/quarkus-app/app/ app/
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "quarkus-run.jar"]
