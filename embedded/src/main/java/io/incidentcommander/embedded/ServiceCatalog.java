// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes each service with its folder and ports. */
final class ServiceCatalog {

    /** Names a folder in which the Kinesis package is kept from one run to the next. */
    static final String KINESIS_CACHE = "commander.embedded.kinesis.cache";

    private final DataDirectory directory;
    private final Optional<KafkaLogin> kafkaLogin;
    private final LoopbackPorts ports = new LoopbackPorts();

    ServiceCatalog(DataDirectory directory, Optional<KafkaLogin> kafkaLogin) {
        this.directory = directory;
        this.kafkaLogin = kafkaLogin;
    }

    List<EmbeddedService> services(Set<ServiceName> names) {
        return names.stream().map(this::service).toList();
    }

    private EmbeddedService service(ServiceName name) {
        return switch (name) {
            case KAFKA -> new KafkaService(directory.of(name), ports, kafkaLogin);
            case DYNAMODB, DYNAMODB_REPLICA -> new DynamoDbService(name, ports);
            case OPENSEARCH -> new OpenSearchService(directory.of(name), ports);
            case S3 -> new S3Service(directory.of(name), ports);
            case SMTP -> new MailService(ports);
            case BEDROCK -> new BedrockService(ports);
            case SLACK -> new StubService(name, SlackStub::start, ports);
            case PAGERDUTY -> new StubService(name, PagerDutyStub::start, ports);
            case SSM -> new SsmService(ports);
            case KINESIS ->
                    new KinesisService(
                            directory.of(name),
                            kinesisCache(),
                            directory.log(name),
                            Executables.ofEnvironment());
        };
    }

    private Path kinesisCache() {
        return Optional.ofNullable(System.getProperty(KINESIS_CACHE))
                .map(Path::of)
                .orElseGet(() -> directory.of(ServiceName.KINESIS));
    }
}
