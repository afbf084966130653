// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid message of each format, written for these tests: what fuzzing starts from. */
final class Samples {
    static final String CANONICAL =
            """
            {"name":"HighLatency","service":"checkout","host":"web-1","severity":"high",
             "status":"firing","time":"2024-05-01T10:00:00.123Z","summary":"p99 over 2 s",
             "value":2.5,"labels":{"team":"shop","zone":"a"},"annotations":{"runbook":"r1"}}\
            """;
    static final String EVENT_BRIDGE =
            """
{"version":"0","id":"1","detail-type":"CloudWatch Alarm State Change",
 "source":"aws.cloudwatch","account":"111122223333","time":"2024-05-01T10:00:00Z",
 "region":"eu-west-1",
 "resources":["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-warning"],
 "detail":{"alarmName":"queue-warning",
  "configuration":{"description":"d","metrics":[
   {"id":"m1","returnData":true,"metricStat":{"stat":"Average","period":60,
    "metric":{"namespace":"AWS/SQS","name":"Depth","dimensions":{"QueueName":"orders"}}}},
   {"id":"ad1","expression":"ANOMALY_DETECTION_BAND(m1, 2)","returnData":true}]},
  "previousState":{"value":"OK","reason":"r","reasonData":"{}",
   "timestamp":"2024-05-01T09:00:00.000+0000"},
  "state":{"value":"ALARM","reason":"Thresholds Crossed: 1 datapoint [12.5 (x)]",
   "reasonData":"{}","timestamp":"2024-05-01T10:00:00.500+0000"}}}\
""";
    static final String LAMBDA =
            """
            {"source":"aws.cloudwatch",
             "alarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-warning",
             "accountId":"111122223333","time":"2024-05-01T10:00:00.600+0000","region":"eu-west-1",
             "alarmData":{"alarmName":"queue-warning",
              "state":{"value":"INSUFFICIENT_DATA","reason":"Insufficient Data",
               "timestamp":"2024-05-01T10:00:00.500+0000"},
              "previousState":{"value":"OK","timestamp":"2024-05-01T09:00:00.000+0000"},
              "configuration":{"description":"d","metrics":[]}}}\
            """;
    static final String SNS_INNER =
            """
            {"AlarmName":"queue-warning","AlarmDescription":"d","AWSAccountId":"111122223333",
             "NewStateValue":"OK","NewStateReason":"Threshold Crossed: [0.5 (x)]",
             "StateChangeTime":"2024-05-01T10:00:00.500+0000","Region":"EU (Ireland)",
             "AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-warning",
             "OldStateValue":"ALARM","Trigger":{"Metrics":[
              {"Id":"m1","ReturnData":false,"MetricStat":{"Metric":{"MetricName":"Depth",
               "Namespace":"AWS/SQS","Dimensions":[{"name":"QueueName","value":"orders"}]}}}]}}\
            """;
    static final String DATADOG =
            """
            {"title":"[P3] [Triggered] Queue is long","alert_type":"warning","priority":"P3",
             "alert_transition":"Triggered","date":1714557600500,"last_updated":"1714557600500",
             "scopes":"queue:orders","tags":"service:checkout,team:shop","monitor_id":77,
             "hostname":"web-1","id":"9","url":"https://example.com/9","body":"b",
             "alert_metric_value":"12.5","org":{"id":"1","name":"o"}}\
            """;
    static final String PAGERDUTY_EVENT =
            """
            {"routing_key":"SECRET","dedup_key":"orders/depth","event_action":"trigger",
             "client":"m","client_url":"https://example.com","payload":{"summary":"Queue is long",
              "timestamp":"2024-05-01T10:00:00.500Z","source":"web-1","severity":"error",
              "component":"checkout","class":"queue","custom_details":{"depth":12}}}\
            """;
    static final String PAGERDUTY_WEBHOOK =
            """
            {"event":{"id":"e","event_type":"incident.escalated","resource_type":"incident",
             "occurred_at":"2024-05-01T10:00:00.500Z","client":{"name":"x"},
             "data":{"id":"PINC","type":"incident","status":"acknowledged","incident_key":"k",
              "title":"Queue is long","service":{"summary":"Checkout"},"urgency":"high",
              "priority":{"summary":"P1"},"html_url":"https://example.com"}}}\
            """;
    static final String ALERTMANAGER =
            """
            {"version":"4","groupKey":"{}","receiver":"r","status":"resolved","alerts":[
             {"status":"firing","labels":{"alertname":"Down","severity":"page","app":"checkout",
              "pod":"p-1"},"annotations":{"summary":"down"},
              "startsAt":"2024-05-01T10:00:00.5+02:00","endsAt":"0001-01-01T00:00:00Z"},
             {"status":"resolved","labels":{"alertname":"Down","severity":"warning","app":"cart"},
              "annotations":{},"startsAt":"2024-05-01T08:00:00Z","endsAt":"2024-05-01T09:00:00Z"}
            ]}\
            """;
    static final String GRAFANA =
            """
            {"receiver":"r","status":"firing","orgId":1,"title":"t","state":"alerting",
             "message":"m","version":"1","groupKey":"{}","alerts":[
             {"status":"firing","labels":{"alertname":"DatasourceNoData","service":"checkout"},
              "annotations":{"summary":"no data"},"startsAt":"2024-05-01T10:00:00Z",
              "endsAt":"0001-01-01T00:00:00Z","values":{"A":12.5,"C":1},
              "valueString":"[ var='A' value=12.5 ]","dashboardURL":"https://example.com/d",
              "fingerprint":"f"}]}\
            """;
    static final String SLACK =
            """
            {"token":"t","team_id":"T","type":"event_callback","event_id":"E","event":{
             "type":"message","subtype":"bot_message","bot_id":"B1","username":"Prometheus",
             "ts":"1714557600.000500","channel":"C1","text":"",
             "attachments":[{"color":"danger","title":"[FIRING:1] QueueLong","text":"x"}]}}\
            """;
    static final String OTLP_LOGS =
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name",
             "value":{"stringValue":"checkout"}}]},"scopeLogs":[{"logRecords":[
             {"timeUnixNano":"0","observedTimeUnixNano":"1714557600500000000","severityNumber":17,
              "body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"7"}}]}},
              "attributes":[]}]}]}]}\
            """;
    static final String OTLP_METRICS =
            """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name",
             "value":{"stringValue":"checkout"}}]},"scopeMetrics":[{"metrics":[
             {"name":"depth","unit":"1","gauge":{"dataPoints":[
              {"timeUnixNano":"1714557600500000000","asInt":"12"},
              {"timeUnixNano":"1714557600500000000","flags":1}]}},
             {"name":"latency","unit":"s","summary":{"dataPoints":[
              {"timeUnixNano":"1714557600500000000","count":"2","sum":3.5,
               "quantileValues":[{"quantile":0.99,"value":2.5}]}]}}]}]}]}\
            """;
    static final String METRIC_STREAM =
            """
            {"metric_stream_name":"s","account_id":"1","region":"eu-west-1","namespace":"AWS/SQS",
             "metric_name":"Sent","dimensions":{"QueueName":"orders"},"timestamp":1714557600500,
             "value":{"max":3.0,"min":1.0,"sum":4.0,"count":2.0},"unit":"Count"}\
            """;
    static final String APPLICATION_LOG =
            """
            {"@timestamp":"2024-05-01 10:00:00,500","level":"WARN","message":"slow",
             "service":"checkout","trace":"t"}\
            """;

    static final String GRAFANA_LEGACY =
            """
            {"dashboardId":1,"evalMatches":[{"value":12.5,"metric":"depth","tags":{}}],
             "message":"Queue is long","orgId":1,"panelId":2,"ruleId":7,"ruleName":"QueueLong",
             "ruleUrl":"https://example.com/d","state":"alerting",
             "tags":{"service":"checkout","severity":"critical"},"title":"[Alerting] QueueLong"}\
            """;

    static final String ALERTMANAGER_API =
            """
            {"labels":{"alertname":"Down","severity":"page","app":"checkout"},"annotations":{},
             "startsAt":"2024-05-01T10:00:00.5+02:00","endsAt":"2024-05-01T10:04:00.5+02:00",
             "fingerprint":"f","receivers":[{"name":"r"}],"updatedAt":"2024-05-01T10:00:00Z",
             "status":{"state":"active","silencedBy":[],"inhibitedBy":[]}}\
            """;

    static final String PROMETHEUS_API =
            """
            {"status":"success","data":{"alerts":[{"labels":{"alertname":"Down","app":"checkout"},
             "annotations":{},"state":"firing","activeAt":"2024-05-01T10:00:00Z",
             "value":"1e+00"}]}}\
            """;

    private Samples() {}

    /** By format and variant. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("canonical", CANONICAL);
        all.put("cloudwatch-eventbridge", EVENT_BRIDGE);
        all.put("cloudwatch-lambda", LAMBDA);
        all.put("cloudwatch-sns raw", SNS_INNER);
        all.put("cloudwatch-sns envelope", sns(SNS_INNER));
        all.put("datadog", DATADOG);
        all.put("pagerduty-events", PAGERDUTY_EVENT);
        all.put("pagerduty-webhook", PAGERDUTY_WEBHOOK);
        all.put("alertmanager", ALERTMANAGER);
        all.put("grafana", GRAFANA);
        all.put("slack", SLACK);
        all.put("otlp-logs", OTLP_LOGS);
        all.put("otlp-metrics", OTLP_METRICS);
        all.put("cloudwatch-metric-stream", METRIC_STREAM);
        all.put("application-log", APPLICATION_LOG);
        return all;
    }

    /** Whose times stand where the format names none: every byte of them counts. */
    static Map<String, String> untimed() {
        Map<String, String> untimed = new LinkedHashMap<>();
        untimed.put("cloudwatch-sns records", snsRecords(sns(SNS_INNER), sns(EVENT_BRIDGE)));
        untimed.put("grafana legacy", GRAFANA_LEGACY);
        untimed.put("alertmanager api", ALERTMANAGER_API);
        untimed.put("alertmanager prometheus", PROMETHEUS_API);
        return untimed;
    }

    /** As a function that is subscribed to the topic gets them. */
    static String snsRecords(String... envelopes) {
        List<String> records = new ArrayList<>();
        for (String envelope : envelopes) {
            records.add("{\"EventSource\":\"aws:sns\",\"Sns\":" + envelope + "}");
        }
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    /** The message as SNS wraps it. */
    static String sns(String message) {
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:x\",\"Message\":\""
                + quoted
                + "\",\"Timestamp\":\"2024-05-01T10:00:01Z\"}";
    }
}
