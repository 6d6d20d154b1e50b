package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.api.v1alpha1.Database.Pool;
import java.util.Optional;
import java.util.function.Function;

/** What the product calls the options of a connection pool, in the order in which they are written. */
enum PoolOption {
    MAX_ACTIVE("maxActive", Pool::maxActive),
    MIN_IDLE("minIdle", Pool::minIdle),
    MAX_IDLE("maxIdle", Pool::maxIdle),
    INITIAL_SIZE("initialSize", Pool::initialSize),
    MAX_WAIT("maxWait", Pool::maxWaitMilliseconds),
    MAX_AGE("maxAge", Pool::maxAgeMilliseconds),
    TEST_ON_BORROW("testOnBorrow", Pool::testOnBorrow),
    TEST_WHILE_IDLE("testWhileIdle", Pool::testWhileIdle),
    VALIDATION_INTERVAL("validationInterval", Pool::validationIntervalMilliseconds),
    TIME_BETWEEN_EVICTION_RUNS("timeBetweenEvictionRunsMillis", Pool::timeBetweenEvictionRunsMilliseconds),
    MIN_EVICTABLE_IDLE_TIME("minEvictableIdleTimeMillis", Pool::minEvictableIdleTimeMilliseconds),
    REMOVE_ABANDONED("removeAbandoned", Pool::removeAbandoned),
    REMOVE_ABANDONED_TIMEOUT("removeAbandonedTimeout", Pool::removeAbandonedTimeoutSeconds),
    LOG_ABANDONED("logAbandoned", Pool::logAbandoned);

    private final String key;
    private final Function<Pool, Object> getter;

    PoolOption(String key, Function<Pool, Object> getter) {
        this.key = key;
        this.getter = getter;
    }

    String key() {
        return key;
    }

    /** The value as the product's own files have it: text; empty keeps the product's default. */
    Optional<String> value(Pool pool) {
        return Optional.ofNullable(getter.apply(pool)).map(String::valueOf);
    }
}
