// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.operators.StoredKeys;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.util.ExceptionUtils;

/** A value of {@link StatesInMemory}; null where there is none, as Flink has it. */
final class ValueInMemory<K, T> extends StateInMemory<K, T> implements ValueState<T> {
    private final ValueState<T> behind;
    private final Predicate<Object> isBlank;

    ValueInMemory(
            ValueState<T> behind,
            Supplier<K> currentKey,
            StoredKeys stored,
            Predicate<Object> isBlank) {
        super(currentKey, stored);
        this.behind = behind;
        this.isBlank = isBlank;
    }

    @Override
    public T value() throws IOException {
        return held().value();
    }

    @Override
    public void update(T value) throws IOException {
        held().set(value);
    }

    @Override
    public void clear() {
        try {
            held().set(null);
        } catch (IOException e) {
            ExceptionUtils.rethrow(e);
        }
    }

    @Override
    Held<T> load() throws IOException {
        T value = behind.value();
        return new Held<>(value, value != null);
    }

    @Override
    Held<T> begin() {
        return new Held<>(null, false);
    }

    @Override
    boolean isBlank(T value) {
        return value == null || isBlank.test(value);
    }

    @Override
    void write(T value) throws IOException {
        if (isBlank(value)) {
            behind.clear();
        } else {
            behind.update(value);
        }
    }

    private Held<T> held() throws IOException {
        try {
            return current();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
