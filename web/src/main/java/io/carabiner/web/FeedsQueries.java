package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.RefusedException;
import io.carabiner.graphql.Shape;
import java.util.List;

/**
 * Feeds managers and their job proposals, of which this node has none: it answers as a Go node without them (2.31,
 * core/web/resolver/feeds_manager.go), so that interfaces that ask find empty lists.
 */
final class FeedsQueries {

    private static final List<String> MANAGER_CHANGES =
            List.of("updateFeedsManager", "enableFeedsManager", "disableFeedsManager", "createFeedsManagerChainConfig");
    private static final List<String> CHAIN_CONFIG_CHANGES =
            List.of("updateFeedsManagerChainConfig", "deleteFeedsManagerChainConfig");
    private static final List<String> PROPOSAL_CHANGES = List.of(
            "approveJobProposalSpec",
            "cancelJobProposalSpec",
            "rejectJobProposalSpec",
            "updateJobProposalSpecDefinition");

    private FeedsQueries() {}

    static void addTo(QueryFields fields) {
        fields.query("feedsManagers", arguments -> QueryFields.results("FeedsManagersPayload", List.of()));
        fields.query("feedsManager", arguments -> QueryFields.notFound("feeds manager not found"));
        fields.query("jobProposal", arguments -> QueryFields.notFound("job proposal not found"));
        fields.mutation("createFeedsManager", Clearance.EDIT, FeedsQueries::create);
        absent(fields, MANAGER_CHANGES, "feeds manager not found");
        absent(fields, CHAIN_CONFIG_CHANGES, "chain config not found");
        absent(fields, PROPOSAL_CHANGES, "spec not found");
    }

    private static void absent(QueryFields fields, List<String> mutations, String message) {
        mutations.forEach(name -> fields.mutation(name, Clearance.EDIT, arguments -> QueryFields.notFound(message)));
    }

    private static Shape create(Arguments arguments) {
        if (!arguments.input().text("publicKey").matches("([0-9a-fA-F]{2})*")) {
            return QueryFields.inputErrors("input/publicKey", List.of("invalid hex value"));
        }
        throw new RefusedException("this node does not connect to feeds managers: make the jobs by hand");
    }
}
