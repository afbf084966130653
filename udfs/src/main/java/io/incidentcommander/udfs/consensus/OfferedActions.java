// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import java.io.Serializable;

/** What agents may propose: what is known of how it is carried out, and nothing else. */
@FunctionalInterface
public interface OfferedActions extends Serializable {
    boolean offers(Action action);
}
