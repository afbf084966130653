// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Deliveries of the sizes and shapes that senders produce, written from a number each. */
public enum Delivery {
    /** About 350 bytes. */
    CANONICAL {
        @Override
        String text(int alert, int repeat) {
            return String.format(
                    Locale.ROOT,
                    "{\"name\":\"HighRequestLatency\",\"service\":\"checkout-%d\",\"host\":"
                            + "\"ip-10-0-%d-%d.ec2.internal\",\"severity\":\"high\",\"status\":"
                            + "\"firing\",\"labels\":{\"region\":\"us-east-1\",\"cluster\":"
                            + "\"prod-%d\",\"pod\":\"checkout-7d9f%05x\",\"team\":\"payments\"},"
                            + "\"time\":\"%s\",\"value\":%d.%d,\"summary\":\"p99 latency of the"
                            + " checkout service is over 1.5 s, now at %d ms\"}",
                    alert % 97,
                    alert % 256,
                    alert % 251,
                    alert % 7,
                    alert,
                    time(repeat),
                    repeat % 900,
                    repeat % 10,
                    repeat % 9000);
        }
    },
    /** About 1.8 KB, indented, with JSON in strings. */
    EVENTBRIDGE {
        @Override
        String text(int alert, int repeat) {
            String state =
                    "{\n"
                        + "   \"reason\": \"Threshold Crossed: 1 out of the last 1 datapoints [%d.5"
                        + " (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1"
                        + " datapoint for OK -> ALARM transition).\",\n"
                        + "   \"reasonData\":"
                        + " \"{\\\"version\\\":\\\"1.0\\\",\\\"queryDate\\\":\\\"%s\\\",\\\"startDate\\\":\\\"%s\\\",\\\"statistic\\\":\\\"Average\\\",\\\"period\\\":300,\\\"recentDatapoints\\\":[%d.5],\\\"threshold\\\":50.0}\",\n"
                        + "   \"timestamp\": \"%s\",\n"
                        + "   \"value\": \"%s\"\n"
                        + "  }";
            String now = time(repeat);
            return String.format(
                    Locale.ROOT,
                    "{\n"
                        + " \"version\": \"0\",\n"
                        + " \"id\": \"c4c1c1c9-6542-e61b-6ef0-%012x\",\n"
                        + " \"detail-type\": \"CloudWatch Alarm State Change\",\n"
                        + " \"source\": \"aws.cloudwatch\",\n"
                        + " \"account\": \"123456789012\",\n"
                        + " \"time\": \"%s\",\n"
                        + " \"region\": \"us-east-1\",\n"
                        + " \"resources\": [\n"
                        + "  \"arn:aws:cloudwatch:us-east-1:123456789012:alarm:CpuTooHigh-%d\"\n"
                        + " ],\n"
                        + " \"detail\": {\n"
                        + "  \"alarmName\": \"CpuTooHigh-%d\",\n"
                        + "  \"configuration\": {\n"
                        + "   \"description\": \"Goes into alarm when the CPU is too busy!\",\n"
                        + "   \"metrics\": [\n"
                        + "    {\n"
                        + "     \"id\": \"30b6c6b2-a864-43a2-4877-c09a1afc3b87\",\n"
                        + "     \"metricStat\": {\n"
                        + "      \"metric\": {\n"
                        + "       \"dimensions\": {\n"
                        + "        \"InstanceId\": \"i-%017x\"\n"
                        + "       },\n"
                        + "       \"name\": \"CPUUtilization\",\n"
                        + "       \"namespace\": \"AWS/EC2\"\n"
                        + "      },\n"
                        + "      \"period\": 300,\n"
                        + "      \"stat\": \"Average\"\n"
                        + "     },\n"
                        + "     \"returnData\": true\n"
                        + "    }\n"
                        + "   ]\n"
                        + "  },\n"
                        + "  \"previousState\": %s,\n"
                        + "  \"state\": %s\n"
                        + " }\n"
                        + "}",
                    repeat,
                    now,
                    alert,
                    alert,
                    alert,
                    String.format(
                            Locale.ROOT, state, repeat % 40, now, now, repeat % 40, now, "OK"),
                    String.format(
                            Locale.ROOT,
                            state,
                            50 + repeat % 50,
                            now,
                            now,
                            50 + repeat % 50,
                            now,
                            "ALARM"));
        }
    },
    /** About 2 KB, most of it one long text. */
    DATADOG {
        @Override
        String text(int alert, int repeat) {
            String link =
                    "[[%s](https://app.example.com/monitors/%d?group=service%%3Ashop-%d&from_ts=%d"
                            + "&to_ts=%d&event_id=%d&link_source=monitor_notif)] \\u00b7 ";
            long millis = 1_733_929_712_000L + repeat * 1000L;
            StringBuilder body = new StringBuilder("%%%\\ntrace_id:  \\ntags:  \\n\\n");
            for (String name : new String[] {"Monitor Status", "Edit Monitor", "Logs", "Traces"}) {
                body.append(
                        String.format(
                                Locale.ROOT, link, name, alert, alert, millis, millis, repeat));
            }
            body.append("Less than **0** log events matched in the last **5m**.\\n".repeat(10));
            return String.format(
                    Locale.ROOT,
                    "{\"body\": \"%s\", \"last_updated\": \"%d\", \"event_type\": \"log_alert\","
                        + " \"title\": \"[Triggered on {service:shop-%d}] Error monitor\","
                        + " \"severity\": \"\", \"alert_type\": \"error\", \"alert_query\":"
                        + " \"logs(\\\"status:error\\\").index(\\\"*\\\").rollup(\\\"count\\\").by(\\\"service\\\").last(\\\"5m\\\")"
                        + " > 0\", \"alert_transition\": \"Triggered\", \"date\": \"%d\","
                        + " \"scopes\": \"service:shop-%d\", \"org\": {\"id\": \"831563\","
                        + " \"name\": \"Shop\"}, \"url\":"
                        + " \"https://app.example.com/event/event?id=%d\", \"tags\":"
                        + " \"monitor,service:shop-%d\", \"id\": \"%d\", \"monitor_id\": \"%d\"}",
                    body,
                    millis,
                    alert,
                    millis,
                    alert,
                    repeat,
                    alert,
                    repeat,
                    alert);
        }
    },
    /** About 1.4 KB, several alerts in one message; a repeat is equal in every byte. */
    ALERTMANAGER {
        @Override
        String text(int alert, int repeat) {
            StringBuilder alerts = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                alerts.append(i == 0 ? "" : ",")
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "\n  {\n   \"endsAt\": \"0001-01-01T00:00:00Z\",\n  "
                                                + " \"labels\": {\n    \"job\": \"node\",\n   "
                                                + " \"group\": \"production\",\n    \"instance\":"
                                                + " \"host-%d-%d:8081\",\n    \"severity\":"
                                                + " \"critical\",\n    \"alertname\":"
                                                + " \"InstanceDown\"\n   },\n   \"status\":"
                                                + " \"firing\",\n   \"startsAt\":"
                                                + " \"2023-06-12T08:24:38.326Z\",\n  "
                                                + " \"annotations\": {\n    \"title\": \"Instance"
                                                + " down\",\n    \"description\": \"The instance of"
                                                + " job node has been down for more than 1"
                                                + " minute.\"\n   },\n   \"fingerprint\":"
                                                + " \"f404ecabc8dd5cd7\",\n   \"generatorURL\":"
                                                + " \"http://prometheus.example.com:9090\"\n  }",
                                        alert,
                                        i));
            }
            return "{\n \"alerts\": ["
                    + alerts
                    + "\n ],\n \"status\": \"firing\",\n \"version\": \"4\",\n \"groupKey\":"
                    + " \"{}:{alertname=\\\"InstanceDown\\\"}\",\n \"receiver\": \"combo\",\n"
                    + " \"externalURL\": \"http://alertmanager.example.com:9093\",\n"
                    + " \"groupLabels\": {\n  \"alertname\": \"InstanceDown\"\n },\n"
                    + " \"commonLabels\": {\n  \"job\": \"node\",\n  \"severity\": \"critical\",\n "
                    + " \"alertname\": \"InstanceDown\"\n },\n \"truncatedAlerts\": 0,\n"
                    + " \"commonAnnotations\": {}\n}";
        }
    };

    /** Delivery {@code repeat} of alert {@code alert}; all that varies varies with the repeat. */
    abstract String text(int alert, int repeat);

    byte[] bytes(int alert, int repeat) {
        return text(alert, repeat).getBytes(StandardCharsets.UTF_8);
    }

    private static String time(int repeat) {
        return String.format(
                Locale.ROOT,
                "2024-05-01T%02d:%02d:%02d.%03dZ",
                repeat / 3600 % 24,
                repeat / 60 % 60,
                repeat % 60,
                repeat % 1000);
    }
}
