package io.dewpond.jdbc;

import io.dewpond.KeyedFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;

/** Connects as whoever comes with a user and a password, and takes note of whom the server lets in and whom it refuses. */
final class UserConnections implements KeyedFactory<Login, PhysicalConnection> {
    private final Door door;
    private final PhysicalConnections connections;
    private final Judge judge;
    private final Secrets secrets;
    private final Residents residents;
    private final Refusals refusals;

    UserConnections(
            Door door,
            PhysicalConnections connections,
            Judge judge,
            Secrets secrets,
            Residents residents,
            Refusals refusals) {
        this.door = door;
        this.connections = connections;
        this.judge = judge;
        this.secrets = secrets;
        this.residents = residents;
        this.refusals = refusals;
    }

    @Override
    public PhysicalConnection create(Login login) throws Exception {
        Identity who = login.identity();
        SQLException before = refusals.of(who);
        if (before != null) {
            throw refusal(before);
        }
        long number = residents.begin();
        try {
            PhysicalConnection made = connections.over(enter(login));
            refusals.remove(who);
            residents.add(who, number, made);
            return made;
        } catch (SQLException failure) {
            throw secrets.and(login.credentials()).withoutSecrets(failure);
        }
    }

    private Connection enter(Login login) throws Exception {
        try {
            return door.enter(login.credentials());
        } catch (SQLException failure) {
            if (!judge.refusesCredentials(failure)) {
                throw failure;
            }
            SQLException said = secrets.and(login.credentials()).withoutSecrets(failure);
            refusals.add(login.identity(), said);
            throw refusal(said);
        }
    }

    /** Says that it is one, whatever class the driver's is of. That another try has to wait is seen to here, not by the engine. */
    private static SQLException refusal(SQLException said) {
        String state = said.getSQLState();
        return new SQLInvalidAuthorizationSpecException(
                said.getMessage(), state == null ? "28000" : state, said.getErrorCode(), said);
    }

    @Override
    public void destroy(Login login, PhysicalConnection connection) throws SQLException {
        residents.remove(connection);
        connection.close();
    }
}
