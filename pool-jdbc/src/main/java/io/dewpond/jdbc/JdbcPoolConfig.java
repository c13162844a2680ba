package io.dewpond.jdbc;

import io.dewpond.AdmissionPolicy;
import io.dewpond.EvictionPolicy;
import io.dewpond.LendingOrder;
import io.dewpond.PoolConfig;
import io.dewpond.Resetter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * How a pool of connections is to connect and to behave: an immutable value. A method with an argument returns a changed
 * copy, the same name without one reads the setting.
 *
 * <p>A null is refused where it is given; all else is checked in one place, by {@link PooledDataSource#open}: see {@link
 * #problems()}. Nothing is silently corrected. No password is ever part of a message or of {@link #toString()}.
 */
public final class JdbcPoolConfig {
    /** The {@link #resetStatement(String)} of PostgreSQL. */
    public static final String RESET_POSTGRESQL = "DISCARD ALL";

    private static final Duration DEFAULT_MAX_LIFETIME = Duration.ofMinutes(30);
    private static final Duration DEFAULT_REFUSED_RETRY_DELAY = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(10);

    /** Connections opened together end over a tenth of their lifetime. */
    private static final int SPREAD = 10;

    private final @Nullable String url;
    private final @Nullable DataSource dataSource;
    private final @Nullable XADataSource xaDataSource;
    private final @Nullable ConnectionFactory connectionFactory;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Map<String, String> properties;
    private final SessionDefaults session;
    private final @Nullable String driverClass;
    private final @Nullable CredentialsProvider credentials;
    private final Duration refusedRetryDelay;
    private final int usersMaxTotal;
    private final @Nullable ErrorClassifier errorClassifier;
    private final boolean needsWriter;
    private final @Nullable String validationQuery;
    private final Duration maxLifetime;
    private final @Nullable Duration idleTimeout;
    private final boolean checkAutoCommitOnRelease;
    private final boolean rollbackOnRelease;
    private final @Nullable String resetStatement;
    private final @Nullable ConnectionCustomizer connectionReset;
    private final boolean requestBoundaries;
    private final List<String> connectionInitSql;
    private final @Nullable ConnectionCustomizer connectionCustomizer;
    private final @Nullable JdbcListener listener;
    private final Duration slowStatementAfter;
    private final int statementCacheSize;
    private final boolean transactionPooling;

    /** Holds what the engine calls by the same name; its factory is set when the pool is opened. */
    private final PoolConfig<PhysicalConnection> pool;

    private JdbcPoolConfig(Draft draft) {
        url = draft.url;
        dataSource = draft.dataSource;
        xaDataSource = draft.xaDataSource;
        connectionFactory = draft.connectionFactory;
        user = draft.user;
        password = draft.password;
        properties = draft.properties;
        session = draft.session;
        driverClass = draft.driverClass;
        credentials = draft.credentials;
        refusedRetryDelay = draft.refusedRetryDelay;
        usersMaxTotal = draft.usersMaxTotal;
        errorClassifier = draft.errorClassifier;
        needsWriter = draft.needsWriter;
        validationQuery = draft.validationQuery;
        maxLifetime = draft.maxLifetime;
        idleTimeout = draft.idleTimeout;
        checkAutoCommitOnRelease = draft.checkAutoCommitOnRelease;
        rollbackOnRelease = draft.rollbackOnRelease;
        resetStatement = draft.resetStatement;
        connectionReset = draft.connectionReset;
        requestBoundaries = draft.requestBoundaries;
        connectionInitSql = draft.connectionInitSql;
        connectionCustomizer = draft.connectionCustomizer;
        listener = draft.listener;
        slowStatementAfter = draft.slowStatementAfter;
        statementCacheSize = draft.statementCacheSize;
        transactionPooling = draft.transactionPooling;
        pool = draft.pool;
    }

    /**
     * Returns the configuration of a pool that connects by a URL, with every other setting at its default. The driver is
     * looked for when the pool is opened, and once only.
     *
     * @param url as the driver's manual has it, such as {@code jdbc:postgresql://localhost/shop}
     * @return the configuration
     * @throws NullPointerException if {@code url} is null
     */
    public static JdbcPoolConfig of(String url) {
        Draft draft = new Draft();
        draft.url = Objects.requireNonNull(url, "url");
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the configuration of a pool over a driver's {@code DataSource}, with every other setting at its default.
     *
     * @param dataSource opens a new connection at each call; not a pool
     * @return the configuration
     * @throws NullPointerException if {@code dataSource} is null
     */
    public static JdbcPoolConfig of(DataSource dataSource) {
        Draft draft = new Draft();
        draft.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the configuration of a pool over a driver's {@code XADataSource}, with every other setting at its default. Its
     * connections can be enlisted in transactions of a transaction manager, by {@link PooledDataSource#acquireXa()}; borrowed
     * by {@link PooledDataSource#getConnection()}, they are as those of any pool.
     *
     * @apiNote Not called {@code of}: many a driver has one class that is a {@code DataSource} as well.
     * @param xaDataSource opens a new connection at each call; not a pool
     * @return the configuration
     * @throws NullPointerException if {@code xaDataSource} is null
     */
    public static JdbcPoolConfig ofXa(XADataSource xaDataSource) {
        Draft draft = new Draft();
        draft.xaDataSource = Objects.requireNonNull(xaDataSource, "xaDataSource");
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the configuration of a pool that connects as the caller likes, with every other setting at its default.
     *
     * @param connectionFactory opens a new connection at each call
     * @return the configuration
     * @throws NullPointerException if {@code connectionFactory} is null
     */
    public static JdbcPoolConfig of(ConnectionFactory connectionFactory) {
        Draft draft = new Draft();
        draft.connectionFactory = Objects.requireNonNull(connectionFactory, "connectionFactory");
        return new JdbcPoolConfig(draft);
    }

    /**
     * Reads a configuration from properties. Their keys are the names of the settings, {@code url} among them, which must be
     * there; {@code property.} and a name is a {@linkplain #property property} of the driver's. A duration is written as {@code
     * 500ms}, {@code 30s}, {@code 10m}, {@code 2h} or {@code 1d}, or as ISO 8601 has it ({@code PT30S}); an isolation as its
     * number or as {@code READ_COMMITTED}. What can't be written as text, such as a classifier of errors, can be set on what
     * this returns.
     *
     * @param properties the settings, with defaults if they have any
     * @return the configuration, whose values are checked when the pool is opened, as ever
     * @throws IllegalArgumentException if a key is no setting, or a value can't be read; the message lists all of them by name,
     *     and no value that may be a secret
     * @throws NullPointerException if {@code properties} is null
     */
    public static JdbcPoolConfig from(Properties properties) {
        return TextSettings.read(properties);
    }

    /**
     * Lists what is wrong with this configuration: for each mistake a sentence that names the setting, its value and the
     * bound. A URL that no driver takes is among them.
     *
     * @return the mistakes; empty if a pool can be opened with this configuration
     */
    public List<String> problems() {
        return JdbcConfigCheck.problems(this);
    }

    // ---- where to connect

    /**
     * Returns the URL.
     *
     * @return the setting as it was given, with a password if it holds one; null if the pool doesn't connect by a URL
     */
    public @Nullable String url() {
        return url;
    }

    /**
     * Returns the driver's {@code DataSource}.
     *
     * @return the setting; null if the pool doesn't connect by one
     */
    public @Nullable DataSource dataSource() {
        return dataSource;
    }

    /**
     * Returns the driver's {@code XADataSource}.
     *
     * @return the setting; null if the pool doesn't connect by one
     */
    public @Nullable XADataSource xaDataSource() {
        return xaDataSource;
    }

    /**
     * Returns what connects as the caller likes.
     *
     * @return the setting; null if the pool connects by a URL, a {@code DataSource} or an {@code XADataSource}
     */
    public @Nullable ConnectionFactory connectionFactory() {
        return connectionFactory;
    }

    /**
     * Returns whom to connect as. Default: left to the URL, the properties or the {@code DataSource}.
     *
     * @return the setting, or null
     */
    public @Nullable String user() {
        return user;
    }

    /**
     * Sets {@link #user()}.
     *
     * @param user as the database knows the user
     * @return a changed copy
     * @throws NullPointerException if {@code user} is null
     */
    public JdbcPoolConfig user(String user) {
        Objects.requireNonNull(user, "user");
        Draft draft = new Draft(this);
        draft.user = user;
        return new JdbcPoolConfig(draft);
    }

    /** Not public: whoever has the password to set has no need to read it here. */
    @Nullable
    String password() {
        return password;
    }

    /**
     * Sets the password to connect with. Nothing reads it but the driver.
     *
     * @param password may be empty
     * @return a changed copy
     * @throws NullPointerException if {@code password} is null
     */
    public JdbcPoolConfig password(String password) {
        Objects.requireNonNull(password, "password");
        Draft draft = new Draft(this);
        draft.password = password;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what the driver is given beside the URL, user and password. Default: nothing.
     *
     * @return the setting, unmodifiable
     */
    public Map<String, String> properties() {
        return properties;
    }

    /**
     * Sets {@link #properties()}, all of them.
     *
     * @param properties as the driver's manual names them
     * @return a changed copy
     * @throws NullPointerException if {@code properties}, a name or a value is null
     */
    public JdbcPoolConfig properties(Map<String, String> properties) {
        Map<String, String> copy = Map.copyOf(properties);
        Draft draft = new Draft(this);
        draft.properties = copy;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Adds one to {@link #properties()}, or replaces it.
     *
     * @param name as the driver's manual names it
     * @param value as the driver's manual has it
     * @return a changed copy
     * @throws NullPointerException if an argument is null
     */
    public JdbcPoolConfig property(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(properties);
        changed.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return properties(changed);
    }

    /**
     * Returns the class of the driver.
     *
     * @return the setting; null, which is the default, takes any driver that accepts the URL
     */
    public @Nullable String driverClass() {
        return driverClass;
    }

    /**
     * Returns a copy that connects by the driver of a class, and by no other that may accept the URL too.
     *
     * @param driverClass the name of a {@link java.sql.Driver} with a public constructor without parameters, which the class
     *     loader of the thread that opens the pool knows, or that of this class
     * @return the changed copy
     * @throws NullPointerException if {@code driverClass} is null
     */
    public JdbcPoolConfig driverClass(String driverClass) {
        Objects.requireNonNull(driverClass, "driverClass");
        Draft draft = new Draft(this);
        draft.driverClass = driverClass;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what says as whom to connect.
     *
     * @return the setting; null, which is the default, connects as {@link #user()}
     */
    public @Nullable CredentialsProvider credentials() {
        return credentials;
    }

    /**
     * Returns a copy that asks at each connect as whom to connect, in place of {@link #user(String)} and {@link
     * #password(String)}.
     *
     * @param credentials says as whom; thread-safe
     * @return the changed copy
     * @throws NullPointerException if {@code credentials} is null
     */
    public JdbcPoolConfig credentials(CredentialsProvider credentials) {
        Objects.requireNonNull(credentials, "credentials");
        Draft draft = new Draft(this);
        draft.credentials = credentials;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns how long nobody connects after user or password were refused.
     *
     * @return the setting; 10 s by default
     */
    public Duration refusedRetryDelay() {
        return refusedRetryDelay;
    }

    /**
     * Returns a copy in which nobody connects for a time after user or password were refused, lest the account be locked:
     * twice as long after each further refusal, up to 16 times that, and never shorter than after any failed connect. See
     * {@link CredentialsProvider}.
     *
     * @param refusedRetryDelay the first delay; zero for no more than after any failed connect
     * @return the changed copy
     * @throws NullPointerException if {@code refusedRetryDelay} is null
     */
    public JdbcPoolConfig refusedRetryDelay(Duration refusedRetryDelay) {
        Objects.requireNonNull(refusedRetryDelay, "refusedRetryDelay");
        Draft draft = new Draft(this);
        draft.refusedRetryDelay = refusedRetryDelay;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns how many connections may be open at once of those who name a user and a password by {@link
     * PooledDataSource#getConnection(String, String)}, of all users together. Each has a pool of up to {@link #maxSize()}, beside
     * the pool of {@link PooledDataSource#getConnection()}, which isn't counted here. Zero refuses them. Default: zero.
     *
     * @return the setting
     */
    public int usersMaxTotal() {
        return usersMaxTotal;
    }

    /**
     * Sets {@link #usersMaxTotal()}.
     *
     * @param usersMaxTotal at least 0; more than 0 only where neither a {@link ConnectionFactory} connects, which knows no users,
     *     nor a URL that names one
     * @return a changed copy
     */
    public JdbcPoolConfig usersMaxTotal(int usersMaxTotal) {
        Draft draft = new Draft(this);
        draft.usersMaxTotal = usersMaxTotal;
        return new JdbcPoolConfig(draft);
    }

    // ---- what a borrower finds

    /**
     * Returns the mode of auto-commit, which every borrower finds. Default: as the driver says at connect.
     *
     * @return the setting; null leaves it to the driver
     */
    public @Nullable Boolean autoCommit() {
        return session.autoCommit();
    }

    /**
     * Sets {@link #autoCommit()}.
     *
     * @param autoCommit whether each statement is a transaction of its own
     * @return a changed copy
     */
    public JdbcPoolConfig autoCommit(boolean autoCommit) {
        Draft draft = new Draft(this);
        draft.session = draft.session.autoCommit(autoCommit);
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the isolation of transactions, which every borrower finds. Default: as the driver says at connect.
     *
     * @return the setting; null leaves it to the driver
     */
    public @Nullable Integer isolation() {
        return session.isolation();
    }

    /**
     * Sets {@link #isolation()}.
     *
     * @param isolation one of the levels in {@link java.sql.Connection}, such as {@code TRANSACTION_SERIALIZABLE}
     * @return a changed copy
     */
    public JdbcPoolConfig isolation(int isolation) {
        Draft draft = new Draft(this);
        draft.session = draft.session.isolation(isolation);
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the read-only mode, which every borrower finds. Default: as the driver says at connect.
     *
     * @return the setting; null leaves it to the driver
     */
    public @Nullable Boolean readOnly() {
        return session.readOnly();
    }

    /**
     * Sets {@link #readOnly()}.
     *
     * @param readOnly a hint to the driver that nothing will be written
     * @return a changed copy
     */
    public JdbcPoolConfig readOnly(boolean readOnly) {
        Draft draft = new Draft(this);
        draft.session = draft.session.readOnly(readOnly);
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the catalog, which every borrower finds. Default: as the driver says at connect.
     *
     * @return the setting; null leaves it to the driver
     */
    public @Nullable String catalog() {
        return session.catalog();
    }

    /**
     * Sets {@link #catalog()}.
     *
     * @param catalog not blank
     * @return a changed copy
     * @throws NullPointerException if {@code catalog} is null
     */
    public JdbcPoolConfig catalog(String catalog) {
        Objects.requireNonNull(catalog, "catalog");
        Draft draft = new Draft(this);
        draft.session = draft.session.catalog(catalog);
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the schema, which every borrower finds. Default: as the driver says at connect.
     *
     * @return the setting; null leaves it to the driver
     */
    public @Nullable String schema() {
        return session.schema();
    }

    /**
     * Sets {@link #schema()}.
     *
     * @param schema not blank
     * @return a changed copy
     * @throws NullPointerException if {@code schema} is null
     */
    public JdbcPoolConfig schema(String schema) {
        Objects.requireNonNull(schema, "schema");
        Draft draft = new Draft(this);
        draft.session = draft.session.schema(schema);
        return new JdbcPoolConfig(draft);
    }

    // ---- when a connection is at its end

    /**
     * Returns what is asked first whether a failure ends a connection.
     *
     * @return the setting; null, which is the default, leaves it to the {@linkplain VendorErrors vendor's} errors and the
     *     {@linkplain ErrorClassifier#standard() standard} ones
     */
    public @Nullable ErrorClassifier errorClassifier() {
        return errorClassifier;
    }

    /**
     * Returns a copy that asks a classifier first whether a failure ends a connection; where it is undecided, the {@linkplain
     * VendorErrors vendor's} errors and the {@linkplain ErrorClassifier#standard() standard} ones decide. It is asked about what
     * borrowers' calls throw and about what a validation throws; there, {@link ErrorClassifier.Verdict#KEEP} means that the
     * connection is good.
     *
     * @param errorClassifier judges one exception at a time; thread-safe and quick
     * @return the changed copy
     * @throws NullPointerException if {@code errorClassifier} is null
     */
    public JdbcPoolConfig errorClassifier(ErrorClassifier errorClassifier) {
        Objects.requireNonNull(errorClassifier, "errorClassifier");
        Draft draft = new Draft(this);
        draft.errorClassifier = errorClassifier;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Tells whether connections are of no use unless they can write.
     *
     * @return the setting; false by default
     */
    public boolean needsWriter() {
        return needsWriter;
    }

    /**
     * Returns a copy that discards connections whose server has become read-only, as after a failover in which it has lost its
     * part: SQLState 25006, and the {@linkplain VendorErrors vendors'} codes for it, such as MySQL's 1290 and 1836. The
     * replacement is connected anew, and so to where writing goes now. A borrower who writes in a transaction that it has
     * itself set to read-only costs a connection then.
     *
     * @param needsWriter whether connections are of no use unless they can write
     * @return the changed copy
     */
    public JdbcPoolConfig needsWriter(boolean needsWriter) {
        Draft draft = new Draft(this);
        draft.needsWriter = needsWriter;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns the query that validates a connection.
     *
     * @return the setting; null, which is the default, asks {@link java.sql.Connection#isValid}
     */
    public @Nullable String validationQuery() {
        return validationQuery;
    }

    /**
     * Returns a copy that validates a connection by a query, for a driver whose {@link java.sql.Connection#isValid} does too
     * little, such as one that knows nothing of a proxy's backend, or too much. The connection is good if the query can be
     * executed; what it returns isn't looked at.
     *
     * @param validationQuery any statement, not blank
     * @return the changed copy
     * @throws NullPointerException if {@code validationQuery} is null
     */
    public JdbcPoolConfig validationQuery(String validationQuery) {
        Objects.requireNonNull(validationQuery, "validationQuery");
        Draft draft = new Draft(this);
        draft.validationQuery = validationQuery;
        return new JdbcPoolConfig(draft);
    }

    // ---- how many, how long

    /**
     * Returns the pool's name, which stands in every message, log line and thread name. Default: {@code pool}.
     *
     * @return the setting
     */
    public String name() {
        return pool.name();
    }

    /**
     * Sets {@link #name()}.
     *
     * @param name not blank
     * @return a changed copy
     * @throws NullPointerException if {@code name} is null
     */
    public JdbcPoolConfig name(String name) {
        return withPool(pool.name(name));
    }

    /**
     * Returns the most connections open at once. Default: 10.
     *
     * @return the setting
     */
    public int maxSize() {
        return pool.maxSize();
    }

    /**
     * Sets {@link #maxSize()}.
     *
     * @param maxSize at least 1
     * @return a changed copy
     */
    public JdbcPoolConfig maxSize(int maxSize) {
        return withPool(pool.maxSize(maxSize));
    }

    /**
     * Returns how many connections the pool keeps ready to be lent, as far as {@code maxSize} allows. Default: 0.
     *
     * @return the setting
     */
    public int minIdle() {
        return pool.minIdle();
    }

    /**
     * Sets {@link #minIdle()}.
     *
     * @param minIdle 0 to {@code maxSize}
     * @return a changed copy
     */
    public JdbcPoolConfig minIdle(int minIdle) {
        return withPool(pool.minIdle(minIdle));
    }

    /**
     * Returns how many borrowers may wait; one more is refused at once. Default: no limit.
     *
     * @return the setting
     */
    public int maxWaiters() {
        return pool.maxWaiters();
    }

    /**
     * Sets {@link #maxWaiters()}.
     *
     * @param maxWaiters at least 0
     * @return a changed copy
     */
    public JdbcPoolConfig maxWaiters(int maxWaiters) {
        return withPool(pool.maxWaiters(maxWaiters));
    }

    /**
     * Returns what sheds borrowers who have waited for too long in a queue that doesn't get shorter. Default: {@link
     * AdmissionPolicy#none()}.
     *
     * @return the setting, not null
     */
    public AdmissionPolicy admission() {
        return pool.admission();
    }

    /**
     * Sets {@link #admission()}.
     *
     * @param admission such as {@link AdmissionPolicy#codel}
     * @return a changed copy
     * @throws NullPointerException if {@code admission} is null
     */
    public JdbcPoolConfig admission(AdmissionPolicy admission) {
        return withPool(pool.admission(admission));
    }

    /**
     * Returns how many connects may run at once, and also how many validations and closes. Default: 8.
     *
     * @return the setting
     */
    public int maxConcurrentCreations() {
        return pool.maxConcurrentCreations();
    }

    /**
     * Sets {@link #maxConcurrentCreations()}.
     *
     * @param maxConcurrentCreations at least 1
     * @return a changed copy
     */
    public JdbcPoolConfig maxConcurrentCreations(int maxConcurrentCreations) {
        return withPool(pool.maxConcurrentCreations(maxConcurrentCreations));
    }

    /**
     * Returns how long {@link PooledDataSource#getConnection()} waits, connecting and validating included. Default: 5 s.
     *
     * @return the setting
     */
    public Duration acquireTimeout() {
        return pool.acquireTimeout();
    }

    /**
     * Sets {@link #acquireTimeout()}.
     *
     * @param acquireTimeout not negative
     * @return a changed copy
     * @throws NullPointerException if {@code acquireTimeout} is null
     */
    public JdbcPoolConfig acquireTimeout(Duration acquireTimeout) {
        return withPool(pool.acquireTimeout(acquireTimeout));
    }

    /**
     * Returns how long a connect may take before it is interrupted and given up. Default: 10 s.
     *
     * @return the setting
     */
    public Duration createTimeout() {
        return pool.createTimeout();
    }

    /**
     * Sets {@link #createTimeout()}.
     *
     * @param createTimeout 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code createTimeout} is null
     */
    public JdbcPoolConfig createTimeout(Duration createTimeout) {
        return withPool(pool.createTimeout(createTimeout));
    }

    /**
     * Returns how long a validation may take before the connection counts as broken. Default: 5 s.
     *
     * @return the setting
     */
    public Duration validationTimeout() {
        return pool.validationTimeout();
    }

    /**
     * Sets {@link #validationTimeout()}.
     *
     * @param validationTimeout 1 ms or more; the driver is told whole seconds, rounded up
     * @return a changed copy
     * @throws NullPointerException if {@code validationTimeout} is null
     */
    public JdbcPoolConfig validationTimeout(Duration validationTimeout) {
        return withPool(pool.validationTimeout(validationTimeout));
    }

    /**
     * Returns how long closing a connection may take before the pool goes on without it. Default: 5 s.
     *
     * @return the setting
     */
    public Duration destroyTimeout() {
        return pool.destroyTimeout();
    }

    /**
     * Sets {@link #destroyTimeout()}.
     *
     * @param destroyTimeout 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code destroyTimeout} is null
     */
    public JdbcPoolConfig destroyTimeout(Duration destroyTimeout) {
        return withPool(pool.destroyTimeout(destroyTimeout));
    }

    /**
     * Returns how long {@link PooledDataSource#close()} waits for borrowers; the connections of those who don't
     * come back in time are aborted. Default: 5 s.
     *
     * @return the setting
     */
    public Duration drainTimeout() {
        return pool.drainTimeout();
    }

    /**
     * Sets {@link #drainTimeout()}.
     *
     * @param drainTimeout not negative
     * @return a changed copy
     * @throws NullPointerException if {@code drainTimeout} is null
     */
    public JdbcPoolConfig drainTimeout(Duration drainTimeout) {
        return withPool(pool.drainTimeout(drainTimeout));
    }

    /**
     * Returns how often lifetimes and idle times are looked at. Default: 1 s.
     *
     * @return the setting
     */
    public Duration maintenanceInterval() {
        return pool.maintenanceInterval();
    }

    /**
     * Sets {@link #maintenanceInterval()}.
     *
     * @param maintenanceInterval 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code maintenanceInterval} is null
     */
    public JdbcPoolConfig maintenanceInterval(Duration maintenanceInterval) {
        return withPool(pool.maintenanceInterval(maintenanceInterval));
    }

    /**
     * Returns for how long a connection may be lent before that is logged, once, with what its borrower's thread is doing
     * at that moment; and once more when it is returned. Zero logs nothing. Default: zero.
     *
     * @return the setting
     */
    public Duration overdueAfter() {
        return pool.overdueAfter();
    }

    /**
     * Sets {@link #overdueAfter()}.
     *
     * @param overdueAfter not negative
     * @return a changed copy
     * @throws NullPointerException if {@code overdueAfter} is null
     */
    public JdbcPoolConfig overdueAfter(Duration overdueAfter) {
        return withPool(pool.overdueAfter(overdueAfter));
    }

    /**
     * Returns after what time a connection is taken from its borrower: it is aborted and closed, so that all that the
     * borrower does with it fails, and another connection may take its place. Zero takes none. Default: zero.
     *
     * <p><b>Dangerous</b>, as {@link PoolConfig#reclaimAfter()} tells: the borrower may be in the middle of a transaction,
     * which is lost then. Set it to far more than the longest honest transaction takes.
     *
     * @return the setting
     */
    public Duration reclaimAfter() {
        return pool.reclaimAfter();
    }

    /**
     * Sets {@link #reclaimAfter()}.
     *
     * @param reclaimAfter not negative, and not less than {@link #overdueAfter()} unless zero
     * @return a changed copy
     * @throws NullPointerException if {@code reclaimAfter} is null
     */
    public JdbcPoolConfig reclaimAfter(Duration reclaimAfter) {
        return withPool(pool.reclaimAfter(reclaimAfter));
    }

    /**
     * Returns whether JMX shows the pool, as {@link PoolConfig#registerMXBean()} tells. What it shows has neither URL nor user
     * nor password in it. Default: false.
     *
     * @return the setting
     */
    public boolean registerMXBean() {
        return pool.registerMXBean();
    }

    /**
     * Sets {@link #registerMXBean()}.
     *
     * @param registerMXBean the setting
     * @return a changed copy
     */
    public JdbcPoolConfig registerMXBean(boolean registerMXBean) {
        return withPool(pool.registerMXBean(registerMXBean));
    }

    /**
     * Returns of how many borrows one, drawn at random, records its stack, for the messages about connections that were
     * held for too long or never closed: 1 records every borrow, 0 none. A record costs some microseconds. Default: 0.
     *
     * @return the setting
     */
    public int siteSampling() {
        return pool.siteSampling();
    }

    /**
     * Sets {@link #siteSampling()}.
     *
     * @param oneIn at least 0
     * @return a changed copy
     */
    public JdbcPoolConfig siteSampling(int oneIn) {
        return withPool(pool.siteSampling(oneIn));
    }

    /**
     * Returns whether the pool measures how long borrowers wait, how long they hold connections and how long connecting
     * takes, for {@link io.dewpond.Pool#timings()}. Default: false.
     *
     * @return the setting
     */
    public boolean timings() {
        return pool.timings();
    }

    /**
     * Sets {@link #timings()}.
     *
     * @param timings the setting
     * @return a changed copy
     */
    public JdbcPoolConfig timings(boolean timings) {
        return withPool(pool.timings(timings));
    }

    /**
     * Returns how long opening waits until {@code minIdle} connections are ready; if that fails, the opening fails.
     * Zero doesn't wait: they are made in the background. Default: zero.
     *
     * @return the setting
     */
    public Duration warmUp() {
        return pool.warmUp();
    }

    /**
     * Sets {@link #warmUp()}.
     *
     * @param warmUp not negative; more than zero only with a {@code minIdle}
     * @return a changed copy
     * @throws NullPointerException if {@code warmUp} is null
     */
    public JdbcPoolConfig warmUp(Duration warmUp) {
        return withPool(pool.warmUp(warmUp));
    }

    /**
     * Returns how long the pool waits after a failed connect, at most, before it tries another; doubled at each
     * further failure, drawn at random from zero to that. Default: 100 ms.
     *
     * @return the setting
     */
    public Duration retryDelay() {
        return pool.retryDelay();
    }

    /**
     * Sets {@link #retryDelay()}.
     *
     * @param retryDelay 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code retryDelay} is null
     */
    public JdbcPoolConfig retryDelay(Duration retryDelay) {
        return withPool(pool.retryDelay(retryDelay));
    }

    /**
     * Returns the bound of the doubling of {@link #retryDelay()}. Default: 10 s.
     *
     * @return the setting
     */
    public Duration maxRetryDelay() {
        return pool.maxRetryDelay();
    }

    /**
     * Sets {@link #maxRetryDelay()}.
     *
     * @param maxRetryDelay {@code retryDelay} or more
     * @return a changed copy
     * @throws NullPointerException if {@code maxRetryDelay} is null
     */
    public JdbcPoolConfig maxRetryDelay(Duration maxRetryDelay) {
        return withPool(pool.maxRetryDelay(maxRetryDelay));
    }

    /**
     * Returns whether borrowers get the failure at once when no connection is open and a connect fails; otherwise they
     * wait for their timeouts, and get it as cause then. Default: false.
     *
     * @return the setting
     */
    public boolean failFast() {
        return pool.failFast();
    }

    /**
     * Sets {@link #failFast()}.
     *
     * @param failFast the setting
     * @return a changed copy
     */
    public JdbcPoolConfig failFast(boolean failFast) {
        return withPool(pool.failFast(failFast));
    }

    /**
     * Returns how long a connection may have been idle to be lent without asking the driver whether it is valid. Default: 500 ms.
     *
     * @return the setting
     */
    public Duration validateAfterIdle() {
        return pool.validateAfterIdle();
    }

    /**
     * Sets {@link #validateAfterIdle()}.
     *
     * @param validateAfterIdle not negative; zero validates before each lease but one handed over directly
     * @return a changed copy
     * @throws NullPointerException if {@code validateAfterIdle} is null
     */
    public JdbcPoolConfig validateAfterIdle(Duration validateAfterIdle) {
        return withPool(pool.validateAfterIdle(validateAfterIdle));
    }

    /**
     * Returns how often an idle connection is validated; zero never does. Default: zero.
     *
     * @return the setting
     */
    public Duration validateEvery() {
        return pool.validateEvery();
    }

    /**
     * Sets {@link #validateEvery()}.
     *
     * @param validateEvery not negative
     * @return a changed copy
     * @throws NullPointerException if {@code validateEvery} is null
     */
    public JdbcPoolConfig validateEvery(Duration validateEvery) {
        return withPool(pool.validateEvery(validateEvery));
    }

    /**
     * Returns which of several idle connections is lent next, as {@link PoolConfig#lendingOrder()}. Default: {@link
     * LendingOrder#LOWEST}.
     *
     * @return the setting, not null
     */
    public LendingOrder lendingOrder() {
        return pool.lendingOrder();
    }

    /**
     * Sets {@link #lendingOrder()}.
     *
     * @param lendingOrder the setting
     * @return a changed copy
     * @throws NullPointerException if {@code lendingOrder} is null
     */
    public JdbcPoolConfig lendingOrder(LendingOrder lendingOrder) {
        return withPool(pool.lendingOrder(lendingOrder));
    }

    /**
     * Returns the age at which a connection is replaced: at once if idle, else on its return; zero never does. Those
     * opened together end at different ages, down to nine tenths of this. Default: 30 min.
     *
     * @return the setting
     */
    public Duration maxLifetime() {
        return maxLifetime;
    }

    /**
     * Sets {@link #maxLifetime()}.
     *
     * @param maxLifetime zero, or 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code maxLifetime} is null
     */
    public JdbcPoolConfig maxLifetime(Duration maxLifetime) {
        Objects.requireNonNull(maxLifetime, "maxLifetime");
        Draft draft = new Draft(this);
        draft.maxLifetime = maxLifetime;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns how long a connection may be idle before it is closed; zero never closes it for that. Default: 10 min, or
     * never if {@link #maxLifetime()} is no longer than that.
     *
     * @return the setting
     */
    public Duration idleTimeout() {
        if (idleTimeout != null) {
            return idleTimeout;
        }
        boolean fits = maxLifetime.isZero() || maxLifetime.compareTo(DEFAULT_IDLE_TIMEOUT) > 0;
        return fits ? DEFAULT_IDLE_TIMEOUT : Duration.ZERO;
    }

    /**
     * Sets {@link #idleTimeout()}.
     *
     * @param idleTimeout zero, or 1 ms or more and less than {@code maxLifetime}
     * @return a changed copy
     * @throws NullPointerException if {@code idleTimeout} is null
     */
    public JdbcPoolConfig idleTimeout(Duration idleTimeout) {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Draft draft = new Draft(this);
        draft.idleTimeout = idleTimeout;
        return new JdbcPoolConfig(draft);
    }

    // ---- sessions

    /**
     * Returns whether a connection that was used is asked for its mode of auto-commit on its return, and rolled back if it is
     * off. That finds what the text of a statement did, such as {@code SET autocommit = 0}, if the driver learns of it, as most
     * do. Default: false; then the mode is known by what was called.
     *
     * @return the setting
     */
    public boolean checkAutoCommitOnRelease() {
        return checkAutoCommitOnRelease;
    }

    /**
     * Sets {@link #checkAutoCommitOnRelease()}.
     *
     * @param checkAutoCommitOnRelease the setting
     * @return a changed copy
     */
    public JdbcPoolConfig checkAutoCommitOnRelease(boolean checkAutoCommitOnRelease) {
        Draft draft = new Draft(this);
        draft.checkAutoCommitOnRelease = checkAutoCommitOnRelease;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns whether a connection that was used is rolled back on its return in auto-commit too, after auto-commit was turned
     * off for that. It ends a transaction that the text of a statement began, such as {@code BEGIN}, of which {@code
     * getAutoCommit} tells nothing in many drivers. PostgreSQL's driver calls its server only if there is such a transaction;
     * others may call three times. Default: false.
     *
     * @return the setting
     */
    public boolean rollbackOnRelease() {
        return rollbackOnRelease;
    }

    /**
     * Sets {@link #rollbackOnRelease()}.
     *
     * @param rollbackOnRelease the setting
     * @return a changed copy
     */
    public JdbcPoolConfig rollbackOnRelease(boolean rollbackOnRelease) {
        Draft draft = new Draft(this);
        draft.rollbackOnRelease = rollbackOnRelease;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what is executed when a connection that was used has been returned, rolled back and restored, outside of a
     * transaction. It undoes what JDBC doesn't know: session variables, temporary tables, advisory locks, the role. Then
     * {@link #connectionInitSql()} and what every borrower is to find are set again, but not what a {@link
     * #connectionCustomizer()} did. If it fails, the connection is closed. It costs each borrow a call to the server. Default: nothing.
     *
     * <ul>
     *   <li>PostgreSQL: {@value #RESET_POSTGRESQL}. It can't run in a transaction: to keep a connection whose borrower
     *       executed {@code BEGIN}, set {@link #rollbackOnRelease()} too.
     *   <li>MySQL and MariaDB have no statement for it, only a command of their protocol: see {@link #connectionReset()}.
     *   <li>SQL Server keeps {@code sp_reset_connection} to drivers: no statement can call it.
     *   <li>H2 has none.
     * </ul>
     *
     * @return the setting, or null
     */
    public @Nullable String resetStatement() {
        return resetStatement;
    }

    /**
     * Sets {@link #resetStatement()}.
     *
     * @param resetStatement not blank
     * @return a changed copy
     * @throws NullPointerException if {@code resetStatement} is null
     */
    public JdbcPoolConfig resetStatement(String resetStatement) {
        Objects.requireNonNull(resetStatement, "resetStatement");
        Draft draft = new Draft(this);
        draft.resetStatement = resetStatement;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what is done after {@link #resetStatement()}, in its place or beside it, at the same moment and with the same
     * consequences: for drivers that can reset a session by no statement, but by a method, as those of MariaDB and MySQL can. It
     * is given the driver's connection, to be unwrapped. Default: nothing.
     *
     * @return the setting, or null
     */
    public @Nullable ConnectionCustomizer connectionReset() {
        return connectionReset;
    }

    /**
     * Sets {@link #connectionReset()}.
     *
     * @param connectionReset such as {@code connection ->
     *     connection.unwrap(com.mysql.cj.jdbc.JdbcConnection.class).resetServerState()}; MariaDB's driver needs a property and a
     *     statement more, see the guide
     * @return a changed copy
     * @throws NullPointerException if {@code connectionReset} is null
     */
    public JdbcPoolConfig connectionReset(ConnectionCustomizer connectionReset) {
        Objects.requireNonNull(connectionReset, "connectionReset");
        Draft draft = new Draft(this);
        draft.connectionReset = connectionReset;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns whether the driver is told where a borrower's work begins and ends, by {@link
     * java.sql.Connection#beginRequest()} before a connection is lent and {@link java.sql.Connection#endRequest()} when it has
     * been restored. Some drivers of clusters drain or replay by that. A connection that can't begin is replaced, once; one that
     * can't end is closed. Default: false.
     *
     * @return the setting
     */
    public boolean requestBoundaries() {
        return requestBoundaries;
    }

    /**
     * Sets {@link #requestBoundaries()}.
     *
     * @param requestBoundaries the setting
     * @return a changed copy
     */
    public JdbcPoolConfig requestBoundaries(boolean requestBoundaries) {
        Draft draft = new Draft(this);
        draft.requestBoundaries = requestBoundaries;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what each new connection executes once, in order and before anything else, as part of the connect: within {@link
     * #createTimeout()}, and a failure is that of the connect. What it sets, each borrower finds. Default: nothing.
     *
     * @return the setting
     */
    public List<String> connectionInitSql() {
        return connectionInitSql;
    }

    /**
     * Sets {@link #connectionInitSql()}.
     *
     * @param connectionInitSql each not blank
     * @return a changed copy
     * @throws NullPointerException if {@code connectionInitSql} or an element is null
     */
    public JdbcPoolConfig connectionInitSql(List<String> connectionInitSql) {
        List<String> copy = List.copyOf(connectionInitSql);
        Draft draft = new Draft(this);
        draft.connectionInitSql = copy;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns what prepares each new connection once, after {@link #connectionInitSql()} and as part of the connect as well.
     * Default: nothing.
     *
     * @return the setting, or null
     */
    public @Nullable ConnectionCustomizer connectionCustomizer() {
        return connectionCustomizer;
    }

    /**
     * Sets {@link #connectionCustomizer()}.
     *
     * @param connectionCustomizer the setting
     * @return a changed copy
     * @throws NullPointerException if {@code connectionCustomizer} is null
     */
    public JdbcPoolConfig connectionCustomizer(ConnectionCustomizer connectionCustomizer) {
        Objects.requireNonNull(connectionCustomizer, "connectionCustomizer");
        Draft draft = new Draft(this);
        draft.connectionCustomizer = connectionCustomizer;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns whether there is a proxy in between that gives each transaction another session of the server, such as PgBouncer
     * in its mode {@code transaction}. Then the pool relies on no session: it asks for none of its settings, sets none, and
     * refuses to set a catalog, a schema or an isolation for a borrower, which another's transaction would find. It doesn't roll
     * back what is idle before it closes it. {@link #isolation(int)}, {@link #catalog(String)}, {@link #schema(String)}, {@link
     * #connectionInitSql(List)}, {@link #resetStatement(String)}, {@link #rollbackOnRelease(boolean)} and {@link
     * #statementCacheSize(int)} can't be set together with it. Default: false.
     *
     * <p>What a driver itself keeps in a session is for its own settings: PostgreSQL's wants {@code prepareThreshold=0} where
     * the proxy doesn't follow prepared statements.
     *
     * @return the setting
     */
    public boolean transactionPooling() {
        return transactionPooling;
    }

    /**
     * Sets {@link #transactionPooling()}.
     *
     * @param transactionPooling the setting
     * @return a changed copy
     */
    public JdbcPoolConfig transactionPooling(boolean transactionPooling) {
        Draft draft = new Draft(this);
        draft.transactionPooling = transactionPooling;
        return new JdbcPoolConfig(draft);
    }

    // ---- statements

    /**
     * Returns how many prepared statements each connection keeps for the next who prepares the same, the least recently used go
     * first; zero keeps none. Default: zero.
     *
     * <p>The same is: the same text by the same method with the same arguments, while catalog, schema and holdability of the
     * connection are the same. They are known as they were set through JDBC: don't cache where the text of a statement, such as
     * {@code USE}, changes them. A statement is never shared by two at once, and comes without the parameters, batch, results,
     * warnings, limits and hints of its last user. One that failed is closed, and so is one whose user unwrapped it, had it
     * close on completion, said that it isn't poolable, or named its cursor or turned its escapes off, which JDBC can't
     * undo. Calls are not cached.
     *
     * <p>Most drivers have a cache of their own, which knows their server better: measure before you add this one.
     *
     * @return the setting
     */
    public int statementCacheSize() {
        return statementCacheSize;
    }

    /**
     * Sets {@link #statementCacheSize()}.
     *
     * @param statementCacheSize 0 to 10,000
     * @return a changed copy
     */
    public JdbcPoolConfig statementCacheSize(int statementCacheSize) {
        Draft draft = new Draft(this);
        draft.statementCacheSize = statementCacheSize;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns how long the driver may take to execute a statement before the {@link #listener()} is told. Zero tells nothing and
     * takes no time. Default: zero.
     *
     * @return the setting
     */
    public Duration slowStatementAfter() {
        return slowStatementAfter;
    }

    /**
     * Sets {@link #slowStatementAfter()}.
     *
     * @param slowStatementAfter not negative; more than zero only with a listener
     * @return a changed copy
     * @throws NullPointerException if {@code slowStatementAfter} is null
     */
    public JdbcPoolConfig slowStatementAfter(Duration slowStatementAfter) {
        Objects.requireNonNull(slowStatementAfter, "slowStatementAfter");
        Draft draft = new Draft(this);
        draft.slowStatementAfter = slowStatementAfter;
        return new JdbcPoolConfig(draft);
    }

    /**
     * Returns who is told of slow statements, of those left open, and of connections that are lent for long. Default: nobody.
     *
     * @return the setting, or null
     */
    public @Nullable JdbcListener listener() {
        return listener;
    }

    /**
     * Sets {@link #listener()}.
     *
     * @param listener the setting
     * @return a changed copy
     * @throws NullPointerException if {@code listener} is null
     */
    public JdbcPoolConfig listener(JdbcListener listener) {
        Objects.requireNonNull(listener, "listener");
        Draft draft = new Draft(this);
        draft.listener = listener;
        return new JdbcPoolConfig(draft);
    }

    /** Returns what reports to the listener; null if there is none. */
    @Nullable
    Watch watch() {
        return listener == null ? null : new Watch(listener, pool.ticker(), slowStatementAfter, siteSampling());
    }

    private Resetter<PhysicalConnection> resetter() {
        ConnectionCustomizer last = lastOfReset();
        boolean thorough = checkAutoCommitOnRelease || rollbackOnRelease || last != null || requestBoundaries;
        return !thorough
                ? PhysicalConnection.RESETTER
                : new ThoroughReset(
                        checkAutoCommitOnRelease,
                        rollbackOnRelease,
                        last,
                        connectionReset != null,
                        requestBoundaries,
                        connectionInitSql,
                        session);
    }

    private @Nullable ConnectionCustomizer lastOfReset() {
        if (resetStatement == null) {
            return connectionReset;
        }
        List<String> statement = List.of(resetStatement);
        return connection -> {
            Outfit.execute(connection, statement);
            if (connectionReset != null) {
                connectionReset.customize(connection);
            }
        };
    }

    /** Returns what makes the connections; the configuration must have no problems. */
    PhysicalConnections connections(Judge judge, ConnectionFactory logins) {
        Outfit outfit =
                new Outfit(connectionInitSql, connectionCustomizer, statementCacheSize, watch(), transactionPooling);
        return new PhysicalConnections(logins, session, outfit, judge, Connecting.secrets(this));
    }

    /** Returns what the engine is to be opened with; the configuration must have no problems. */
    PoolConfig<PhysicalConnection> pool(Judge judge, PhysicalConnections connections) {
        PoolConfig<PhysicalConnection> pool =
                listener == null ? this.pool : this.pool.listener(new LeaseReports(listener));
        return pool.factory(connections)
                .resetter(resetter())
                .validator(new Validation(validationTimeout(), validationQuery, judge))
                .evictionPolicy(evictionPolicy())
                .abortAtShutdown(PhysicalConnections.ABORT);
    }

    /** Rounds up, for zero often means no limit; JDBC counts in seconds. */
    static int wholeSeconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.plusNanos(999_999_999).toSeconds());
    }

    private EvictionPolicy<Object> evictionPolicy() {
        EvictionPolicy<Object> policy = EvictionPolicy.never();
        if (!maxLifetime.isZero()) {
            policy = policy.or(EvictionPolicy.olderThan(maxLifetime, Duration.ofNanos(maxLifetime.toNanos() / SPREAD)));
        }
        return idleTimeout().isZero() ? policy : policy.or(EvictionPolicy.idleLongerThan(idleTimeout()));
    }

    /** Returns the settings of the engine alone, to be checked. */
    PoolConfig<PhysicalConnection> engine() {
        return pool;
    }

    /** Changes a setting of the engine; tests change some that have no name here. */
    JdbcPoolConfig withPool(PoolConfig<PhysicalConnection> pool) {
        Draft draft = new Draft(this);
        draft.pool = pool;
        return new JdbcPoolConfig(draft);
    }

    /** Names the pool, where and as whom it connects and its sizes; hides every password. */
    @Override
    public String toString() {
        return "JdbcPoolConfig[name=" + name() + ", " + Connecting.describe(this) + ", minIdle=" + minIdle()
                + ", maxSize=" + maxSize() + "]";
    }

    /** The settings while one is being changed; holds the defaults. */
    private static final class Draft {
        private @Nullable String url;
        private @Nullable DataSource dataSource;
        private @Nullable XADataSource xaDataSource;
        private @Nullable ConnectionFactory connectionFactory;
        private @Nullable String user;
        private @Nullable String password;
        private Map<String, String> properties = Map.of();
        private SessionDefaults session = SessionDefaults.NONE;
        private @Nullable String driverClass;
        private @Nullable CredentialsProvider credentials;
        private Duration refusedRetryDelay = DEFAULT_REFUSED_RETRY_DELAY;
        private int usersMaxTotal;
        private @Nullable ErrorClassifier errorClassifier;
        private boolean needsWriter;
        private @Nullable String validationQuery;
        private Duration maxLifetime = DEFAULT_MAX_LIFETIME;
        private @Nullable Duration idleTimeout;
        private boolean checkAutoCommitOnRelease;
        private boolean rollbackOnRelease;
        private @Nullable String resetStatement;
        private @Nullable ConnectionCustomizer connectionReset;
        private boolean requestBoundaries;
        private List<String> connectionInitSql = List.of();
        private @Nullable ConnectionCustomizer connectionCustomizer;
        private @Nullable JdbcListener listener;
        private Duration slowStatementAfter = Duration.ZERO;
        private int statementCacheSize;
        private boolean transactionPooling;
        private PoolConfig<PhysicalConnection> pool = PoolConfig.of(PhysicalConnections.UNOPENED);

        Draft() {}

        Draft(JdbcPoolConfig config) {
            url = config.url;
            dataSource = config.dataSource;
            xaDataSource = config.xaDataSource;
            connectionFactory = config.connectionFactory;
            user = config.user;
            password = config.password;
            properties = config.properties;
            session = config.session;
            driverClass = config.driverClass;
            credentials = config.credentials;
            refusedRetryDelay = config.refusedRetryDelay;
            usersMaxTotal = config.usersMaxTotal;
            errorClassifier = config.errorClassifier;
            needsWriter = config.needsWriter;
            validationQuery = config.validationQuery;
            maxLifetime = config.maxLifetime;
            idleTimeout = config.idleTimeout;
            checkAutoCommitOnRelease = config.checkAutoCommitOnRelease;
            rollbackOnRelease = config.rollbackOnRelease;
            resetStatement = config.resetStatement;
            connectionReset = config.connectionReset;
            requestBoundaries = config.requestBoundaries;
            connectionInitSql = config.connectionInitSql;
            connectionCustomizer = config.connectionCustomizer;
            listener = config.listener;
            slowStatementAfter = config.slowStatementAfter;
            statementCacheSize = config.statementCacheSize;
            transactionPooling = config.transactionPooling;
            pool = config.pool;
        }
    }
}
