// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of starting a set of services: an address, or a reason why not, for each. Immutable.
 *
 * <p>The typed accessors throw {@link IllegalStateException} for a service that does not run, and
 * say why it does not.
 */
public final class Endpoints {

    private final Map<ServiceName, StartOutcome> outcomes;

    Endpoints(Map<ServiceName, StartOutcome> outcomes) {
        EnumMap<ServiceName, StartOutcome> copy = new EnumMap<>(ServiceName.class);
        copy.putAll(outcomes);
        this.outcomes = Collections.unmodifiableMap(copy);
    }

    /** One outcome per service asked for, in the order of {@link ServiceName}. */
    public Map<ServiceName, StartOutcome> outcomes() {
        return outcomes;
    }

    /** Why the service was skipped; empty if it runs or was not asked for. */
    public Optional<String> skipped(ServiceName service) {
        return outcomes.get(service) instanceof StartOutcome.Skipped skipped
                ? Optional.of(skipped.reason())
                : Optional.empty();
    }

    /** The value of {@code bootstrap.servers}. */
    public String kafkaBootstrap() {
        return of(ServiceName.KAFKA, Endpoint.Bootstrap.class).servers();
    }

    /** The endpoint override of a DynamoDB client; any region and credentials do. */
    public URI dynamoDb() {
        return of(ServiceName.DYNAMODB, Endpoint.Http.class).endpoint();
    }

    /** As {@link #dynamoDb}, of the second region. */
    public URI dynamoDbReplica() {
        return of(ServiceName.DYNAMODB_REPLICA, Endpoint.Http.class).endpoint();
    }

    /** OpenSearch's REST address, plain HTTP, no users. */
    public URI openSearch() {
        return of(ServiceName.OPENSEARCH, Endpoint.Http.class).endpoint();
    }

    /** The endpoint override of an S3 client, which must use path-style access. */
    public URI s3() {
        return of(ServiceName.S3, Endpoint.Http.class).endpoint();
    }

    /** Where mail is sent and read. */
    public Endpoint.Mail mail() {
        return of(ServiceName.SMTP, Endpoint.Mail.class);
    }

    /** The endpoint override of a Kinesis client; plain HTTP/1.1. */
    public URI kinesis() {
        return of(ServiceName.KINESIS, Endpoint.Http.class).endpoint();
    }

    /** The endpoint override of a client of the Bedrock runtime; a stub stands behind it. */
    public URI bedrock() {
        return of(ServiceName.BEDROCK, Endpoint.Http.class).endpoint();
    }

    /** Of STS and SSM; a stub stands behind it. */
    public URI ssm() {
        return of(ServiceName.SSM, Endpoint.Http.class).endpoint();
    }

    private <T extends Endpoint> T of(ServiceName service, Class<T> type) {
        if (outcomes.get(service) instanceof StartOutcome.Started started) {
            return type.cast(started.endpoint());
        }
        throw new IllegalStateException(
                service.word()
                        + " does not run: "
                        + skipped(service).orElse("it was not asked for"));
    }
}
