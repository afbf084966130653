// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.decode;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deliveries as other senders, templates and relays shape them, and what a person reads there. */
class ForeignDeliveriesTest {
    private static final String LISTED =
            """
{"labels":{"alertname":"X","job":"node"},"startsAt":"2024-05-01T10:00:00Z",
 "endsAt":"2024-05-01T10:04:00Z","status":{"state":"suppressed","silencedBy":["s1","s2"],
 "inhibitedBy":[]}}\
""";
    private static final String POSTED =
            """
            {"labels":{"alertname":"X","job":"node"},"startsAt":"2024-05-01T10:00:00Z",
             "endsAt":"2024-05-01T10:04:00Z"}\
            """;
    private static final String LINE =
            "{\"name\":\"a\",\"severity\":\"high\",\"time\":\"2024-05-01T10:00:00Z\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
datadog: CPU high/web/web-1/CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"alert_id":"123","alert_status":"CPU high on web-1","alert_title":"[P1] [Warn on {host:web-1}] CPU high","alert_transition":"Warn","alert_priority":"P1","hostname":"web-1","tags":"service:web,env:prod","date":"1714557600000","link":"https://x"}'
datadog: CPU high/web/web-1/CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"alertId":"123","alertTitle":"[Triggered] CPU high","alertTransition":"Triggered","alertType":"error","lastUpdated":"1714557600000","tags":"service:web,env:prod","priority":"P1","hostname":"web-1"}'
datadog: CPU/web//HIGH/FIRING/2024-05-01T10:00:00Z | '{"title":"[Triggered on {host:a}] CPU","text":"x","date":"1714557600000","tags":"service:web","id":"77","event_type":"query_alert_monitor","priority":"normal"}'
datadog: CPU/unknown//HIGH/RESOLVED/2024-05-01T10:00:00Z | '{"id":5,"title":"[Recovered] CPU","last_updated":1714557600000,"event_type":"query_alert_monitor","date":1714557600000,"org":{"id":1,"name":"o"},"body":"b"}'
datadog: disk on h1/unknown//HIGH/NO_DATA/2024-05-01T10:00:00Z | '{"body":"%%%\\nx\\n%%%","last_updated":"1714557600000","event_type":"metric_alert_monitor","title":"[No data] disk on h1","date":"1714557600000","org":{"id":"1","name":"o"},"id":"9"}'
datadog: error budget/pay//HIGH/FIRING/2024-05-01T10:00:00Z | '{"alert_transition":"Triggered","title":"[P2] [SLO] error budget","alert_type":"error","date":"1714557600","tags":"service:pay","alert_scope":"service:pay","alert_query":"q","alert_cycle_key":"k","aggreg_key":"a","alert_metric":"m"}'
datadog: x/unknown//HIGH/RESOLVED/no time | '{"alert_transition":"$ALERT_TRANSITION","title":"[Recovered] x","tags":"$TAGS[service]","priority":"$ALERT_PRIORITY","date":"$DATE_POSIX","monitor_id":1}'
pagerduty-webhook: A little bump/API Service//CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.triggered","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
pagerduty-webhook: A little bump/API Service//CRITICAL/ACKNOWLEDGED/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.acknowledged","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
pagerduty-webhook: A little bump/API Service//CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.unacknowledged","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
pagerduty-webhook: A little bump/API Service//CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.reopened","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
pagerduty-webhook: A little bump/API Service//CRITICAL/RESOLVED/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.resolved","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
pagerduty-webhook: A little bump/API Service//CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"event":{"id":"e","event_type":"incident.escalated","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"incident.annotated","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"incident.responder.added","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"incident.status_update_published","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"incident.workflow.started","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"incident.incident_type.changed","resource_type":"incident","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"u","html_url":"h","number":2,"status":"triggered","incident_key":"k","created_at":"2024-05-01T09:00:00Z","title":"A little bump","service":{"id":"S","summary":"API Service"},"assignees":[],"escalation_policy":{},"teams":[],"priority":{"id":"P","summary":"P1"},"urgency":"high","conference_bridge":null,"resolve_reason":null}}}'
NOT_AN_ALERT | '{"event":{"id":"e","event_type":"pagey.ping","resource_type":"pagey","occurred_at":"2024-05-01T10:00:00Z","agent":null,"client":null,"data":{"message":"Hello from your friend Pagey!","type":"ping"}}}'
NOT_AN_ALERT | '{"routing_key":"rk","payload":{"summary":"Build Success - Increase snapshot create timeout","timestamp":"2024-05-01T10:00:00Z","source":"acme-build","custom_details":{"build_state":"passed"}},"links":[{"href":"h","text":"t"}]}'
pagerduty-events: d/unknown//HIGH/ACKNOWLEDGED/no time | '{"routing_key":"rk","dedup_key":"d","event_action":"acknowledge"}'
pagerduty-events: x/unknown/h/MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"routing_key":"rk","event_action":"trigger","payload":{"summary":"x","severity":"warning","source":"h","timestamp":"2024-05-01T10:00:00.000+0000"}}'
pagerduty-events: x/unknown/h/MEDIUM/FIRING/no time | '{"routing_key":"rk","event_action":"TRIGGER","payload":{"summary":"x","severity":"warning","source":"h"}}'
pagerduty-events: x/unknown/h/HIGH/FIRING/no time | '{"routing_key":"rk","event_action":"trigger","dedup_key":"q","payload":{"summary":"x","severity":"error","source":"h","custom_details":"plain"}}'
grafana: CPU/web//MEDIUM/NO_DATA/2024-05-01T10:00:00Z | '{"receiver":"r","status":"firing","orgId":1,"alerts":[{"status":"firing","labels":{"alertname":"DatasourceNoData","rulename":"CPU","grafana_folder":"F","service":"web"},"annotations":{},"startsAt":"2024-05-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"a","silenceURL":"s","dashboardURL":"","panelURL":"","values":null,"valueString":""}],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"","version":"1","groupKey":"{}","truncatedAlerts":0,"title":"t","state":"no_data","message":"m"}'
grafana: CPU/web//MEDIUM/NO_DATA/2024-05-01T10:00:00Z | '{"receiver":"r","status":"firing","orgId":1,"alerts":[{"status":"firing","labels":{"alertname":"CPU","rulename":"CPU","grafana_folder":"F","service":"web"},"annotations":{},"startsAt":"2024-05-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"a","silenceURL":"s","dashboardURL":"","panelURL":"","values":null,"valueString":""}],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"","version":"1","groupKey":"{}","truncatedAlerts":0,"title":"t","state":"no_data","message":"m"}'
grafana: CPU/web//MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"receiver":"r","status":"firing","orgId":1,"alerts":[{"status":"firing","labels":{"alertname":"DatasourceError","rulename":"CPU","grafana_folder":"F","service":"web"},"annotations":{"Error":"e"},"startsAt":"2024-05-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"a","silenceURL":"s","dashboardURL":"","panelURL":"","values":{"B":1.5,"C":1},"valueString":""}],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"","version":"1","groupKey":"{}","truncatedAlerts":0,"title":"t","state":"alerting","message":"m"}'
grafana: CPU/unknown//CRITICAL/RESOLVED/2024-05-01T10:05:00Z | '{"receiver":"r","status":"resolved","orgId":1,"alerts":[{"status":"resolved","labels":{"alertname":"CPU","severity":"page"},"annotations":{},"startsAt":"2024-05-01T10:00:00Z","endsAt":"2024-05-01T10:05:00Z","generatorURL":"","fingerprint":"a","silenceURL":"s","dashboardURL":"","panelURL":"","values":null,"valueString":""}],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"","version":"1","groupKey":"{}","truncatedAlerts":0,"title":"t","state":"ok","message":"m"}'
alertmanager: X/node//MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"labels":{"alertname":"X","job":"node","severity":"warning"},"annotations":{"summary":"s"},"startsAt":"2024-05-01T10:00:00Z","endsAt":"2024-05-01T10:04:00Z","updatedAt":"2024-05-01T10:00:00Z","fingerprint":"abc","receivers":[{"name":"r"}],"status":{"state":"active","silencedBy":[],"inhibitedBy":[],"mutedBy":[]},"generatorURL":"g"}'
alertmanager: X/unknown//MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"alerts":[{"labels":{"alertname":"X"},"status":"firing","startsAt":"2024-05-01T10:00:00Z"}]}'
alertmanager: X/unknown//MEDIUM/RESOLVED/2024-05-01T08:04:00.500Z | '{"receiver":"r","version":"4","groupKey":"k","status":"resolved","alerts":[{"labels":{"alertname":"X"},"annotations":{},"status":"resolved","startsAt":"2024-05-01T10:00:00Z","endsAt":"2024-05-01T10:04:00.5+02:00"}]}'
alertmanager: X/node//MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"status":"success","data":[{"labels":{"alertname":"X","job":"node","severity":"warning"},"annotations":{"summary":"s"},"startsAt":"2024-05-01T10:00:00Z","endsAt":"2024-05-01T10:04:00Z","updatedAt":"2024-05-01T10:00:00Z","fingerprint":"abc","receivers":[{"name":"r"}],"status":{"state":"active","silencedBy":[],"inhibitedBy":[],"mutedBy":[]},"generatorURL":"g"}]}'
alertmanager: X/unknown//MEDIUM/FIRING/2024-05-01T10:00:00Z | '{"status":"success","data":{"alerts":[{"labels":{"alertname":"X"},"annotations":{},"state":"firing","activeAt":"2024-05-01T10:00:00Z","value":"1e+00"},{"labels":{"alertname":"P"},"annotations":{},"state":"pending","activeAt":"2024-05-01T10:00:00Z","value":"1e+00"}]}}'
cloudwatch-eventbridge: A/pay//CRITICAL/FIRING/2024-05-01T10:00:00.123Z | '{"version":"0","id":"i","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"1","time":"2024-05-01T10:00:01Z","region":"eu-west-1","resources":["arn:aws:cloudwatch:eu-west-1:1:alarm:A"],"detail":{"alarmName":"A","state":{"value":"ALARM","reason":"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (01/05/24 10:00:00)]","reasonData":"{}","timestamp":"2024-05-01T10:00:00.123+0000"},"previousState":{"value":"OK","timestamp":"2024-05-01T09:00:00.000+0000"},"configuration":{"metrics":[{"id":"m1","metricStat":{"metric":{"namespace":"AWS/Lambda","name":"Errors","dimensions":{"FunctionName":"pay"}},"period":60,"stat":"Average"},"returnData":true},{"id":"ad1","expression":"ANOMALY_DETECTION_BAND(m1, 2)","label":"Errors (expected)","returnData":true}],"description":"severity: critical"}}}'
cloudwatch-eventbridge: A/pay//CRITICAL/NO_DATA/2024-05-01T10:00:00.123Z | '{"version":"0","id":"i","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"1","time":"2024-05-01T10:00:01Z","region":"eu-west-1","resources":["arn:aws:cloudwatch:eu-west-1:1:alarm:A"],"detail":{"alarmName":"A","state":{"value":"INSUFFICIENT_DATA","reason":"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (01/05/24 10:00:00)]","reasonData":"{}","timestamp":"2024-05-01T10:00:00.123+0000"},"previousState":{"value":"OK","timestamp":"2024-05-01T09:00:00.000+0000"},"configuration":{"metrics":[{"id":"m1","metricStat":{"metric":{"namespace":"AWS/Lambda","name":"Errors","dimensions":{"FunctionName":"pay"}},"period":60,"stat":"Average"},"returnData":true},{"id":"ad1","expression":"ANOMALY_DETECTION_BAND(m1, 2)","label":"Errors (expected)","returnData":true}],"description":"severity: critical"}}}'
cloudwatch-eventbridge: A/unknown//HIGH/RESOLVED/2024-05-01T10:00:00.123Z | '{"version":"0","id":"i","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"1","time":"2024-05-01T10:00:01Z","region":"eu-west-1","resources":["arn:aws:cloudwatch:eu-west-1:1:alarm:A"],"detail":{"alarmName":"A","state":{"value":"OK","reason":"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (01/05/24 10:00:00)]","reasonData":"{}","timestamp":"2024-05-01T10:00:00.123+0000"},"previousState":{"value":"OK","timestamp":"2024-05-01T09:00:00.000+0000"},"configuration":{"alarmRule":"ALARM(x)","description":""},"muteDetail":{"mutedBy":"arn:x"}}}'
cloudwatch-sns: MathAlarm/orders//HIGH/FIRING/2024-05-01T10:00:00Z | '{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:1:t","Subject":"ALARM","Message":"{\\"AlarmName\\": \\"MathAlarm\\", \\"AlarmDescription\\": null, \\"AWSAccountId\\": \\"1\\", \\"NewStateValue\\": \\"ALARM\\", \\"NewStateReason\\": \\"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (x)]\\", \\"StateChangeTime\\": \\"2024-05-01T10:00:00.000+0000\\", \\"Region\\": \\"EU (Ireland)\\", \\"AlarmArn\\": \\"arn:aws:cloudwatch:eu-west-1:1:alarm:MathAlarm\\", \\"OldStateValue\\": \\"OK\\", \\"OKActions\\": [], \\"AlarmActions\\": [], \\"InsufficientDataActions\\": [], \\"Trigger\\": {\\"Period\\": 60, \\"EvaluationPeriods\\": 1, \\"ComparisonOperator\\": \\"GreaterThanThreshold\\", \\"Threshold\\": 1.0, \\"TreatMissingData\\": \\"missing\\", \\"EvaluateLowSampleCountPercentile\\": \\"\\", \\"Metrics\\": [{\\"Expression\\": \\"m1/m2\\", \\"Id\\": \\"e1\\", \\"Label\\": \\"err rate\\", \\"ReturnData\\": true}, {\\"Id\\": \\"m1\\", \\"MetricStat\\": {\\"Metric\\": {\\"Dimensions\\": [{\\"value\\": \\"orders\\", \\"name\\": \\"ServiceName\\"}], \\"MetricName\\": \\"5xx\\", \\"Namespace\\": \\"AWS/ECS\\"}, \\"Period\\": 60, \\"Stat\\": \\"Sum\\"}, \\"ReturnData\\": false}]}}","Timestamp":"2024-05-01T10:00:02.000Z","SignatureVersion":"1","Signature":"s"}'
cloudwatch-sns: MathAlarm/orders//HIGH/FIRING/2024-05-01T10:00:00Z | '{"AlarmName":"MathAlarm","AlarmDescription":null,"AWSAccountId":"1","NewStateValue":"ALARM","NewStateReason":"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (x)]","StateChangeTime":"2024-05-01T10:00:00.000+0000","Region":"EU (Ireland)","AlarmArn":"arn:aws:cloudwatch:eu-west-1:1:alarm:MathAlarm","OldStateValue":"OK","OKActions":[],"AlarmActions":[],"InsufficientDataActions":[],"Trigger":{"Period":60,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":1.0,"TreatMissingData":"missing","EvaluateLowSampleCountPercentile":"","Metrics":[{"Expression":"m1/m2","Id":"e1","Label":"err rate","ReturnData":true},{"Id":"m1","MetricStat":{"Metric":{"Dimensions":[{"value":"orders","name":"ServiceName"}],"MetricName":"5xx","Namespace":"AWS/ECS"},"Period":60,"Stat":"Sum"},"ReturnData":false}]}}'
cloudwatch-sns: MathAlarm/orders//HIGH/FIRING/2024-05-01T10:00:00Z | '{"Records":[{"messageId":"m","eventSource":"aws:sqs","body":"{\\"Type\\": \\"Notification\\", \\"MessageId\\": \\"m\\", \\"TopicArn\\": \\"arn:aws:sns:eu-west-1:1:t\\", \\"Subject\\": \\"ALARM\\", \\"Message\\": \\"{\\\\\\"AlarmName\\\\\\": \\\\\\"MathAlarm\\\\\\", \\\\\\"AlarmDescription\\\\\\": null, \\\\\\"AWSAccountId\\\\\\": \\\\\\"1\\\\\\", \\\\\\"NewStateValue\\\\\\": \\\\\\"ALARM\\\\\\", \\\\\\"NewStateReason\\\\\\": \\\\\\"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (x)]\\\\\\", \\\\\\"StateChangeTime\\\\\\": \\\\\\"2024-05-01T10:00:00.000+0000\\\\\\", \\\\\\"Region\\\\\\": \\\\\\"EU (Ireland)\\\\\\", \\\\\\"AlarmArn\\\\\\": \\\\\\"arn:aws:cloudwatch:eu-west-1:1:alarm:MathAlarm\\\\\\", \\\\\\"OldStateValue\\\\\\": \\\\\\"OK\\\\\\", \\\\\\"OKActions\\\\\\": [], \\\\\\"AlarmActions\\\\\\": [], \\\\\\"InsufficientDataActions\\\\\\": [], \\\\\\"Trigger\\\\\\": {\\\\\\"Period\\\\\\": 60, \\\\\\"EvaluationPeriods\\\\\\": 1, \\\\\\"ComparisonOperator\\\\\\": \\\\\\"GreaterThanThreshold\\\\\\", \\\\\\"Threshold\\\\\\": 1.0, \\\\\\"TreatMissingData\\\\\\": \\\\\\"missing\\\\\\", \\\\\\"EvaluateLowSampleCountPercentile\\\\\\": \\\\\\"\\\\\\", \\\\\\"Metrics\\\\\\": [{\\\\\\"Expression\\\\\\": \\\\\\"m1/m2\\\\\\", \\\\\\"Id\\\\\\": \\\\\\"e1\\\\\\", \\\\\\"Label\\\\\\": \\\\\\"err rate\\\\\\", \\\\\\"ReturnData\\\\\\": true}, {\\\\\\"Id\\\\\\": \\\\\\"m1\\\\\\", \\\\\\"MetricStat\\\\\\": {\\\\\\"Metric\\\\\\": {\\\\\\"Dimensions\\\\\\": [{\\\\\\"value\\\\\\": \\\\\\"orders\\\\\\", \\\\\\"name\\\\\\": \\\\\\"ServiceName\\\\\\"}], \\\\\\"MetricName\\\\\\": \\\\\\"5xx\\\\\\", \\\\\\"Namespace\\\\\\": \\\\\\"AWS/ECS\\\\\\"}, \\\\\\"Period\\\\\\": 60, \\\\\\"Stat\\\\\\": \\\\\\"Sum\\\\\\"}, \\\\\\"ReturnData\\\\\\": false}]}}\\", \\"Timestamp\\": \\"2024-05-01T10:00:02.000Z\\", \\"SignatureVersion\\": \\"1\\", \\"Signature\\": \\"s\\"}"}]}'
cloudwatch-sns: MathAlarm/unknown//HIGH/FIRING/2024-05-01T10:00:00Z | '{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:1:t","Subject":"ALARM","Message":"{\\"AlarmName\\": \\"MathAlarm\\", \\"AWSAccountId\\": \\"1\\", \\"NewStateValue\\": \\"ALARM\\", \\"NewStateReason\\": \\"Threshold Crossed: 1 out of the last 1 datapoints [5.0 (x)]\\", \\"StateChangeTime\\": \\"2024-05-01T10:00:00.000+0000\\", \\"Region\\": \\"EU (Ireland)\\", \\"AlarmArn\\": \\"arn:aws:cloudwatch:eu-west-1:1:alarm:MathAlarm\\", \\"OldStateValue\\": \\"OK\\", \\"AlarmRule\\": \\"ALARM(a)\\", \\"AlarmDescription\\": \\"c\\"}","Timestamp":"2024-05-01T10:00:02.000Z","SignatureVersion":"1","Signature":"s"}'
cloudwatch-lambda: lambda-demo/unknown//HIGH/FIRING/2024-05-01T10:00:00.100Z | '{"source":"aws.cloudwatch","alarmArn":"arn:aws:cloudwatch:us-east-1:4:alarm:l","accountId":"4","time":"2024-05-01T10:00:00.100+0000","region":"us-east-1","alarmData":{"alarmName":"lambda-demo","state":{"value":"ALARM","reason":"test","timestamp":"2024-05-01T10:00:00.100+0000"},"previousState":{"value":"INSUFFICIENT_DATA","reason":"x","reasonData":"{}","timestamp":"2023-12-20T14:59:46.269+0000"},"configuration":{"description":"Metric Math alarm","metrics":[{"id":"e1","expression":"m1","label":"E1","returnData":true}]}}}'
DEAD_LETTER | '{"version":"0","id":"i","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"1","time":"2024-05-01T10:00:01Z","region":"r","resources":[],"detail":{"instance-id":"i","state":"terminated"}}'
DEAD_LETTER | '{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:1:t","Subject":"ALARM","Message":"Hello world","Timestamp":"2024-05-01T10:00:02.000Z","SignatureVersion":"1","Signature":"s"}'
slack: Disk full/unknown//HIGH/FIRING/2024-05-01T10:00:00Z | '{"token":"t","team_id":"T","api_app_id":"A","event":{"type":"message","bot_id":"B","text":"","ts":"1714557600.000100","channel":"C","blocks":[{"type":"header","text":{"type":"plain_text","text":"Alert: Disk full"}},{"type":"section","text":{"type":"mrkdwn","text":"on *db-1*"}}]},"type":"event_callback","event_id":"E","event_time":1714557600}'
slack: Disk full on db-1/unknown//CRITICAL/FIRING/2024-05-01T10:00:00Z | '{"token":"t","team_id":"T","api_app_id":"A","event":{"type":"message","bot_id":"B","text":":rotating_light: *CRITICAL*: Disk full on db-1","ts":"1714557600.000100","channel":"C"},"type":"event_callback","event_id":"E","event_time":1714557600}'
slack: Disk full on db-1/unknown//HIGH/RESOLVED/2024-05-01T10:00:00Z | '{"token":"t","team_id":"T","api_app_id":"A","event":{"type":"message","bot_id":"B","text":":white_check_mark: RESOLVED: Disk full on db-1","ts":"1714557600.000100","channel":"C"},"type":"event_callback","event_id":"E","event_time":1714557600}'
NOT_AN_ALERT | '{"token":"t","team_id":"T","api_app_id":"A","event":{"type":"app_mention","user":"U","text":"hi","ts":"1714557600.000100","channel":"C"},"type":"event_callback","event_id":"E","event_time":1714557600}'
NOT_AN_ALERT | '{"token":"t","team_id":"T","api_app_id":"A","event":{"type":"message","subtype":"message_deleted","channel":"C","ts":"1714557600.000100","previous_message":{}},"type":"event_callback","event_id":"E","event_time":1714557600}'
pay HIGH m=x, pay CRITICAL fatal | '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pay"}},{"key":"k8s","value":{"kvlistValue":{"values":[{"key":"pod","value":{"stringValue":"p"}},{"key":"n","value":{"arrayValue":{"values":[{"intValue":"1"},{"kvlistValue":{"values":[{"key":"z","value":{"boolValue":true}}]}}]}}}]}}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1714557600000000000","severityNumber":"SEVERITY_NUMBER_ERROR","severityText":"ERROR","body":{"kvlistValue":{"values":[{"key":"m","value":{"stringValue":"x"}}]}}},{"observedTimeUnixNano":1714557600000000000,"severityNumber":24,"body":{"stringValue":"fatal"}}]}]}]}'
pay HIGH boom | '{"@timestamp":"2024-05-01T10:00:00Z","log":{"level":"error"},"service":{"name":"pay"},"message":"boom"}'
unknown HIGH boom | '{"severity":"ERROR","timestamp":"2024-05-01T10:00:00Z","textPayload":"boom","resource":{"labels":{}}}'
checkout HIGH boom | '{"severity":"ERROR","name":"checkout","event":"boom","timestamp":"2024-05-01T10:00:00Z"}'
m=9.223372036854776E18 | '{"resourceMetrics":[{"resource":{"attributes":[]},"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"timeUnixNano":"1714557600000000000","asDouble":"NaN"},{"timeUnixNano":"1714557600000000000","asInt":"9223372036854775807"},{"timeUnixNano":"1714557600000000000","asDouble":"Infinity"}]}}]}]}]}'
""")
    void isReadAsAPersonWould(String expected, String text) {
        assertThat(read(decode(text))).as(text).isEqualTo(expected);
    }

    @Test
    void whatTheApiListsFiresWhateverItsEndAndSaysWhoSilencedIt() {
        DecodeOutcome outcome = decode("[" + LISTED + "," + LISTED.replace("\"X\"", "\"Y\"") + "]");
        assertThat(outcome.alerts())
                .extracting(Alert::name, Alert::status)
                .containsExactly(tuple("X", AlertStatus.FIRING), tuple("Y", AlertStatus.FIRING));
        assertThat(outcome.alerts().get(0).annotations()).containsEntry("silenced_by", "s1,s2");
        assertThat(outcome.alerts().get(1).id().index()).isEqualTo(1);
    }

    @Test
    void anAlertPostedToTheApiHasEndedByItsArrivalOrItsRecord() {
        assertThat(states(arriving(POSTED, "2024-05-01T10:03:59Z")))
                .containsExactly("FIRING 10:00");
        assertThat(states(arriving(POSTED, "2024-05-01T10:04:00Z")))
                .containsExactly("RESOLVED 10:04");
        DecodeOutcome recorded = decode("[" + POSTED + "," + POSTED + "]");
        assertThat(states(recorded))
                .containsExactly(
                        "FIRING 10:00", "RESOLVED 10:04", "FIRING 10:00", "RESOLVED 10:04");
        assertThat(recorded.alerts()).extracting(a -> a.id().index()).containsExactly(0, 1, 2, 3);
        assertThat(recorded.alerts().stream().map(Alert::fingerprint).distinct()).hasSize(1);
        String open = POSTED.replace("2024-05-01T10:04:00Z", "0001-01-01T00:00:00Z");
        assertThat(states(decode(open))).containsExactly("FIRING 10:00");
        assertThat(decode(POSTED.replace("2024-05-01T10:04:00Z", "later")).reason())
                .startsWith("Field endsAt is no time");
    }

    @Test
    void documentsOneAfterAnotherAreABatch() {
        for (String between : List.of("", "\n", "\r\n", " ", "\n\n")) {
            DecodeOutcome outcome = decode(LINE + between + LINE + between);
            assertThat(outcome.alerts()).extracting(a -> a.id().index()).containsExactly(0, 1);
            assertThat(outcome.rejectedParts()).isEmpty();
        }
        DecodeOutcome streamed = decode(Samples.METRIC_STREAM + Samples.METRIC_STREAM + "\n");
        assertThat(streamed.metrics()).hasSize(2);
        assertThat(decode("\uFEFF" + LINE + LINE).alerts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "junk",
        "{\"name\":\"x",
        "'{\"name\":1'",
        "'{\"a\":\"}'",
        "}",
        "]",
        "'{\"a\":[1'",
        "{}"
    })
    void aBrokenDocumentAmongSeveralLosesNoOther(String broken) {
        DecodeOutcome outcome = decode(LINE + "\n" + broken + "\n" + LINE + "\n" + LINE);
        assertThat(outcome.alerts()).hasSize(3);
        assertThat(outcome.rejectedParts()).hasSize(1);
        assertThat(outcome.rejectedParts().get(0)).startsWith("Part 1: ");
    }

    @Test
    void aRecordOfNothingButBrokenDocumentsSaysWhatIsWrongWithTheWhole() {
        assertThat(decode("{\"a\":1}\n{\"b\":2}").reason()).startsWith("More than one JSON");
        assertThat(decode("hello\nworld").reason()).startsWith("Not JSON at line 1");
        assertThat(decode("{\n".repeat(100_000)).outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(decode("{}".repeat(100_000)).outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
    }

    @Test
    void anotherEncodingIsNamed() {
        byte[] utf16 = LINE.getBytes(StandardCharsets.UTF_16);
        assertThat(Records.DECODER.decode(record(utf16), PROFILE).reason()).startsWith("UTF-16");
    }

    private static DecodeOutcome arriving(String text, String iso) {
        long arrival = Instant.parse(iso).toEpochMilli();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Records.DECODER.decode(RawRecord.of("s", "p", 0, arrival, bytes), PROFILE);
    }

    private static List<String> states(DecodeOutcome outcome) {
        return outcome.alerts().stream()
                .map(a -> a.status() + " " + time(a).substring(11, 16))
                .collect(Collectors.toList());
    }

    private static String read(DecodeOutcome outcome) {
        switch (outcome.outcome()) {
            case ALERT_BEARING:
                return outcome.alerts().stream()
                        .map(ForeignDeliveriesTest::read)
                        .collect(Collectors.joining(", "));
            case TELEMETRY:
                return outcome.logs().stream()
                                .map(l -> l.service() + " " + l.severity() + " " + l.body())
                                .collect(Collectors.joining(", "))
                        + outcome.metrics().stream()
                                .map(ForeignDeliveriesTest::read)
                                .collect(Collectors.joining(", "));
            default:
                return outcome.outcome().toString();
        }
    }

    private static String read(MetricPoint point) {
        return point.metric() + "=" + point.value();
    }

    private static String read(Alert alert) {
        return String.format(
                "%s: %s/%s/%s/%s/%s/%s",
                alert.format().optionName(),
                alert.name(),
                alert.service(),
                alert.host(),
                alert.severity(),
                alert.status(),
                time(alert));
    }

    private static String time(Alert alert) {
        return alert.eventTimeMillis() == RecordDecoder.UNKNOWN_TIME
                ? "no time"
                : Instant.ofEpochMilli(alert.eventTimeMillis()).toString();
    }
}
