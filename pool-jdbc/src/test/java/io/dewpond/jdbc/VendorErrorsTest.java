package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.jdbc.ErrorClassifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the vendors, which are those of the guide. */
class VendorErrorsTest {
    @ParameterizedTest
    @EnumSource(VendorErrors.class)
    @Tag("J31")
    void guideHasTheTableOfEachVendor(VendorErrors vendor) throws IOException {
        String row = Files.readAllLines(Path.of("../docs/guide/errors.md")).stream()
                .filter(line -> line.startsWith("| `" + vendor + "` |"))
                .findFirst()
                .orElseThrow();
        List<List<String>> cells = Arrays.stream(row.substring(1).split("\\|"))
                .map(cell -> Arrays.stream(cell.strip().split(" "))
                        .filter(code -> !code.isEmpty())
                        .toList())
                .toList();
        cells.get(1).forEach(code -> assertEquals(Verdict.EVICT_ALL, vendor.classify(failure(code)), code));
        cells.get(2).forEach(code -> assertEquals(Verdict.EVICT, vendor.classify(failure(code)), code));
        cells.get(3).forEach(code -> assertEquals(Verdict.KEEP, vendor.classify(failure(code)), code));
        cells.get(4).forEach(code -> assertTrue(VendorErrors.isReadOnly(vendor, failure(code)), code));
        cells.get(5).forEach(code -> assertTrue(VendorErrors.refusesCredentials(vendor, failure(code)), code));
        assertEquals(vendor.size(), cells.stream().skip(1).mapToInt(List::size).sum(), "codes in the guide");
    }

    private static SQLException failure(String code) {
        return code.matches("-?\\d+")
                ? new SQLException("by code", null, Integer.parseInt(code))
                : new SQLException("by state", code);
    }

    @Test
    void codesOfOneVendorMeanNothingToAnother() {
        assertEquals(Verdict.UNDECIDED, VendorErrors.ORACLE.classify(failure("1053")));
        assertEquals(Verdict.UNDECIDED, VendorErrors.MYSQL.classify(failure("28")));
        assertEquals(Verdict.UNDECIDED, VendorErrors.POSTGRESQL.classify(failure("0")));
        assertFalse(VendorErrors.isReadOnly(VendorErrors.ORACLE, failure("1290")));
        assertFalse(VendorErrors.refusesCredentials(VendorErrors.ORACLE, failure("1045")));
    }

    @Test
    void stateAndClassTellOfRefusedCredentialsToo() {
        assertTrue(VendorErrors.refusesCredentials(null, failure("28P01")));
        assertTrue(VendorErrors.refusesCredentials(null, new SQLInvalidAuthorizationSpecException("no")));
        assertFalse(VendorErrors.refusesCredentials(null, failure("08001")));
        assertFalse(VendorErrors.refusesCredentials(null, new SQLException("no state")));
    }

    @ParameterizedTest
    @CsvSource({
        "org.postgresql.jdbc.PgConnection, POSTGRESQL",
        "jdbc:postgresql://oracle/mysql, POSTGRESQL",
        "com.mysql.cj.jdbc.ConnectionImpl, MYSQL",
        "org.mariadb.jdbc.Connection, MYSQL",
        "jdbc:mariadb:loadbalance://a/b, MYSQL",
        "oracle.jdbc.driver.T4CConnection, ORACLE",
        "jdbc:p6spy:oracle:thin:@//a/b, ORACLE",
        "com.microsoft.sqlserver.jdbc.SQLServerConnection, SQL_SERVER",
        "jdbc:sqlserver://a;databaseName=b, SQL_SERVER",
        "com.ibm.db2.jcc.t4.b, DB2",
        "org.h2.jdbc.JdbcConnection, H2",
        "jdbc:h2:mem:mysql, H2",
        "jdbc:aws-wrapper:postgresql://a/b, POSTGRESQL"
    })
    void vendorIsKnownByClassOrUrl(String name, VendorErrors vendor) {
        assertEquals(vendor, VendorErrors.named(name));
    }

    @Test
    void restIsUnknown() {
        assertNull(VendorErrors.named("jdbc:hsqldb:mem:mysql"));
        assertNull(VendorErrors.named("com.example.Connections"));
    }
}
