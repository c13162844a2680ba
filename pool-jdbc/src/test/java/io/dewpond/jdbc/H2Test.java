package io.dewpond.jdbc;

import java.sql.Connection;

/** The contract on H2. */
class H2Test extends RealDatabaseContract {
    @Override
    String url() {
        return "jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=FALSE;USER=sa";
    }

    @Override
    Class<? extends Connection> driversConnection() {
        return org.h2.jdbc.JdbcConnection.class;
    }

    @Override
    String sessionId() {
        return "session_id()";
    }

    @Override
    String publicSchema() {
        return "PUBLIC";
    }
}
