package io.carabiner.graphql;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a valid document will cost, reckoned before anything is resolved. A fragment is walked once, however often it is
 * named, so that small documents that unfold without end are reckoned in no time. The text of the depth's error is that
 * of the Go node's library (graph-gophers/graphql-go 1.3, internal/validation).
 */
final class DocumentCost {

    private static final int DEPTH_ERRORS_SHOWN_MAX = 20;

    /** Of a part of a document; saturates far above every limit. */
    private record Cost(long fields, long aliases, int depth) {

        private static final Cost NONE = new Cost(0, 0, 0);
        private static final long ENOUGH = 1L << 40;

        Cost and(Cost other) {
            return new Cost(
                    Math.min(ENOUGH, fields + other.fields),
                    Math.min(ENOUGH, aliases + other.aliases),
                    Math.max(depth, other.depth));
        }

        Cost under(Field field) {
            return new Cost(fields + 1, aliases + (field.getAlias() == null ? 0 : 1), depth + 1);
        }
    }

    private final Document document;
    private final QueryLimits limits;
    private final Map<String, Cost> ofFragments = new HashMap<>();
    private final List<LimitError> tooDeep = new ArrayList<>();

    DocumentCost(Document document, QueryLimits limits) {
        this.document = document;
        this.limits = limits;
    }

    /** Each limit that an operation of the document exceeds. */
    List<LimitError> excesses() {
        List<LimitError> found = new ArrayList<>();
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            Cost cost = cost(operation.getSelectionSet());
            excess("fields", cost.fields(), limits.fields()).ifPresent(found::add);
            excess("aliases", cost.aliases(), limits.aliases()).ifPresent(found::add);
            if (cost.depth() > limits.depth() && found.isEmpty()) {
                findTooDeep(operation.getSelectionSet(), 1);
            }
        }
        found.addAll(tooDeep);
        return found;
    }

    private static Optional<LimitError> excess(String what, long count, int limit) {
        return count <= limit
                ? Optional.empty()
                : Optional.of(new LimitError("the query has more than " + limit + " " + what, List.of()));
    }

    private Cost cost(@Nullable SelectionSet selections) {
        if (selections == null) {
            return Cost.NONE;
        }
        return selections.getSelections().stream().map(this::cost).reduce(Cost.NONE, Cost::and);
    }

    private Cost cost(Selection<?> selection) {
        return switch (selection) {
            case Field field -> cost(field.getSelectionSet()).under(field);
            case InlineFragment inline -> cost(inline.getSelectionSet());
            case FragmentSpread spread -> costOfFragment(spread.getName());
            default -> throw new IllegalStateException("no selection: " + selection);
        };
    }

    private Cost costOfFragment(String name) {
        Cost known = ofFragments.get(name);
        if (known == null) {
            known = cost(fragment(name));
            ofFragments.put(name, known);
        }
        return known;
    }

    private SelectionSet fragment(String name) {
        return document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .filter(fragment -> fragment.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getSelectionSet();
    }

    /** Only called where all fields, fragments unfolded, are few. */
    private void findTooDeep(@Nullable SelectionSet selections, int depth) {
        if (selections == null || tooDeep.size() >= DEPTH_ERRORS_SHOWN_MAX) {
            return;
        }
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field when depth > limits.depth() -> tooDeep.add(error(field, depth));
                case Field field -> findTooDeep(field.getSelectionSet(), depth + 1);
                case InlineFragment inline -> findTooDeep(inline.getSelectionSet(), depth);
                case FragmentSpread spread -> findTooDeep(fragment(spread.getName()), depth);
                default -> throw new IllegalStateException("no selection: " + selection);
            }
        }
    }

    private LimitError error(Field field, int depth) {
        SourceLocation place = field.getSourceLocation();
        return new LimitError(
                "Field \"" + field.getName() + "\" has depth " + depth + " that exceeds max depth " + limits.depth(),
                place == null ? List.of() : List.of(place));
    }
}
