// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.operators.ingest.DecodingProvider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertPathSettingsTest {
    private static final String MOST = "detection.anomaly.max-series";

    @Test
    void aRecordingHasRoomForItsSeriesAndWhatIsLiveForWhatIsConfigured() {
        assertThat(live("7")).contains(7);
        assertThat(recorded("7")).contains(100_000);
        assertThat(recorded("200000")).contains(200_000);
        assertThat(live("0")).isEmpty();
        assertThat(recorded("0")).isEmpty();
    }

    private static Optional<Integer> live(String most) {
        return AlertPathSettings.live(options(most), Map.of()).anomalies().map(p -> p.mostSeries());
    }

    private static Optional<Integer> recorded(String most) {
        return AlertPathSettings.finite(options(most), Map.of(), DecodingProvider.ofAllFormats())
                .anomalies()
                .map(p -> p.mostSeries());
    }

    private static CommanderConfiguration options(String most) {
        return new ConfigurationLoader().layer("a test", Map.of(MOST, most)).load();
    }
}
