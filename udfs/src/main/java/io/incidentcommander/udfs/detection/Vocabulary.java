// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What words in alerts speak of which cause, and how clearly: the terms of operations as clouds,
 * rule collections and handbooks use them. A phrase is stems in a row; the clearest phrase of a
 * type counts whole, each further one adds a fifth. Words that any victim of any fault says (error
 * rate, latency, health check) are in no list.
 */
final class Vocabulary {
    private static final List<Phrase> PHRASES = new ArrayList<>();

    static {
        say(
                IncidentType.DATABASE_FAILURE,
                "1.0 deadlock;1.0 too many connections;1.0 connection pool;0.9 innodb;0.9 postgres"
                        + ";0.9 mysql;0.9 aurora;0.8 mongo;0.8 oracle;0.8 cassandra;0.9 database"
                        + ";0.9 rds;0.9 sql;0.9 lock wait;0.9 row lock;0.9 slow quer;0.7 quer"
                        + ";0.8 replica;0.8 replication lag;0.8 commit;0.7 transaction"
                        + ";0.8 max connections;0.7 primary;0.6 db;0.8 dynamodb;0.7 tablespace"
                        + ";0.7 vacuum;0.7 wal;0.7 cursor;0.6 statements");
        say(
                IncidentType.DDOS,
                "1.0 ddos;1.0 d dos;1.0 syn flood;0.9 flood;0.8 attack;0.9 half open"
                        + ";0.8 waf;0.8 wafv2;0.8 web acl;0.8 blocked requests;0.7 shield"
                        + ";0.8 request rate anomal;0.8 requests than at;0.8 traffic anomal"
                        + ";0.8 traffic surge;0.8 traffic spike;0.7 conntrack;0.7 connection track"
                        + ";0.6 network in;0.6 network saturat;0.6 bandwidth;0.6 link is full"
                        + ";0.7 bot;0.7 scrap;0.8 unknown client;0.8 client addresses"
                        + ";0.8 limited clients;0.8 per address;0.7 addresses never"
                        + ";0.7 amplification;0.7 volumetric;0.6 inbound packets");
        say(
                IncidentType.MEMORY_LEAK,
                "1.0 memory leak;1.0 leak;0.9 heap;1.0 out of memory;0.9 oom;0.9 oomkill"
                        + ";0.8 garbage collect;0.8 gc;0.7 collections;0.9 old gen;0.9 tenured"
                        + ";0.8 resident memory;0.8 rss;0.8 working set;0.8 jvm memory;0.7 memory"
                        + ";0.6 mem;0.5 swap;0.7 metaspace;0.7 native memory");
        say(
                IncidentType.API_OVERLOAD,
                "1.0 too many requests;0.9 429;0.9 throttl;0.9 overload;1.0 load shed;0.9 shed"
                        + ";0.8 rate limit;0.8 over quota;0.7 concurren;0.8 request queue"
                        + ";0.8 queued requests;0.8 requests wait;0.7 workers busy;0.6 worker is"
                        + ";0.6 threads active;0.6 thread pool;0.8 autoscal;0.7 hpa;0.6 replicas"
                        + ";0.7 apigateway;0.7 api gateway;0.7 api latency;0.6 back pressure"
                        + ";0.6 backpressure;0.6 capacity;0.5 requests per second;0.5 saturat");
        say(
                IncidentType.STORAGE_FAILURE,
                "1.0 io error;1.0 disk io;0.9 filesystem;0.9 file system;0.9 read only;0.9"
                    + " readonly;0.9 volume;0.9 ebs;0.8 s3;0.8 bucket;0.9 nfs;0.9 efs;0.9 raid;0.9"
                    + " array degraded;0.9 disks failed;0.9 io wait;0.9 iowait;0.9 write error;0.9"
                    + " burst balance;0.8 storage;0.8 stalled io;0.7 stalled;0.8 disk fail;0.7"
                    + " smart;0.7 upload;0.7 persist;0.7 writes fail;0.8 volume queue;0.7 i o;0.6"
                    + " failed uploads;0.7 device errs;0.6 md disks;0.6 snapshot fail");
        say(
                IncidentType.RESOURCE_EXHAUSTION,
                "0.7 cpu;0.8 disk full;0.8 disk almost full;0.8 disk fill;0.7 disk used;0.8 inode"
                        + ";0.8 file handle;0.8 file descriptor;0.7 open files;0.6 exhaust"
                        + ";0.7 pid limit;0.7 ephemeral ports;0.6 memory pressure;0.6 space left"
                        + ";0.6 evict;0.6 load average;0.6 quota exceeded");
        say(
                IncidentType.DEPLOYMENT_REGRESSION,
                "0.9 deploy;0.9 rollout;0.9 canary;0.7 release;0.7 version mismatch"
                        + ";0.7 schema migration;0.8 image pull;0.7 config change;0.7 feature flag"
                        + ";0.8 rollback");
        say(
                IncidentType.DEPENDENCY_FAILURE,
                "0.9 dependency;0.8 third party;0.8 external service;0.7 vendor;0.7 provider"
                        + ";0.4 upstream;0.4 breaker;0.5 connection refused;0.5 refused;0.6 dns"
                        + ";0.6 name resolution;0.4 bad gateway;0.6 certificate;0.6 handshake");
    }

    /** Numbers of phrases by {@link AlertWords#initial}. */
    private static final List<int[]> BY_INITIAL = new ArrayList<>();

    static {
        for (int initial = 0; initial < AlertWords.INITIALS; initial++) {
            int those = initial;
            BY_INITIAL.add(
                    IntStream.range(0, PHRASES.size())
                            .filter(i -> AlertWords.initial(PHRASES.get(i).stems[0]) == those)
                            .toArray());
        }
    }

    private Vocabulary() {}

    /** What the words say: the type they speak of most clearly, or UNKNOWN at 0. */
    static Meaning of(Alert alert) {
        return of(AlertWords.of(alert));
    }

    /** What a name, say of a series, speaks of. */
    static Meaning ofText(String text) {
        return of(AlertWords.of(text));
    }

    private static Meaning of(AlertWords words) {
        double[] scores = new double[IncidentType.values().length];
        BitSet said = said(words);
        for (int p = said.nextSetBit(0); p >= 0; p = said.nextSetBit(p + 1)) {
            Phrase phrase = PHRASES.get(p);
            int i = phrase.type.ordinal();
            scores[i] = Math.max(scores[i], phrase.weight) + Math.min(scores[i], phrase.weight) / 5;
        }
        IncidentType best = IncidentType.UNKNOWN;
        double most = 0;
        for (IncidentType type : IncidentType.values()) {
            if (scores[type.ordinal()] > most) {
                best = type;
                most = scores[type.ordinal()];
            }
        }
        return new Meaning(best, Math.min(1, most));
    }

    /** Which phrases the words say. Each word is held against those that begin with its letter. */
    private static BitSet said(AlertWords words) {
        BitSet said = new BitSet(PHRASES.size());
        for (int at = 0; at < words.count(); at++) {
            for (int phrase : BY_INITIAL.get(words.initial(at))) {
                if (!said.get(phrase) && words.hasAt(at, PHRASES.get(phrase).stems)) {
                    said.set(phrase);
                }
            }
        }
        return said;
    }

    private static void say(IncidentType type, String phrases) {
        for (String phrase : phrases.split(";")) {
            int blank = phrase.indexOf(' ');
            PHRASES.add(
                    new Phrase(
                            type,
                            Double.parseDouble(phrase.substring(0, blank)),
                            phrase.substring(blank + 1).split(" ")));
        }
    }

    /** What an alert's words speak of. Immutable. */
    static final class Meaning {
        private final IncidentType type;
        private final double strength;

        Meaning(IncidentType type, double strength) {
            this.type = type;
            this.strength = strength;
        }

        IncidentType type() {
            return type;
        }

        /** In [0, 1]. */
        double strength() {
            return strength;
        }
    }

    private static final class Phrase {
        private final IncidentType type;
        private final double weight;
        private final String[] stems;

        Phrase(IncidentType type, double weight, String[] stems) {
            this.type = type;
            this.weight = weight;
            this.stems = stems;
        }
    }
}
