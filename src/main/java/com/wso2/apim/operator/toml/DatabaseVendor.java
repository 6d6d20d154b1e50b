package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.api.v1alpha1.Database;

/** What the product calls a vendor, and the driver class of that vendor's current JDBC driver. */
enum DatabaseVendor {
    MYSQL("mysql", "com.mysql.cj.jdbc.Driver"),
    MARIADB("mariadb", "org.mariadb.jdbc.Driver"),
    POSTGRESQL("postgre", "org.postgresql.Driver"),
    MSSQL("mssql", "com.microsoft.sqlserver.jdbc.SQLServerDriver"),
    ORACLE("oracle", "oracle.jdbc.OracleDriver"),
    DB2("db2", "com.ibm.db2.jcc.DB2Driver");

    private final String word;
    private final String driverClass;

    DatabaseVendor(String word, String driverClass) {
        this.word = word;
        this.driverClass = driverClass;
    }

    static DatabaseVendor of(Database.Type type) {
        return switch (type) {
            case MYSQL -> MYSQL;
            case MARIADB -> MARIADB;
            case POSTGRESQL -> POSTGRESQL;
            case MSSQL -> MSSQL;
            case ORACLE -> ORACLE;
            case DB2 -> DB2;
        };
    }

    /** Value of {@code type}; it infers the validation query. */
    String word() {
        return word;
    }

    String driverClass() {
        return driverClass;
    }
}
