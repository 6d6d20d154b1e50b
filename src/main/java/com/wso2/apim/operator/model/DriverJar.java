package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Database;
import java.util.Optional;

/** The jar of a JDBC driver, and the image from which nodes get it. */
public record DriverJar(String image, String path) {

    /** Where the operator's own image has its drivers; the Dockerfile puts them there. */
    private static final String DIRECTORY = "/opt/apim-operator/drivers/";

    /** Path of the jar that the operator's own image carries for a vendor; Oracle's and IBM's are not carried. */
    public static Optional<String> carried(Database.Type type) {
        var jar =
                switch (type) {
                    case MYSQL -> Optional.of("mysql-connector-j.jar");
                    case MARIADB -> Optional.of("mariadb-java-client.jar");
                    case POSTGRESQL -> Optional.of("postgresql.jar");
                    case MSSQL -> Optional.of("mssql-jdbc.jar");
                    case ORACLE, DB2 -> Optional.<String>empty();
                };
        return jar.map(DIRECTORY::concat);
    }
}
