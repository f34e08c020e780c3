package io.carabiner.pipeline;

import io.carabiner.primitives.GoQuote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the statements of a graph. After a fault it goes on with the next line, so that all faults of a text are found
 * at once.
 */
final class DotParser {

    private static final int FAULTS_MAX = 20;
    private static final int DEPTH_MAX = 50;
    private static final String PREFIX = "could not unmarshal DOT into a pipeline.Graph: ";

    private final List<DotToken> tokens;
    private final Map<String, DotGraph.Node> nodes = new LinkedHashMap<>();
    private final Map<String, DotToken.Kind> spellings = new HashMap<>();
    private final List<DotGraph.Edge> edges = new ArrayList<>();
    private final List<PipelineFault> faults = new ArrayList<>();
    private int at;
    private int depth;

    private DotParser(List<DotToken> tokens) {
        this.tokens = tokens;
    }

    static DotGraph parse(String text) {
        DotParser parser = new DotParser(DotLexer.tokens(text));
        while (parser.peek().kind() != DotToken.Kind.END && parser.faults.size() < FAULTS_MAX) {
            parser.statementOrFault();
        }
        return new DotGraph(List.copyOf(parser.nodes.values()), parser.edges, parser.faults);
    }

    /** A place where reading cannot go on. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unreadable() {
            super(null, null, false, false);
        }
    }

    private void statementOrFault() {
        int start = at;
        try {
            statement();
        } catch (Unreadable e) {
            depth = 0;
            int line = peek().line();
            while (peek().kind() != DotToken.Kind.END && (peek().line() == line || at == start)) {
                at++;
            }
        }
    }

    private void statement() throws Unreadable {
        DotToken first = peek();
        if (first.is(";")) {
            at++;
        } else if (first.isKeyword("subgraph") || first.is("{")) {
            subgraph();
            refuseEdgeOfGroup(first);
        } else if (first.isKeyword("node") || first.isKeyword("edge") || first.isKeyword("graph")) {
            at++;
            expectSign("[");
            attributes(new LinkedHashMap<>());
        } else if (first.isId() && tokens.get(at + 1).is("=")) {
            at += 2;
            expectId("a value");
        } else if (first.isId()) {
            nodeOrEdge();
        } else {
            throw unexpected("the name of a task");
        }
    }

    private void subgraph() throws Unreadable {
        if (++depth > DEPTH_MAX) {
            throw fault(peek(), "groups are nested too deep");
        }
        if (peek().isKeyword("subgraph")) {
            at++;
            at += peek().isId() ? 1 : 0;
        }
        expectSign("{");
        while (!peek().is("}")) {
            if (peek().kind() == DotToken.Kind.END) {
                throw unexpected("\"}\"");
            }
            statement();
        }
        at++;
        depth--;
    }

    private void refuseEdgeOfGroup(DotToken group) throws Unreadable {
        if (isArrow(peek())) {
            throw fault(
                    group,
                    "a group in braces makes no edge: write one edge for each of its tasks, such as a -> c; b -> c");
        }
    }

    private void nodeOrEdge() throws Unreadable {
        DotGraph.Node node = node();
        if (!isArrow(peek())) {
            if (peek().is("[")) {
                at++;
                attributes(node.attributes());
            }
            return;
        }
        while (isArrow(peek())) {
            at++;
            DotToken end = peek();
            if (end.is("{") || end.isKeyword("subgraph")) {
                subgraph();
                throw fault(
                        end,
                        "a group in braces makes no edge: write one edge for each of its tasks,"
                                + " such as a -> b; a -> c");
            }
            DotGraph.Node next = node();
            edges.add(new DotGraph.Edge(node.name(), next.name(), end));
            node = next;
        }
        if (peek().is("[")) {
            at++;
            attributes(new LinkedHashMap<>());
        }
    }

    private static boolean isArrow(DotToken token) {
        return token.is("->") || token.is("--");
    }

    private DotGraph.Node node() throws Unreadable {
        DotToken token = expectId("the name of a task");
        skipPort();
        String name = token.kind() == DotToken.Kind.QUOTED ? DotQuotes.unquote(token.text()) : token.text();
        DotToken.Kind spelling = spellings.putIfAbsent(name, token.kind());
        if (spelling != null && spelling != token.kind()) {
            note(
                    token,
                    "the task's name " + GoQuote.quote(name)
                            + " is written once with quotes and once without: these would be two tasks of one name");
        }
        return nodes.computeIfAbsent(name, key -> new DotGraph.Node(key, token, new LinkedHashMap<>()));
    }

    private void skipPort() throws Unreadable {
        for (int i = 0; i < 2 && peek().is(":"); i++) {
            at++;
            expectId("a port");
        }
    }

    private void attributes(Map<String, DotGraph.Attribute> attributes) throws Unreadable {
        while (true) {
            while (!peek().is("]")) {
                attribute(attributes);
            }
            at++;
            if (!peek().is("[")) {
                return;
            }
            at++;
        }
    }

    private void attribute(Map<String, DotGraph.Attribute> attributes) throws Unreadable {
        DotToken name = peek();
        if (!name.isId()) {
            throw unexpected("the name of an attribute or \"]\"");
        }
        at++;
        expectSign("=");
        DotToken value = expectId("a value");
        String key = name.kind() == DotToken.Kind.QUOTED ? DotQuotes.unquote(name.text()) : name.text();
        attributes.put(key, new DotGraph.Attribute(DotQuotes.value(value), name));
        if (peek().is(",") || peek().is(";")) {
            at++;
        }
    }

    private DotToken peek() {
        return tokens.get(at);
    }

    private DotToken expectId(String what) throws Unreadable {
        if (!peek().isId()) {
            throw unexpected(what);
        }
        return tokens.get(at++);
    }

    private void expectSign(String sign) throws Unreadable {
        if (!peek().is(sign)) {
            throw unexpected(GoQuote.quote(sign));
        }
        at++;
    }

    private Unreadable unexpected(String what) {
        return fault(peek(), "expected " + what + "; got: " + peek().shown());
    }

    private Unreadable fault(DotToken place, String message) {
        note(place, PREFIX + message);
        return new Unreadable();
    }

    private void note(DotToken place, String message) {
        faults.add(new PipelineFault(place.line(), place.column(), message));
    }
}
