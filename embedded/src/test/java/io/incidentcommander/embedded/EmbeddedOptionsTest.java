// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedOptionsTest {

    @Test
    void namesAFolderSomeServicesAndAFile() {
        EmbeddedOptions options =
                EmbeddedOptions.parse(
                        "--data-dir", "d", "--services", "kafka,s3", "--endpoints-file", "f");

        assertThat(options.dataDir()).isEqualTo(Path.of("d"));
        assertThat(options.services()).containsExactly(ServiceName.KAFKA, ServiceName.S3);
        assertThat(options.endpointsFile()).contains(Path.of("f"));
    }

    @Test
    void startsAllUnlessTold() {
        EmbeddedOptions options = EmbeddedOptions.parse("--data-dir", "d");

        assertThat(options.services()).containsExactly(ServiceName.values());
        assertThat(options.endpointsFile()).isEqualTo(Optional.empty());
        assertThat(options.kept()).isEmpty();
    }

    @Test
    void keepsTheDataOfThoseThatAreNamed() {
        assertThat(EmbeddedOptions.parse("--data-dir", "d", "--keep", "opensearch").kept())
                .containsExactly(ServiceName.OPENSEARCH);
    }

    @Test
    void letsOneUserOfKafkaIn() {
        assertThat(EmbeddedOptions.parse("--data-dir", "d", "--kafka-login", "a:b").kafkaLogin())
                .contains(new KafkaLogin("a", "b"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> EmbeddedOptions.parse("--data-dir", "d", "--kafka-login", "a:b\""))
                .hasMessage("Not a login: USER:PASSWORD");
        assertThatThrownBy(() -> EmbeddedOptions.parse("--services", "kafka"))
                .hasMessage("--data-dir is missing.");
        assertThatThrownBy(() -> EmbeddedOptions.parse("--data-dir"))
                .hasMessage("--data-dir wants a value.");
        assertThatThrownBy(() -> EmbeddedOptions.parse("--data-dir", "d", "--port", "1"))
                .hasMessage("There is no option --port");
        assertThatThrownBy(() -> EmbeddedOptions.parse("--data-dir", "d", "--services", "etcd"))
                .hasMessageContaining("'etcd'")
                .hasMessageContaining("kafka,dynamodb,opensearch,s3,smtp,kinesis");
    }
}
