package io.dewpond.testkit;

import io.dewpond.KeyedPoolConfig;
import io.dewpond.testkit.ReferenceKey.Thing;
import io.dewpond.testkit.ReferenceKey.Wait;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Keyed pools that are wrong in one way each. */
final class BrokenKeyedPools {
    private BrokenKeyedPools() {}

    /** Keeps the room of a creation that failed. */
    static final class LosesRoom<K, T> extends ReferenceKeyedPool<K, T> {
        LosesRoom(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        void creationFailed(ReferenceKey<K, T> key, Thing<T> thing) {
            settle(null);
        }
    }

    /** Has each key look at its own bound alone. */
    static final class ForgetsTheTotal<K, T> extends ReferenceKeyedPool<K, T> {
        ForgetsTheTotal(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        int total() {
            return 0;
        }
    }

    /** Gives room to whoever has waited for the shortest time. */
    static final class ServesTheYoungest<K, T> extends ReferenceKeyedPool<K, T> {
        ServesTheYoungest(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        @Nullable
        ReferenceKey<K, T> next() {
            return keys.values().stream()
                    .filter(key -> key.unserved() > 0 && key.mayGrow())
                    .max(Comparator.comparingLong(ReferenceKey::since))
                    .orElse(null);
        }
    }

    /** Has nothing make way, so that an idle object of one key keeps all others waiting. */
    static final class KeepsWhatIsIdle<K, T> extends ReferenceKeyedPool<K, T> {
        KeepsWhatIsIdle(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        void evictLeastRecentlyUsed() {}
    }

    /** Serves a busy key from its own objects for ever, whoever else waits. */
    static final class FavoursBusyKeys<K, T> extends ReferenceKeyedPool<K, T> {
        FavoursBusyKeys(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        boolean mustYield(Wait<T> head) {
            return false;
        }
    }

    /** Remembers each key it has ever seen. */
    static final class ForgetsNoKey<K, T> extends ReferenceKeyedPool<K, T> {
        ForgetsNoKey(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        boolean isUnused(ReferenceKey<K, T> key) {
            return false;
        }
    }

    /** Lends a suspect as if nothing had been said. */
    static final class TrustsSuspects<K, T> extends ReferenceKeyedPool<K, T> {
        TrustsSuspects(KeyedPoolConfig<K, T> config) {
            super(config);
        }

        @Override
        public void suspectIdle() {}
    }
}
