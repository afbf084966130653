// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

/** Labels by name. One that is missing is empty: matchers cannot tell these apart. */
@FunctionalInterface
public interface LabelSet {
    /** The value, or an empty string. */
    String get(String name);
}
