package com.wso2.apim.operator.standin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;

/** The two databases, by the driver that lies among the server's own libraries. */
final class Databases {

    private final ServerFile file;
    private final URLClassLoader libraries;

    Databases(ServerFile file, Path directory) throws IOException {
        this.file = file;
        var jars = new ArrayList<URL>();
        try (var files = Files.list(directory)) {
            for (var jar :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        libraries = new URLClassLoader(jars.toArray(URL[]::new), Databases.class.getClassLoader());
    }

    /** Logs into both; an all-in-one node also writes the first rows, as whichever comes first does. */
    void logIn(StandIn.Role role, Duration seeding) throws Exception {
        for (var database : new String[] {"apim_db", "shared_db"}) {
            try (var connection = connect("database." + database)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                }
                if (role == StandIn.Role.ALL_IN_ONE && database.equals("shared_db")) {
                    seed(connection, seeding);
                }
            }
        }
    }

    private Connection connect(String table) throws Exception {
        var login = new Properties();
        login.setProperty("user", file.ofXml(table + ".username"));
        login.setProperty("password", file.ofXml(table + ".password"));
        var driver = (Driver) libraries
                .loadClass(file.get(table + ".driver"))
                .getDeclaredConstructor()
                .newInstance();
        var connection = driver.connect(file.ofXml(table + ".url"), login);
        if (connection == null) {
            throw new SQLException(table + ": the driver does not know its url");
        }
        return connection;
    }

    /** Two nodes that do this at the same time disturb each other: the second fails over rows that the first has written. */
    private static void seed(Connection connection, Duration duration) throws SQLException, InterruptedException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS um_permission (name VARCHAR(20) PRIMARY KEY)");
            try (var rows = statement.executeQuery("SELECT name FROM um_permission WHERE name = 'last'")) {
                if (rows.next()) {
                    return;
                }
            }
            statement.execute("INSERT INTO um_permission VALUES ('first')");
            Thread.sleep(duration.toMillis());
            statement.execute("INSERT INTO um_permission VALUES ('last')");
        }
    }
}
