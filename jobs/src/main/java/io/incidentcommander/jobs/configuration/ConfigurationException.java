// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** A configuration that cannot be used; the message says what, where and what to do. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
