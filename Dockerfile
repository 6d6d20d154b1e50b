# The operator's image: build the application first (mvn package), then this.
FROM eclipse-temurin:21-jre
ENV JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:MaxDirectMemorySize=64m -XX:MaxRAMPercentage=50"
WORKDIR /opt/apim-operator
COPY target/quarkus-app/lib/ lib/
COPY target/quarkus-app/app/ app/
COPY target/quarkus-app/quarkus/ quarkus/
COPY target/quarkus-app/quarkus-run.jar quarkus-run.jar
# JDBC drivers that init containers of the product's pods copy out of this image, and licence texts that their jars lack.
COPY target/drivers/ drivers/
COPY licences/ licences/
USER 10001
ENTRYPOINT ["java", "-jar", "quarkus-run.jar"]
