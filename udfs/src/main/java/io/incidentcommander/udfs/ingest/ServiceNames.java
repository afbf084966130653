// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.Map;

/** Which label names the service, and which the host, when the message has no field for it. */
public final class ServiceNames {
    static final String UNKNOWN = "unknown";

    private static final String[] SERVICE_LABELS = {
        "service",
        "service_name",
        "service.name",
        "app",
        "application",
        "app_kubernetes_io_name",
        "app.kubernetes.io/name",
        "kube_service",
        "job",
    };

    private static final String[] HOST_LABELS = {
        "host", "hostname", "host_name", "host.name", "instance", "InstanceId", "node", "pod",
    };

    /** Dimensions of CloudWatch whose value is what people call the service, specific first. */
    private static final String[] CLOUDWATCH_DIMENSIONS = {
        "ServiceName",
        "Service",
        "service",
        "FunctionName",
        "ApiName",
        "DBClusterIdentifier",
        "DBInstanceIdentifier",
        "TableName",
        "QueueName",
        "TopicName",
        "StreamName",
        "DeliveryStreamName",
        "StateMachineArn",
        "CacheClusterId",
        "LoadBalancer",
        "LoadBalancerName",
        "TargetGroup",
        "AutoScalingGroupName",
        "DomainName",
        "BucketName",
        "FileSystemId",
        "ClusterName",
        "namespace",
    };

    private ServiceNames() {}

    /** By dimension, or else the namespace, which stands among the labels too. */
    static String cloudWatch(Map<String, String> labels) {
        String service = first(labels, CLOUDWATCH_DIMENSIONS);
        return service.isEmpty() ? UNKNOWN : service;
    }

    /** {@link #UNKNOWN} if no label names one. */
    static String service(Map<String, String> labels) {
        String service = first(labels, SERVICE_LABELS);
        return service.isEmpty() ? UNKNOWN : service;
    }

    /** Empty if no label names one. */
    public static String host(Map<String, String> labels) {
        return first(labels, HOST_LABELS);
    }

    private static String first(Map<String, String> labels, String[] keys) {
        if (labels.isEmpty()) {
            return "";
        }
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
