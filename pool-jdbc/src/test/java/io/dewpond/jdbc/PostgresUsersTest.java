package io.dewpond.jdbc;

import java.util.ArrayList;
import java.util.List;

/** The contract of users on PostgreSQL, which asks them for their passwords and trusts all others. */
class PostgresUsersTest extends UserDatabaseContract {
    @Override
    String url() {
        return "jdbc:postgresql://localhost:" + Postgres.port() + "/postgres";
    }

    @Override
    String owner() {
        return "postgres";
    }

    @Override
    List<String> preparation() {
        List<String> statements = new ArrayList<>();
        statements.add(ifMissing(Postgres.PEOPLE, "create role " + Postgres.PEOPLE));
        for (String user : USERS) {
            statements.add(ifMissing(user, "create role " + user + " login in role " + Postgres.PEOPLE));
        }
        return statements;
    }

    private static String ifMissing(String role, String create) {
        return "do $$ begin if not exists (select 1 from pg_roles where rolname = '" + role + "') then " + create
                + "; end if; end $$";
    }

    @Override
    String setPassword(String user, String password) {
        return "alter role " + user + " password " + quoted(password);
    }
}
