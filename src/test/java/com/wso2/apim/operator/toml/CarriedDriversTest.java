package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.Database;
import com.wso2.apim.operator.chart.Helm;
import com.wso2.apim.operator.model.DriverJar;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The drivers that the operator's image carries are those that the code and the documentation speak of. */
class CarriedDriversTest {

    private static final Path DRIVERS = Path.of("target", "drivers");
    private static final Path PAGE = Path.of("docs", "third-party.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| `(?<artifact>[^`]+)` \\| (?<version>\\S+) \\| `(?<licence>[^`]+)` \\|(?<where>[^|]+)\\|.*");
    private static final Pattern FILE = Pattern.compile("`([^`]+)`");

    /** One line of the list of licences. */
    private record Listed(String artifact, String version, String licence, String where) {

        String jar() {
            return artifact.substring(artifact.indexOf(':') + 1) + ".jar";
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB", "POSTGRESQL", "MSSQL"})
    void holdTheClassThatTheServerIsTold(Database.Type type) throws IOException, ClassNotFoundException {
        var jar = jar(type);
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var driver = Class.forName(DatabaseVendor.of(type).driverClass(), false, loader);

            assertThat(Driver.class).isAssignableFrom(driver);
        }
    }

    @Test
    void areThoseOfThePom() throws Exception {
        var jars = Stream.of(Database.Type.values())
                .flatMap(type -> DriverJar.carried(type).stream())
                .map(path -> Path.of(path).getFileName().toString());

        assertThat(jars)
                .containsExactlyInAnyOrderElementsOf(pinned().keySet().stream()
                        .map(artifact -> artifact.substring(artifact.indexOf(':') + 1) + ".jar")
                        .toList());
    }

    @Test
    void areListedWithTheirVersions() throws Exception {
        assertThat(listed().collect(Collectors.toMap(Listed::artifact, Listed::version)))
                .isEqualTo(pinned());
    }

    @ParameterizedTest
    @MethodSource("listed")
    void haveTheVersionThatIsListed(Listed listed) throws IOException {
        try (var jar = new JarFile(DRIVERS.resolve(listed.jar()).toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .isEqualTo(listed.version());
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void haveTheirLicenceTextWhereTheListSays(Listed listed) throws IOException {
        var files = FILE.matcher(listed.where())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(files).isNotEmpty();
        try (var jar = new JarFile(DRIVERS.resolve(listed.jar()).toFile())) {
            assertThat(files)
                    .allMatch(file -> file.startsWith("licences/")
                            ? Files.isRegularFile(Path.of(file))
                            : jar.stream().anyMatch(entry -> entry.getName().startsWith(file)));
        }
    }

    @Test
    void goIntoTheImageWhereInitContainersLookForThem() throws IOException {
        var dockerfile = Files.readAllLines(Path.of("Dockerfile"));

        assertThat(dockerfile)
                .contains("COPY --chmod=0755 target/drivers/ drivers/", "COPY --chmod=0755 licences/ licences/");
        var home =
                dockerfile.stream().filter(line -> line.startsWith("WORKDIR ")).toList();
        assertThat(home).hasSize(1);
        assertThat(Arrays.stream(Database.Type.values()).flatMap(type -> DriverJar.carried(type).stream()))
                .allMatch(path -> path.startsWith(home.get(0).substring("WORKDIR ".length()) + "/drivers/"));
    }

    @Test
    void areLookedForInTheVeryImageThatIsDeployed() throws IOException {
        var manifests = Helm.objects(Files.readString(Path.of("deploy", "operator.yaml")));
        var deployment = (Deployment) manifests.get("Deployment apim-operator/apim-operator");
        var operator =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(operator.getEnv())
                .filteredOn(variable -> variable.getName().equals("APIM_IMAGES_JDBC_DRIVERS"))
                .extracting(EnvVar::getValue)
                .containsExactly(operator.getImage());
    }

    private static Path jar(Database.Type type) {
        return DRIVERS.resolve(Path.of(DriverJar.carried(type).orElseThrow()).getFileName());
    }

    private static Stream<Listed> listed() throws IOException {
        var rows = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Listed(
                        row.group("artifact"), row.group("version"), row.group("licence"), row.group("where")))
                .toList();
        assertThat(rows).isNotEmpty();
        return rows.stream();
    }

    /** Versions in the pom, by group and artifact. */
    private static Map<String, String> pinned() throws Exception {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        var items = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate("//execution[id='drivers']//artifactItem", pom, XPathConstants.NODESET);
        var versions = new TreeMap<String, String>();
        for (var i = 0; i < items.getLength(); i++) {
            var item = (Element) items.item(i);
            versions.put(text(item, "groupId") + ":" + text(item, "artifactId"), text(item, "version"));
        }
        return versions;
    }

    private static String text(Element item, String name) {
        return item.getElementsByTagName(name).item(0).getTextContent();
    }
}
