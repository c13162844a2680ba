package io.dewpond.jta;

import io.dewpond.jdbc.PooledDataSource;
import io.dewpond.jdbc.XaLease;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction has which connection of one pool.
 *
 * <h2>Design note</h2>
 *
 * The first thread that asks in a transaction puts a promise where the others look, and keeps it: it borrows, without a lock,
 * and enlists. Three may interfere, and each finds the connection returned. The transaction times out while the thread waits
 * for its turn: then it can't be registered any more. It times out between the registration and the enlistment: then the
 * registered {@link Return} runs, and the manager refuses to enlist. It times out after that: then {@link Return} runs, and
 * the lease gives no handle. To close a lease twice does nothing.
 */
final class Enlistments {
    private static final String NOT_ACTIVE = "25000";

    private final PooledDataSource pool;
    private final TransactionManager manager;
    private final @Nullable TransactionSynchronizationRegistry registry;
    private final Map<Transaction, CompletableFuture<XaLease>> enlisted = new ConcurrentHashMap<>();

    Enlistments(
            PooledDataSource pool, TransactionManager manager, @Nullable TransactionSynchronizationRegistry registry) {
        this.pool = pool;
        this.manager = manager;
        this.registry = registry;
    }

    Connection getConnection() throws SQLException {
        Transaction transaction = transaction();
        if (transaction == null) {
            return pool.getConnection();
        }
        CompletableFuture<XaLease> promised = enlisted.get(transaction);
        if (promised == null) {
            CompletableFuture<XaLease> promise = new CompletableFuture<>();
            promised = enlisted.putIfAbsent(transaction, promise);
            if (promised == null) {
                keep(promise, transaction);
                promised = promise;
            }
        }
        return resultOf(promised).getConnection();
    }

    boolean isInTransaction() throws SQLException {
        return transaction() != null;
    }

    /** Returns the transaction of this thread, if it is active; null if there is none. */
    private @Nullable Transaction transaction() throws SQLException {
        try {
            Transaction transaction = manager.getTransaction();
            int status = transaction == null ? Status.STATUS_NO_TRANSACTION : transaction.getStatus();
            if (status == Status.STATUS_ACTIVE) {
                return transaction;
            } else if (status == Status.STATUS_NO_TRANSACTION) {
                return null;
            }
            throw new SQLException(
                    "Pool '" + pool.config().name() + "' has no connection for a transaction that " + is(status),
                    NOT_ACTIVE);
        } catch (SystemException failure) {
            throw new SQLException("The transaction manager doesn't know whether there is a transaction", failure);
        }
    }

    private static String is(int status) {
        return switch (status) {
            case Status.STATUS_MARKED_ROLLBACK -> "is marked for rollback";
            case Status.STATUS_COMMITTED -> "is committed";
            case Status.STATUS_ROLLEDBACK -> "is rolled back; perhaps it took too long";
            case Status.STATUS_ROLLING_BACK -> "is being rolled back; perhaps it took too long";
            case Status.STATUS_PREPARING, Status.STATUS_PREPARED, Status.STATUS_COMMITTING -> "is being committed";
            default -> "is in an unknown state";
        };
    }

    private void keep(CompletableFuture<XaLease> promise, Transaction transaction) throws SQLException {
        try {
            promise.complete(enlist(promise, transaction));
        } catch (Throwable failure) {
            enlisted.remove(transaction, promise); // before others learn of it: the next may try again
            promise.completeExceptionally(failure);
            throw failure;
        }
    }

    private XaLease enlist(CompletableFuture<XaLease> promise, Transaction transaction) throws SQLException {
        XaLease lease = pool.acquireXa();
        boolean taken = false;
        try {
            register(new Return(lease, () -> enlisted.remove(transaction, promise)), transaction);
            taken = transaction.enlistResource(lease.xaResource());
            if (!taken) {
                throw notEnlisted(lease.failure());
            }
            return lease;
        } catch (RollbackException | SystemException | RuntimeException failure) {
            throw notEnlisted(failure);
        } finally {
            if (!taken) {
                lease.close();
            }
        }
    }

    private SQLException notEnlisted(@Nullable Throwable why) {
        return new SQLException(
                "The transaction manager didn't enlist a connection of pool '"
                        + pool.config().name() + "'" + (why == null ? "" : ": " + why),
                NOT_ACTIVE,
                why);
    }

    private void register(Return afterwards, Transaction transaction) throws RollbackException, SystemException {
        if (registry == null) {
            transaction.registerSynchronization(afterwards);
        } else {
            registry.registerInterposedSynchronization(afterwards);
        }
    }

    private static XaLease resultOf(CompletableFuture<XaLease> promised) throws SQLException {
        try {
            return promised.get();
        } catch (ExecutionException failed) {
            throw new SQLException(
                    "The transaction's first connection could not be had, in another thread",
                    NOT_ACTIVE,
                    failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException(
                    "Interrupted while another thread borrows the transaction's connection", "HY008", interrupted);
        }
    }

    /** Returns the connection when its transaction is over, in whatever thread that is found out. */
    private record Return(XaLease lease, Runnable forget) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            forget.run();
            lease.close();
        }
    }
}
