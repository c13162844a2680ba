package io.dewpond.jdbc;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The errors by which a vendor's server or driver tells that a connection is at its end, beyond the {@linkplain
 * ErrorClassifier#standard() standard} ones. A code means different things to different vendors, so each has its own table; a
 * pool takes the one of its driver. The guide, {@code docs/guide/errors.md}, has them side by side.
 */
public enum VendorErrors implements ErrorClassifier {
    /**
     * PostgreSQL, and what speaks like it. By SQLState, for its driver has no codes; source: PostgreSQL documentation, appendix
     * A, "PostgreSQL Error Codes".
     *
     * <p>Evict all: 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 57P04 database_dropped. Evict: 57P05
     * idle_session_timeout, 25P03 idle_in_transaction_session_timeout, 25P04 transaction_timeout. Read-only: 25006
     * read_only_sql_transaction. Credentials: 28P01 invalid_password, 28000 invalid_authorization_specification.
     */
    POSTGRESQL(new Table("postgresql", "pgjdbc", "yugabyte", "redshift")
            .evictAll("57P01", "57P02", "57P03", "57P04")
            .evict("57P05", "25P03", "25P04")),

    /**
     * MySQL and MariaDB. Sources: MySQL 8.4 Error Message Reference (server and client errors), MariaDB Error Code Reference.
     *
     * <p>Evict all: 1053 ER_SERVER_SHUTDOWN, 1077 ER_NORMAL_SHUTDOWN, 1079 ER_SHUTDOWN_COMPLETE, 2006 CR_SERVER_GONE_ERROR, 2013
     * CR_SERVER_LOST, 2055 CR_SERVER_LOST_EXTENDED. Evict: 1080 ER_FORCING_CLOSE, 1152 ER_ABORTING_CONNECTION, 1184
     * ER_NEW_ABORTING_CONNECTION, 1927 ER_CONNECTION_KILLED (MariaDB), 3169 ER_SESSION_WAS_KILLED, 4031
     * ER_CLIENT_INTERACTION_TIMEOUT. Read-only: 1290 ER_OPTION_PREVENTS_STATEMENT, 1836 ER_READ_ONLY_MODE. Credentials: 1045
     * ER_ACCESS_DENIED_ERROR, 1698 ER_ACCESS_DENIED_NO_PASSWORD_ERROR, 3118 ER_ACCOUNT_HAS_BEEN_LOCKED, 3955
     * ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK, 4151 ER_ACCOUNT_HAS_BEEN_LOCKED (MariaDB).
     */
    MYSQL(new Table("mysql", "mariadb")
            .evictAll(1053, 1077, 1079, 2006, 2013, 2055)
            .evict(1080, 1152, 1184, 1927, 3169, 4031)
            .readOnly(1290, 1836)
            .credentials(1045, 1698, 3118, 3955, 4151)),

    /**
     * Oracle. Sources: Oracle Database Error Messages (ORA-00000 to ORA-30000), Oracle Database JDBC Developer's Guide, appendix
     * "JDBC Error Messages" (ORA-17001 on).
     *
     * <p>Evict all: 1014 shutdown in progress, 1033 initialization or shutdown in progress, 1034 not available, 1089 and 1090
     * immediate shutdown or shutdown in progress, 1092 instance terminated, 3113 end-of-file on communication channel, 3114 not
     * connected, 3135 connection lost contact, 12514 and 12528 the listener knows or takes no such service, 12537 connection
     * closed, 12541 no listener, 12547 lost contact, 12570 packet reader failure, 17002 I/O error, 17410 no more data to read
     * from socket. Evict: 28 session killed, 600 internal error, 1012 not logged on, 2396 exceeded maximum idle time, 2399
     * exceeded maximum connect time, 3106 fatal two-task communication protocol error, 3111 break received on communication
     * channel, 17008 closed connection, 17401 protocol violation, 17447 the protocol is in an inconsistent state. Read-only:
     * 16000 database open for read-only access. Credentials: 1005 null password, 1017 invalid username or password, 28000
     * account locked, 28001 password expired.
     */
    ORACLE(new Table("oracle")
            .evictAll(
                    1014, 1033, 1034, 1089, 1090, 1092, 3113, 3114, 3135, 12514, 12528, 12537, 12541, 12547, 12570,
                    17002, 17410)
            .evict(28, 600, 1012, 2396, 2399, 3106, 3111, 17008, 17401, 17447)
            .readOnly(16000)
            .credentials(1005, 1017, 28000, 28001)),

    /**
     * SQL Server and Azure SQL. Sources: SQL Server documentation, "Database Engine events and errors"; Azure SQL documentation,
     * "Troubleshooting connectivity issues and other errors" (transient faults).
     *
     * <p>Evict all: 64 and 121 network name or semaphore timeout, 233 no process on the other end of the pipe, 6005 shutdown in
     * progress, 10053, 10054 and 10060 winsock errors, 40197 error while processing, 40613 database not available. Evict: 596
     * session in the kill state. Read-only: 3906 failed to update a read-only database, 3908 unable to run BEGIN TRANSACTION in
     * a read-only database, 978 and 979 read-intent only. Credentials: 18452 untrusted domain, 18456 login failed, 18486 locked
     * out, 18487 and 18488 password expired or to be changed.
     */
    SQL_SERVER(new Table("sqlserver", "jtds")
            .evictAll(64, 121, 233, 6005, 10053, 10054, 10060, 40197, 40613)
            .evict(596)
            .readOnly(3906, 3908, 978, 979)
            .credentials(18452, 18456, 18486, 18487, 18488)),

    /**
     * DB2. Sources: IBM Data Server Driver for JDBC and SQLJ, "Error codes issued by the driver"; DB2 "SQL messages" (SQL0000 to
     * SQL30108).
     *
     * <p>Keep: -4498 and -30108, the driver has rerouted the connection and established it again. Evict all: -1032 no start
     * database manager command was issued, -1224 the database manager can't accept requests, -1229 terminated by a system
     * error, -4499 fatal error and connection loss, -30080 and -30081 communication error. Evict: -900 the connection does not
     * exist, -4470 closed. Read-only: -1773 not on a read-enabled standby. Credentials: -4214 and -30082 user or password
     * invalid.
     */
    DB2(new Table("db2")
            .keep(-4498, -30108)
            .evictAll(-1032, -1224, -1229, -4499, -30080, -30081)
            .evict(-900, -4470)
            .readOnly(-1773)
            .credentials(-4214, -30082)),

    /**
     * H2. Source: the class {@code org.h2.api.ErrorCode}.
     *
     * <p>Evict all: 90067 CONNECTION_BROKEN_1, 90098 DATABASE_IS_CLOSED, 90121 DATABASE_CALLED_AT_SHUTDOWN. Not
     * 90007 OBJECT_CLOSED, which a closed statement says too. Read-only: 90097 DATABASE_IS_READ_ONLY. Credentials: 28000 WRONG_USER_OR_PASSWORD.
     */
    H2(new Table("h2").evictAll(90067, 90098, 90121).readOnly(90097).credentials(28000));

    /** All vendors call this so: the server, or the transaction, can't write. */
    private static final String READ_ONLY = "25006";

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it once the constant is there
    private final Table table;

    VendorErrors(Table table) {
        this.table = table;
    }

    @Override
    public Verdict classify(SQLException failure) {
        Verdict byCode = table.codes.get(failure.getErrorCode());
        if (byCode != null) {
            return byCode;
        }
        String state = failure.getSQLState();
        Verdict byState = state == null ? null : table.states.get(state);
        return byState == null ? Verdict.UNDECIDED : byState;
    }

    /** How many codes and states there are, each counted as often as it has a meaning. */
    int size() {
        return table.states.size() + table.codes.size() + table.readOnly.size() + table.credentials.size();
    }

    /** Finds the vendor by the name of a driver's class or by a URL; null if it is none of these. */
    static @Nullable VendorErrors named(String driver) {
        String name = driver.toLowerCase(Locale.ROOT);
        // The first two names of a URL tell the driver, such as jdbc:p6spy:oracle: – what follows may be called
        // anything.
        int words = name.startsWith("jdbc:") ? 3 : Integer.MAX_VALUE;
        return Arrays.stream(name.split("[:./]"))
                .limit(words)
                .map(VendorErrors::ofWord)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable VendorErrors ofWord(String word) {
        return Arrays.stream(values())
                .filter(vendor -> vendor.table.names.contains(word))
                .findFirst()
                .orElse(null);
    }

    /** Whether a failure says that the server, or the transaction, can't write. */
    static boolean isReadOnly(@Nullable VendorErrors vendor, SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState())
                || (vendor != null && vendor.table.readOnly.contains(failure.getErrorCode()));
    }

    /** Whether a failure says that user or password are wrong, or that the account is locked. */
    static boolean refusesCredentials(@Nullable VendorErrors vendor, SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && state.startsWith("28"))
                || failure instanceof SQLInvalidAuthorizationSpecException
                || (vendor != null && vendor.table.credentials.contains(failure.getErrorCode()));
    }

    /** What a constant is made of; not changed once it is. */
    private static final class Table {
        private final List<String> names;
        private final Map<String, Verdict> states = new HashMap<>();
        private final Map<Integer, Verdict> codes = new HashMap<>();
        private final Set<Integer> readOnly = new HashSet<>();
        private final Set<Integer> credentials = new HashSet<>();

        /** @param names parts of the names of its drivers and URLs */
        Table(String... names) {
            this.names = List.of(names);
        }

        Table evictAll(String... states) {
            Arrays.stream(states).forEach(state -> this.states.put(state, Verdict.EVICT_ALL));
            return this;
        }

        Table evict(String... states) {
            Arrays.stream(states).forEach(state -> this.states.put(state, Verdict.EVICT));
            return this;
        }

        Table keep(int... codes) {
            return put(Verdict.KEEP, codes);
        }

        Table evictAll(int... codes) {
            return put(Verdict.EVICT_ALL, codes);
        }

        Table evict(int... codes) {
            return put(Verdict.EVICT, codes);
        }

        private Table put(Verdict verdict, int... codes) {
            Arrays.stream(codes).forEach(code -> this.codes.put(code, verdict));
            return this;
        }

        Table readOnly(int... codes) {
            Arrays.stream(codes).forEach(readOnly::add);
            return this;
        }

        Table credentials(int... codes) {
            Arrays.stream(codes).forEach(credentials::add);
            return this;
        }
    }
}
