// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.Serializable;
import java.util.OptionalLong;

/** Makes of an element what is sent. */
@FunctionalInterface
public interface Packing<I, T> extends Serializable {
    /**
     * @param time event time of the element in ms, if it has one
     * @param place greater than that of whatever this writer packed before, earlier runs included
     */
    T pack(I element, OptionalLong time, long place);
}
