// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of one immutable type, on the network between operators and in state.
 *
 * <p>Contract: {@link #write} begins with a version byte and {@link #read} accepts every version
 * that was ever released, so a savepoint outlives the class it was written with. A codec has a
 * public constructor without arguments and no state; its class name is stored in savepoints and
 * therefore never changes. Not thread safe to the extent that the views are not.
 *
 * @param <T> an immutable type; copies are the value itself
 */
public interface Codec<T> extends Serializable {
    Class<T> type();

    void write(T value, DataOutputView out) throws IOException;

    T read(DataInputView in) throws IOException;
}
