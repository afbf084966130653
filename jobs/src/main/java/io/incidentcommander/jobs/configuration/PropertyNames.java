// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** Which names an open option takes. */
interface PropertyNames {
    /** Of an option that is not open. */
    PropertyNames NONE =
            new PropertyNames() {
                @Override
                public void check(String name) {
                    throw new IllegalArgumentException("no properties are taken");
                }

                @Override
                public boolean isSecret(String name) {
                    return false;
                }
            };

    /**
     * @throws IllegalArgumentException if there is no such property, or it cannot be set; the
     *     message says which
     */
    void check(String name);

    /** Whether its value is shown to nobody. */
    boolean isSecret(String name);
}
