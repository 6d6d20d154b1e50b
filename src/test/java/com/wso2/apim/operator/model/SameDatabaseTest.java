package com.wso2.apim.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.support.AdmittedResource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that two resources, or both parts of one, name. */
class SameDatabaseTest {

    private static final String ADVICE =
            ": give each a database of its own, unless they log in to schemas of their own";

    @ParameterizedTest(name = "{1} and {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MySQL      | jdbc:mysql://db.example.com:3306/a                | MySQL   | jdbc:mysql://db.example.com:3306/a",
                "MySQL      | jdbc:mysql://db.example.com:3306/a?useSSL=false   | MySQL   | jdbc:mysql://DB.example.com/a?useSSL=true",
                "MySQL      | jdbc:mysql://db.example.com./a                    | MariaDB | jdbc:mariadb://db.example.com:3306/a",
                "MySQL      | jdbc:mysql:replication://one.com,two.com:3307/a   | MySQL   | jdbc:mysql://two.com:3307/a",
                "MySQL      | jdbc:mysql://address=(host=one.com)(port=3307)/a  | MySQL   | jdbc:mysql://one.com:3307/a",
                "MySQL      | jdbc:mysql://[2001:db8::1]:3306/a                 | MySQL   | jdbc:mysql://[2001:DB8::1]/a",
                "PostgreSQL | jdbc:postgresql://pg.com/a                        | PostgreSQL | jdbc:postgresql://pg.com:5432/a?ssl=true",
                "PostgreSQL | jdbc:postgresql://one.com:5432,two.com:5433/a     | PostgreSQL | jdbc:postgresql://two.com:5433/a",
                "MSSQL      | jdbc:sqlserver://ms.com:1433;databaseName=a       | MSSQL   | jdbc:sqlserver://MS.com;encrypt=false;database=A",
                "MSSQL      | jdbc:sqlserver://;serverName=ms.com;databaseName={a} | MSSQL | jdbc:sqlserver://ms.com:1433;databaseName=a",
                "MSSQL      | jdbc:sqlserver://ms.com\\INST;databaseName=a      | MSSQL   | jdbc:sqlserver://ms.com;instanceName=inst;databaseName=a",
                "Oracle     | jdbc:oracle:thin:@//ora.com:1521/a                | Oracle  | jdbc:oracle:thin:@ora.com/A",
                "Oracle     | jdbc:oracle:thin:@ora.com:1521:a                  | Oracle  | jdbc:oracle:thin:@tcps://ora.com:1521/a?x=y",
                "Oracle     | jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora.com)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=a))) | Oracle | jdbc:oracle:thin:@//ora.com/a",
                "Oracle     | jdbc:oracle:thin:@prod                            | Oracle  | jdbc:oracle:thin:@PROD?TNS_ADMIN=/x",
                "DB2        | jdbc:db2://db2.com:50000/a:ssl=true;              | DB2     | jdbc:db2://db2.com:50000/A",
            })
    void isKnownAsOneInWhateverWayItIsSpelt(String type, String url, String otherType, String otherUrl) {
        var resource = resource("wso2", "apim", type, url);

        assertThat(warnings(resource, resource("other", "amc", otherType, otherUrl)))
                .containsExactly("spec.database.apim.url names the same database as spec.database.apim.url of "
                        + "ApiManagerCluster other/amc, and each spoils what the other one writes" + ADVICE);
    }

    @ParameterizedTest(name = "{1} and {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MySQL      | jdbc:mysql://db.example.com/a                | jdbc:mysql://db.example.com/b",
                "MySQL      | jdbc:mysql://db.example.com/a                | jdbc:mysql://db.example.com/A",
                "MySQL      | jdbc:mysql://db.example.com/a                | jdbc:mysql://db.example.com:3307/a",
                "MySQL      | jdbc:mysql://db.example.com/a                | jdbc:mysql://db.example.org/a",
                "MySQL      | jdbc:mysql://localhost/a                     | jdbc:mysql://localhost/a",
                "MySQL      | jdbc:mysql://127.0.0.1:3306/a                | jdbc:mysql://127.0.0.1/a",
                "MySQL      | jdbc:mysql://db.example.com/                 | jdbc:mysql://db.example.com/",
                "PostgreSQL | jdbc:postgresql:a                            | jdbc:postgresql:a",
                "MSSQL      | jdbc:sqlserver://ms.com                      | jdbc:sqlserver://ms.com",
                "MSSQL      | jdbc:sqlserver://ms.com\\one;databaseName=a  | jdbc:sqlserver://ms.com\\two;databaseName=a",
                "MSSQL      | jdbc:sqlserver://ms.com;databaseName=a       | jdbc:sqlserver://ms.com\\two;databaseName=a",
                "Oracle     | jdbc:oracle:thin:@//ora.com:1521/a           | jdbc:oracle:thin:@//ora.com:1521/b",
                "Oracle     | jdbc:oracle:thin:@one                        | jdbc:oracle:thin:@two",
                "DB2        | jdbc:db2://db2.com:50000/a                   | jdbc:db2://db2.com/a",
                "DB2        | jdbc:db2:a                                   | jdbc:db2:a"
            })
    void isNotSeenWhereThereAreTwoOrNothingCanBeSaid(String type, String url, String otherUrl) {
        assertThat(warnings(resource("wso2", "apim", type, url), resource("other", "amc", type, otherUrl)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, wso2, mysql, wso2",
        "mysql, wso2, mysql.wso2, other",
        "mysql.wso2.svc, other, mysql, wso2",
        "mysql.wso2.svc.cluster.local, other, mysql.wso2.svc, elsewhere"
    })
    void isKnownByTheServiceInFrontOfIt(String host, String namespace, String otherHost, String otherNamespace) {
        assertThat(warnings(
                        resource(namespace, "one", "MySQL", "jdbc:mysql://%s/a".formatted(host)),
                        resource(otherNamespace, "two", "MySQL", "jdbc:mysql://%s/a".formatted(otherHost))))
                .hasSize(1);
    }

    @Test
    void isAnotherOneBehindAServiceOfTheSameNameInAnotherNamespace() {
        assertThat(warnings(
                        resource("one", "apim", "MySQL", "jdbc:mysql://mysql/a"),
                        resource("two", "apim", "MySQL", "jdbc:mysql://mysql/a")))
                .isEmpty();
    }

    @Test
    void isToldForEachPartOfEachOtherResourceInTheOrderOfTheirNames() {
        var resource = resource("wso2", "apim", "MySQL", "jdbc:mysql://db.com/a", "jdbc:mysql://db.com/b");
        var turned = resource("wso2", "z", "MySQL", "jdbc:mysql://db.com/b", "jdbc:mysql://db.com/a");
        var half = resource("wso2", "y", "MySQL", "jdbc:mysql://db.com/c", "jdbc:mysql://db.com/b");

        assertThat(warnings(resource, turned, half))
                .extracting(warning -> warning.replaceFirst(", and each.*", ""))
                .containsExactly(
                        "spec.database.shared.url names the same database as spec.database.shared.url of ApiManagerCluster wso2/y",
                        "spec.database.apim.url names the same database as spec.database.shared.url of ApiManagerCluster wso2/z",
                        "spec.database.shared.url names the same database as spec.database.apim.url of ApiManagerCluster wso2/z");
    }

    /** The CRD refuses two equal texts only. */
    @Test
    void isToldWithinOneResourceToo() {
        var resource =
                resource("wso2", "apim", "MySQL", "jdbc:mysql://db.com:3306/a", "jdbc:mysql://db.com/a?useSSL=false");

        assertThat(warnings(resource))
                .containsExactly(
                        "spec.database.shared.url names the same database as spec.database.apim.url, and both hold "
                                + "tables of the same name" + ADVICE);
    }

    @Test
    void isRightWithinOneResourceThatLogsInToTwoSchemas() {
        assertThat(warnings(resource(
                        "wso2", "apim", "Oracle", "jdbc:oracle:thin:@//ora.com/a", "jdbc:oracle:thin:@ora.com:1521/a")))
                .isEmpty();
    }

    private static List<String> warnings(ApiManagerCluster resource, ApiManagerCluster... others) {
        return new SameDatabase("cluster.local").warnings(resource, List.of(others));
    }

    private static ApiManagerCluster resource(String namespace, String name, String type, String apim) {
        return resource(namespace, name, type, apim, "jdbc:of-no-vendor:");
    }

    private static ApiManagerCluster resource(String namespace, String name, String type, String apim, String shared) {
        return AdmittedResource.of(
                Path.of("src/test/resources/reference/cr.yaml"), """
                metadata: {name: %s, namespace: %s}
                spec: {database: {type: %s, apim: {url: '%s'}, shared: {url: '%s'}}}
                """.formatted(name, namespace, type, apim, shared));
    }
}
