package io.dewpond;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The one place that knows which settings are in range. */
final class ConfigCheck {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final List<String> problems = new ArrayList<>();

    private ConfigCheck() {}

    static List<String> problems(PoolConfig<?> config) {
        ConfigCheck check = new ConfigCheck();
        if (config.name().isBlank()) {
            check.refuse("name", "'" + config.name() + "'", "not be blank");
        }
        check.atLeast("maxSize", config.maxSize(), 1);
        check.atLeast("minIdle", config.minIdle(), 0);
        if (config.minIdle() > config.maxSize()) {
            check.refuse("minIdle", config.minIdle(), "be at most maxSize (" + config.maxSize() + ")");
        }
        check.atLeast("maxWaiters", config.maxWaiters(), 0);
        check.atLeast("maxConcurrentCreations", config.maxConcurrentCreations(), 1);
        check.between("acquireTimeout", config.acquireTimeout(), Duration.ZERO);
        check.between("createTimeout", config.createTimeout(), MILLI);
        check.between("validationTimeout", config.validationTimeout(), MILLI);
        check.between("destroyTimeout", config.destroyTimeout(), MILLI);
        check.between("drainTimeout", config.drainTimeout(), Duration.ZERO);
        check.between("maintenanceInterval", config.maintenanceInterval(), MILLI);
        check.between("overdueAfter", config.overdueAfter(), Duration.ZERO);
        check.between("reclaimAfter", config.reclaimAfter(), Duration.ZERO);
        if (config.reclaimAfter().compareTo(Duration.ZERO) > 0
                && config.reclaimAfter().compareTo(config.overdueAfter()) < 0) {
            check.refuse(
                    "reclaimAfter",
                    config.reclaimAfter(),
                    "be zero or at least overdueAfter (" + config.overdueAfter() + ")");
        }
        check.atLeast("siteSampling", config.siteSampling(), 0);
        check.between("warmUp", config.warmUp(), Duration.ZERO);
        if (config.warmUp().compareTo(Duration.ZERO) > 0 && config.minIdle() == 0) {
            check.refuse("warmUp", config.warmUp(), "be zero where minIdle is 0 and there is nothing to wait for");
        }
        check.between("retryDelay", config.retryDelay(), MILLI);
        check.between("maxRetryDelay", config.maxRetryDelay(), MILLI);
        if (config.maxRetryDelay().compareTo(config.retryDelay()) < 0) {
            check.refuse(
                    "maxRetryDelay", config.maxRetryDelay(), "be at least retryDelay (" + config.retryDelay() + ")");
        }
        check.between("validateAfterIdle", config.validateAfterIdle(), Duration.ZERO);
        check.between("validateEvery", config.validateEvery(), Duration.ZERO);
        if (config.validator() == null) {
            check.refuseWithoutValidator(config);
        }
        return List.copyOf(check.problems);
    }

    private void refuseWithoutValidator(PoolConfig<?> config) {
        if (config.validateOnRelease()) {
            refuse("validateOnRelease", true, "be false where there is no validator");
        }
        if (config.validateAfterCreate()) {
            refuse("validateAfterCreate", true, "be false where there is no validator");
        }
        if (!config.validateEvery().isZero()) {
            refuse("validateEvery", config.validateEvery(), "be zero where there is no validator");
        }
    }

    private void atLeast(String setting, int value, int least) {
        if (value < least) {
            refuse(setting, value, "be at least " + least);
        }
    }

    private void between(String setting, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            refuse(setting, value, "be at least " + least);
        } else if (value.compareTo(PoolConfig.LONGEST) > 0) {
            refuse(setting, value, "be at most " + PoolConfig.LONGEST);
        }
    }

    private void refuse(String setting, Object value, String bound) {
        problems.add(setting + " is " + value + ", but must " + bound);
    }
}
