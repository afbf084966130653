// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node with the k-NN plugin (lucene engine), without the security plugin: no TLS and
 * no users. Indices survive {@link #stop()}.
 */
final class OpenSearchService implements EmbeddedService {

    private static final String KNN_PLUGIN = "org.opensearch.knn.plugin.KNNPlugin";
    private static final long STOP_SECONDS = 10;

    private final Path data;
    private final int httpPort;
    private final int transportPort;
    private Node node;

    OpenSearchService(Path data, LoopbackPorts ports) {
        this.data = data;
        this.httpPort = ports.next();
        this.transportPort = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.OPENSEARCH;
    }

    @Override
    public StartOutcome start() throws Exception {
        if (node == null) {
            node = new PluginNode(settings(), plugins());
            node.start();
        }
        return new StartOutcome.Started(Http.at(httpPort));
    }

    @Override
    public void stop() throws Exception {
        if (node != null) {
            node.close();
            node.awaitClose(STOP_SECONDS, TimeUnit.SECONDS);
            node = null;
        }
    }

    private Settings settings() {
        return Settings.builder()
                .put("cluster.name", "incident-commander")
                .put("node.name", "embedded")
                .put("path.home", data.resolve("home"))
                .put("path.data", data.resolve("data"))
                .put("network.host", LoopbackPorts.HOST)
                .put("http.port", httpPort)
                .put("transport.port", transportPort)
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                .put("discovery.type", "single-node")
                .put("node.processors", 2)
                // A developer's disk that is 95 % full must not turn the indices read-only.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("action.auto_create_index", true)
                .build();
    }

    private static List<Class<? extends Plugin>> plugins() throws ClassNotFoundException {
        return List.of(
                Netty4Plugin.class,
                CommonAnalysisPlugin.class,
                PainlessPlugin.class,
                // Published as a zip, so it is there when this runs but not when it is compiled.
                Class.forName(KNN_PLUGIN).asSubclass(Plugin.class));
    }

    /** A node that takes its plugins from the class path instead of a plugin folder. */
    private static final class PluginNode extends Node {
        PluginNode(Settings settings, List<Class<? extends Plugin>> plugins) {
            super(environment(settings), plugins, false);
        }

        private static Environment environment(Settings settings) {
            return InternalSettingsPreparer.prepareEnvironment(
                    settings, Map.of(), null, () -> "embedded");
        }
    }
}
