// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.Serializable;

/** The content of a storm, to be split over partitions that are made independently. Immutable. */
public interface StormContent extends Serializable {
    /**
     * @param partition from 0
     * @param partitions in all; record n of partition i is record n * partitions + i of the storm
     */
    RecordStream open(int partition, int partitions);
}
