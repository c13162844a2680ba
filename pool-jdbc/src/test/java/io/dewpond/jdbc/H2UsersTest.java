package io.dewpond.jdbc;

import java.util.ArrayList;
import java.util.List;

/** The contract of users on H2. */
class H2UsersTest extends UserDatabaseContract {
    @Override
    String url() {
        return "jdbc:h2:mem:users"; // settings beside it are the owner's to change
    }

    @Override
    String owner() {
        return "sa";
    }

    @Override
    List<String> preparation() {
        List<String> statements = new ArrayList<>();
        statements.add("set db_close_delay -1");
        USERS.forEach(user -> statements.add("create user if not exists " + user + " password ''"));
        return statements;
    }

    @Override
    String setPassword(String user, String password) {
        return "alter user " + user + " set password " + quoted(password);
    }
}
