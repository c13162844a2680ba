package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.jdbc.ErrorClassifier.Verdict;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a failure is looked through, and whose word counts. */
class JudgeTest {
    private final SQLException unique = new SQLException("duplicate key", "23505");

    private static Judge judge(ErrorClassifier own) {
        return new Judge(own, false);
    }

    private static SQLException state(String state) {
        return new SQLException("state " + state, state);
    }

    // ---- the standard errors

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08001", "08006", "08S01", "57P01", "57P02", "57P03", "57P04"})
    @Tag("J31")
    void whatMayHaveEndedAllEvictsAll(String state) {
        assertEquals(Verdict.EVICT_ALL, Judge.STANDARD.judge(state(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08003", "08004", "08P01", "57P05", "25P03", "25P04"})
    @Tag("J31")
    void whatEndedOneEvictsIt(String state) {
        assertEquals(Verdict.EVICT, Judge.STANDARD.judge(state(state)));
    }

    @Test
    @Tag("J31")
    void codesOfTheVendorThatTheUrlOrTheConnectionTellsOfEvict() {
        SQLException killed = new SQLException("session killed", "61000", 28);
        assertFalse(Judge.STANDARD.ends(killed));
        Judge byUrl = Connecting.judge(JdbcPoolConfig.of("jdbc:oracle:thin:@//db/shop"));
        assertTrue(byUrl.ends(killed));
        Judge byConnection = new Judge(null, false);
        byConnection.learn("oracle.jdbc.driver.T4CConnection");
        byConnection.learn("com.example.Unknown");
        assertTrue(byConnection.ends(killed));
    }

    @Test
    @Tag("J32")
    void timeoutAloneKeepsAndATimeoutOfALostConnectionDoesNot() {
        assertFalse(Judge.STANDARD.ends(new SQLTimeoutException("slow")));
        assertFalse(Judge.STANDARD.ends(new SQLTimeoutException("slow", "57014", new IOException("read timed out"))));
        assertTrue(Judge.STANDARD.ends(new SQLTimeoutException("slow", "57014", state("08006"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08S02", "08007"})
    @Tag("J32")
    void connectionThatTheDriverFailedOverStaysWhateverTheCause(String state) {
        SQLException failedOver = new SQLNonTransientConnectionException("failed over", state, state("08006"));
        assertEquals(Verdict.KEEP, Judge.STANDARD.judge(failedOver));
        assertFalse(Judge.STANDARD.ends(failedOver));
        SQLException again = new SQLException("failed over", state);
        again.setNextException(state("08006"));
        assertTrue(Judge.STANDARD.ends(again), "and was lost since");
    }

    @Test
    @Tag("J34")
    void serverThatCannotWriteIsOfNoUseToAPoolThatNeedsAWriter() {
        Judge needsWriter = Connecting.judge(JdbcPoolConfig.of("jdbc:mysql://db/shop")
                .needsWriter(true)
                .errorClassifier(failure -> Verdict.UNDECIDED));
        Judge any = Connecting.judge(JdbcPoolConfig.of("jdbc:mysql://db/shop"));
        for (SQLException failure : List.of(
                state("25006"),
                new SQLException("--read-only", "HY000", 1290),
                new SQLException("read only mode", "HY000", 1836))) {
            assertEquals(Verdict.EVICT, needsWriter.judge(failure));
            assertFalse(any.ends(failure), failure.toString());
        }
        assertFalse(needsWriter.ends(unique));
    }

    // ---- looking through

    @Test
    @Tag("J31")
    void causesNextExceptionsAndSuppressedOnesAreLookedThrough() {
        BatchUpdateException batch = new BatchUpdateException();
        SQLException ordinary = new SQLException("ordinary", "23505");
        batch.setNextException(ordinary);
        ordinary.setNextException(new SQLException("wrapped", new IOException(state("08006"))));
        assertTrue(Judge.STANDARD.ends(batch));

        SQLException suppressing = new SQLException("ordinary", "23505");
        IOException behind = new IOException();
        behind.addSuppressed(state("08006"));
        suppressing.addSuppressed(behind);
        assertTrue(Judge.STANDARD.ends(suppressing));
    }

    @Test
    @Tag("J31")
    void cyclesAreSurvivedAndLongChainsLookedAtSoFar() {
        SQLException one = new SQLException("one", "23505");
        SQLException two = new SQLException("two", "23505", one);
        one.initCause(two);
        one.addSuppressed(two);
        assertFalse(Judge.STANDARD.ends(one));

        List<SQLException> asked = new ArrayList<>();
        SQLException first = new SQLException("first", "23505");
        for (int i = 0; i < 2 * Judge.MOST; i++) {
            first.setNextException(new SQLException("next", "23505"));
        }
        assertFalse(judge(failure -> {
                    asked.add(failure);
                    return Verdict.UNDECIDED;
                })
                .ends(first));
        assertEquals(Judge.MOST, asked.size());
    }

    // ---- the user's own

    @Test
    @Tag("J35")
    void ownClassifierIsAskedFirstAndTheOthersWhereItIsUndecided() {
        assertTrue(judge(failure -> Verdict.EVICT).ends(unique));
        assertFalse(judge(failure -> Verdict.KEEP).ends(state("08006")));
        assertTrue(judge(failure -> Verdict.UNDECIDED).ends(state("08006")));
        assertFalse(judge(failure -> Verdict.UNDECIDED).ends(unique));
    }

    @Test
    @Tag("J35")
    void classifierThatFailsCostsTheConnectionAndNoMore() {
        assertEquals(
                Verdict.EVICT,
                judge(failure -> {
                            throw new StackOverflowError("bug");
                        })
                        .judge(unique));
        assertEquals(Verdict.EVICT, judge(failure -> null).judge(unique));
    }

    @Test
    @Tag("J35")
    void twoClassifiersMakeOne() {
        ErrorClassifier keeps = failure -> Verdict.KEEP;
        ErrorClassifier evicts = failure -> Verdict.EVICT;
        ErrorClassifier undecided = failure -> Verdict.UNDECIDED;
        assertEquals(Verdict.KEEP, keeps.then(evicts).classify(unique));
        assertEquals(Verdict.EVICT, undecided.then(evicts).classify(unique));
        assertEquals(Verdict.EVICT, keeps.or(evicts).classify(unique));
        assertEquals(Verdict.EVICT, evicts.or(undecided).classify(unique));
        assertEquals(
                Verdict.EVICT_ALL,
                VendorErrors.MYSQL.then(ErrorClassifier.standard()).classify(new SQLException("gone", "HY000", 2006)));
    }

    @Test
    @Tag("J35")
    void poolAsksItsOwnClassifierAboutCallsOfBorrowers() throws SQLException {
        RecordingDriver driver = new RecordingDriver();
        SQLException beyondRepair = new SQLException("ours", "45000", 20_001);
        driver.fail("Connection.nativeSQL", beyondRepair);
        List<SQLException> asked = new ArrayList<>();
        JdbcPoolConfig config = JdbcPoolConfig.of(driver::connection).maxSize(1).errorClassifier(failure -> {
            asked.add(failure);
            return failure.getErrorCode() == 20_001 ? Verdict.EVICT : Verdict.UNDECIDED;
        });
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            try (Connection connection = ds.getConnection()) {
                assertSame(beyondRepair, assertThrows(SQLException.class, () -> connection.nativeSQL("select 1")));
            }
            ds.getConnection().close();
            assertEquals(2, ds.pool().stats().created());
            assertEquals(List.of(beyondRepair), asked);
        }
    }

    @Test
    @Tag("J35")
    void poolAsksItsOwnClassifierAboutValidations() throws SQLException {
        RecordingDriver driver = new RecordingDriver();
        driver.fail("Connection.isValid", new SQLException("not now", "45000", 20_002));
        JdbcPoolConfig config = JdbcPoolConfig.of(driver::connection).maxSize(1).validateAfterIdle(Duration.ZERO);
        for (Verdict verdict : Verdict.values()) {
            try (PooledDataSource ds = PooledDataSource.open(config.errorClassifier(failure -> verdict))) {
                ds.getConnection().close();
                ds.getConnection().close();
                assertEquals(verdict == Verdict.KEEP ? 1 : 2, ds.pool().stats().created(), verdict.toString());
            }
        }
    }
}
