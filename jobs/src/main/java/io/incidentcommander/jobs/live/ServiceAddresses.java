// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

/** Where the services of a run are reached; all on the loopback interface. Immutable. */
public final class ServiceAddresses {
    private final String kafka;
    private final String dynamoDb;
    private final String openSearch;
    private final String kinesis;
    private final String bedrock;
    private final String ssm;
    private final ChannelAddresses channels;
    private final String dynamoDbReplica;

    ServiceAddresses(
            String kafka,
            String dynamoDb,
            String openSearch,
            String kinesis,
            String bedrock,
            String ssm) {
        this(kafka, dynamoDb, openSearch, kinesis, bedrock, ssm, ChannelAddresses.none(), "");
    }

    ServiceAddresses(
            String kafka,
            String dynamoDb,
            String openSearch,
            String kinesis,
            String bedrock,
            String ssm,
            ChannelAddresses channels,
            String dynamoDbReplica) {
        this.kafka = kafka;
        this.dynamoDb = dynamoDb;
        this.openSearch = openSearch;
        this.kinesis = kinesis;
        this.bedrock = bedrock;
        this.ssm = ssm;
        this.channels = channels;
        this.dynamoDbReplica = dynamoDbReplica;
    }

    /** Bootstrap servers. */
    public String kafka() {
        return kafka;
    }

    /** A URL. */
    public String dynamoDb() {
        return dynamoDb;
    }

    /** A URL, of what stands for a second region. Empty if there is none. */
    public String dynamoDbReplica() {
        return dynamoDbReplica;
    }

    /** A URL. */
    public String openSearch() {
        return openSearch;
    }

    /** A URL. */
    public String kinesis() {
        return kinesis;
    }

    /** Where people are told. */
    public ChannelAddresses channels() {
        return channels;
    }

    /** A URL; a stub stands behind it. Empty if real models are asked. */
    public String bedrock() {
        return bedrock;
    }

    /** A URL, of STS too; a stub stands behind it. */
    public String ssm() {
        return ssm;
    }
}
