// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.diagnosis.ModelSpec;
import io.incidentcommander.connectors.resilience.RateLimit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Models by their ids. Rates are those of the large and the small class. Prices are the list prices
 * of Claude Sonnet and Claude Haiku 3 of 2024 in US dollars by the million tokens: 3 and 15, 0.25
 * and 1.25; a model that is not known to be small is priced as large.
 */
public final class Models {
    private static final long LARGE_IN = 3_000;
    private static final long LARGE_OUT = 15_000;
    private static final long SMALL_IN = 250;
    private static final long SMALL_OUT = 1_250;

    private Models() {}

    /** In the order given. */
    public static List<ModelSpec> of(List<String> ids) {
        return ids.stream().map(Models::of).collect(Collectors.toUnmodifiableList());
    }

    private static ModelSpec of(String id) {
        boolean small = id.toLowerCase(Locale.ROOT).contains("haiku");
        return small
                ? new ModelSpec(id, family(id), RateLimit.SMALL_MODEL, SMALL_IN, SMALL_OUT)
                : new ModelSpec(id, family(id), RateLimit.LARGE_MODEL, LARGE_IN, LARGE_OUT);
    }

    /**
     * The vendor: {@code anthropic.claude-...}, or {@code us.anthropic.claude-...} by profile; of
     * an ARN, what its last part says.
     */
    private static String family(String id) {
        String[] parts = id.substring(id.lastIndexOf('/') + 1).split("\\.", -1);
        boolean profile = parts.length > 2 && parts[0].length() <= 6;
        return parts[profile ? 1 : 0];
    }
}
