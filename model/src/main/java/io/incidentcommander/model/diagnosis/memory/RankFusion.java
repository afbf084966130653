// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import java.io.Serializable;
import java.util.List;

/** Makes one ranking of several, best first. */
@FunctionalInterface
public interface RankFusion extends Serializable {
    /**
     * The best of all, each pattern once, with the score of the fusion.
     *
     * @param rankings by words the last of them
     * @param most hits wanted
     */
    List<MemoryHit> fuse(List<List<MemoryHit>> rankings, int most);
}
