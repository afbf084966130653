// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A place in a YAML document that knows its line. Whatever is not as it should be goes to the
 * problems, and an empty value takes its place. Only text is read, no types: nothing is constructed
 * from a document. Aliases, nesting and length are bounded.
 */
public final class YamlNode {
    /** Made once: its patterns cost more than a small document. It is not changed after. */
    private static final Resolver RESOLVER = new Resolver();

    private static final int MOST_ALIASES = 50;
    private static final int MOST_CHARACTERS = 128 * 1024 * 1024;

    private final Node node;
    private final Problems problems;

    private YamlNode(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    /** The document; empty, and a problem, if it is none. An empty document is an empty mapping. */
    public static Optional<YamlNode> parse(String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
            Node root = new Composer(parser, RESOLVER, options).getSingleNode();
            return Optional.of(new YamlNode(root == null ? nothing() : root, problems));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "not YAML: " + e.getProblem());
        } catch (YAMLException | StackOverflowError e) {
            problems.add(1, "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** From 1. */
    public int line() {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    public void problem(String what) {
        problems.at(this, what);
    }

    /** The fields of a mapping in their order; a repeated key is a problem. */
    public Map<String, YamlNode> fields() {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        if (isNull()) {
            return fields;
        }
        if (!(node instanceof MappingNode)) {
            problem("expected keys and values, as in key: value");
            return fields;
        }
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlNode key = new YamlNode(tuple.getKeyNode(), problems);
            if (fields.put(key.text(), new YamlNode(tuple.getValueNode(), problems)) != null) {
                key.problem("key " + key.text() + " is there twice");
            }
        }
        return fields;
    }

    /** As {@link #fields}; a key that is not known is a problem. */
    public Map<String, YamlNode> fields(Set<String> known) {
        Map<String, YamlNode> fields = fields();
        fields.forEach(
                (key, value) -> {
                    if (!known.contains(key)) {
                        value.problem("unknown key " + key + "; there are " + new TreeSet<>(known));
                    }
                });
        return fields;
    }

    public List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        if (isNull()) {
            return items;
        }
        if (!(node instanceof SequenceNode)) {
            problem("expected a list, as in [a, b]");
            return items;
        }
        ((SequenceNode) node).getValue().forEach(n -> items.add(new YamlNode(n, problems)));
        return items;
    }

    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        items().forEach(item -> texts.add(item.text()));
        return texts;
    }

    public String text() {
        if (isNull()) {
            return "";
        }
        if (!(node instanceof ScalarNode)) {
            problem("expected one value, not a list or keys");
            return "";
        }
        return ((ScalarNode) node).getValue();
    }

    public boolean isNull() {
        return Tag.NULL.equals(node.getTag());
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    private static Node nothing() {
        return new ScalarNode(
                Tag.NULL, "", null, null, org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN);
    }
}
